//! Everything that is kept, and every rule about keeping it.
//!
//! The journal lives in memory and follows each change into the store that the parent chose: local storage, session
//! storage, or none yet. Each answer has a key of its own, so that a write is small, a broken value costs one answer at
//! most, and two tabs at different answers never meet. No clock decides anything.

mod about;
mod head;
mod load;
mod place;
mod tabs;

use super::about::About;
use super::answer::{Answer, Unusable, decode};
use super::record::Record;
use super::store::{Key, Refused, Store};
use head::{Head, move_aside};

/// Where the parent chose to keep the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On this device, until erased.
    Device,
    /// Only until this tab is closed.
    Tab,
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
    /// The parent chose, but at least one value could not be kept: it is in memory only.
    Failed,
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
    /// More than one thing may have changed.
    All,
    /// The journal is gone: this tab has emptied itself.
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
    /// A newer version of the site keeps its journal here: nothing may be written.
    newer: bool,
    /// The answers by the id of their question. There are few, and a list costs the wasm less than a map.
    answers: Vec<(String, Answer)>,
    record: Record,
    about: About,
    /// Keys whose newest value is in memory only.
    unsaved: Vec<String>,
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
            newer: false,
            answers: Vec::new(),
            record: Record::default(),
            about: About::default(),
            unsaved: Vec::new(),
        };
        journal.load();
        journal
    }

    /// Where the parent chose to keep the answers; none until chosen.
    pub fn place(&self) -> Option<Place> {
        self.place
    }

    /// The status of keeping.
    pub fn saved(&self) -> Saved {
        match self.place {
            None => Saved::Undecided,
            Some(_) if self.newer || !self.committed || !self.unsaved.is_empty() => Saved::Failed,
            Some(Place::Device) => Saved::Device,
            Some(Place::Tab) => Saved::Tab,
        }
    }

    /// The answer to this question, if there is one.
    pub fn answer(&self, question: &str) -> Option<&Answer> {
        self.answers.iter().find(|(id, _)| id == question).map(|(_, answer)| answer)
    }

    /// Whether any question has an answer that is not empty.
    pub fn has_answers(&self) -> bool {
        self.answers.iter().any(|(_, answer)| !answer.is_empty())
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
        let stored = self.stored(&key);
        let mut blocked = false;
        match stored.as_ref().map(|text| text.as_deref().map(decode::<Answer>)) {
            Ok(Some(Ok(stored))) => answer = answer.merge(&stored),
            Ok(Some(Err(Unusable::Newer))) => blocked = true,
            Ok(Some(Err(Unusable::Broken))) => {
                blocked = !self.try_aside(&key, &stored.ok().flatten().unwrap_or_default())
            }
            // Another tab has erased this answer.
            Ok(None) if self.committed && !self.unsaved.contains(&key) => answer = Answer::default(),
            Ok(None) | Err(Refused) => {}
        }
        change(&mut answer);
        answer.touch();
        let text = answer.encode();
        self.set_answer(question, Some(answer));
        if blocked {
            self.mark_unsaved(key);
        } else {
            self.put(key, &text);
        }
        Change::None
    }

    /// Changes the reflection's own data, and keeps it where the parent chose.
    pub fn note(&mut self, change: &mut dyn FnMut(&mut Record)) -> Change {
        if !self.is_still_ours() {
            return self.emptied();
        }
        let key = Key::Record(&self.head.current).name();
        let stored = self.stored(&key).ok().flatten();
        let mut blocked = false;
        match stored.as_deref().map(decode::<Record>) {
            // Another tab may have changed what is shared; the screen is each tab's own.
            Some(Ok(stored)) if !self.unsaved.contains(&key) => self.record = stored,
            Some(Err(Unusable::Newer)) => blocked = true,
            Some(Err(Unusable::Broken)) => blocked = !self.try_aside(&key, stored.as_deref().unwrap_or_default()),
            _ => {}
        }
        change(&mut self.record);
        let text = self.record.encode();
        if blocked {
            self.mark_unsaved(key);
        } else {
            self.put(key, &text);
        }
        Change::None
    }

    /// Tries once more to keep what could not be kept. Tells whether all is kept now.
    pub fn retry(&mut self) -> bool {
        if self.place.is_none() || self.newer {
            return false;
        }
        if !self.committed {
            self.commit();
        } else if self.is_still_ours() {
            for key in std::mem::take(&mut self.unsaved) {
                let text = self.text_of(&key);
                if text.is_none_or(|text| self.write(&key, &text).is_err()) {
                    self.mark_unsaved(key);
                }
            }
        }
        self.saved() != Saved::Failed
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
            values.push((Key::About.name(), self.about.encode()));
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

    fn mark_unsaved(&mut self, key: String) {
        if !self.unsaved.contains(&key) {
            self.unsaved.push(key);
        }
    }

    /// The text to keep under one of our own keys.
    fn text_of(&self, key: &str) -> Option<String> {
        match Key::parse(key)? {
            Key::Record(_) => Some(self.record.encode()),
            Key::About => Some(self.about.encode()),
            Key::Answer(_, question) => self.answer(question).map(Answer::encode),
            _ => None,
        }
    }

    fn store(&self) -> Option<&S> {
        self.place.map(|place| self.store_at(place))
    }

    /// What stands under this key in the chosen store; nothing while none is chosen.
    fn stored(&self, key: &str) -> Result<Option<String>, Refused> {
        self.store().map_or(Ok(None), |store| store.read(key))
    }

    fn store_at(&self, place: Place) -> &S {
        match place {
            Place::Device => &self.device,
            Place::Tab => &self.tab,
        }
    }

    /// Keeps one value, or notes that it is in memory only. A success is the moment to try the others again.
    fn put(&mut self, key: String, text: &str) {
        if self.place.is_none() {
            return;
        }
        if !self.committed {
            self.commit();
        } else if self.write(&key, text).is_err() {
            self.mark_unsaved(key);
        } else {
            self.unsaved.retain(|other| *other != key);
            if !self.unsaved.is_empty() {
                self.retry();
            }
        }
    }

    fn write(&self, key: &str, text: &str) -> Result<(), Refused> {
        match self.store() {
            Some(store) if !self.newer => store.write(key, text),
            _ => Err(Refused),
        }
    }

    fn try_aside(&self, key: &str, text: &str) -> bool {
        !self.newer && self.store().is_some_and(|store| move_aside(store, key, text).is_ok())
    }
}

/// A head with ids nobody has used.
fn fresh_head(random: fn() -> u64) -> Head {
    Head::new(format!("{:016x}", random()), format!("r{:08x}", random() & 0xffff_ffff))
}
