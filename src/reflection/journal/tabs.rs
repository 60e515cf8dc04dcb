//! Applying the changes of other tabs, also those made while the page was in the back/forward cache.

use super::head::Head;
use super::{Answer, Change, DecodeError, Journal, Key, Profile, ReflectionState, StorageChoice, Store, decode};
use crate::reflection::stored_value::Merge;

impl<S: Store> Journal<S> {
    /// Applies a `storage` event of another tab: the key (`None` if all keys were cleared) and its new value (`None` if
    /// it was removed).
    pub fn on_storage_event(&mut self, key: Option<&str>, value: Option<&str>) -> Change {
        let Some(key) = key else { return self.resync() };
        match Key::parse(key) {
            Some(Key::Journal) => self.on_head_event(value),
            Some(Key::State(reflection)) if self.is_open(reflection) => self.on_state_event(key, value),
            Some(Key::Profile(reflection)) if self.is_open(reflection) => self.on_profile_event(key, value),
            Some(Key::Answer(reflection, question)) if self.is_open(reflection) => {
                self.on_answer_event(key, question, value)
            }
            // The list of reflections may display it.
            Some(Key::State(_)) => Change::State,
            _ => Change::None,
        }
    }

    /// Reads everything again, after the page was restored from the back/forward cache.
    pub fn resync(&mut self) -> Change {
        if self.place.is_none() || !self.committed || self.newer {
            return Change::None;
        }
        if !self.is_still_ours() {
            return self.reload_after_erase();
        }
        let newer = std::mem::take(&mut self.newer_answers);
        let before = (std::mem::take(&mut self.answers), self.state.clone(), self.profile.clone());
        self.load_values();
        // Another tab may have overwritten values of this one without having read them. Merged again, because loading may
        // have failed to read what can be read now.
        let key = self.profile_key();
        if let Some(stored) = self.stored_as::<Profile>(&key) {
            self.profile = self.profile.merge(&stored);
            if stored != self.profile {
                self.put(key, &self.profile.encode());
            }
        }
        let key = Key::State(&self.head.current).name();
        if let Some(stored) = self.stored_as::<ReflectionState>(&key) {
            self.state = self.state.merge(&stored);
            if stored.differs(&self.state) {
                self.put(key, &self.state.encode());
            }
        }
        for (question, answer) in &before.0 {
            let key = Key::Answer(&self.head.current, question).name();
            match self.answer(question).cloned() {
                Some(stored) => {
                    let merged = answer.merge(&stored);
                    if merged != stored {
                        self.put(key, &merged.encode());
                    }
                    self.set_answer(question, Some(merged));
                }
                // An answer that was never stored was not erased by another tab.
                None if self.is_unsaved(&key) => self.set_answer(question, Some(answer.clone())),
                None => {}
            }
        }
        let same = before.1 == self.state
            && before.2 == self.profile
            && newer == self.newer_answers
            && before.0.len() == self.answers.len()
            && before.0.iter().all(|(question, answer)| self.answer(question) == Some(answer));
        if same { Change::None } else { Change::All }
    }

    fn is_unsaved(&self, key: &str) -> bool {
        self.unsaved.iter().any(|other| other == key)
    }

    fn is_open(&self, reflection: &str) -> bool {
        self.place == Some(StorageChoice::Device) && self.committed && reflection == self.head.current
    }

    fn on_head_event(&mut self, value: Option<&str>) -> Change {
        if value.and_then(|text| decode::<Head>(text).ok()).is_some_and(|head| head.erasing) {
            // Erasing everything includes the session storage of every open tab.
            let erased = self.erase_at(StorageChoice::Tab);
            self.reload_after_erase();
            self.unfinished |= erased.is_err();
            return Change::Erased;
        }
        if self.place == Some(StorageChoice::Device) && !self.is_still_ours() {
            return self.reload_after_erase();
        }
        Change::None
    }

    fn on_state_event(&mut self, key: &str, value: Option<&str>) -> Change {
        if !self.is_still_ours() {
            return self.reload_after_erase();
        }
        let Some(Ok(theirs)) = value.map(decode::<ReflectionState>) else { return Change::None };
        if theirs.erasing {
            return Change::None;
        }
        let merged = self.state.merge(&theirs);
        if merged.differs(&theirs) {
            self.put(key.to_owned(), &merged.encode());
        }
        let changed = merged.differs(&self.state);
        self.state = merged;
        if changed { Change::State } else { Change::None }
    }

    fn on_answer_event(&mut self, key: &str, question: &str, value: Option<&str>) -> Change {
        let theirs = value.map(decode::<Answer>);
        let is_newer = matches!(theirs, Some(Err(DecodeError::Newer)));
        let mut changed = is_newer != self.is_newer(question);
        self.set_newer(question, is_newer);
        match theirs {
            None => {
                self.set_answer(question, None);
                self.unsaved.retain(|other| other != key);
                changed = true;
            }
            Some(Ok(theirs)) => {
                let ours = self.answer(question).cloned().unwrap_or_default();
                let merged = ours.merge(&theirs);
                if merged != theirs && self.is_still_ours() {
                    self.put(key.to_owned(), &merged.encode());
                }
                changed |= merged != ours;
                self.set_answer(question, Some(merged));
            }
            Some(Err(_)) => {}
        }
        if changed { Change::Answer(question.to_owned()) } else { Change::None }
    }
}
