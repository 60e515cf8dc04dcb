//! Copies of one journal: a tab that was duplicated, a reflection that moves, and stores that refuse at any call. Of every
//! answer the version that was edited most often is found again, unless the person erased it.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use between_us::reflection::{
    Backup, Field, Journal, Key, MemoryStore, Restored, SaveStatus, StorageChoice, StorageError, Store, SwitchError,
};
use proptest::prelude::*;
use serde_json::Value;

use crate::backup::file;
use crate::support::{begin, kept, open, random, words, write};

/// A journal in a tab, and the copy of its store that the browser makes when the tab is duplicated.
fn duplicated() -> (MemoryStore, MemoryStore, MemoryStore) {
    let (device, tab) = (MemoryStore::default(), MemoryStore::default());
    let mut first = open(&device, &tab);
    write(&mut first, "care-mind", "often");
    assert!(first.keep(StorageChoice::Tab));
    let copy = MemoryStore::new(tab.values());
    (device, tab, copy)
}

#[test]
fn a_duplicated_tab_that_is_kept_on_the_device_takes_up_what_the_first_one_wrote() {
    let (device, tab, copy) = duplicated();
    write(&mut open(&device, &tab), "care-mind", "often, and more");
    write(&mut open(&device, &copy), "calm-help", "walking");
    assert!(open(&device, &copy).keep(StorageChoice::Device));
    let first = open(&device, &tab);
    assert_eq!((words(&first, "care-mind").as_str(), first.saved()), ("often, and more", SaveStatus::Device));
    assert!(tab.values().is_empty(), "a trace is left behind: {:?}", tab.values());
    let third = open(&device, &MemoryStore::default());
    assert_eq!(
        (words(&third, "care-mind").as_str(), words(&third, "calm-help").as_str()),
        ("often, and more", "walking")
    );
}

#[test]
fn a_copy_that_is_behind_overwrites_nothing_when_it_is_kept_last() {
    let (device, tab, copy) = duplicated();
    let (mut first, mut second) = (open(&device, &tab), open(&device, &copy));
    write(&mut first, "care-mind", "two");
    write(&mut first, "care-mind", "three");
    assert!(first.keep(StorageChoice::Device) && second.keep(StorageChoice::Device));
    assert_eq!(words(&open(&device, &MemoryStore::default()), "care-mind"), "three");
    assert_eq!(words(&second, "care-mind"), "three");
}

#[test]
fn what_one_copy_kept_on_the_device_is_not_taken_away_by_another_that_moved_more_often() {
    let (device, tab, copy) = duplicated();
    let mut first = open(&device, &tab);
    assert!(first.keep(StorageChoice::Device) && first.keep(StorageChoice::Tab));
    assert!(open(&device, &copy).keep(StorageChoice::Device));
    open(&device, &tab);
    assert_eq!(words(&open(&device, &MemoryStore::default()), "care-mind"), "often");
}

#[test]
fn one_reflection_moves_and_the_others_stay_where_they_are() {
    let (device, tab) = kept("care-mind", "first");
    let mut journal = open(&device, &tab);
    let before = device.values();
    assert!(begin(&mut journal, "2026-12-03"));
    write(&mut journal, "care-mind", "second");
    assert!(journal.keep(StorageChoice::Tab));
    let mut left = device.values();
    left.retain(|key, _| !key.ends_with(":journal"));
    assert!(left.iter().all(|(key, value)| before.get(key) == Some(value)), "{left:?}");
    assert_eq!(words(&open(&device, &MemoryStore::default()), "care-mind"), "first");
    let mut journal = open(&device, &tab);
    assert_eq!((words(&journal, "care-mind").as_str(), journal.saved()), ("second", SaveStatus::Tab));
    let first = journal.reflections()[0].id.clone();
    assert!(journal.open_reflection(&first).is_ok(), "what is on the device can be opened from here");
    assert_eq!((words(&journal, "care-mind").as_str(), journal.saved()), ("first", SaveStatus::Device));
    assert_eq!(words(&open(&device, &tab), "care-mind"), "first", "a reload comes back to it");
}

