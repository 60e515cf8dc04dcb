//! Choosing the store, changing that choice, and erasing.

use super::head::{Found, Head, clear, find, is_of_reflection};
use super::load::{belongs_to, is_being_erased, moves_with_journal};
use super::merging::{plan, values_of, write_all};
use super::set;
use super::staging::staged_target;
use super::{
    Answer, Change, Journal, Key, PLACES, ReflectionState, SaveStatus, StorageChoice, StorageError, Store, decode,
    fresh_head, hex,
};
use crate::reflection::store::is_reflection;

impl<S: Store> Journal<S> {
    /// Saves the open reflection in this store from now on, and removes it from the other. Other reflections do not
    /// move.
    ///
    /// Returns `true` on success. If the first choice fails, it remains chosen with everything in memory and
    /// [`SaveStatus::Failed`], and each change retries it. If a later choice fails, the reflection stays where it was,
    /// except if only its removal from the former store failed, which is retried.
    pub fn keep(&mut self, place: StorageChoice) -> bool {
        match self.place {
            Some(chosen) if chosen == place => self.retry(),
            Some(chosen) if self.committed => self.move_to(chosen, place),
            _ => {
                self.place = Some(place);
                self.newer = false;
                self.commit();
                self.saved() != SaveStatus::Failed
            }
        }
    }

    /// Writes the whole open reflection and the head, or nothing. If the store has a journal, the reflection is added
    /// to it.
    pub(super) fn commit(&mut self) {
        let Some(place) = self.place else { return };
        if self.unfinished {
            self.finish();
        }
        // Values that are still to be erased must not be stored again.
        if !self.pending_erasures.is_empty() {
            return;
        }
        let mut head = self.head.clone();
        match find(self.store_at(place)) {
            Found::Head(theirs) => head = Head { current: head.current, ..theirs },
            Found::Newer => {
                self.newer = true;
                return;
            }
            Found::Erasing => return,
            Found::Nothing | Found::Headless => {}
        }
        if self.state.number == 0 {
            // The next number after all reflections in both stores.
            let last = PLACES.map(|place| Some(self.state_at(place, &self.last_at(place, "")?)?.number + 1));
            self.state.number = last.into_iter().flatten().max().unwrap_or_default();
        }
        let store = self.store_at(place);
        let mut values = self.values_in_memory();
        // If a shared profile of an older version exists, an empty profile is stored too, so that the reflection does
        // not inherit the shared one.
        if self.profile.is_untouched() && store.read(&Key::SharedProfile.name()).is_ok_and(|profile| profile.is_some())
        {
            values.push((self.profile_key(), self.profile.encode()));
        }
        let result = plan(store, values).and_then(|all| write_all(store, &all, Some(&head)));
        self.committed = result.is_ok();
        if self.committed {
            self.head = head;
            self.state_stored = true;
            self.unsaved.clear();
            self.load_values();
            self.update_tab_head();
            self.merge_leftovers();
        }
    }

    /// Sets the open reflection in the head of session storage, if there is one, to that of the device: on a reload,
    /// the head of session storage is read first.
    pub(super) fn update_tab_head(&self) {
        if self.place == Some(StorageChoice::Device)
            && let Found::Head(head) = find(&self.tab)
        {
            // On an error, the next visit opens another reflection.
            let _ = Head { current: self.head.current.clone(), ..head }.write(&self.tab);
        }
    }

    /// Moves the open reflection from one store to the other. Returns `true` on success.
    fn move_to(&mut self, from: StorageChoice, to: StorageChoice) -> bool {
        if self.newer || !self.is_still_ours() || !self.retry() || !self.finish_pending_restore() {
            return false;
        }
        let Ok((head, is_whole)) = self.copy_to_store(from, to) else {
            // If reverting the writes failed, the remaining values are merged back and removed.
            self.finish();
            return false;
        };
        let id = head.current.clone();
        self.head = head;
        self.place = Some(to);
        // The target store may have had newer versions.
        self.load_values();
        let source = self.store_at(from);
        let removed = if is_whole {
            // If clearing is interrupted, the next visit finishes it.
            if from == StorageChoice::Tab {
                let _ = Head::erasing().write(source);
            }
            clear(source)
        } else {
            self.remove_reflection(from, &id)
        };
        // The journal that remains on the device opens another reflection. On an error, the next visit chooses one.
        if from == StorageChoice::Device
            && let (Found::Head(rest), Some(current)) = (find(source), self.last_at(from, &id))
        {
            let _ = Head { current, ..rest }.write(source);
        }
        self.update_tab_head();
        self.source_not_cleared = is_whole && removed.is_err();
        self.unfinished |= removed.is_err();
        removed.is_ok()
    }

    /// Copies the open reflection to the other store, and with the last reflection all other values of the journal.
    /// Returns the new head of that store, and whether the whole journal was copied.
    fn copy_to_store(&self, from: StorageChoice, to: StorageChoice) -> Result<(Head, bool), StorageError> {
        let (source, target) = (self.store_at(from), self.store_at(to));
        let id = &self.head.current;
        let is_whole = source.keys()?.iter().all(|key| belongs_to(key, id) || !is_of_reflection(key));
        let (joins, head) = match find(target) {
            Found::Head(theirs) => (true, Head { current: id.clone(), ..theirs }),
            // A new id, because what remains in the source store is a separate journal.
            Found::Nothing | Found::Headless => (false, Head { id: hex((self.random)()), ..self.head.clone() }),
            _ => return Err(StorageError),
        };
        let is_copied = |key: &str| {
            belongs_to(key, id) && staged_target(key).is_none() || is_whole && moves_with_journal(key, joins)
        };
        let all = plan(target, values_of(source, &is_copied)?)?;
        write_all(target, &all, Some(&head))?;
        Ok((head, is_whole))
    }

