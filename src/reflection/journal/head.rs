//! The journal's own key: who it is, which reflection is open, or that it is being erased.

use super::restore::finish_restoring;
use crate::reflection::store::{Key, StorageError, Store, without_prefix};
use crate::reflection::stored_value::{DecodeError, StoredField, decode, encode, stored_value};

stored_value! {
    /// What stands under the journal's key.
    pub(super) struct Head {
        /// A random id. A tab that finds another one here knows that its own journal is gone.
        pub(super) id: String,
        /// The id of the reflection that is open.
        pub(super) current: String,
        /// The number of moves between device and tab, as an older version counted them. Kept for that version alone.
        pub(super) moves: u64,
        /// An older version began to move it. Never written any more.
        pub(super) moving: bool,
        /// A backup is being put back, and how far that is. Only a staged head says so; those of earlier versions did too.
        pub(super) restoring: Restoring,
        /// The values that stood there when the parent chose to put a backup back: a fingerprint of each, with its key.
        pub(super) stood: Vec<String>,
        /// Erasing has begun. Whoever finds this finishes it, so that a cut-off leaves nothing behind.
        pub(super) erasing: bool,
    }
}

/// How far putting a backup back is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Restoring {
    /// None is being put back.
    #[default]
    Not,
    /// The earlier values are to be removed, and then the rest is to be done.
    InPlace,
    /// Staged values are merged into those that stand there.
    Added,
    /// The same, once what stood there has been removed.
    Replaced,
}

impl StoredField for Restoring {
    fn take(&mut self, json: &str) -> bool {
        *self = match json {
            "1" => Self::InPlace,
            "2" => Self::Added,
            "3" => Self::Replaced,
            _ => Self::Not,
        };
        *self != Self::Not
    }

    fn text(&self) -> Option<String> {
        (*self != Self::Not).then(|| (*self as u64).to_string())
    }
}

impl Head {
    /// The head of a new journal.
    pub fn new(id: String, current: String) -> Self {
        Self { id, current, ..Self::default() }
    }

    /// The mark of an erasure. It is shorter than any head, so that a full store takes it too.
    pub fn erasing() -> Self {
        Self { erasing: true, ..Self::default() }
    }

    /// The head that stands in a store; none where there is none that can be read.
    pub fn at(store: &impl Store, key: &str) -> Option<Self> {
        decode(&store.read(key).ok()??).ok()
    }

    pub fn write(&self, store: &(impl Store + ?Sized)) -> Result<(), StorageError> {
        store.write(&Key::Journal.name(), &encode(self))
    }
}

/// What a store says about a journal.
pub(super) enum Found {
    /// There is none.
    Nothing,
    /// This one.
    Head(Head),
    /// One that a newer version wrote: nothing may be written.
    Newer,
    /// There are answers, but what should lead them cannot be read, or is gone.
    Headless,
    /// An erasure that the store refused to finish: nothing may be written beside its rest.
    Erasing,
}

/// Looks for a journal in this store, and finishes an erasure, or putting back a backup, that was cut off.
pub(super) fn find(store: &impl Store) -> Found {
    // A refusal leaves the rest to the next visit.
    let _ = finish_restoring(store);
    let headless = || match store.keys() {
        Ok(keys) if keys.iter().any(|key| is_of_reflection(key)) => Found::Headless,
        _ => Found::Nothing,
    };
    match store.read(&Key::Journal.name()) {
        Err(StorageError) => Found::Nothing,
        Ok(None) => headless(),
        Ok(Some(text)) => match decode::<Head>(&text) {
            // A refusal here leaves the mark in place, so that the next visit tries again.
            Ok(head) if head.erasing => clear(store).map_or(Found::Erasing, |()| Found::Nothing),
            Ok(head) => Found::Head(head),
            Err(DecodeError::Newer) => Found::Newer,
            Err(DecodeError::Broken) => Found::Headless,
        },
    }
}

/// Whether the key is one of a reflection: its own data, or an answer.
pub(super) fn is_of_reflection(key: &str) -> bool {
    matches!(Key::parse(key), Some(Key::State(_) | Key::Profile(_) | Key::Answer(..)))
}

/// Removes every key of ours, the journal's own last.
pub(super) fn clear(store: &impl Store) -> Result<(), StorageError> {
    let journal = Key::Journal.name();
    for key in store.keys()?.iter().filter(|key| **key != journal) {
        store.remove(key)?;
    }
    store.remove(&journal)
}

/// Moves a value that cannot be read aside, byte for byte, under a key of its own.
pub(super) fn quarantine(store: &impl Store, key: &str, text: &str) -> Result<(), StorageError> {
    quarantine_copy(store, key, text)?;
    store.remove(key)
}

/// Lays a value aside that cannot stand under this key; what lies there is never overwritten.
pub(super) fn quarantine_copy(store: &(impl Store + ?Sized), key: &str, text: &str) -> Result<(), StorageError> {
    free_quarantine_key(&|key| store.read(key), key, text)?.map_or(Ok(()), |aside| store.write(&aside, text))
}

/// The free key under which a value of this key can lie aside; none where it lies there already.
pub(super) fn free_quarantine_key(
    look: &dyn Fn(&str) -> Result<Option<String>, StorageError>,
    key: &str,
    text: &str,
) -> Result<Option<String>, StorageError> {
    let of = match Key::parse(key) {
        Some(Key::Quarantined(of)) => of,
        _ => without_prefix(key),
    };
    let mut aside = Key::Quarantined(of).name();
    let mut copy = 1_u64;
    while let Some(other) = look(&aside)? {
        if other == text {
            return Ok(None);
        }
        copy += 1;
        aside = Key::Quarantined(&[of, ":", &copy.to_string()].concat()).name();
    }
    Ok(Some(aside))
}
