//! The journal: the stored reflections, and the rules for saving, merging, restoring and erasing them.
//!
//! The journal keeps the open reflection in memory and writes each change to the store that the parent chose: local
//! storage, session storage, or none yet. Each answer has its own key, so that a write is small, a corrupt value
//! affects one answer only, and tabs that edit different answers do not conflict. Edit counts order the versions of a
//! value; no clock is used.

mod head;
mod keeping;
mod list_store;
mod load;
mod merging;
mod place;
mod profile;
mod reflections;
mod restore;
mod staging;
mod tabs;

use super::answer::{Answer, set};
use super::profile::Profile;
use super::state::ReflectionState;
use super::store::{Key, StorageError, Store};
use super::stored_value::{DecodeError, Merge, StoredValue, decode};
use head::Head;
#[cfg(not(target_arch = "wasm32"))]
pub(super) use head::erase_mark;
pub use reflections::{Reflection, SwitchError};
pub use restore::{Restored, Snapshot};
pub(super) use staging::{apply_staged, sanitize};

/// The store that the parent chose for the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageChoice {
    /// Local storage: on this device, until erased.
    Device,
    /// Session storage: until this tab is closed.
    Tab,
}

/// Both stores.
const PLACES: [StorageChoice; 2] = [StorageChoice::Device, StorageChoice::Tab];

impl StorageChoice {
    fn other(self) -> Self {
        if self == Self::Device { Self::Tab } else { Self::Device }
    }
}

/// The current save status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveStatus {
    /// Everything is saved on this device.
    Device,
    /// Everything is saved in this tab.
    Tab,
    /// The parent has not chosen a store. Everything is in memory only.
    Undecided,
    /// At least one value could not be saved and is in memory only, or something could not be removed from a store.
    Failed,
}

impl SaveStatus {
    /// Returns whether everything is saved where the parent chose, so that another document can read it.
    pub fn is_kept(self) -> bool {
        matches!(self, Self::Device | Self::Tab)
    }

    /// Returns the value of `data-saved`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Device => "yes",
            Self::Tab => "tab",
            Self::Undecided => "undecided",
            Self::Failed => "no",
        }
    }
}

/// A change made by another tab, or while the page was in the back/forward cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing visible.
    None,
    /// The answer to the question with this id.
    Answer(String),
    /// The profile.
    Profile,
    /// The state of the open reflection (other than its step), or another reflection.
    State,
    /// Several values may have changed.
    All,
    /// The journal or the open reflection was erased. This tab has dropped its copy.
    Erased,
}

/// A journal over two stores: local storage and session storage, or two maps in tests.
#[derive(Debug)]
pub struct Journal<S> {
    device: S,
    tab: S,
    random: fn() -> u64,
    place: Option<StorageChoice>,
    head: Head,
    /// `true` if the head was written to the store. If it is missing later, another tab has erased the journal.
    committed: bool,
    /// `true` if the state of the open reflection was written. If it is missing later, another tab has erased the
    /// reflection.
    state_stored: bool,
    /// `true` if a newer version of the site wrote the journal. Nothing may be written then.
    newer: bool,
    /// The answers by question id. There are few, and a list adds less to the WebAssembly than a map.
    answers: Vec<(String, Answer)>,
    /// The ids of the questions whose stored answer was written by a newer version of the site and cannot be decoded.
    newer_answers: Vec<String>,
    state: ReflectionState,
    profile: Profile,
    /// The keys whose newest value is in memory only.
    unsaved: Vec<String>,
    /// `true` if a store failed to remove something that was erased or moved.
    unfinished: bool,
    /// `true` if the whole journal was moved, and clearing its former store failed.
    source_not_cleared: bool,
    /// The ids of the reflections and journals that could not be erased.
    pending_erasures: Vec<String>,
}