    /// Retries failed erasures, and moves remaining values of the open reflection out of the other store.
    pub(super) fn finish(&mut self) {
        self.unfinished = false;
        for id in std::mem::take(&mut self.pending_erasures) {
            self.erase_again(&id);
        }
        for place in PLACES {
            if matches!(find(self.store_at(place)), Found::Erasing) {
                self.unfinished = true;
            } else {
                self.finish_erasures(place);
            }
        }
        self.merge_leftovers();
    }

    /// Merges remaining values of the open reflection in the other store into the chosen one.
    fn merge_leftovers(&mut self) {
        let Some(place) = self.place.filter(|_| self.committed && !self.newer) else { return };
        let other = place.other();
        let id = self.head.current.clone();
        if self.ids_at(other).contains(&id) && self.move_reflection(&id, other, place).is_err() {
            self.unfinished = true;
        }
        if self.source_not_cleared && self.ids_at(other).is_empty() {
            self.source_not_cleared = clear(self.store_at(other)).is_err();
            self.unfinished |= self.source_not_cleared;
        }
    }

    /// Erases everything of this site in both stores and in memory. Returns `true` if everything was removed.
    pub fn erase(&mut self) -> bool {
        self.reset();
        for place in PLACES {
            let head = self.store_at(place).read(&Key::Journal.name());
            if self.erase_at(place).is_err() {
                self.unfinished = true;
                // Retried while the store has the same journal.
                let head = head.ok().flatten().and_then(|text| decode::<Head>(&text).ok());
                self.pending_erasures.extend(head.map(|head| head.id));
            }
        }
        !self.unfinished
    }

    /// Erases the reflection or journal with this id from both stores. On an error it is recorded for a retry.
    pub(super) fn erase_again(&mut self, id: &str) {
        let mut is_erased = true;
        for place in PLACES {
            let erased = if is_reflection(id) {
                self.erase_reflection_at(place, id)
            } else {
                let head = self.store_at(place).read(&Key::Journal.name());
                head.and_then(|text| match text.map(|text| decode::<Head>(&text)) {
                    Some(Ok(head)) if head.id == id => self.erase_at(place),
                    _ => Ok(()),
                })
            };
            is_erased &= erased.is_ok();
        }
        if !is_erased {
            self.unfinished = true;
            set(&mut self.pending_erasures, id, true);
        }
    }

    /// Erases everything of this site in one store.
    ///
    /// The mark in the head notifies all other tabs, and lets a later visit finish an interrupted erasure. Erasing
    /// continues even if the mark cannot be written.
    pub(super) fn erase_at(&self, place: StorageChoice) -> Result<(), StorageError> {
        let store = self.store_at(place);
        let _ = Head::erasing().write(store);
        clear(store)
    }

    /// Resets the memory to a new journal without a chosen store.
    pub(super) fn reset(&mut self) {
        self.place = None;
        self.head = fresh_head(self.random);
        self.committed = false;
        self.newer = false;
        self.unfinished = false;
        self.source_not_cleared = false;
        self.pending_erasures.clear();
        self.unsaved.clear();
        self.reset_values();
    }

    /// Clears the values of the open reflection in memory.
    pub(super) fn reset_values(&mut self) {
        self.state_stored = false;
        self.answers.clear();
        self.newer_answers.clear();
        self.state = ReflectionState::default();
        self.profile = super::Profile::default();
    }

    /// Resets the memory after the journal was erased or replaced, and loads the journal that is stored now, if any.
    pub(super) fn reload_after_erase(&mut self) -> Change {
        // A missing head means that the journal was erased. Values that this tab wrote since must not remain.
        if let Some(place) = self.place.filter(|_| self.committed)
            && self.store_at(place).read(&Key::Journal.name()) == Ok(None)
        {
            // On an error they stay.
            let _ = self.remove_reflection(place, &self.head.current);
        }
        self.reset();
        self.load();
        Change::Erased
    }

    /// Returns whether the journal in the store is still the one in memory. It is called before every write, so that a
    /// tab that missed the event of an erasure cannot undo it.
    pub(super) fn is_still_ours(&self) -> bool {
        let Some(store) = self.store().filter(|_| self.committed && !self.newer) else { return true };
        match store.read(&Key::Journal.name()) {
            // Unknown. `write` reads the head again.
            Err(StorageError) => true,
            Ok(text) => self.is_own_head(text) && self.is_reflection_still_there(),
        }
    }

    /// Returns whether this stored text is the head of the journal in memory.
    pub(super) fn is_own_head(&self, text: Option<String>) -> bool {
        let head = text.and_then(|text| decode::<Head>(&text).ok());
        head.is_some_and(|head| head.id == self.head.id && !head.erasing)
    }

    /// Returns whether the open reflection is still stored and not being erased.
    fn is_reflection_still_there(&self) -> bool {
        let state = self.stored(&Key::State(&self.head.current).name());
        !self.state_stored || state.map_or(true, |state| state.is_some_and(|text| !is_being_erased(&text)))
    }

    /// Returns the answers with their question ids.
    pub fn answers(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.answers.iter().map(|(question, answer)| (question.as_str(), answer))
    }
}
