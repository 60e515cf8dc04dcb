//! Finding the journal, and reading what it holds.

use super::head::{Found, Head, clear, find, quarantine};
use super::merging::{plan, values_of, write_all};
use super::restore::staged_target;
use super::{
    DecodeError, Journal, Key, PLACES, ReflectionState, StorageChoice, StorageError, Store, decode, fresh_head,
    fresh_reflection,
};
use crate::reflection::store::is_reflection;
use crate::reflection::stored_value::{Merge, StoredValue, is_newer};

impl<S: Store> Journal<S> {
    /// Reads all that is kept of the open reflection.
    pub(super) fn load(&mut self) {
        let Some((place, head)) = self.choose_store() else { return };
        // A journal whose head is not in the store is in memory only.
        self.committed = self.newer || matches!(find(self.store_at(place)), Found::Head(found) if found.id == head.id);
        self.place = Some(place);
        self.head = head;
        self.load_values();
    }

    /// The store whose journal is opened, with its head. What this tab was told to keep to itself comes before what is on
    /// the device, unless it was the device's reflection that it had open.
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

    /// Returns whether the reflection that this tab had open stands on the device, and not in the tab.
    pub(super) fn is_elsewhere(&self, id: &str) -> bool {
        let [on_device, in_tab] = PLACES.map(|place| self.ids_at(place).iter().any(|other| other == id));
        on_device && !in_tab
    }

    /// Finds the head of a store, after finishing all that was cut off there. Answers that have lost their head get a new
    /// one, since the answers are what counts.
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
            // The one that was begun last.
            head.current = self.last_at(place, "").unwrap_or_else(|| fresh_reflection(self.random));
            is_new |= is_found;
        }
        if is_new {
            // Written down, so that the next visit opens the same one. A refusal leaves that to it.
            let _ = head.write(store);
        }
        self.share_profile(place, &head.current);
        Found::Head(head)
    }

    /// Finishes erasing reflections where that was cut off.
    pub(super) fn finish_erasures(&mut self, place: StorageChoice) {
        for key in self.store_at(place).keys().unwrap_or_default() {
            if let Some(Key::State(id)) = Key::parse(&key)
                && self.store_at(place).read(&key).ok().flatten().is_some_and(|text| is_being_erased(&text))
            {
                // A refusal leaves the mark in place, so that the next visit tries again.
                self.unfinished |= self.remove_reflection(place, id).is_err();
            }
        }
    }

    /// Puts together what both stores hold of one reflection: a move that was cut off, or a duplicated tab, has left two
    /// copies of it. The device is where they come together, since what was once kept there is not to end with a tab. Tells
    /// whether nothing is left in the tab then.
    fn merge_copies(&mut self) -> bool {
        let on_device = self.ids_at(StorageChoice::Device);
        let in_tab = self.ids_at(StorageChoice::Tab);
        for id in in_tab.iter().filter(|id| on_device.contains(id)) {
            if self.move_reflection(id, StorageChoice::Tab, StorageChoice::Device).is_err() {
                // The tab may still have room. What is not together yet stays in both.
                let _ = self.copy_reflection(id, StorageChoice::Device, StorageChoice::Tab);
                self.unfinished = true;
            }
        }
        let is_left = in_tab.is_empty() || !self.ids_at(StorageChoice::Tab).is_empty();
        !is_left && self.move_leftovers().is_ok()
    }

    /// Brings what belongs to no reflection to the device, and empties the tab.
    fn move_leftovers(&self) -> Result<(), StorageError> {
        let values = values_of(&self.tab, &|key| moves_with_journal(key, true))?;
        write_all(&self.device, &plan(&self.device, values)?, None)?;
        clear(&self.tab)
    }

    /// Brings a reflection from one store to the other.
    pub(super) fn move_reflection(&self, id: &str, from: StorageChoice, to: StorageChoice) -> Result<(), StorageError> {
        self.copy_reflection(id, from, to)?;
        self.remove_reflection(from, id)
    }

    fn copy_reflection(&self, id: &str, from: StorageChoice, to: StorageChoice) -> Result<(), StorageError> {
        let values = values_of(self.store_at(from), &|key| belongs_to(key, id) && staged_target(key).is_none())?;
        write_all(self.store_at(to), &plan(self.store_at(to), values)?, None)
    }

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
                // A record that cannot be read at this moment stands there all the same.
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
        // The record stands for the reflection: where it is gone, another tab has erased it. So where it was damaged, it is
        // written anew.
        if found && self.committed && !self.state_stored {
            let key = Key::State(&self.head.current).name();
            let text = self.state.encode();
            self.put(key, &text);
        }
        if !profile && self.committed {
            self.adopt_shared_profile();
        }
    }

    /// The value under this key, if it can be used. One that cannot be read is moved aside.
    pub(super) fn decode_or_quarantine<T: StoredValue + Default>(&mut self, key: &str, text: &str) -> Option<T> {
        let value = decode(text);
        if matches!(value, Err(DecodeError::Broken)) && self.try_quarantine(key, text) && self.is_own_state(key) {
            self.state_stored = false;
        }
        value.ok()
    }
}

/// Returns whether this is the record of a reflection that is being erased.
pub(super) fn is_being_erased(state: &str) -> bool {
    decode::<ReflectionState>(state).is_ok_and(|state| state.erasing)
}

/// Returns whether a key belongs to this reflection, also one that was moved aside or is staged.
pub(super) fn belongs_to(key: &str, id: &str) -> bool {
    match Key::parse(key) {
        Some(Key::State(of) | Key::Profile(of) | Key::Answer(of, _)) => of == id,
        Some(Key::Quarantined(of) | Key::Staged(of)) => {
            of.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        }
        _ => false,
    }
}

/// Returns whether a key of no reflection moves along with a whole journal. If it `joins` reflections that are there already,
/// nothing moves that would hold for them too.
pub(super) fn moves_with_journal(key: &str, joins: bool) -> bool {
    match Key::parse(key) {
        Some(Key::Journal | Key::Staged(_)) => false,
        Some(Key::SharedProfile) => !joins,
        parsed => parsed.is_some(),
    }
}