impl<S: Store> Journal<S> {
    /// Opens the journal of one of the stores, or creates an empty one in memory.
    ///
    /// `random` returns random numbers, from which ids are generated.
    pub fn open(device: S, tab: S, random: fn() -> u64) -> Self {
        let head = fresh_head(random);
        let mut journal = Self {
            device,
            tab,
            random,
            place: None,
            head,
            committed: false,
            state_stored: false,
            newer: false,
            answers: Vec::new(),
            newer_answers: Vec::new(),
            state: ReflectionState::default(),
            profile: Profile::default(),
            unsaved: Vec::new(),
            unfinished: false,
            source_not_cleared: false,
            pending_erasures: Vec::new(),
        };
        journal.load();
        journal
    }

    /// Returns the store that the parent chose for the open reflection; `None` until chosen.
    pub fn place(&self) -> Option<StorageChoice> {
        self.place
    }

    /// Returns the save status.
    pub fn saved(&self) -> SaveStatus {
        match self.place {
            _ if self.unfinished => SaveStatus::Failed,
            None => SaveStatus::Undecided,
            Some(_) if self.newer || !self.committed || !self.unsaved.is_empty() => SaveStatus::Failed,
            Some(StorageChoice::Device) => SaveStatus::Device,
            Some(StorageChoice::Tab) => SaveStatus::Tab,
        }
    }

    /// Returns whether the parent has entered something that is in memory only and would be lost with the page.
    pub fn is_unkept(&self) -> bool {
        match self.saved() {
            SaveStatus::Device | SaveStatus::Tab => false,
            SaveStatus::Failed if self.committed && !self.newer => true,
            _ => {
                let has_answer = self.answers.iter().any(|(_, answer)| !answer.is_empty());
                has_answer || !self.profile.is_untouched() || self.state.alone
            }
        }
    }

    /// Returns the answer to the question with this id, if there is one.
    pub fn answer(&self, question: &str) -> Option<&Answer> {
        self.answers.iter().find(|(id, _)| id == question).map(|(_, answer)| answer)
    }

    /// Returns whether a newer version of the site wrote, or may have written, the answer to this question. It cannot
    /// be decoded and is left unchanged.
    pub fn is_newer(&self, question: &str) -> bool {
        self.newer || self.newer_answers.iter().any(|id| id == question)
    }

    /// Returns whether this question has an answer that is not empty, or one written by a newer version of the site.
    pub fn is_answered(&self, question: &str) -> bool {
        self.is_newer(question) || self.answer(question).is_some_and(|answer| !answer.is_empty())
    }

    /// Returns whether any question is answered.
    pub fn has_answers(&self) -> bool {
        self.newer || self.answered() > 0
    }

    /// Returns the number of answered questions of the open reflection.
    fn answered(&self) -> usize {
        let readable =
            self.answers.iter().filter(|(id, answer)| !answer.is_empty() && !self.newer_answers.contains(id));
        readable.count() + self.newer_answers.len()
    }

    /// Returns the state of the open reflection.
    pub fn state(&self) -> &ReflectionState {
        &self.state
    }

    /// Edits an answer and saves it in the chosen store.
    ///
    /// Returns [`Change::Erased`] if another tab has erased the journal in the meantime. The edit is discarded then.
    pub fn edit(&mut self, question: &str, change: &mut dyn FnMut(&mut Answer)) -> Change {
        if !self.is_still_ours() {
            return self.reload_after_erase();
        }
        let key = Key::Answer(&self.head.current, question).name();
        let mut answer = self.answer(question).cloned().unwrap_or_default();
        let may_write = match self.stored(&key) {
            Ok(Some(text)) => match decode(&text) {
                Ok(stored) => {
                    answer = answer.merge(&stored);
                    true
                }
                Err(error) => self.make_room(error, &key, &text),
            },
            Ok(None) => {
                // The answer was committed and is missing now, so another tab has erased it.
                if self.committed && !self.unsaved.contains(&key) {
                    answer = answer.cleared();
                }
                true
            }
            // The stored value cannot be read and may be newer than the one in memory, so it is not overwritten.
            Err(StorageError) => false,
        };
        change(&mut answer);
        answer.bump_revision();
        let text = answer.encode();
        self.set_answer(question, Some(answer));
        self.put_if(may_write, key, &text);
        Change::None
    }

