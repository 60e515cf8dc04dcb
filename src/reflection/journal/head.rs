//! The head of the journal: its id, the id of the open reflection, and the progress of a restore or an erasure.

use super::staging::finish_restoring;
use crate::reflection::store::{Key, StorageError, Store, without_prefix};
use crate::reflection::stored_value::{DecodeError, StoredField, decode, encode, stored_value};

stored_value! {
    /// The value under the key of the journal.
    pub(super) struct Head {
        /// A random id. A tab that reads a different id knows that its own journal was erased or replaced.
        pub(super) id: String,
        /// The id of the open reflection.
        pub(super) current: String,
        /// The number of moves between the two stores, as counted by an older version. Preserved for that version.
        pub(super) moves: u64,
        /// `true` if an older version began to move the journal. No longer written.
        pub(super) moving: bool,
        /// The progress of restoring a backup. Only the staged head sets it; earlier versions also set it in the head
        /// itself.
        pub(super) restoring: Restoring,
        /// The fingerprints of the values that were stored when the parent chose to restore a backup.
        pub(super) baseline as "stood": Vec<String>,
        /// `true` if erasing the journal has begun. A later visit that finds this set finishes it.
        pub(super) erasing: bool,
    }
}

/// The progress of restoring a backup.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Restoring {
    /// No restore is in progress.
    #[default]
    Not,
    /// The backup replaces the stored values, which have yet to be removed. [`Restoring::Replaced`] follows.
    InPlace,
    /// The staged values are being merged into the stored ones.
    Added,
    /// The earlier values have been removed, and the staged ones are being moved to their keys.
    Replaced,
}

impl StoredField for Restoring {
    fn read_json(&mut self, json: &str) -> bool {
        *self = match json {
            "1" => Self::InPlace,
            "2" => Self::Added,
            "3" => Self::Replaced,
            _ => Self::Not,
        };
        *self != Self::Not
    }

    fn to_json(&self) -> Option<String> {
        (*self != Self::Not).then(|| (*self as u64).to_string())
    }
}

impl Head {
    /// Creates the head of a new journal.
    pub fn new(id: String, current: String) -> Self {
        Self { id, current, ..Self::default() }
    }

    /// Creates the head that marks an erasure. It is shorter than any other head, so that even a full store accepts it.
    pub fn erasing() -> Self {
        Self { erasing: true, ..Self::default() }
    }

    /// Reads a head from a store. Returns `None` if there is none or it cannot be decoded.
    pub fn read(store: &impl Store, key: &str) -> Option<Self> {
        decode(&store.read(key).ok()??).ok()
    }

    /// Writes the head under the key of the journal.
    pub fn write(&self, store: &(impl Store + ?Sized)) -> Result<(), StorageError> {
        store.write(&Key::Journal.name(), &encode(self))
    }
}

/// The journal found in a store.
pub(super) enum Found {
    /// There is no journal.
    Nothing,
    /// The journal with this head.
    Head(Head),
    /// A journal written by a newer version of the site. Nothing may be written.
    Newer,
    /// There are reflections, but the head is missing or malformed.
    Headless,
    /// An erasure that the store failed to finish. Nothing may be written beside the remaining values.
    Erasing,
}

/// Finds the journal of a store, after finishing a restore or an erasure that was interrupted.
pub(super) fn find(store: &impl Store) -> Found {
    // On an error, the next visit tries again.
    let _ = finish_restoring(store);
    let headless = || match store.keys() {
        Ok(keys) if keys.iter().any(|key| is_of_reflection(key)) => Found::Headless,
        _ => Found::Nothing,
    };
    match store.read(&Key::Journal.name()) {
        Err(StorageError) => Found::Nothing,
        Ok(None) => headless(),
        Ok(Some(text)) => match decode::<Head>(&text) {
            // On an error the mark stays in place, so that the next visit tries again.
            Ok(head) if head.erasing => clear(store).map_or(Found::Erasing, |()| Found::Nothing),
            Ok(head) => Found::Head(head),
            Err(DecodeError::Newer) => Found::Newer,
            Err(DecodeError::Broken) => Found::Headless,
        },
    }
}

/// Returns whether the key belongs to a reflection: its state, its profile or an answer.
pub(super) fn is_of_reflection(key: &str) -> bool {
    matches!(Key::parse(key), Some(Key::State(_) | Key::Profile(_) | Key::Answer(..)))
}

/// Removes every key of the site, that of the journal last.
pub(super) fn clear(store: &impl Store) -> Result<(), StorageError> {
    let journal = Key::Journal.name();
    for key in store.keys()?.iter().filter(|key| **key != journal) {
        store.remove(key)?;
    }
    store.remove(&journal)
}

/// Moves a value that cannot be decoded into quarantine, unchanged.
pub(super) fn quarantine(store: &impl Store, key: &str, text: &str) -> Result<(), StorageError> {
    quarantine_copy(store, key, text)?;
    store.remove(key)
}

/// Copies a value into quarantine. An earlier quarantined value of the same key is not overwritten.
pub(super) fn quarantine_copy(store: &(impl Store + ?Sized), key: &str, text: &str) -> Result<(), StorageError> {
    free_quarantine_key(&|key| store.read(key), key, text)?.map_or(Ok(()), |free| store.write(&free, text))
}

/// Returns an unused quarantine key for a value of this key, or `None` if the same value is already in quarantine.
pub(super) fn free_quarantine_key(
    read: &dyn Fn(&str) -> Result<Option<String>, StorageError>,
    key: &str,
    text: &str,
) -> Result<Option<String>, StorageError> {
    let of = match Key::parse(key) {
        Some(Key::Quarantined(of)) => of,
        _ => without_prefix(key),
    };
    let mut candidate = Key::Quarantined(of).name();
    let mut copy = 1_u64;
    while let Some(other) = read(&candidate)? {
        if other == text {
            return Ok(None);
        }
        copy += 1;
        candidate = Key::Quarantined(&[of, ":", &copy.to_string()].concat()).name();
    }
    Ok(Some(candidate))
}

/// Returns the stored text of a head that says that everything is being erased. The scripts write it too.
#[cfg(not(target_arch = "wasm32"))]
pub fn erase_mark() -> String {
    encode(&Head::erasing())
}
