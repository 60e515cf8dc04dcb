//! What a place to keep things must be able to do, and how its keys are named.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Every key of ours begins with this, so that Erase finds them all and touches nothing else.
pub const PREFIX: &str = "between-us:";

/// The name of what a parent says about themselves, in a key. No question can have it as its id.
pub(super) const PROFILE: &str = "about";

/// A store refused: it is full, blocked, absent or broken. What was to be kept is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StorageError;

/// A place that keeps text under keys: local storage, session storage, or a map in a test.
pub trait Store {
    /// The value under this key, if there is one.
    fn read(&self, key: &str) -> Result<Option<String>, StorageError>;
    /// Keeps this value under this key, or refuses and changes nothing.
    fn write(&self, key: &str, value: &str) -> Result<(), StorageError>;
    /// Removes the value under this key, if there is one.
    fn remove(&self, key: &str) -> Result<(), StorageError>;
    /// Every key that begins with [`PREFIX`].
    fn keys(&self) -> Result<Vec<String>, StorageError>;
}

/// What stands behind our prefix.
pub(super) fn without_prefix(key: &str) -> &str {
    key.strip_prefix(PREFIX).unwrap_or(key)
}

/// What a key is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key<'a> {
    /// The journal itself.
    Journal,
    /// The profile as older versions kept it: for all reflections together.
    SharedProfile,
    /// The own data of the reflection with this id.
    State(&'a str),
    /// The parent's profile in the reflection with this id.
    Profile(&'a str),
    /// The answer to a question, in a reflection.
    Answer(&'a str, &'a str),
    /// A value that could not be read and was moved aside.
    Quarantined(&'a str),
    /// A value that is to be taken over under a key of its own, which follows.
    Staged(&'a str),
    /// A key under our prefix that this version does not know; left as it is.
    Unknown,
}

impl<'a> Key<'a> {
    /// Reads what a whole key, prefix included, is about; `None` if it is not ours.
    pub fn parse(key: &'a str) -> Option<Self> {
        let rest = key.strip_prefix(PREFIX)?;
        if let Some(aside) = rest.strip_prefix("aside:") {
            return Some(Self::Quarantined(aside));
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

    /// The whole key, prefix included.
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

/// A reflection's id: `r` and hexadecimal digits, so that it can never be taken for one of the named keys.
pub(super) fn is_reflection(id: &str) -> bool {
    id.strip_prefix('r')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
}

/// A store in memory. Clones share one map, as two tabs share one local storage.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore(Rc<RefCell<BTreeMap<String, String>>>);

impl MemoryStore {
    /// A store that holds these values.
    pub fn new(values: BTreeMap<String, String>) -> Self {
        Self(Rc::new(RefCell::new(values)))
    }

    /// All that it holds.
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