#[test]
fn a_new_reflection_is_undecided_shows_nothing_of_the_first_and_touches_nothing_of_it() {
    let (device, tab) = kept("care-mind", "first");
    let mut journal = open(&device, &tab);
    journal.edit_profile(&mut |profile| {
        profile.wish("no-touch", true);
        profile.role = "carrying".into();
        profile.type_into(Field::Number, "010-123", "2026-11-25");
    });
    let before = device.values();
    journal.begin_new("2026-12-03").unwrap();
    assert_eq!((journal.place(), journal.saved()), (None, SaveStatus::Undecided));
    assert!(journal.profile().is_untouched() && !journal.has_answers());
    journal.edit_profile(&mut |profile| profile.role = "partner".into());
    write(&mut journal, "care-mind", "second");
    journal.edit_state(&mut |state| state.agreed = "ours".into());
    assert_eq!(device.values(), before);
    let first = journal.reflections().into_iter().find(|one| !one.is_open).expect("the first is on the list").id;
    assert_eq!(journal.open_reflection(&first), Err(SwitchError::Unkept), "the person is asked first");
    assert_eq!(words(&journal, "care-mind"), "second");
    assert!(journal.keep(StorageChoice::Device));
    assert!(before.iter().all(|(key, value)| key.ends_with(":journal") || device.values().get(key) == Some(value)));
    assert!(journal.open_reflection(&first).is_ok());
    assert_eq!((journal.profile().role.as_str(), journal.profile().wishes("no-touch")), ("carrying", true));
    journal.begin_new("2026-12-04").unwrap();
    write(&mut journal, "care-mind", "third");
    let before = device.values();
    assert!(journal.keep(StorageChoice::Tab));
    assert_eq!(device.values(), before, "the others stay where they are");
    journal.begin_new("2026-12-05").unwrap();
    assert!(journal.open_reflection(&first).is_ok(), "where nothing was said, there is nothing to ask");
    journal.begin_new("2026-12-06").unwrap();
    write(&mut journal, "care-mind", "left behind");
    journal.leave_unkept();
    assert!(journal.open_reflection(&first).is_ok());
}

/// A store that refuses some calls in a row, whichever they are.
#[derive(Clone, Default)]
struct Hostile {
    store: MemoryStore,
    /// The number of calls that go well first, and the number that are refused then.
    refuses: Rc<Cell<(u32, u32)>>,
}

impl Hostile {
    fn call(&self) -> Result<(), StorageError> {
        match self.refuses.get() {
            (0, 0) => Ok(()),
            (0, run) => {
                self.refuses.set((0, run - 1));
                Err(StorageError)
            }
            (left, run) => {
                self.refuses.set((left - 1, run));
                Ok(())
            }
        }
    }
}

impl Store for Hostile {
    fn read(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.call()?;
        self.store.read(key)
    }
    fn write(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.call()?;
        self.store.write(key, value)
    }
    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.call()?;
        self.store.remove(key)
    }
    fn keys(&self) -> Result<Vec<String>, StorageError> {
        self.call()?;
        self.store.keys()
    }
}

struct Tab {
    own: MemoryStore,
    journal: Journal<Hostile>,
}

/// Three tabs over one device.
struct World {
    device: MemoryStore,
    refuses: Rc<Cell<(u32, u32)>>,
    tabs: Vec<Tab>,
    backup: Option<String>,
    /// Of every answer, agreement and profile how often it was edited at most, and what it said then, by its key.
    highest: BTreeMap<String, (u64, BTreeSet<String>)>,
    /// Answers whose erasure was refused: it is tried again, and they may go at any moment.
    going: BTreeSet<String>,
}

#[derive(Clone, Debug)]
enum Deed {
    Write(usize, usize),
    Agree(usize, bool),
    Say(usize),
    Keep(usize, bool),
    Reload(usize),
    Wake(usize),
    Begin(usize),
    Open(usize, usize),
    /// The browser makes the second tab a copy of the first.
    Duplicate(usize, usize),
    EraseAnswer(usize, usize),
    EraseReflection(usize),
    Erase(usize),
    Save,
    Restore(usize, bool),
    /// So many calls go well, and so many are refused then.
    Refuse(u32, u32),
}

const TABS: usize = 3;
const QUESTIONS: [&str; 2] = ["care-mind", "talk-ask"];

fn deed() -> impl Strategy<Value = Deed> {
    let tab = || 0..TABS;
    prop_oneof![
        10 => (tab(), 0..QUESTIONS.len()).prop_map(|(tab, question)| Deed::Write(tab, question)),
        2 => (tab(), any::<bool>()).prop_map(|(tab, which)| Deed::Agree(tab, which)),
        2 => tab().prop_map(Deed::Say),
        6 => (tab(), any::<bool>()).prop_map(|(tab, device)| Deed::Keep(tab, device)),
        5 => tab().prop_map(Deed::Reload),
        1 => tab().prop_map(Deed::Wake),
        2 => tab().prop_map(Deed::Begin),
        3 => (tab(), 0..4_usize).prop_map(|(tab, nth)| Deed::Open(tab, nth)),
        4 => (tab(), tab()).prop_map(|(from, to)| Deed::Duplicate(from, to)),
        1 => (tab(), 0..QUESTIONS.len()).prop_map(|(tab, question)| Deed::EraseAnswer(tab, question)),
        1 => tab().prop_map(Deed::EraseReflection),
        1 => tab().prop_map(Deed::Erase),
        1 => Just(Deed::Save),
        1 => (tab(), any::<bool>()).prop_map(|(tab, replace)| Deed::Restore(tab, replace)),
        4 => (0..30_u32, 1..12_u32).prop_map(|(left, run)| Deed::Refuse(left, run)),
    ]
}

