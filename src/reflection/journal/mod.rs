//! Everything that is kept, and every rule about keeping it.
//!
//! The journal lives in memory and follows each change into the store that the parent chose: local storage, session
//! storage, or none yet. Each answer has a key of its own, so that a write is small, a broken value costs one answer at
//! most, and two tabs at different answers never meet. No clock decides anything.

mod head;
mod keeping;
mod load;
mod merging;
mod place;
mod profile;
mod reflections;
mod restore;
mod tabs;

use super::answer::{Answer, set};
use super::profile::Profile;
use super::state::ReflectionState;
use super::store::{Key, StorageError, Store};
use super::stored_value::{DecodeError, Merge, StoredValue, decode};
use head::Head;
pub use reflections::{Reflection, SwitchError};
pub use restore::{Restored, Snapshot};
pub(super) use restore::{apply_staged, sanitize};

/// Where the parent chose to keep the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageChoice {
    /// On this device, until erased.
    Device,
    /// Only until this tab is closed.
    Tab,
}

/// Both places.
const PLACES: [StorageChoice; 2] = [StorageChoice::Device, StorageChoice::Tab];

impl StorageChoice {
    fn other(self) -> Self {
        if self == Self::Device { Self::Tab } else { Self::Device }
    }
}

/// The status of keeping, as it is true at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveStatus {
    /// All is kept on this device.
    Device,
    /// All is kept in this tab.
    Tab,
    /// The parent has not chosen yet: all is in memory only.
    Undecided,
    /// At least one value could not be kept where the parent chose, and is in memory only; or what was to go from a store is
    /// still there.
    Failed,
}

impl SaveStatus {
    /// Whether all is kept where the parent chose, so that another document finds it.
    pub fn is_kept(self) -> bool {
        matches!(self, Self::Device | Self::Tab)
    }

    /// The id under which it is known to `data-saved`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Device => "yes",
            Self::Tab => "tab",
            Self::Undecided => "undecided",
            Self::Failed => "no",
        }
    }
}

/// What somebody else changed, in another tab or before the page came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing that shows.
    None,
    /// The answer to this question.
    Answer(String),
    /// What the parent said about themselves.
    Profile,
    /// The reflection's own data, but for the screen, or another reflection.
    State,
    /// More than one thing may have changed.
    All,
    /// The journal is gone, or the reflection that was open: this tab has emptied itself.
    Erased,
}

/// A journal over two stores of one kind: local storage and session storage, or two maps in a test.
#[derive(Debug)]
pub struct Journal<S> {
    device: S,
    tab: S,
    random: fn() -> u64,
    place: Option<StorageChoice>,
    head: Head,
    /// Whether the head stands in the store, so that its absence means that somebody erased it.
    committed: bool,
    /// Whether the record of the open reflection stands in the store, so that its absence means the same for it.
    state_stored: bool,
    /// A newer version of the site keeps its journal here: nothing may be written.
    newer: bool,
    /// The answers by the id of their question. There are few, and a list costs the wasm less than a map.
    answers: Vec<(String, Answer)>,
    /// The questions whose answer in the store a newer version of the site wrote, so that it cannot be read here.
    newer_answers: Vec<String>,
    state: ReflectionState,
    profile: Profile,
    /// Keys whose newest value is in memory only.
    unsaved: Vec<String>,
    /// A store refused to let go what was to be erased, or what went elsewhere.
    unfinished: bool,
    /// All of the journal went, and the store that it left was not emptied.
    source_not_cleared: bool,
    /// The ids of what could not be erased: reflections, and whole journals.
    pending_erasures: Vec<String>,
}

impl<S: Store> Journal<S> {
    /// Opens the journal that one of the stores holds, or an empty one in memory.
    ///
    /// `random` gives the random numbers from which ids are made.
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

    /// The place where the parent chose to keep the open reflection; none until chosen.
    pub fn place(&self) -> Option<StorageChoice> {
        self.place
    }

    /// The status of keeping.
    pub fn saved(&self) -> SaveStatus {
        match self.place {
            _ if self.unfinished => SaveStatus::Failed,
            None => SaveStatus::Undecided,
            Some(_) if self.newer || !self.committed || !self.unsaved.is_empty() => SaveStatus::Failed,
            Some(StorageChoice::Device) => SaveStatus::Device,
            Some(StorageChoice::Tab) => SaveStatus::Tab,
        }
    }

