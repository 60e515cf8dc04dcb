//! Two tabs in two processes: each reads its own copy of the store, and hears of the other's writes late.
//!
//! This is how browsers do it. A write goes to the own copy at once and to the browser later; the browser puts all writes
//! in one order and tells the other process, which then changes its copy, unless a write of its own to that key is still
//! on its way, and fires the event.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use between_us::reflection::{Change, Journal, MemoryStore, PREFIX, StorageChoice, StorageError, Store};
use proptest::prelude::*;

use crate::support::random;

type Write = (String, Option<String>);

/// What one process knows of the store.
#[derive(Default)]
struct Process {
    /// Whether a newer version of the site runs in it, whose objects have a member that this version does not know.
    is_newer: bool,
    copy: BTreeMap<String, String>,
    /// Its own writes that the browser has not put in order yet.
    sent: VecDeque<Write>,
    /// Writes that the browser tells it of, in their order, and whether each is its own.
    told: VecDeque<(Write, bool)>,
}

#[derive(Clone, Default)]
struct Shared(Rc<RefCell<Process>>);

/// What a newer version adds to each object.
const NEW_MEMBER: &str = ",\"later\":{\"deep\":[1.50,null]}";

impl Shared {
    fn put(&self, key: &str, value: Option<&str>) {
        let mut process = self.0.borrow_mut();
        let before = match value {
            Some(value) => process.copy.insert(key.to_owned(), value.to_owned()),
            None => process.copy.remove(key),
        };
        // A browser tells nobody of a write that changes nothing.
        if before.as_deref() != value {
            process.sent.push_back((key.to_owned(), value.map(str::to_owned)));
        }
    }
}

impl Store for Shared {
    fn read(&self, key: &str) -> Result<Option<String>, StorageError> {
        Ok(self.0.borrow().copy.get(key).cloned())
    }
    fn write(&self, key: &str, value: &str) -> Result<(), StorageError> {
        let is_newer = self.0.borrow().is_newer && !value.contains(NEW_MEMBER);
        let newer = value.strip_suffix('}').filter(|_| is_newer).map(|value| [value, NEW_MEMBER, "}"].concat());
        self.put(key, Some(newer.as_deref().unwrap_or(value)));
        Ok(())
    }
    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.put(key, None);
        Ok(())
    }
    fn keys(&self) -> Result<Vec<String>, StorageError> {
        Ok(self.0.borrow().copy.keys().filter(|key| key.starts_with(PREFIX)).cloned().collect())
    }
}

/// A journal whose device store is a process's copy. Its own tab store is of the same type, and nobody else's.
struct Tab {
    store: Shared,
    own: Shared,
    journal: Journal<Shared>,
    /// It lies in the back/forward cache, or the browser has frozen it: it hears nothing, and nobody can type into it.
    is_asleep: bool,
}

impl Tab {
    fn new(store: Shared) -> Self {
        let own = Shared::default();
        let journal = Journal::open(store.clone(), own.clone(), random);
        Self { store, own, journal, is_asleep: false }
    }

    /// It comes back from the cache, or from behind another tab.
    fn wake(&mut self) {
        self.is_asleep = false;
        self.journal.resync();
    }

    /// Loaded anew, by the parent or after the browser has discarded it.
    fn reload(&mut self) {
        self.is_asleep = false;
        self.journal = Journal::open(self.store.clone(), self.own.clone(), random);
    }

    /// Hears of the next write that the browser tells it of.
    fn on_storage_event(&mut self) -> bool {
        let next = self.store.0.borrow_mut().told.pop_front();
        let Some(((key, value), is_own)) = next else { return false };
        if !is_own {
            let mut process = self.store.0.borrow_mut();
            if process.sent.iter().all(|(sent, _)| *sent != key)
                && process.told.iter().all(|((other, _), own)| !own || *other != key)
            {
                match &value {
                    Some(value) => drop(process.copy.insert(key.clone(), value.clone())),
                    None => drop(process.copy.remove(&key)),
                }
            }
            drop(process);
            if self.is_asleep {
                return true;
            }
            self.journal.on_storage_event(Some(&key), value.as_deref());
        }
        true
    }
}