impl World {
    fn new() -> Self {
        let (device, refuses) = (MemoryStore::default(), Rc::default());
        let mut world =
            Self { device, refuses, tabs: Vec::new(), backup: None, highest: BTreeMap::new(), going: BTreeSet::new() };
        for _ in 0..TABS {
            let own = MemoryStore::default();
            let journal = world.journal(&own);
            world.tabs.push(Tab { own, journal });
        }
        world
    }

    fn journal(&self, own: &MemoryStore) -> Journal<Hostile> {
        let hostile = |store: &MemoryStore| Hostile { store: store.clone(), refuses: Rc::clone(&self.refuses) };
        Journal::open(hostile(&self.device), hostile(own), random)
    }

    fn reload(&mut self, tab: usize) {
        self.tabs[tab].journal = self.journal(&self.tabs[tab].own);
    }

    /// The id of the reflection that a tab has open.
    fn current(&self, tab: usize) -> String {
        let all = self.tabs[tab].journal.reflections();
        all.into_iter().find(|one| one.is_open).map(|one| one.id).unwrap_or_default()
    }

    fn act(&mut self, at: usize, deed: &Deed) {
        let added = format!("<{at}>");
        match *deed {
            Deed::Write(tab, question) => {
                self.tabs[tab].journal.edit(QUESTIONS[question], &mut |answer| answer.free_text.push_str(&added));
            }
            Deed::Agree(tab, which) => {
                self.tabs[tab].journal.edit_state(&mut |state| {
                    (if which { &mut state.agreed } else { &mut state.calls }).push_str(&added);
                });
            }
            Deed::Say(tab) => {
                self.tabs[tab].journal.edit_profile(&mut |profile| profile.type_into(Field::Nickname, &added, ""));
            }
            Deed::Keep(tab, device) => {
                let _ = self.tabs[tab].journal.keep(if device { StorageChoice::Device } else { StorageChoice::Tab });
            }
            Deed::Reload(tab) => self.reload(tab),
            Deed::Wake(tab) => drop(self.tabs[tab].journal.resync()),
            Deed::Begin(tab) => drop(self.tabs[tab].journal.begin_new("2026-12-03")),
            Deed::Open(tab, nth) => {
                let all = self.tabs[tab].journal.reflections();
                let _ = self.tabs[tab].journal.open_reflection(&all[nth % all.len()].id);
            }
            // A tab that holds something does not become another one.
            Deed::Duplicate(from, to) if self.tabs[to].own.values().is_empty() => {
                self.tabs[to].own = MemoryStore::new(self.tabs[from].own.values());
                self.reload(to);
            }
            Deed::Duplicate(..) => {}
            Deed::EraseAnswer(tab, question) => {
                let key = Key::Answer(&self.current(tab), QUESTIONS[question]).name();
                self.tabs[tab].journal.erase_answer(QUESTIONS[question]);
                self.highest.remove(&key);
            }
            Deed::EraseReflection(tab) => {
                let id = self.current(tab);
                self.erased(&id, |journal| journal.erase_reflection(&id), tab);
            }
            Deed::Erase(tab) => self.erased("", Journal::erase, tab),
            Deed::Save => self.backup = Some(file(&self.device.values())),
            Deed::Restore(tab, replace) => {
                // Refusals while a file is put back have tests of their own.
                self.refuses.set((0, 0));
                if let Some(Ok(backup)) = self.backup.as_deref().map(Backup::read)
                    && matches!(self.tabs[tab].journal.restore(&backup, replace), Restored::Done(_))
                    && replace
                {
                    self.highest.clear();
                }
            }
            Deed::Refuse(left, run) => self.refuses.set((left, run)),
        }
    }

    /// Erases what has this in its key.
    fn erased(&mut self, of: &str, erase: impl FnOnce(&mut Journal<Hostile>) -> bool, tab: usize) {
        let standing = self.standing();
        let keys = standing.into_iter().map(|(key, ..)| key).filter(|key| key.contains(of));
        if !erase(&mut self.tabs[tab].journal) {
            self.going.extend(keys.chain((!of.is_empty()).then(|| of.to_owned())));
        }
        self.highest.retain(|key, _| !key.contains(of));
    }

