//! The reflections of a journal: listing, beginning, opening and erasing them.

use super::head::{Found, Head, find};
use super::load::belongs_to;
use super::{
    Answer, DecodeError, Journal, Key, PLACES, ReflectionState, SaveStatus, StorageChoice, StorageError, Store, decode,
    fresh_head, fresh_reflection,
};
use crate::reflection::order::{is_key_before, sort};
use crate::reflection::store::without_prefix;
use crate::reflection::stored_value::encode;

/// The summary of a reflection, for a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reflection {
    /// The id of the reflection.
    pub id: String,
    /// The state of the reflection; the default if it cannot be decoded.
    pub state: ReflectionState,
    /// The number of answered questions, including answers written by a newer version of the site.
    pub answered: usize,
    /// `true` if this is the open reflection.
    pub is_open: bool,
}

/// The reason why another reflection cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SwitchError {
    /// The open reflection is in memory only and would be lost. The parent must be asked first.
    Unkept,
    /// The store failed, or has no such reflection.
    Refused,
}

impl<S: Store> Journal<S> {
    /// Returns the open reflection, and every other one of both stores that has an answer, in the order in which they
    /// were begun.
    pub fn reflections(&self) -> Vec<Reflection> {
        let mut all = self.reflections_at(StorageChoice::Device);
        let in_tab = self.reflections_at(StorageChoice::Tab);
        // Session storage has few reflections, so a linear search is enough.
        all.retain(|one| in_tab.iter().all(|other| other.id != one.id));
        all.extend(in_tab);
        all.retain(|one| one.id != self.head.current && one.answered > 0 && !one.state.erasing);
        let (id, state, answered) = (self.head.current.clone(), self.state.clone(), self.answered());
        all.push(Reflection { id, state, answered, is_open: true });
        sort(&mut all, &|one, other| (one.state.number, &one.id) < (other.state.number, &other.id));
        all
    }

    /// Returns the reflections of a store.
    pub(super) fn reflections_at(&self, place: StorageChoice) -> Vec<Reflection> {
        let store = self.store_at(place);
        let mut all: Vec<Reflection> = Vec::new();
        for key in self.keys_at(place) {
            let parsed = Key::parse(&key);
            let Some(Key::State(id) | Key::Answer(id, _)) = parsed else { continue };
            if all.last().is_none_or(|last| last.id != id) {
                all.push(Reflection {
                    id: id.to_owned(),
                    state: ReflectionState::default(),
                    answered: 0,
                    is_open: false,
                });
            }
            let (Some(last), Ok(Some(text))) = (all.last_mut(), store.read(&key)) else { continue };
            match parsed {
                Some(Key::State(_)) => last.state = decode(&text).unwrap_or_default(),
                _ => last.answered += usize::from(has_content(&text)),
            }
        }
        all
    }

    /// Begins a new reflection on the day `day`, `YYYY-MM-DD`, in memory, without a chosen store. Stored reflections do
    /// not change.
    ///
    /// # Errors
    ///
    /// Returns a [`SwitchError`] if the open reflection cannot be left. Nothing has changed then.
    pub fn begin_new(&mut self, day: &str) -> Result<(), SwitchError> {
        self.check_switch()?;
        self.reset();
        day.clone_into(&mut self.state.day);
        Ok(())
    }

    /// Opens another reflection, from either store.
    ///
    /// # Errors
    ///
    /// Returns a [`SwitchError`] if the open reflection cannot be left. Nothing has changed then.
    pub fn open_reflection(&mut self, id: &str) -> Result<(), SwitchError> {
        if id == self.head.current {
            return Ok(());
        }
        self.check_switch()?;
        let place = PLACES.into_iter().find(|place| self.ids_at(*place).iter().any(|other| other == id));
        if place.is_some_and(|place| self.switch_to(place, id)) { Ok(()) } else { Err(SwitchError::Refused) }
    }

    /// Discards the unsaved open reflection, as confirmed by the parent, and opens the stored journal.
    pub fn leave_unkept(&mut self) {
        self.reload_after_erase();
    }

    /// Erases a reflection with all its values. Returns `true` if everything was removed. If it was the open
    /// reflection, the one begun last is opened, or a new one.
    pub fn erase_reflection(&mut self, id: &str) -> bool {
        if !self.is_still_ours() {
            self.reload_after_erase();
        }
        self.unfinished = false;
        self.erase_again(id);
        let (is_erased, pending) = (!self.unfinished, std::mem::take(&mut self.pending_erasures));
        if id == self.head.current {
            match self.place {
                None => drop(self.reload_after_erase()),
                Some(place) => {
                    let next = self.last_at(place, id).unwrap_or_else(|| fresh_reflection(self.random));
                    // On an error, the stored head keeps the id of the erased reflection. The next visit replaces it.
                    if !self.switch_to(place, &next) {
                        self.open_in_memory(&next);
                    }
                }
            }
        }
        self.unfinished |= !is_erased;
        self.pending_erasures = pending;
        is_erased
    }

    /// Erases a reflection from one store.
    ///
    /// The mark in its state notifies other tabs, and lets a later visit finish an interrupted erasure. Erasing
    /// continues even if the mark cannot be written. The mark replaces the whole state, so that even a full store
    /// accepts it.
    pub(super) fn erase_reflection_at(&self, place: StorageChoice, id: &str) -> Result<(), StorageError> {
        let store = self.store_at(place);
        let mut keys = store.keys()?;
        keys.retain(|key| belongs_to(key, id));
        if keys.is_empty() {
            return Ok(());
        }
        let _ = store
            .write(&Key::State(id).name(), &encode(&ReflectionState { erasing: true, ..ReflectionState::default() }));
        self.remove_reflection(place, id)?;
        self.strip_shared(place)
    }