#[derive(Clone, Debug)]
enum Deed {
    /// A tab adds to an answer.
    Add(usize, usize),
    /// A tab adds to what was agreed, or to who calls whom.
    Agree(usize, bool),
    /// The browser takes one of a tab's writes.
    Deliver(usize),
    /// A tab hears of a write.
    Hear(usize),
    Reload(usize),
    /// It goes into the cache: what it is told of is missed.
    Sleep(usize),
    Wake(usize),
    Erase(usize),
}

fn deed(erasing: bool) -> impl Strategy<Value = Deed> {
    prop_oneof![
        6 => (0..2_usize, 0..QUESTIONS.len()).prop_map(|(tab, question)| Deed::Add(tab, question)),
        3 => (0..2_usize, any::<bool>()).prop_map(|(tab, calls)| Deed::Agree(tab, calls)),
        8 => (0..2_usize).prop_map(Deed::Deliver),
        8 => (0..2_usize).prop_map(Deed::Hear),
        1 => (0..2_usize).prop_map(Deed::Reload),
        1 => (0..2_usize).prop_map(Deed::Sleep),
        1 => (0..2_usize).prop_map(Deed::Wake),
        u32::from(erasing) => (0..2_usize).prop_map(Deed::Erase),
    ]
}

const QUESTIONS: [&str; 2] = ["care-mind", "talk-ask"];

/// Both tabs on one journal, with everything heard.
fn both() -> [Tab; 2] {
    both_of([false; 2])
}

/// The same, each with a newer version of the site or with this one.
fn both_of(are_newer: [bool; 2]) -> [Tab; 2] {
    let mut tabs = are_newer.map(|is_newer| {
        let store = Shared::default();
        store.0.borrow_mut().is_newer = is_newer;
        Tab::new(store)
    });
    assert!(tabs[0].journal.keep(StorageChoice::Device));
    settle(&mut tabs);
    tabs[1].reload();
    tabs
}

fn deliver(tabs: &[Tab; 2], from: usize) -> bool {
    let write = tabs[from].store.0.borrow_mut().sent.pop_front();
    let Some(write) = write else { return false };
    for (at, tab) in tabs.iter().enumerate() {
        tab.store.0.borrow_mut().told.push_back((write.clone(), at == from));
    }
    true
}

/// Delivers everything, and lets everybody hear it, until nothing is on its way.
fn settle(tabs: &mut [Tab; 2]) {
    for _ in 0..1000 {
        let moved = (0..2).fold(false, |moved, at| moved | deliver(tabs, at));
        let heard = tabs.iter_mut().fold(false, |heard, tab| heard | tab.on_storage_event());
        if !moved && !heard {
            return;
        }
    }
    panic!("the tabs answer each other for ever");
}

fn act(tabs: &mut [Tab; 2], at: usize, deed: &Deed) -> Option<String> {
    match *deed {
        Deed::Add(tab, question) => {
            // Nobody types into a page that does not show; showing wakes it.
            if tabs[tab].is_asleep {
                tabs[tab].wake();
            }
            let added = format!("<{at}>");
            let change = tabs[tab].journal.edit(QUESTIONS[question], &mut |answer| answer.free_text.push_str(&added));
            return (change != Change::Erased).then_some(added);
        }
        Deed::Agree(tab, calls) => {
            if tabs[tab].is_asleep {
                tabs[tab].wake();
            }
            let added = format!("<{at}>");
            let change = tabs[tab].journal.edit_state(&mut |state| {
                (if calls { &mut state.calls } else { &mut state.agreed }).push_str(&added);
            });
            return (change != Change::Erased).then_some(added);
        }
        Deed::Deliver(tab) => drop(deliver(tabs, tab)),
        Deed::Hear(tab) => drop(tabs[tab].on_storage_event()),
        Deed::Reload(tab) => tabs[tab].reload(),
        Deed::Sleep(tab) => tabs[tab].is_asleep = true,
        Deed::Wake(tab) => tabs[tab].wake(),
        Deed::Erase(tab) => {
            tabs[tab].wake();
            tabs[tab].journal.erase();
        }
    }
    None
}

