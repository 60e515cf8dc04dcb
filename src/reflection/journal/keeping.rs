//! Saving each change, and retrying what could not be saved.

use super::head::quarantine;
use super::{DecodeError, Journal, Key, SaveStatus, StorageError, Store, decode};
use crate::reflection::stored_value::Merge;

impl<S: Store> Journal<S> {
    /// Retries everything that could not be saved, removed or erased. Returns `true` if nothing is left to retry.
    pub fn retry(&mut self) -> bool {
        if self.unfinished {
            self.finish();
        }
        if self.place.is_none() || self.newer {
            return !self.unfinished && !self.newer;
        }
        if !self.committed {
            self.commit();
        } else if self.is_still_ours() {
            for key in std::mem::take(&mut self.unsaved) {
                if !self.save_now(&key) {
                    self.mark_unsaved(key);
                }
            }
        }
        self.saved() != SaveStatus::Failed
    }

    pub(super) fn mark_unsaved(&mut self, key: String) {
        if !self.unsaved.contains(&key) {
            self.unsaved.push(key);
        }
    }

    /// Saves a value that is in memory only, merged with what another tab has stored in the meantime. Returns `true` if
    /// it was stored.
    fn save_now(&mut self, key: &str) -> bool {
        let Ok(stored) = self.stored(key) else { return false };
        let stored = stored.as_deref();
        let text = match Key::parse(key) {
            Some(Key::State(_)) => self.with_stored(&self.state, key, stored).map(|state| {
                self.state = state;
                self.state.encode()
            }),
            Some(Key::Answer(_, question)) => {
                let answer = self.answer(question).cloned().unwrap_or_default();
                let answer = self.with_stored(&answer, key, stored);
                answer.map(|answer| {
                    let text = answer.encode();
                    self.set_answer(question, Some(answer));
                    text
                })
            }
            Some(Key::Profile(_)) => self.with_stored(&self.profile, key, stored).map(|profile| {
                self.profile = profile;
                self.profile.encode()
            }),
            _ => None,
        };
        let is_saved = text.is_some_and(|text| self.write(key, &text).is_ok());
        self.state_stored |= is_saved && self.is_own_state(key);
        is_saved
    }

    /// Returns a value merged with its stored version, or `None` if the stored version must not be overwritten.
    pub(super) fn with_stored<T: Merge>(&self, value: &T, key: &str, stored: Option<&str>) -> Option<T> {
        match stored.map(decode::<T>) {
            None => Some(value.clone()),
            Some(Ok(stored)) => Some(value.merge(&stored)),
            Some(Err(error)) => self.make_room(error, key, stored.unwrap_or_default()).then(|| value.clone()),
        }
    }

    /// Quarantines a malformed value. Returns `true` if its key may be overwritten then; a value of a newer version may
    /// not.
    pub(super) fn make_room(&self, error: DecodeError, key: &str, text: &str) -> bool {
        error == DecodeError::Broken && self.try_quarantine(key, text)
    }

    /// Saves a value if `may_write`, otherwise records that it is in memory only.
    pub(super) fn put_if(&mut self, may_write: bool, key: String, text: &str) {
        if may_write {
            self.put(key, text);
        } else {
            self.mark_unsaved(key);
        }
    }

    /// Saves a value, or records that it is in memory only. After a success, the other unsaved values are retried.
    pub(super) fn put(&mut self, key: String, text: &str) {
        if self.place.is_none() {
            return;
        }
        if !self.committed {
            self.commit();
        } else if self.write(&key, text).is_err() {
            self.mark_unsaved(key);
        } else {
            self.unsaved.retain(|other| *other != key);
            self.state_stored |= self.is_own_state(&key);
            if !self.unsaved.is_empty() {
                self.retry();
            }
        }
    }

    /// Writes to the chosen store. Fails if none is chosen, if a newer version wrote the journal, or if the head cannot be
    /// read or is another one: another tab has erased the journal then, and nothing may be written into its place.
    pub(super) fn write(&self, key: &str, text: &str) -> Result<(), StorageError> {
        match self.store() {
            Some(store) if !self.newer => {
                let head = store.read(&Key::Journal.name())?;
                if self.committed && !self.is_own_head(head) { Err(StorageError) } else { store.write(key, text) }
            }
            _ => Err(StorageError),
        }
    }

    /// Returns whether this is the key of the state of the open reflection.
    pub(super) fn is_own_state(&self, key: &str) -> bool {
        key == Key::State(&self.head.current).name()
    }

    /// Quarantines a value of the chosen store. Returns `true` if it was moved.
    pub(super) fn try_quarantine(&self, key: &str, text: &str) -> bool {
        !self.newer && self.store().is_some_and(|store| quarantine(store, key, text).is_ok())
    }
}
