//! Following each change into the store, and what could not be kept.

use super::head::move_aside;
use super::{Journal, Key, Record, Refused, Saved, Store, Unusable, decode};

impl<S: Store> Journal<S> {
    /// Tries once more to keep what could not be kept. Tells whether all is kept now.
    pub fn retry(&mut self) -> bool {
        if self.place.is_none() || self.newer {
            return false;
        }
        if !self.committed {
            self.commit();
        } else if self.is_still_ours() {
            for key in std::mem::take(&mut self.unsaved) {
                if !self.keep_now(&key) {
                    self.mark_unsaved(key);
                }
            }
        }
        self.saved() != Saved::Failed
    }

    pub(super) fn mark_unsaved(&mut self, key: String) {
        if !self.unsaved.contains(&key) {
            self.unsaved.push(key);
        }
    }

    /// Keeps a value that is in memory only, together with what another tab has kept there in the meantime.
    fn keep_now(&mut self, key: &str) -> bool {
        let Ok(stored) = self.stored(key) else { return false };
        let text = match Key::parse(key) {
            Some(Key::Record(_)) => {
                if let Some(Err(unusable)) = stored.as_deref().map(decode::<Record>)
                    && !self.yields(unusable, key, stored.as_deref().unwrap_or_default())
                {
                    return false;
                }
                self.record.encode()
            }
            Some(Key::Answer(_, question)) => {
                let mut answer = self.answer(question).cloned().unwrap_or_default();
                if let Some(stored) = stored {
                    match decode(&stored) {
                        Ok(stored) => answer = answer.merge(&stored),
                        Err(unusable) if self.yields(unusable, key, &stored) => {}
                        Err(_) => return false,
                    }
                }
                let text = answer.encode();
                self.set_answer(question, Some(answer));
                text
            }
            Some(Key::About) => {
                if let Some(stored) = stored {
                    match decode(&stored) {
                        Ok(stored) => self.about = self.about.merge(&stored),
                        Err(unusable) if self.yields(unusable, key, &stored) => {}
                        Err(_) => return false,
                    }
                }
                self.about.encode()
            }
            _ => return false,
        };
        let kept = self.write(key, &text).is_ok();
        self.recorded |= kept && self.is_own_record(key);
        kept
    }

    /// Whether a value that cannot be used makes room: one that is broken is moved aside, a newer one stays.
    pub(super) fn yields(&self, unusable: Unusable, key: &str, text: &str) -> bool {
        unusable == Unusable::Broken && self.try_aside(key, text)
    }

    /// Keeps one value, or notes that it is in memory only. A success is the moment to try the others again.
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
            self.recorded |= self.is_own_record(&key);
            if !self.unsaved.is_empty() {
                self.retry();
            }
        }
    }

    pub(super) fn write(&self, key: &str, text: &str) -> Result<(), Refused> {
        match self.store() {
            Some(store) if !self.newer => store.write(key, text),
            _ => Err(Refused),
        }
    }

    pub(super) fn is_own_record(&self, key: &str) -> bool {
        key == Key::Record(&self.head.current).name()
    }

    pub(super) fn try_aside(&self, key: &str, text: &str) -> bool {
        !self.newer && self.store().is_some_and(|store| move_aside(store, key, text).is_ok())
    }
}
