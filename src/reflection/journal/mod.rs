//! Everything that is kept, and every rule about keeping it.
//!
//! The journal lives in memory and follows each change into the store that the parent chose: local storage, session
//! storage, or none yet. Each answer has a key of its own, so that a write is small, a broken value costs one answer at
//! most, and two tabs at different answers never meet. No clock decides anything.

mod head;
mod place;
mod tabs;

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{Answer, Unusable, decode};
use super::record::Record;
use super::store::{Key, Refused, Store};
use head::{Found, Head, clear, find, move_aside};

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
    answers: BTreeMap<String, Answer>,
    record: Record,
    /// Keys whose newest value is in memory only.
    unsaved: BTreeSet<String>,
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
            answers: BTreeMap::new(),
            record: Record::default(),
            unsaved: BTreeSet::new(),
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
        self.answers.get(question)
    }

    /// Whether any question has an answer that is not empty.
    pub fn has_answers(&self) -> bool {
        self.answers.values().any(|answer| !answer.is_empty())
    }

    /// The reflection's own data.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Changes an answer, and keeps it where the parent chose.
    ///
    /// When another tab has erased the journal in the meantime, nothing is written and the change is dropped with it.
    pub fn edit(&mut self, question: &str, change: impl FnOnce(&mut Answer)) -> Change {
        if !self.is_still_ours() {
            return self.emptied();
        }
        let key = Key::Answer(&self.head.current, question).name();
        let mut answer = self.answers.get(question).cloned().unwrap_or_default();
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
        self.answers.insert(question.to_owned(), answer);
        if blocked {
            self.unsaved.insert(key);
        } else {
            self.put(key, &text);
        }
        Change::None
    }

    /// Changes the reflection's own data, and keeps it where the parent chose.
    pub fn note(&mut self, change: impl FnOnce(&mut Record)) -> Change {
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
            self.unsaved.insert(key);
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
                    self.unsaved.insert(key);
                }
            }
        }
        self.saved() != Saved::Failed
    }

    /// Every key and value as they are to be kept: what the store holds, and over it what is in memory only. This is
    /// what a backup holds.
    pub fn values(&self) -> BTreeMap<String, String> {
        let mut values = BTreeMap::new();
        if let Some(store) = self.store() {
            for key in store.keys().unwrap_or_default() {
                if let Ok(Some(value)) = store.read(&key) {
                    values.insert(key, value);
                }
            }
        }
        if self.place.is_none() || !self.committed {
            values.extend(self.in_memory());
        }
        for key in &self.unsaved {
            values.extend(self.text_of(key).map(|text| (key.clone(), text)));
        }
        values
    }

    /// The answers and the record, as they are to be kept.
    fn in_memory(&self) -> BTreeMap<String, String> {
        let current = &self.head.current;
        let answers = self.answers.iter();
        let mut values: BTreeMap<_, _> =
            answers.map(|(id, answer)| (Key::Answer(current, id).name(), answer.encode())).collect();
        values.insert(Key::Record(current).name(), self.record.encode());
        values
    }

    /// The text to keep under one of our own keys.
    fn text_of(&self, key: &str) -> Option<String> {
        match Key::parse(key)? {
            Key::Record(_) => Some(self.record.encode()),
            Key::Answer(_, question) => self.answers.get(question).map(Answer::encode),
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
            self.unsaved.insert(key);
        } else {
            self.unsaved.remove(&key);
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

    /// Reads all that the chosen store holds of the open reflection.
    fn load(&mut self) {
        let (place, head) = self.choose_store();
        let Some(place) = place else { return };
        self.place = Some(place);
        match head {
            Some(head) => {
                self.head = head;
                self.committed = true;
            }
            None => self.recover_head(place),
        }
        self.load_values();
    }

    /// Which store holds the journal. Of two copies of one journal the one that moved last is right, and the other is
    /// what a cut-off move left behind.
    fn choose_store(&mut self) -> (Option<Place>, Option<Head>) {
        match (find(&self.device), find(&self.tab)) {
            (Found::Head(device), Found::Head(tab)) if device.id == tab.id => {
                let (place, head, other) = if tab.moves > device.moves {
                    (Place::Tab, tab, &self.device)
                } else {
                    (Place::Device, device, &self.tab)
                };
                // A refusal leaves the old copy to the next visit.
                let _ = clear(other);
                (Some(place), Some(head))
            }
            // What this tab was told to keep to itself comes before what another tab keeps on the device.
            (_, Found::Head(tab)) => (Some(Place::Tab), Some(tab)),
            (Found::Head(device), _) => (Some(Place::Device), Some(device)),
            (Found::Newer, _) => {
                self.newer = true;
                (Some(Place::Device), Some(self.head.clone()))
            }
            (_, Found::Newer) => {
                self.newer = true;
                (Some(Place::Tab), Some(self.head.clone()))
            }
            (Found::Headless, _) => (Some(Place::Device), None),
            (_, Found::Headless) => (Some(Place::Tab), None),
            (Found::Nothing, Found::Nothing) => (None, None),
        }
    }

    /// Gives answers that have lost their head a new one: the answers are what counts.
    fn recover_head(&mut self, place: Place) {
        let store = self.store_at(place);
        let key = Key::Journal.name();
        let broken = store.read(&key).ok().flatten();
        if broken.is_some_and(|text| move_aside(store, &key, &text).is_err()) {
            return;
        }
        let keys = store.keys().unwrap_or_default();
        let last = keys.iter().rev().find_map(|key| match Key::parse(key) {
            Some(Key::Record(reflection) | Key::Answer(reflection, _)) => Some(reflection.to_owned()),
            _ => None,
        });
        if let Some(reflection) = last {
            self.head.current = reflection;
        }
        self.committed = self.head.write(self.store_at(place)).is_ok();
    }

    fn load_values(&mut self) {
        if self.newer {
            return;
        }
        let Some(store) = self.store() else { return };
        for key in store.keys().unwrap_or_default() {
            let Ok(Some(text)) = self.stored(&key) else { continue };
            match Key::parse(&key) {
                Some(Key::Record(reflection)) if reflection == self.head.current => match decode(&text) {
                    Ok(record) => self.record = record,
                    Err(Unusable::Newer) => {}
                    Err(Unusable::Broken) => {
                        self.try_aside(&key, &text);
                    }
                },
                Some(Key::Answer(reflection, question)) if reflection == self.head.current => match decode(&text) {
                    Ok(answer) => {
                        self.answers.insert(question.to_owned(), answer);
                    }
                    Err(Unusable::Newer) => {}
                    Err(Unusable::Broken) => {
                        self.try_aside(&key, &text);
                    }
                },
                _ => {}
            }
        }
    }
}

/// A head with ids nobody has used.
fn fresh_head(random: fn() -> u64) -> Head {
    Head::new(format!("{:016x}", random()), format!("r{:08x}", random() & 0xffff_ffff))
}
