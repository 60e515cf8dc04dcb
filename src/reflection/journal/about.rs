//! What the parent said about themselves: one value beside the answers, kept by the same rules.

use super::{About, Change, Journal, Key, Store, decode};

impl<S: Store> Journal<S> {
    /// What the parent said about themselves.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// Changes what the parent said about themselves, and keeps it where they chose.
    ///
    /// When another tab has erased the journal in the meantime, nothing is written and the change is dropped with it.
    pub fn edit_about(&mut self, change: &mut dyn FnMut(&mut About)) -> Change {
        if !self.is_still_ours() {
            return self.emptied();
        }
        let key = Key::About.name();
        let blocked = match self.stored(&key).ok().flatten() {
            Some(text) => match decode::<About>(&text) {
                Ok(stored) => {
                    self.about = self.about.merge(&stored);
                    false
                }
                Err(unusable) => !self.yields(unusable, &key, &text),
            },
            None => false,
        };
        change(&mut self.about);
        self.about.touch();
        if blocked {
            self.mark_unsaved(key);
        } else {
            let text = self.about.encode();
            self.put(key, &text);
        }
        Change::About
    }

    /// Takes in what the store holds. What is in memory only is not lost by it.
    pub(super) fn load_about(&mut self, key: &str, text: &str) {
        if let Some(about) = self.usable::<About>(key, text) {
            self.about = self.about.merge(&about);
        }
    }

    /// Takes in what another tab said.
    pub(super) fn hear_about(&mut self, key: &str, value: Option<&str>) -> Change {
        let Some(Ok(theirs)) = value.map(decode::<About>) else { return Change::None };
        let merged = self.about.merge(&theirs);
        if merged != theirs && self.is_still_ours() {
            self.put(key.to_owned(), &merged.encode());
        }
        let changed = merged != self.about;
        self.about = merged;
        if changed { Change::About } else { Change::None }
    }
}
