//! Finding the journal and loading the open reflection.

use super::head::{Found, Head, clear, find, quarantine};
use super::merging::{plan, values_of, write_all};
use super::staging::staged_target;
use super::{
    DecodeError, Journal, Key, PLACES, ReflectionState, StorageChoice, StorageError, Store, decode, fresh_head,
    fresh_reflection,
};
use crate::reflection::store::is_reflection;
use crate::reflection::stored_value::{Merge, StoredValue, is_newer};

impl<S: Store> Journal<S> {
    /// Loads the open reflection.
    pub(super) fn load(&mut self) {
        let Some((place, head)) = self.choose_store() else { return };
        // If the head is not in the store, the journal is in memory only.
        self.committed = self.newer || matches!(find(self.store_at(place)), Found::Head(found) if found.id == head.id);
        self.place = Some(place);
        self.head = head;
        self.load_values();
    }

    /// Chooses the store whose journal is opened, and returns it with the head. Session storage takes precedence,
    /// unless its head points at a reflection on the device.
    fn choose_store(&mut self) -> Option<(StorageChoice, Head)> {
        let [device, tab] = PLACES.map(|place| self.find_at(place));
        match (device, tab) {
            (Found::Head(device), Found::Head(tab)) => {
                if self.merge_copies() || self.is_elsewhere(&tab.current) {
                    return Some((StorageChoice::Device, Head { current: tab.current, ..device }));
                }
                Some((StorageChoice::Tab, tab))
            }
            (_, Found::Head(head)) => Some((StorageChoice::Tab, head)),
            (Found::Head(head), _) => Some((StorageChoice::Device, head)),
            (device, tab) => {
                self.newer = matches!((&device, &tab), (Found::Newer, _) | (_, Found::Newer));
                let place = if matches!(device, Found::Newer) { StorageChoice::Device } else { StorageChoice::Tab };
                self.newer.then(|| (place, self.head.clone()))
            }
        }
    }

    /// Returns whether the reflection with this id is on the device and not in session storage.
    pub(super) fn is_elsewhere(&self, id: &str) -> bool {
        let [on_device, in_tab] = PLACES.map(|place| self.ids_at(place).iter().any(|other| other == id));
        on_device && !in_tab
    }

    /// Finds the head of a store, after finishing interrupted operations. If reflections exist without a readable head,
    /// a new head is created.
    fn find_at(&mut self, place: StorageChoice) -> Found {
        let store = self.store_at(place);
        let (mut head, is_found) = match find(store) {
            Found::Head(head) => (head, true),
            Found::Headless => (fresh_head(self.random), false),
            Found::Erasing => {
                self.unfinished = true;
                return Found::Nothing;
            }
            found => return found,
        };
        self.finish_erasures(place);
        let store = self.store_at(place);
        head.moving = false;
        let mut is_new = false;
        if !is_found {
            let key = Key::Journal.name();
            let broken = store.read(&key).ok().flatten();
            is_new = broken.is_none_or(|text| quarantine(store, &key, &text).is_ok());
        }
        let ids = self.ids_at(place);
        let current = &head.current;
        let is_there = ids.contains(current) && !self.state_at(place, current).is_some_and(|state| state.erasing)
            || ids.is_empty() && is_reflection(current)
            || self.is_elsewhere(current);
        if !is_there {
            // Open the reflection that was begun last.
            head.current = self.last_at(place, "").unwrap_or_else(|| fresh_reflection(self.random));
            is_new |= is_found;
        }
        if is_new {
            // Stored so that the next visit opens the same reflection. On an error, the next visit chooses again.
            let _ = head.write(store);
        }
        self.share_profile(place, &head.current);
        Found::Head(head)
    }

    /// Finishes interrupted erasures of reflections.
    pub(super) fn finish_erasures(&mut self, place: StorageChoice) {
        for key in self.store_at(place).keys().unwrap_or_default() {
            if let Some(Key::State(id)) = Key::parse(&key)
                && self.store_at(place).read(&key).ok().flatten().is_some_and(|text| is_being_erased(&text))
            {
                // On an error the mark stays in place, so that the next visit tries again.
                self.unfinished |= self.remove_reflection(place, id).is_err();
            }
        }
    }

    /// Merges reflections that are in both stores, after an interrupted move or in a duplicated tab. They are merged
    /// into local storage, so that nothing stored on the device is lost when the tab closes. Returns `true` if session
    /// storage had reflections and is empty now.
    fn merge_copies(&mut self) -> bool {
        let on_device = self.ids_at(StorageChoice::Device);
        let in_tab = self.ids_at(StorageChoice::Tab);
        for id in in_tab.iter().filter(|id| on_device.contains(id)) {
            if self.move_reflection(id, StorageChoice::Tab, StorageChoice::Device).is_err() {
                // Session storage may still have room. On an error, both copies stay.
                let _ = self.copy_reflection(id, StorageChoice::Device, StorageChoice::Tab);
                self.unfinished = true;
            }
        }
        let is_left = in_tab.is_empty() || !self.ids_at(StorageChoice::Tab).is_empty();
        !is_left && self.move_leftovers().is_ok()
    }

