//! Editing and merging the profile of the open reflection.
//!
//! Older versions stored one profile for all reflections. Each reflection inherits its wishes, and the open one
//! inherits all of it. The shared profile itself stays in the store for those versions.

use super::head::Head;
use super::{Change, DecodeError, Journal, Key, Profile, StorageChoice, Store, decode};
use crate::reflection::stored_value::Merge;

impl<S: Store> Journal<S> {
    /// Returns the profile of the open reflection.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Edits the profile and saves it in the chosen store.
    ///
    /// Returns [`Change::Erased`] if another tab has erased the journal in the meantime. The edit is discarded then.
    pub fn edit_profile(&mut self, change: &mut dyn FnMut(&mut Profile)) -> Change {
        if !self.is_still_ours() {
            return self.reload_after_erase();
        }
        let key = self.profile_key();
        let may_write = match self.stored(&key) {
            Ok(Some(text)) => match decode::<Profile>(&text) {
                Ok(stored) => {
                    self.profile = self.profile.merge(&stored);
                    true
                }
                Err(error) => self.make_room(error, &key, &text),
            },
            Ok(None) => true,
            Err(_) => false,
        };
        change(&mut self.profile);
        self.profile.bump_revision();
        let text = self.profile.encode();
        self.put_if(may_write, key, &text);
        Change::Profile
    }

    pub(super) fn profile_key(&self) -> String {
        Key::Profile(&self.head.current).name()
    }

    /// Merges the stored profile into the one in memory.
    pub(super) fn load_profile(&mut self, key: &str, text: &str) {
        if let Some(profile) = self.decode_or_quarantine::<Profile>(key, text) {
            self.profile = self.profile.merge(&profile);
        }
    }

    /// Applies a `storage` event for the profile.
    pub(super) fn on_profile_event(&mut self, key: &str, value: Option<&str>) -> Change {
        let Some(Ok(theirs)) = value.map(decode::<Profile>) else { return Change::None };
        let merged = self.profile.merge(&theirs);
        if merged != theirs && self.is_still_ours() {
            self.put(key.to_owned(), &merged.encode());
        }
        let changed = merged != self.profile;
        self.profile = merged;
        if changed { Change::Profile } else { Change::None }
    }

    /// Reads the shared profile that older versions stored. A malformed one is quarantined.
    pub(super) fn shared_profile(&self, place: StorageChoice) -> Option<Profile> {
        let store = self.store_at(place);
        let key = Key::SharedProfile.name();
        let text = store.read(&key).ok()??;
        let profile = decode(&text);
        if profile == Err(DecodeError::Broken) {
            // On an error it stays where it is. It is not decoded either way.
            let _ = super::head::quarantine(store, &key, &text);
        }
        profile.ok()
    }

    /// Writes the inherited part of the shared profile to each reflection of a store that has no profile, the open one
    /// first.
    pub(super) fn share_profile(&self, place: StorageChoice, open: &str) {
        let Some(profile) = self.shared_profile(place) else { return };
        let mut ids = self.ids_at(place);
        if ids.is_empty() && !self.is_elsewhere(open) {
            ids.push(open.to_owned());
        }
        let store = self.store_at(place);
        let has_own = |id: &str| store.read(&Key::Profile(id).name()).map_or(true, |text| text.is_some());
        for (key, text) in shares_of(&profile, ids, open, &has_own) {
            // On an error the next visit tries again. For the open reflection, `adopt_shared_profile` loads it into
            // memory.
            if store.write(&key, &text).is_err() {
                return;
            }
        }
    }

    /// Merges the inherited part of the shared profile into memory, if the open reflection has no stored profile.
    pub(super) fn adopt_shared_profile(&mut self) {
        let Some(profile) = self.place.and_then(|place| self.shared_profile(place)) else { return };
        let is_first = !self.keys().iter().any(|key| matches!(Key::parse(key), Some(Key::Profile(_))));
        self.profile = self.profile.merge(&if is_first { profile } else { profile.wishes_only() });
        let (key, text) = (self.profile_key(), self.profile.encode());
        self.put(key, &text);
    }

    /// Reduces the shared profile to its wishes after a reflection was erased, since the rest may have come from that
    /// one. With the last reflection, the shared profile is removed.
    pub(super) fn strip_shared(&self, place: StorageChoice) -> Result<(), super::StorageError> {
        let Some(profile) = self.shared_profile(place) else { return Ok(()) };
        let (store, key) = (self.store_at(place), Key::SharedProfile.name());
        if self.ids_at(place).is_empty() {
            return store.remove(&key);
        }
        store.write(&key, &profile.wishes_only().encode())
    }
}

/// Returns the keys and values that these reflections inherit from the shared profile, the open one first. Only the
/// open one inherits more than the wishes, and only if no reflection has a profile yet.
fn shares_of(
    profile: &Profile,
    mut ids: Vec<String>,
    open: &str,
    has_own: &dyn Fn(&str) -> bool,
) -> Vec<(String, String)> {
    if let Some(at) = ids.iter().position(|id| id == open) {
        ids.swap(0, at);
    }
    let own: Vec<bool> = ids.iter().map(|id| has_own(id)).collect();
    let is_first = !own.contains(&true);
    let mut shares = Vec::new();
    for (id, _) in ids.iter().zip(own).filter(|(_, own)| !own) {
        let share = if is_first && id == open { profile.encode() } else { profile.wishes_only().encode() };
        shares.push((Key::Profile(id).name(), share));
    }
    shares
}

/// Returns the same for the values of a backup file.
pub(super) fn shares(values: &[(String, String)]) -> Vec<(String, String)> {
    let text_of = |name: &str| values.iter().find(|(key, _)| key == name).map(|(_, text)| text.as_str());
    let Some(Ok(profile)) = text_of(&Key::SharedProfile.name()).map(decode::<Profile>) else { return Vec::new() };
    let open = text_of(&Key::Journal.name()).and_then(|text| decode::<Head>(text).ok()).unwrap_or_default();
    let mut ids: Vec<String> = Vec::new();
    for (key, _) in values {
        if let Some(Key::State(id)) = Key::parse(key) {
            ids.push(id.to_owned());
        }
    }
    shares_of(&profile, ids, &open.current, &|id| text_of(&Key::Profile(id).name()).is_some())
}