    /// Lets the other tabs hear what one did to the device.
    fn tell(&mut self, before: &BTreeMap<String, String>, by: usize) {
        let after = self.device.values();
        let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for key in keys.into_iter().filter(|key| before.get(*key) != after.get(*key)) {
            for (at, tab) in self.tabs.iter_mut().enumerate().filter(|(at, _)| *at != by) {
                let _ = at;
                tab.journal.on_storage_event(Some(key), after.get(key).map(String::as_str));
            }
        }
    }

    /// All that stands in any store and is not on its way out.
    fn standing(&self) -> Vec<(String, u64, String)> {
        let mut all = Vec::new();
        for store in self.tabs.iter().map(|tab| &tab.own).chain([&self.device]) {
            let values = store.values();
            let json = |key: &str| values.get(key).and_then(|text| serde_json::from_str::<Value>(text).ok());
            let erasing = |key: &str| json(key).is_some_and(|value| value["erasing"] == true);
            if erasing(&Key::Journal.name()) {
                continue;
            }
            for key in values.keys() {
                let (Some(parsed), Some(value)) = (Key::parse(key), json(key)) else { continue };
                let (Key::State(id) | Key::Profile(id) | Key::Answer(id, _)) = parsed else { continue };
                if erasing(&Key::State(id).name()) {
                    continue;
                }
                let parts: &[(&str, &str)] = match parsed {
                    Key::State(_) => &[("agreed_edits", "agreed"), ("calls_edits", "calls")],
                    Key::Profile(_) => &[("revision", "nickname")],
                    _ => &[("revision", "words")],
                };
                for (edits, text) in parts {
                    let text_of = value[text].as_str().unwrap_or_default().to_owned();
                    let name = if *text == "words" { key.clone() } else { format!("{key} {text}") };
                    if !text_of.is_empty() {
                        all.push((name, value[edits].as_u64().unwrap_or_default(), text_of));
                    }
                }
            }
        }
        all
    }

    fn remember(&mut self) {
        for (key, edits, text) in
            self.standing().into_iter().filter(|(key, ..)| !self.going.iter().any(|of| key.contains(of)))
        {
            let known = self.highest.entry(key).or_default();
            if edits > known.0 {
                *known = (edits, BTreeSet::new());
            }
            if edits == known.0 {
                known.1.insert(text);
            }
        }
    }

    /// The answers that the tabs find when each is loaded again and looks at every reflection.
    fn found(&self) -> BTreeSet<(String, String)> {
        let mut found = BTreeSet::new();
        for tab in &self.tabs {
            let (device, own) = (MemoryStore::new(self.device.values()), MemoryStore::new(tab.own.values()));
            let mut journal = open(&device, &own);
            for one in journal.reflections().into_iter().filter(|one| one.answered > 0) {
                assert_eq!(journal.open_reflection(&one.id), Ok(()), "it is on the list and cannot be opened");
                for (question, answer) in journal.answers() {
                    found.insert((Key::Answer(&one.id, question).name(), answer.free_text.clone()));
                }
            }
        }
        found
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, max_shrink_iters: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_highest_revision_survives_unless_it_was_erased(
        deeds in prop::collection::vec((deed(), any::<bool>()), 1..40),
    ) {
        let mut world = World::new();
        for (at, (deed, heard)) in deeds.iter().enumerate() {
            let before = world.device.values();
            world.act(at, deed);
            if *heard {
                let by = match *deed {
                    Deed::Write(tab, _) | Deed::Agree(tab, _) | Deed::Keep(tab, _) | Deed::Erase(tab) => tab,
                    _ => TABS,
                };
                world.tell(&before, by);
            }
            world.remember();
        }
        world.refuses.set((0, 0));
        for tab in (0..TABS).chain(0..TABS) {
            world.reload(tab);
        }
        let standing = world.standing();
        let found = world.found();
        for (key, (edits, texts)) in &world.highest {
            for text in texts {
                let stands = standing.iter().any(|(other, further, words)| {
                    other == key && (further > edits || further == edits && words == text)
                });
                prop_assert!(stands, "{key} said {text:?} at {edits}: {standing:?}");
            }
            let last = standing.iter().filter(|(other, ..)| other == key).max_by_key(|(_, edits, _)| edits);
            if let Some((_, _, words)) = last.filter(|_| !key.contains(' ')) {
                prop_assert!(found.contains(&(key.clone(), words.clone())), "no visit finds {key}: {words:?}");
            }
        }
    }
}