    /// Edits the state of the open reflection and saves it in the chosen store.
    ///
    /// Returns [`Change::Erased`] if another tab has erased the journal in the meantime. The edit is discarded then.
    pub fn edit_state(&mut self, change: &mut dyn FnMut(&mut ReflectionState)) -> Change {
        if !self.is_still_ours() {
            return self.reload_after_erase();
        }
        let key = Key::State(&self.head.current).name();
        let may_write = match self.stored(&key) {
            Ok(Some(text)) => match decode(&text) {
                Ok(stored) => {
                    self.state = self.state.merge(&stored);
                    true
                }
                Err(error) => self.make_room(error, &key, &text),
            },
            Ok(None) => true,
            Err(StorageError) => false,
        };
        let before = self.state.clone();
        change(&mut self.state);
        self.state.bump_revision(&before);
        let text = self.state.encode();
        self.put_if(may_write, key, &text);
        Change::None
    }

    /// Returns every key and value: those in the store, overridden by those that are in memory only. A backup contains
    /// these.
    pub fn values(&self) -> Vec<(String, String)> {
        let mut values = Vec::new();
        if let Some(store) = self.store() {
            for key in store.keys().unwrap_or_default() {
                if let Ok(Some(value)) = store.read(&key) {
                    values.push((key, value));
                }
            }
        }
        // While a restore is incomplete, a staged value counts as the value of its key.
        values = apply_staged(values, false);
        let committed = self.place.is_some() && self.committed;
        for (key, value) in self.values_in_memory() {
            if !committed || self.unsaved.contains(&key) {
                values.retain(|(other, _)| *other != key);
                values.push((key, value));
            }
        }
        values
    }

    /// Returns the keys and encoded values of everything in memory.
    fn values_in_memory(&self) -> Vec<(String, String)> {
        let current = &self.head.current;
        let mut values = vec![(Key::State(current).name(), self.state.encode())];
        if !self.profile.is_untouched() {
            values.push((self.profile_key(), self.profile.encode()));
        }
        for (question, answer) in &self.answers {
            values.push((Key::Answer(current, question).name(), answer.encode()));
        }
        values
    }

    fn set_answer(&mut self, question: &str, answer: Option<Answer>) {
        self.answers.retain(|(id, _)| id != question);
        self.answers.extend(answer.map(|answer| (question.to_owned(), answer)));
    }

    /// Records whether a newer version wrote the stored answer to this question.
    fn set_newer(&mut self, question: &str, is_newer: bool) {
        set(&mut self.newer_answers, question, is_newer);
    }

    fn store(&self) -> Option<&S> {
        self.place.map(|place| self.store_at(place))
    }

    /// Reads the value of a key from the chosen store. Returns `Ok(None)` while none is chosen.
    fn stored(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.store().map_or(Ok(None), |store| store.read(key))
    }

    /// Reads and decodes the value of a key from the chosen store. Returns `None` if there is none or it cannot be
    /// decoded.
    fn stored_as<T: StoredValue + Default>(&self, key: &str) -> Option<T> {
        decode(&self.stored(key).ok()??).ok()
    }

    fn store_at(&self, place: StorageChoice) -> &S {
        match place {
            StorageChoice::Device => &self.device,
            StorageChoice::Tab => &self.tab,
        }
    }
}

/// Creates a head with new random ids.
fn fresh_head(random: fn() -> u64) -> Head {
    Head::new(hex(random()), fresh_reflection(random))
}

/// Creates a random id for a new reflection.
fn fresh_reflection(random: fn() -> u64) -> String {
    "r".chars().chain(digits(random()).take(8)).collect()
}

/// Formats a number as sixteen hexadecimal digits.
fn hex(number: u64) -> String {
    digits(number).collect()
}

/// Returns the sixteen hexadecimal digits of a number. The formatting of the standard library would add more to the
/// WebAssembly.
fn digits(number: u64) -> impl Iterator<Item = char> {
    (0..16).rev().filter_map(move |place| char::from_digit((number >> (4 * place)) as u32 & 15, 16))
}