    /// Erases an answer with its quarantined copies. Returns `true` if everything was removed.
    pub fn erase_answer(&mut self, question: &str) -> bool {
        if !self.is_still_ours() {
            self.reload_after_erase();
            return self.answer(question).is_none();
        }
        let key = Key::Answer(&self.head.current, question).name();
        let removed = self
            .remove_all(&|stored| is_copy_of(stored, &key))
            .and_then(|()| self.store().map_or(Ok(()), |store| store.remove(&key)));
        if removed.is_ok() {
            self.set_answer(question, None);
            self.set_newer(question, false);
            self.unsaved.retain(|other| *other != key);
        }
        removed.is_ok()
    }

    /// Returns whether the open reflection is saved in a chosen store whose journal no newer version wrote.
    pub(super) fn can_switch(&mut self) -> bool {
        self.place.is_some() && self.check_switch().is_ok()
    }

    /// Checks that the open reflection may be closed.
    fn check_switch(&mut self) -> Result<(), SwitchError> {
        if !self.is_still_ours() {
            self.reload_after_erase();
            return Err(SwitchError::Refused);
        }
        let is_kept = match self.place {
            None => self.is_untouched(),
            Some(_) if self.newer => return Err(SwitchError::Refused),
            Some(_) => self.saved() != SaveStatus::Failed || self.retry(),
        };
        if is_kept { Ok(()) } else { Err(SwitchError::Unkept) }
    }

    /// Returns whether the open reflection has no answers, no profile and no agreement.
    pub(super) fn is_untouched(&self) -> bool {
        let ReflectionState { agreed, calls, .. } = &self.state;
        !self.has_answers() && self.profile.is_untouched() && agreed.is_empty() && calls.is_empty()
    }

    /// Opens a reflection, first in the head of the store. Returns `true` on success.
    fn switch_to(&mut self, place: StorageChoice, id: &str) -> bool {
        let found = match find(self.store_at(place)) {
            Found::Head(head) => head,
            Found::Headless => fresh_head(self.random),
            _ => return false,
        };
        let head = Head { current: id.to_owned(), ..found };
        if head.write(self.store_at(place)).is_err() {
            return false;
        }
        self.reset();
        self.place = Some(place);
        self.committed = true;
        self.head = head;
        self.update_tab_head();
        self.load_values();
        true
    }

    /// Opens a reflection in memory only, without changing the stored head.
    fn open_in_memory(&mut self, id: &str) {
        id.clone_into(&mut self.head.current);
        self.reset_values();
        self.unsaved.clear();
        self.load_values();
    }

    /// Returns the ids of all reflections of a store, without duplicates.
    pub(super) fn ids_at(&self, place: StorageChoice) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for key in self.keys_at(place) {
            if let Some(Key::State(id) | Key::Profile(id) | Key::Answer(id, _)) = Key::parse(&key)
                && ids.last().is_none_or(|last| last != id)
            {
                ids.push(id.to_owned());
            }
        }
        ids
    }

    /// Returns the id of the reflection of a store that was begun last, other than `except`.
    pub(super) fn last_at(&self, place: StorageChoice, except: &str) -> Option<String> {
        let mut last = None;
        for id in self.ids_at(place).into_iter().filter(|id| id != except) {
            let ReflectionState { number, erasing, .. } = self.state_at(place, &id).unwrap_or_default();
            if !erasing && last.as_ref().is_none_or(|(highest, _)| number >= *highest) {
                last = Some((number, id));
            }
        }
        last.map(|(_, id)| id)
    }

    /// Returns the stored state of a reflection, or `None` if it is missing or cannot be decoded.
    pub(super) fn state_at(&self, place: StorageChoice, id: &str) -> Option<ReflectionState> {
        decode(&self.store_at(place).read(&Key::State(id).name()).ok()??).ok()
    }

    /// Removes every key of a reflection, its state last.
    pub(super) fn remove_reflection(&self, place: StorageChoice, id: &str) -> Result<(), StorageError> {
        let store = self.store_at(place);
        let state = Key::State(id).name();
        for key in store.keys()?.iter().filter(|key| **key != state && belongs_to(key, id)) {
            store.remove(key)?;
        }
        store.remove(&state)
    }

    /// Removes every matching key from the chosen store.
    fn remove_all(&self, which: &dyn Fn(&str) -> bool) -> Result<(), StorageError> {
        let Some(store) = self.store() else { return Ok(()) };
        for key in store.keys()?.iter().filter(|key| which(key)) {
            store.remove(key)?;
        }
        Ok(())
    }

    /// Returns the keys of the chosen store, grouped by reflection.
    pub(super) fn keys(&self) -> Vec<String> {
        self.place.map_or_else(Vec::new, |place| self.keys_at(place))
    }

    /// Returns the keys of a store, grouped by reflection.
    fn keys_at(&self, place: StorageChoice) -> Vec<String> {
        let mut keys = self.store_at(place).keys().unwrap_or_default();
        sort(&mut keys, &|one, other| is_key_before(one, other));
        keys
    }
}

/// Returns whether a stored answer is not empty, or was written by a newer version of the site.
fn has_content(text: &str) -> bool {
    match decode::<Answer>(text) {
        Ok(answer) => !answer.is_empty(),
        Err(error) => error == DecodeError::Newer,
    }
}

/// Returns whether `key` is a quarantined or staged copy of the key `of`, or of a key below it.
fn is_copy_of(key: &str, of: &str) -> bool {
    let of = without_prefix(of);
    [Key::Quarantined(of).name(), Key::Staged(of).name()]
        .iter()
        .any(|name| key.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(':')))
}