    /// Moves the values that belong to no reflection to local storage, and clears session storage.
    fn move_leftovers(&self) -> Result<(), StorageError> {
        let values = values_of(&self.tab, &|key| moves_with_journal(key, true))?;
        write_all(&self.device, &plan(&self.device, values)?, None)?;
        clear(&self.tab)
    }

    /// Moves a reflection from one store to the other, merging it with a copy that exists there.
    pub(super) fn move_reflection(&self, id: &str, from: StorageChoice, to: StorageChoice) -> Result<(), StorageError> {
        self.copy_reflection(id, from, to)?;
        self.remove_reflection(from, id)
    }

    /// Copies a reflection from one store to the other, merging it with a copy that exists there.
    fn copy_reflection(&self, id: &str, from: StorageChoice, to: StorageChoice) -> Result<(), StorageError> {
        let values = values_of(self.store_at(from), &|key| belongs_to(key, id) && staged_target(key).is_none())?;
        write_all(self.store_at(to), &plan(self.store_at(to), values)?, None)
    }

    /// Loads the values of the open reflection from the chosen store.
    pub(super) fn load_values(&mut self) {
        if self.newer {
            return;
        }
        let Some(store) = self.store() else { return };
        let keys = store.keys().unwrap_or_default();
        let (mut found, mut profile) = (false, false);
        self.newer_answers.clear();
        for key in keys {
            let parsed = Key::parse(&key);
            let id = match parsed {
                Some(Key::State(id) | Key::Answer(id, _) | Key::Profile(id)) => id,
                _ => continue,
            };
            if id != self.head.current {
                continue;
            }
            found = true;
            let Ok(Some(text)) = self.stored(&key) else {
                // The value exists, even though reading it failed.
                self.state_stored |= self.is_own_state(&key);
                profile |= matches!(parsed, Some(Key::Profile(_)));
                continue;
            };
            match parsed {
                Some(Key::State(_)) => {
                    let is_first = !std::mem::replace(&mut self.state_stored, true);
                    if let Some(state) = self.decode_or_quarantine::<ReflectionState>(&key, &text) {
                        self.state = if is_first { state } else { self.state.merge(&state) };
                    }
                }
                Some(Key::Profile(_)) => {
                    profile = true;
                    self.load_profile(&key, &text);
                }
                Some(Key::Answer(_, question)) => match self.decode_or_quarantine(&key, &text) {
                    Some(answer) => self.set_answer(question, Some(answer)),
                    None => self.set_newer(question, is_newer(&text)),
                },
                _ => {}
            }
        }
        // A missing state means that another tab has erased the reflection. So a state that was malformed is written
        // again.
        if found && self.committed && !self.state_stored {
            let key = Key::State(&self.head.current).name();
            let text = self.state.encode();
            self.put(key, &text);
        }
        if !profile && self.committed {
            self.adopt_shared_profile();
        }
    }

    /// Decodes a value. Returns `None` if that fails; a malformed value is quarantined.
    pub(super) fn decode_or_quarantine<T: StoredValue + Default>(&mut self, key: &str, text: &str) -> Option<T> {
        let value = decode(text);
        if matches!(value, Err(DecodeError::Broken)) && self.try_quarantine(key, text) && self.is_own_state(key) {
            self.state_stored = false;
        }
        value.ok()
    }
}

/// Returns whether this is the stored state of a reflection that is being erased.
pub(super) fn is_being_erased(state: &str) -> bool {
    decode::<ReflectionState>(state).is_ok_and(|state| state.erasing)
}

/// Returns whether a key belongs to this reflection, including its quarantined and staged values.
pub(super) fn belongs_to(key: &str, id: &str) -> bool {
    match Key::parse(key) {
        Some(Key::State(of) | Key::Profile(of) | Key::Answer(of, _)) => of == id,
        Some(Key::Quarantined(of) | Key::Staged(of)) => {
            of.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        }
        _ => false,
    }
}

/// Returns whether a key that belongs to no reflection moves along with a whole journal. If the target store has
/// reflections already (`joins`), the shared profile does not move, because it would apply to them too.
pub(super) fn moves_with_journal(key: &str, joins: bool) -> bool {
    match Key::parse(key) {
        Some(Key::Journal | Key::Staged(_)) => false,
        Some(Key::SharedProfile) => !joins,
        parsed => parsed.is_some(),
    }
}
