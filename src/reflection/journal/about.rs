//! The parent's profile: one value beside the answers of a reflection, kept by the same rules.
//!
//! Older versions kept one value for all reflections together. Each takes over the wishes of it, and the one that is open
//! the rest; the value itself stays where it is for those versions, and is not read any more.

use super::head::Head;
use super::{About, Change, Journal, Key, Place, Store, Unusable, decode};
use crate::reflection::kept::Merge;

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
        let key = self.profile_key();
        let takes = match self.stored(&key) {
            Ok(Some(text)) => match decode::<About>(&text) {
                Ok(stored) => {
                    self.about = self.about.merge(&stored);
                    true
                }
                Err(unusable) => self.yields(unusable, &key, &text),
            },
            Ok(None) => true,
            Err(_) => false,
        };
        change(&mut self.about);
        self.about.touch();
        let text = self.about.encode();
        self.put_if(takes, key, &text);
        Change::About
    }

    pub(super) fn profile_key(&self) -> String {
        Key::Profile(&self.head.current).name()
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

    /// Reads the profile that older versions kept for all reflections of a store together. One that cannot be read is moved
    /// aside.
    pub(super) fn shared_about(&self, place: Place) -> Option<About> {
        let store = self.store_at(place);
        let key = Key::About.name();
        let text = store.read(&key).ok()??;
        let about = decode(&text);
        if about == Err(Unusable::Broken) {
            // A refusal leaves it where it is, where nobody reads it.
            let _ = super::head::move_aside(store, &key, &text);
        }
        about.ok()
    }

    /// Gives each reflection of a store its share of that, the open one first.
    pub(super) fn share_about(&self, place: Place, open: &str) {
        let Some(about) = self.shared_about(place) else { return };
        let mut ids = self.ids_at(place);
        if ids.is_empty() && !self.is_elsewhere(open) {
            ids.push(open.to_owned());
        }
        let store = self.store_at(place);
        let has_own = |id: &str| store.read(&Key::Profile(id).name()).map_or(true, |text| text.is_some());
        for (key, text) in shares_of(&about, ids, open, &has_own) {
            // A refusal leaves it to the next visit, and what is open to memory.
            if store.write(&key, &text).is_err() {
                return;
            }
        }
    }

    /// Takes the open reflection's share of it into memory, where the store has not taken it.
    pub(super) fn take_shared(&mut self) {
        let Some(about) = self.place.and_then(|place| self.shared_about(place)) else { return };
        let is_first = !self.keys().iter().any(|key| matches!(Key::parse(key), Some(Key::Profile(_))));
        self.about = self.about.merge(&if is_first { about } else { about.wishes_only() });
        let (key, text) = (self.profile_key(), self.about.encode());
        self.put(key, &text);
    }

    /// Once a reflection is erased, what older versions kept for all of them says nothing that was not for all of them.
    pub(super) fn strip_shared(&self, place: Place) -> Result<(), super::Refused> {
        let Some(about) = self.shared_about(place) else { return Ok(()) };
        let (store, key) = (self.store_at(place), Key::About.name());
        if self.ids_at(place).is_empty() {
            return store.remove(&key);
        }
        store.write(&key, &about.wishes_only().encode())
    }
}

/// The part of the shared profile that each of these reflections takes over, the open one first.
fn shares_of(about: &About, mut ids: Vec<String>, open: &str, has_own: &dyn Fn(&str) -> bool) -> Vec<(String, String)> {
    if let Some(at) = ids.iter().position(|id| id == open) {
        ids.swap(0, at);
    }
    let own: Vec<bool> = ids.iter().map(|id| has_own(id)).collect();
    let is_first = !own.contains(&true);
    let mut shares = Vec::new();
    for (id, _) in ids.iter().zip(own).filter(|(_, own)| !own) {
        let share = if is_first && id == open { about.encode() } else { about.wishes_only().encode() };
        shares.push((Key::Profile(id).name(), share));
    }
    shares
}

/// The same for the values of a file.
pub(super) fn shares(values: &[(String, String)]) -> Vec<(String, String)> {
    let text_of = |name: &str| values.iter().find(|(key, _)| key == name).map(|(_, text)| text.as_str());
    let Some(Ok(about)) = text_of(&Key::About.name()).map(decode::<About>) else { return Vec::new() };
    let open = text_of(&Key::Journal.name()).and_then(|text| decode::<Head>(text).ok()).unwrap_or_default();
    let mut ids: Vec<String> = Vec::new();
    for (key, _) in values {
        if let Some(Key::Record(id)) = Key::parse(key) {
            ids.push(id.to_owned());
        }
    }
    shares_of(&about, ids, &open.current, &|id| text_of(&Key::Profile(id).name()).is_some())
}