    /// Returns whether something that the parent said is in memory only, so that it would be lost with the page.
    pub fn is_unkept(&self) -> bool {
        match self.saved() {
            SaveStatus::Device | SaveStatus::Tab => false,
            SaveStatus::Failed if self.committed && !self.newer => true,
            _ => {
                let is_said = self.answers.iter().any(|(_, answer)| !answer.is_empty());
                is_said || !self.profile.is_untouched() || self.state.alone
            }
        }
    }

    /// The answer to this question, if there is one.
    pub fn answer(&self, question: &str) -> Option<&Answer> {
        self.answers.iter().find(|(id, _)| id == question).map(|(_, answer)| answer)
    }

    /// Whether a newer version of the site wrote the answer to this question, or may have: it stays, and cannot be read here.
    pub fn is_newer(&self, question: &str) -> bool {
        self.newer || self.newer_answers.iter().any(|id| id == question)
    }

    /// Whether this question has an answer that is not empty, also where a newer version of the site wrote it.
    pub fn is_answered(&self, question: &str) -> bool {
        self.is_newer(question) || self.answer(question).is_some_and(|answer| !answer.is_empty())
    }

    /// Whether any question has one.
    pub fn has_answers(&self) -> bool {
        self.newer || self.answered() > 0
    }

    /// How many questions of the open reflection have one.
    fn answered(&self) -> usize {
        let readable =
            self.answers.iter().filter(|(id, answer)| !answer.is_empty() && !self.newer_answers.contains(id));
        readable.count() + self.newer_answers.len()
    }

    /// The reflection's own data.
    pub fn state(&self) -> &ReflectionState {
        &self.state
    }

    /// Changes an answer, and keeps it where the parent chose.
    ///
    /// When another tab has erased the journal in the meantime, nothing is written and the change is dropped with it.
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
                // Another tab has erased this answer.
                if self.committed && !self.unsaved.contains(&key) {
                    answer = answer.cleared();
                }
                true
            }
            // The stored value may be newer than the one in memory.
            Err(StorageError) => false,
        };
        change(&mut answer);
        answer.bump_revision();
        let text = answer.encode();
        self.set_answer(question, Some(answer));
        self.put_if(may_write, key, &text);
        Change::None
    }

    /// Changes the reflection's own data, and keeps it where the parent chose.
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

    /// Every key and value as they are to be kept: what the store holds, and over it what is in memory only. This is
    /// what a backup holds.
    pub fn values(&self) -> Vec<(String, String)> {
        let mut values = Vec::new();
        if let Some(store) = self.store() {
            for key in store.keys().unwrap_or_default() {
                if let Ok(Some(value)) = store.read(&key) {
                    values.push((key, value));
                }
            }
        }
        // While a backup is put back, a staged value counts as one that stands under its key.
        values = apply_staged(values, false);
        let committed = self.place.is_some() && self.committed;
        for (key, value) in self.in_memory() {
            if !committed || self.unsaved.contains(&key) {
                values.retain(|(other, _)| *other != key);
                values.push((key, value));
            }
        }
        values
    }

    /// All that is in memory, as it is to be kept.
    fn in_memory(&self) -> Vec<(String, String)> {
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

    /// Notes whether a newer version wrote what the store holds of this answer.
    fn set_newer(&mut self, question: &str, is_newer: bool) {
        set(&mut self.newer_answers, question, is_newer);
    }

    fn store(&self) -> Option<&S> {
        self.place.map(|place| self.store_at(place))
    }

    /// What stands under this key in the chosen store; nothing while none is chosen.
    fn stored(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.store().map_or(Ok(None), |store| store.read(key))
    }

    /// The same as a value; none where it cannot be used.
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

/// A head with ids nobody has used.
fn fresh_head(random: fn() -> u64) -> Head {
    Head::new(hex(random()), fresh_reflection(random))
}

/// The id of a reflection that nobody has begun yet.
fn fresh_reflection(random: fn() -> u64) -> String {
    "r".chars().chain(digits(random()).take(8)).collect()
}

/// A number as sixteen hexadecimal digits.
fn hex(number: u64) -> String {
    digits(number).collect()
}

/// Its digits. The standard library's would bring every way to lay out a number.
fn digits(number: u64) -> impl Iterator<Item = char> {
    (0..16).rev().filter_map(move |place| char::from_digit((number >> (4 * place)) as u32 & 15, 16))
}
