//! Everything that is kept, and every rule about keeping it.
//!
//! The journal lives in memory and follows each change into the store that the parent chose: local storage, session
//! storage, or none yet. Each answer has a key of its own, so that a write is small, a broken value costs one answer at
//! most, and two tabs at different answers never meet. No clock decides anything.

mod about;
mod head;
mod keeping;
mod load;
mod merging;
mod place;
mod reflections;
mod restore;
mod tabs;

use super::about::About;
use super::answer::{Answer, set};
use super::kept::{Kept, Merge, Unusable, decode};
use super::record::Record;
use super::store::{Key, Refused, Store};
use head::Head;
pub use reflections::{Reflection, SwitchError};
pub use restore::{Before, Restored};
pub(super) use restore::{settled, sound};

/// Where the parent chose to keep the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On this device, until erased.
    Device,
    /// Only until this tab is closed.
    Tab,
}

/// Both places.
const PLACES: [Place; 2] = [Place::Device, Place::Tab];

impl Place {
    fn other(self) -> Self {
        if self == Self::Device { Self::Tab } else { Self::Device }
    }
}

/// The status of keeping, as it is true at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
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

impl Saved {
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
    About,
    /// The reflection's own data, but for the screen, or another reflection.
    Record,
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
    place: Option<Place>,
    head: Head,
    /// Whether the head stands in the store, so that its absence means that somebody erased it.
    committed: bool,
    /// Whether the record of the open reflection stands in the store, so that its absence means the same for it.
    recorded: bool,
    /// A newer version of the site keeps its journal here: nothing may be written.
    newer: bool,
    /// The answers by the id of their question. There are few, and a list costs the wasm less than a map.
    answers: Vec<(String, Answer)>,
    /// The questions whose answer in the store a newer version of the site wrote, so that it cannot be read here.
    newer_answers: Vec<String>,
    record: Record,
    about: About,
    /// Keys whose newest value is in memory only.
    unsaved: Vec<String>,
    /// A store refused to let go what was to be erased, or what went elsewhere.
    unfinished: bool,
    /// All of the journal went, and the store that it left was not emptied.
    leaves: bool,
    /// The ids of what could not be erased: reflections, and whole journals.
    erases: Vec<String>,
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
            recorded: false,
            newer: false,
            answers: Vec::new(),
            newer_answers: Vec::new(),
            record: Record::default(),
            about: About::default(),
            unsaved: Vec::new(),
            unfinished: false,
            leaves: false,
            erases: Vec::new(),
        };
        journal.load();
        journal
    }

    /// The place where the parent chose to keep the open reflection; none until chosen.
    pub fn place(&self) -> Option<Place> {
        self.place
    }

    /// The status of keeping.
    pub fn saved(&self) -> Saved {
        match self.place {
            _ if self.unfinished => Saved::Failed,
            None => Saved::Undecided,
            Some(_) if self.newer || !self.committed || !self.unsaved.is_empty() => Saved::Failed,
            Some(Place::Device) => Saved::Device,
            Some(Place::Tab) => Saved::Tab,
        }
    }

    /// Returns whether something that the parent said is in memory only, so that it would be lost with the page.
    pub fn is_unkept(&self) -> bool {
        match self.saved() {
            Saved::Device | Saved::Tab => false,
            Saved::Failed if self.committed && !self.newer => true,
            _ => {
                let is_said = self.answers.iter().any(|(_, answer)| !answer.is_empty());
                is_said || !self.about.is_untouched() || self.record.alone
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
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Changes an answer, and keeps it where the parent chose.
    ///
    /// When another tab has erased the journal in the meantime, nothing is written and the change is dropped with it.
    pub fn edit(&mut self, question: &str, change: &mut dyn FnMut(&mut Answer)) -> Change {
        if !self.is_still_ours() {
            return self.emptied();
        }
        let key = Key::Answer(&self.head.current, question).name();
        let mut answer = self.answer(question).cloned().unwrap_or_default();
        let takes = match self.stored(&key) {
            Ok(Some(text)) => match decode(&text) {
                Ok(stored) => {
                    answer = answer.merge(&stored);
                    true
                }
                Err(unusable) => self.yields(unusable, &key, &text),
            },
            Ok(None) => {
                // Another tab has erased this answer.
                if self.committed && !self.unsaved.contains(&key) {
                    answer = answer.emptied();
                }
                true
            }
            // The stored value may be newer than the one in memory.
            Err(Refused) => false,
        };
        change(&mut answer);
        answer.touch();
        let text = answer.encode();
        self.set_answer(question, Some(answer));
        self.put_if(takes, key, &text);
        Change::None
    }

    /// Changes the reflection's own data, and keeps it where the parent chose.
    pub fn note(&mut self, change: &mut dyn FnMut(&mut Record)) -> Change {
        if !self.is_still_ours() {
            return self.emptied();
        }
        let key = Key::Record(&self.head.current).name();
        let takes = match self.stored(&key) {
            Ok(Some(text)) => match decode(&text) {
                Ok(stored) => {
                    self.record = self.record.merge(&stored);
                    true
                }
                Err(unusable) => self.yields(unusable, &key, &text),
            },
            Ok(None) => true,
            Err(Refused) => false,
        };
        let before = self.record.clone();
        change(&mut self.record);
        self.record.touch(&before);
        let text = self.record.encode();
        self.put_if(takes, key, &text);
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
        values = settled(values, false);
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
        let mut values = vec![(Key::Record(current).name(), self.record.encode())];
        if !self.about.is_untouched() {
            values.push((self.profile_key(), self.about.encode()));
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
    fn note_newer(&mut self, question: &str, is_newer: bool) {
        set(&mut self.newer_answers, question, is_newer);
    }

    fn store(&self) -> Option<&S> {
        self.place.map(|place| self.store_at(place))
    }

    /// What stands under this key in the chosen store; nothing while none is chosen.
    fn stored(&self, key: &str) -> Result<Option<String>, Refused> {
        self.store().map_or(Ok(None), |store| store.read(key))
    }

    /// The same as a value; none where it cannot be used.
    fn stored_as<T: Kept + Default>(&self, key: &str) -> Option<T> {
        decode(&self.stored(key).ok()??).ok()
    }

    fn store_at(&self, place: Place) -> &S {
        match place {
            Place::Device => &self.device,
            Place::Tab => &self.tab,
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
