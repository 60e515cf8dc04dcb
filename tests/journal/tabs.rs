//! Tests of two tabs in two processes: each reads its own copy of the store, and receives the other's writes late.
//!
//! The model follows the browsers. A write changes the process's own copy at once and reaches the browser later. The
//! browser orders all writes and notifies the other process. That process updates its copy, unless a write of its own
//! to the same key is still pending, and fires the `storage` event.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use between_us::reflection::{Change, Journal, MemoryStore, PREFIX, StorageChoice, StorageError, Store};
use proptest::prelude::*;

use crate::support::random;

type Write = (String, Option<String>);

/// The state of the store in one process.
#[derive(Default)]
struct Process {
    /// Runs a newer version of the site, whose objects have a field that this version does not know.
    is_newer: bool,
    copy: BTreeMap<String, String>,
    /// Writes of this process that the browser has not ordered yet.
    pending: VecDeque<Write>,
    /// Ordered writes that this process has not received yet, and whether each is its own.
    events: VecDeque<(Write, bool)>,
}

#[derive(Clone, Default)]
struct Shared(Rc<RefCell<Process>>);

/// The field that a newer version adds to each object.
const NEW_MEMBER: &str = ",\"later\":{\"deep\":[1.50,null]}";

impl Shared {
    fn put(&self, key: &str, value: Option<&str>) {
        let mut process = self.0.borrow_mut();
        let before = match value {
            Some(value) => process.copy.insert(key.to_owned(), value.to_owned()),
            None => process.copy.remove(key),
        };
        // A write that changes nothing fires no event.
        if before.as_deref() != value {
            process.pending.push_back((key.to_owned(), value.map(str::to_owned)));
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

/// A tab: a journal whose device store is the copy of its process, and whose tab store is its own.
struct Tab {
    store: Shared,
    own: Shared,
    journal: Journal<Shared>,
    /// Frozen, or in the back/forward cache: the tab receives no events, and no input.
    is_suspended: bool,
}

impl Tab {
    fn new(store: Shared) -> Self {
        let own = Shared::default();
        let journal = Journal::open(store.clone(), own.clone(), random);
        Self { store, own, journal, is_suspended: false }
    }

    /// Resumes from the back/forward cache or from the background.
    fn resume(&mut self) {
        self.is_suspended = false;
        self.journal.resync();
    }

    /// Reloads the page, as the parent does or the browser after discarding it.
    fn reload(&mut self) {
        self.is_suspended = false;
        self.journal = Journal::open(self.store.clone(), self.own.clone(), random);
    }

    /// Receives the next ordered write. Returns whether there was one.
    fn receive(&mut self) -> bool {
        let next = self.store.0.borrow_mut().events.pop_front();
        let Some(((key, value), is_own)) = next else { return false };
        if !is_own {
            let mut process = self.store.0.borrow_mut();
            if process.pending.iter().all(|(pending, _)| *pending != key)
                && process.events.iter().all(|((other, _), own)| !own || *other != key)
            {
                match &value {
                    Some(value) => drop(process.copy.insert(key.clone(), value.clone())),
                    None => drop(process.copy.remove(&key)),
                }
            }
            drop(process);
            if self.is_suspended {
                return true;
            }
            self.journal.on_storage_event(Some(&key), value.as_deref());
        }
        true
    }
}

#[derive(Clone, Debug)]
enum Action {
    /// Appends to an answer in a tab.
    Add(usize, usize),
    /// Appends to the agreement, or to the note on who calls whom, in a tab.
    EditState(usize, bool),
    /// Lets the browser order the next pending write of a tab.
    Deliver(usize),
    /// Lets a tab receive one event.
    Receive(usize),
    Reload(usize),
    /// Freezes a tab: it misses the events that it receives meanwhile.
    Suspend(usize),
    Resume(usize),
    Erase(usize),
}

fn action(erasing: bool) -> impl Strategy<Value = Action> {
    prop_oneof![
        6 => (0..2_usize, 0..QUESTIONS.len()).prop_map(|(tab, question)| Action::Add(tab, question)),
        3 => (0..2_usize, any::<bool>()).prop_map(|(tab, calls)| Action::EditState(tab, calls)),
        8 => (0..2_usize).prop_map(Action::Deliver),
        8 => (0..2_usize).prop_map(Action::Receive),
        1 => (0..2_usize).prop_map(Action::Reload),
        1 => (0..2_usize).prop_map(Action::Suspend),
        1 => (0..2_usize).prop_map(Action::Resume),
        u32::from(erasing) => (0..2_usize).prop_map(Action::Erase),
    ]
}

const QUESTIONS: [&str; 2] = ["care-mind", "talk-ask"];

/// Returns two tabs of this version on one journal, in sync.
fn two_tabs() -> [Tab; 2] {
    two_tabs_of([false; 2])
}

/// Returns two tabs on one journal, in sync, each with a newer version of the site or with this one.
fn two_tabs_of(are_newer: [bool; 2]) -> [Tab; 2] {
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
    let write = tabs[from].store.0.borrow_mut().pending.pop_front();
    let Some(write) = write else { return false };
    for (at, tab) in tabs.iter().enumerate() {
        tab.store.0.borrow_mut().events.push_back((write.clone(), at == from));
    }
    true
}

/// Delivers all writes and events until none is pending.
fn settle(tabs: &mut [Tab; 2]) {
    for _ in 0..1000 {
        let moved = (0..2).fold(false, |moved, at| moved | deliver(tabs, at));
        let received = tabs.iter_mut().fold(false, |received, tab| received | tab.receive());
        if !moved && !received {
            return;
        }
    }
    panic!("the tabs keep writing in response to each other");
}

fn apply(tabs: &mut [Tab; 2], at: usize, action: &Action) -> Option<String> {
    match *action {
        Action::Add(tab, question) => {
            // Only a visible page receives input, and showing the page resumes it.
            if tabs[tab].is_suspended {
                tabs[tab].resume();
            }
            let added = format!("<{at}>");
            let change = tabs[tab].journal.edit(QUESTIONS[question], &mut |answer| answer.free_text.push_str(&added));
            return (change != Change::Erased).then_some(added);
        }
        Action::EditState(tab, calls) => {
            if tabs[tab].is_suspended {
                tabs[tab].resume();
            }
            let added = format!("<{at}>");
            let change = tabs[tab].journal.edit_state(&mut |state| {
                (if calls { &mut state.calls } else { &mut state.agreed }).push_str(&added);
            });
            return (change != Change::Erased).then_some(added);
        }
        Action::Deliver(tab) => drop(deliver(tabs, tab)),
        Action::Receive(tab) => drop(tabs[tab].receive()),
        Action::Reload(tab) => tabs[tab].reload(),
        Action::Suspend(tab) => tabs[tab].is_suspended = true,
        Action::Resume(tab) => tabs[tab].resume(),
        Action::Erase(tab) => {
            tabs[tab].resume();
            tabs[tab].journal.erase();
        }
    }
    None
}

/// Returns every free text of a tab: its answers, the agreement, and the note on who calls whom.
fn free_texts(tab: &Tab) -> Vec<String> {
    let answers =
        QUESTIONS.iter().map(|id| tab.journal.answer(id).map(|answer| answer.free_text.clone()).unwrap_or_default());
    let state = tab.journal.state();
    answers.chain([state.agreed.clone(), state.calls.clone()]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn two_tabs_converge_for_any_order_of_events(
        actions in prop::collection::vec(action(true), 1..60),
        are_newer in any::<[bool; 2]>(),
    ) {
        let mut tabs = two_tabs_of(are_newer);
        for (at, action) in actions.iter().enumerate() {
            apply(&mut tabs, at, action);
        }
        settle(&mut tabs);
        tabs.iter_mut().for_each(Tab::resume);
        settle(&mut tabs);
        prop_assert_eq!(&tabs[0].store.0.borrow().copy, &tabs[1].store.0.borrow().copy);
        if tabs[0].journal.place().is_some() && tabs[1].journal.place().is_some() {
            prop_assert_eq!(free_texts(&tabs[0]), free_texts(&tabs[1]));
            prop_assert_eq!(free_texts(&Tab::new(tabs[0].store.clone())), free_texts(&tabs[0]));
        }
    }

    #[test]
    fn edits_made_after_syncing_are_all_kept(
        actions in prop::collection::vec(action(false), 1..40),
        are_newer in any::<[bool; 2]>(),
    ) {
        let mut tabs = two_tabs_of(are_newer);
        let mut added = Vec::new();
        for (at, action) in actions.iter().enumerate() {
            added.extend(apply(&mut tabs, at, action));
            settle(&mut tabs);
        }
        tabs.iter_mut().for_each(Tab::resume);
        settle(&mut tabs);
        let all = free_texts(&tabs[0]).concat();
        prop_assert!(added.iter().all(|added| all.contains(added)), "some of {:?} are missing in {}", added, all);
    }

    #[test]
    fn concurrent_edits_of_one_answer_are_both_kept(question in 0..QUESTIONS.len(), first in 0..2_usize) {
        let mut tabs = two_tabs();
        for tab in 0..2 {
            apply(&mut tabs, tab, &Action::Add(tab, question));
        }
        deliver(&tabs, first);
        settle(&mut tabs);
        for tab in &tabs {
            let all = free_texts(tab).concat();
            prop_assert!(all.contains("<0>") && all.contains("<1>"), "{}", all);
        }
    }

    #[test]
    fn concurrent_edits_of_the_agreement_are_both_kept(
        calls in any::<[bool; 2]>(),
        first in 0..2_usize,
        are_newer in any::<[bool; 2]>(),
        is_suspended in any::<bool>(),
    ) {
        let mut tabs = two_tabs_of(are_newer);
        for tab in 0..2 {
            apply(&mut tabs, tab, &Action::EditState(tab, calls[tab]));
            tabs[tab].journal.edit_state(&mut |state| state.step = format!("screen-{tab}"));
        }
        tabs[first].is_suspended = is_suspended;
        deliver(&tabs, first);
        settle(&mut tabs);
        tabs.iter_mut().for_each(Tab::resume);
        settle(&mut tabs);
        for (at, tab) in tabs.iter().enumerate() {
            let all = free_texts(tab).concat();
            prop_assert!(all.contains("<0>") && all.contains("<1>"), "{}", all);
            prop_assert_eq!(&tab.journal.state().step, &format!("screen-{at}"), "each tab should keep its own screen");
            let again = free_texts(&Tab::new(tab.store.clone())).concat();
            prop_assert!(again.contains("<0>") && again.contains("<1>"), "after a reload: {}", again);
        }
    }

    #[test]
    fn erased_data_does_not_come_back(
        before in prop::collection::vec(action(false), 1..30),
        eraser in 0..2_usize,
        between in prop::collection::vec(prop_oneof![
            (0..2_usize).prop_map(Action::Deliver),
            (0..2_usize).prop_map(Action::Receive),
            (0..2_usize).prop_map(Action::Suspend),
            (0..2_usize).prop_map(Action::Resume),
        ], 0..12),
    ) {
        let mut tabs = two_tabs();
        for (at, action) in before.iter().enumerate() {
            apply(&mut tabs, at, action);
        }
        settle(&mut tabs);
        prop_assert!(tabs[eraser].journal.erase());
        for action in &between {
            apply(&mut tabs, 0, action);
        }
        // The other tab writes before or after it receives the erasure or resumes. The browser orders the erasure
        // first.
        while deliver(&tabs, eraser) {}
        let other = 1 - eraser;
        while tabs[other].receive() {}
        apply(&mut tabs, 999, &Action::Add(other, 0));
        settle(&mut tabs);
        let all: String =
            tabs.iter().flat_map(|tab| tab.store.0.borrow().copy.values().cloned().collect::<Vec<_>>()).collect();
        prop_assert!(!all.contains('<'), "erased data came back: {}", all);
        prop_assert!(free_texts(&tabs[other]).iter().all(|text| text.is_empty() || text == "<999>"));
    }
}

/// A tab in the back/forward cache receives no events, and reads the store when it resumes.
#[test]
fn a_resumed_tab_loads_missed_changes_and_keeps_its_own() {
    let device = MemoryStore::default();
    let mut one = Journal::open(device.clone(), MemoryStore::default(), random);
    assert!(one.keep(StorageChoice::Device));
    let mut suspended = Journal::open(device.clone(), MemoryStore::default(), random);
    suspended.edit("talk-ask", &mut |answer| answer.free_text = "mine".into());
    one.edit("care-mind", &mut |answer| answer.free_text = "missed".into());
    assert_eq!(suspended.resync(), Change::All);
    assert_eq!(suspended.answer("care-mind").unwrap().free_text, "missed");
    assert_eq!(suspended.answer("talk-ask").unwrap().free_text, "mine");
    assert_eq!(suspended.resync(), Change::None, "a second resync should find no change");
}

/// A browser may order a tab's write after another tab's erasure.
#[test]
fn a_write_that_arrives_after_an_erasure_is_discarded() {
    for is_late in [|_: &str| true, |key: &str| key.ends_with(":talk-ask"), |key: &str| !key.ends_with(":talk-ask")] {
        let device = MemoryStore::default();
        let mut suspended = Journal::open(device.clone(), MemoryStore::default(), random);
        assert!(suspended.keep(StorageChoice::Device));
        suspended.edit("talk-ask", &mut |answer| answer.free_text = "late".into());
        suspended.edit_state(&mut |state| state.agreed = "late".into());
        let keys = device.keys().unwrap().into_iter().filter(|key| !key.ends_with(":journal") && is_late(key));
        let late: Vec<_> = keys.map(|key| (device.read(&key).unwrap().unwrap(), key)).collect();
        assert!(!late.is_empty());
        assert!(Journal::open(device.clone(), MemoryStore::default(), random).erase());
        for (value, key) in &late {
            device.write(key, value).unwrap();
        }
        assert_eq!(suspended.resync(), Change::Erased);
        assert_eq!(device.keys().unwrap(), Vec::<String>::new());
        assert!(suspended.answer("talk-ask").is_none() && suspended.state().agreed.is_empty());
    }
}
