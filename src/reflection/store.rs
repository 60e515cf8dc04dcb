//! The [`Store`] trait over key-value storage, and the names of the keys.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The prefix of every key of this site, so that erasing removes them all and nothing else.
pub const PREFIX: &str = "between-us:";

/// The part of a key that stands for the profile. It is reserved: no question may have it as its id.
pub(super) const PROFILE: &str = "about";

/// A storage operation failed because the store is full, blocked, missing or broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StorageError;

/// A key-value store of text: local storage, session storage, or a map in tests.
///
/// # Errors
///
/// Every method returns a [`StorageError`] if the store cannot be accessed.
pub trait Store {
    /// Returns the value under this key, if there is one.
    fn read(&self, key: &str) -> Result<Option<String>, StorageError>;
    /// Stores a value under this key. Nothing changes on an error.
    fn write(&self, key: &str, value: &str) -> Result<(), StorageError>;
    /// Removes the value under this key, if there is one.
    fn remove(&self, key: &str) -> Result<(), StorageError>;
    /// Returns every key that begins with [`PREFIX`].
    fn keys(&self) -> Result<Vec<String>, StorageError>;
}

/// Returns a key without [`PREFIX`].
pub(super) fn without_prefix(key: &str) -> &str {
    key.strip_prefix(PREFIX).unwrap_or(key)
}

/// A parsed key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key<'a> {
    /// The head of the journal.
    Journal,
    /// The profile shared by all reflections, as older versions stored it.
    SharedProfile,
    /// The state of the reflection with this id.
    State(&'a str),
    /// The parent's profile in the reflection with this id.
    Profile(&'a str),
    /// The answer to a question: the ids of the reflection and of the question.
    Answer(&'a str, &'a str),
    /// A quarantined value, which could not be decoded, with its former key (without the prefix).
    Quarantined(&'a str),
    /// A value of a backup, staged until it is applied to its key (without the prefix).
    Staged(&'a str),
    /// A key with the prefix that this version does not know. It is left unchanged.
    Unknown,
}

impl<'a> Key<'a> {
    /// Parses a full key. Returns `None` if it does not begin with [`PREFIX`].
    pub fn parse(key: &'a str) -> Option<Self> {
        let rest = key.strip_prefix(PREFIX)?;
        if let Some(quarantined) = rest.strip_prefix("aside:") {
            return Some(Self::Quarantined(quarantined));
        }
        if let Some(staged) = rest.strip_prefix("new:") {
            return Some(Self::Staged(staged));
        }
        Some(match rest.split_once(':') {
            None if rest == "journal" => Self::Journal,
            None if rest == PROFILE => Self::SharedProfile,
            None if is_reflection(rest) => Self::State(rest),
            Some((reflection, PROFILE)) if is_reflection(reflection) => Self::Profile(reflection),
            Some((reflection, question)) if is_reflection(reflection) && !question.is_empty() => {
                Self::Answer(reflection, question)
            }
            _ => Self::Unknown,
        })
    }

    /// Returns the full key, including the prefix.
    pub fn name(&self) -> String {
        match self {
            Self::Journal => [PREFIX, "journal"].concat(),
            Self::SharedProfile => [PREFIX, PROFILE].concat(),
            Self::State(reflection) => [PREFIX, reflection].concat(),
            Self::Profile(reflection) => [PREFIX, reflection, ":", PROFILE].concat(),
            Self::Answer(reflection, question) => [PREFIX, reflection, ":", question].concat(),
            Self::Quarantined(of) => [PREFIX, "aside:", of].concat(),
            Self::Staged(of) => [PREFIX, "new:", of].concat(),
            Self::Unknown => PREFIX.to_owned(),
        }
    }
}

/// Returns whether this is the id of a reflection: `r` followed by hexadecimal digits. The fixed key names never match.
pub(super) fn is_reflection(id: &str) -> bool {
    id.strip_prefix('r')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
}

/// A store in memory. Clones share one map, as tabs share one local storage.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore(Rc<RefCell<BTreeMap<String, String>>>);

impl MemoryStore {
    /// Creates a store with these values.
    pub fn new(values: BTreeMap<String, String>) -> Self {
        Self(Rc::new(RefCell::new(values)))
    }

    /// Returns a copy of all values.
    pub fn values(&self) -> BTreeMap<String, String> {
        self.0.borrow().clone()
    }
}

impl Store for MemoryStore {
    fn read(&self, key: &str) -> Result<Option<String>, StorageError> {
        Ok(self.0.borrow().get(key).cloned())
    }

    fn write(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.0.borrow_mut().insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.0.borrow_mut().remove(key);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StorageError> {
        let keys = self.0.borrow();
        Ok(keys.keys().filter(|key| key.starts_with(PREFIX)).cloned().collect())
    }
}