/// All that a tab has in words: its answers, what was agreed, and who calls whom.
fn words(tab: &Tab) -> Vec<String> {
    let answers =
        QUESTIONS.iter().map(|id| tab.journal.answer(id).map(|answer| answer.free_text.clone()).unwrap_or_default());
    let state = tab.journal.state();
    answers.chain([state.agreed.clone(), state.calls.clone()]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn two_tabs_come_to_the_same_in_whatever_order_they_hear(
        deeds in prop::collection::vec(deed(true), 1..60),
        are_newer in any::<[bool; 2]>(),
    ) {
        let mut tabs = both_of(are_newer);
        for (at, deed) in deeds.iter().enumerate() {
            act(&mut tabs, at, deed);
        }
        settle(&mut tabs);
        tabs.iter_mut().for_each(Tab::wake);
        settle(&mut tabs);
        prop_assert_eq!(&tabs[0].store.0.borrow().copy, &tabs[1].store.0.borrow().copy);
        if tabs[0].journal.place().is_some() && tabs[1].journal.place().is_some() {
            prop_assert_eq!(words(&tabs[0]), words(&tabs[1]));
            prop_assert_eq!(words(&Tab::new(tabs[0].store.clone())), words(&tabs[0]));
        }
    }

    #[test]
    fn what_was_heard_before_the_next_edit_is_all_there(
        deeds in prop::collection::vec(deed(false), 1..40),
        are_newer in any::<[bool; 2]>(),
    ) {
        let mut tabs = both_of(are_newer);
        let mut added = Vec::new();
        for (at, deed) in deeds.iter().enumerate() {
            added.extend(act(&mut tabs, at, deed));
            settle(&mut tabs);
        }
        tabs.iter_mut().for_each(Tab::wake);
        settle(&mut tabs);
        let all = words(&tabs[0]).concat();
        prop_assert!(added.iter().all(|added| all.contains(added)), "{:?} are not all in {}", added, all);
    }

    #[test]
    fn one_edit_each_at_the_same_time_keeps_both(question in 0..QUESTIONS.len(), first in 0..2_usize) {
        let mut tabs = both();
        for tab in 0..2 {
            act(&mut tabs, tab, &Deed::Add(tab, question));
        }
        deliver(&tabs, first);
        settle(&mut tabs);
        for tab in &tabs {
            let all = words(tab).concat();
            prop_assert!(all.contains("<0>") && all.contains("<1>"), "{}", all);
        }
    }

    #[test]
    fn what_two_tabs_agree_on_at_the_same_time_is_kept_of_both(
        calls in any::<[bool; 2]>(),
        first in 0..2_usize,
        are_newer in any::<[bool; 2]>(),
        is_asleep in any::<bool>(),
    ) {
        let mut tabs = both_of(are_newer);
        for tab in 0..2 {
            act(&mut tabs, tab, &Deed::Agree(tab, calls[tab]));
            tabs[tab].journal.edit_state(&mut |state| state.step = format!("screen-{tab}"));
        }
        tabs[first].is_asleep = is_asleep;
        deliver(&tabs, first);
        settle(&mut tabs);
        tabs.iter_mut().for_each(Tab::wake);
        settle(&mut tabs);
        for (at, tab) in tabs.iter().enumerate() {
            let all = words(tab).concat();
            prop_assert!(all.contains("<0>") && all.contains("<1>"), "{}", all);
            prop_assert_eq!(&tab.journal.state().step, &format!("screen-{at}"), "screens stay each tab's own");
            let again = words(&Tab::new(tab.store.clone())).concat();
            prop_assert!(again.contains("<0>") && again.contains("<1>"), "after a reload: {}", again);
        }
    }

    #[test]
    fn after_an_erasure_nothing_from_before_it_comes_back(
        before in prop::collection::vec(deed(false), 1..30),
        eraser in 0..2_usize,
        between in prop::collection::vec(prop_oneof![
            (0..2_usize).prop_map(Deed::Deliver),
            (0..2_usize).prop_map(Deed::Hear),
            (0..2_usize).prop_map(Deed::Sleep),
            (0..2_usize).prop_map(Deed::Wake),
        ], 0..12),
    ) {
        let mut tabs = both();
        for (at, deed) in before.iter().enumerate() {
            act(&mut tabs, at, deed);
        }
        settle(&mut tabs);
        prop_assert!(tabs[eraser].journal.erase());
        for deed in &between {
            act(&mut tabs, 0, deed);
        }
        // The other one writes once it has heard, or woken up, or before; the browser has the erasure first.
        while deliver(&tabs, eraser) {}
        let other = 1 - eraser;
        while tabs[other].on_storage_event() {}
        act(&mut tabs, 999, &Deed::Add(other, 0));
        settle(&mut tabs);
        let all: String = tabs.iter().flat_map(|tab| tab.store.0.borrow().copy.values().cloned().collect::<Vec<_>>()).collect();
        prop_assert!(!all.contains('<'), "something came back: {}", all);
        prop_assert!(words(&tabs[other]).iter().all(|words| words.is_empty() || words == "<999>"));
    }
}

/// A tab in the back/forward cache hears nothing; what it finds when it wakes counts.
#[test]
fn a_tab_that_slept_takes_up_what_it_missed_and_loses_nothing_of_its_own() {
    let device = MemoryStore::default();
    let mut one = Journal::open(device.clone(), MemoryStore::default(), random);
    assert!(one.keep(StorageChoice::Device));
    let mut asleep = Journal::open(device.clone(), MemoryStore::default(), random);
    asleep.edit("talk-ask", &mut |answer| answer.free_text = "mine".into());
    one.edit("care-mind", &mut |answer| answer.free_text = "missed".into());
    assert_eq!(asleep.resync(), Change::All);
    assert_eq!(asleep.answer("care-mind").unwrap().free_text, "missed");
    assert_eq!(asleep.answer("talk-ask").unwrap().free_text, "mine");
    assert_eq!(asleep.resync(), Change::None, "nothing new is no change");
}

/// A browser may take a tab's write only after it has taken another tab's erasure.
#[test]
fn what_was_still_on_its_way_when_all_was_erased_does_not_come_back() {
    for is_late in [|_: &str| true, |key: &str| key.ends_with(":talk-ask"), |key: &str| !key.ends_with(":talk-ask")] {
        let device = MemoryStore::default();
        let mut asleep = Journal::open(device.clone(), MemoryStore::default(), random);
        assert!(asleep.keep(StorageChoice::Device));
        asleep.edit("talk-ask", &mut |answer| answer.free_text = "late".into());
        asleep.edit_state(&mut |state| state.agreed = "late".into());
        let keys = device.keys().unwrap().into_iter().filter(|key| !key.ends_with(":journal") && is_late(key));
        let late: Vec<_> = keys.map(|key| (device.read(&key).unwrap().unwrap(), key)).collect();
        assert!(!late.is_empty());
        assert!(Journal::open(device.clone(), MemoryStore::default(), random).erase());
        for (value, key) in &late {
            device.write(key, value).unwrap();
        }
        assert_eq!(asleep.resync(), Change::Erased);
        assert_eq!(device.keys().unwrap(), Vec::<String>::new());
        assert!(asleep.answer("talk-ask").is_none() && asleep.state().agreed.is_empty());
    }
}
