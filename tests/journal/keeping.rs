//! Tests of storing, moving and erasing: acknowledged edits survive any storage error.

use std::cell::Cell;
use std::rc::Rc;

use between_us::reflection::{Change, Journal, MemoryStore, Pace, SaveStatus, StorageChoice, StorageError, Store};
use proptest::prelude::*;

use crate::support::{Failing, free_text, key_of, open, random, stores_with, write};

#[test]
fn nothing_is_stored_before_a_storage_choice() {
    let (device, tab) = (MemoryStore::default(), MemoryStore::default());
    let mut journal = open(&device, &tab);
    write(&mut journal, "care-mind", "often");
    journal.edit_state(&mut |state| state.pace = Some(Pace::Short));
    assert_eq!(journal.saved(), SaveStatus::Undecided);
    assert!(device.values().is_empty() && tab.values().is_empty());
}

#[test]
fn input_that_is_in_memory_only_is_unkept() {
    let edits: [fn(&mut Journal<MemoryStore>) -> Change; 3] = [
        |journal| write(journal, "care-mind", "often"),
        |journal| journal.edit_profile(&mut |profile| profile.wish("gentler", true)),
        |journal| journal.edit_state(&mut |state| state.alone = true),
    ];
    for edit in edits {
        let (device, tab) = (MemoryStore::default(), MemoryStore::default());
        let mut journal = open(&device, &tab);
        journal.edit_state(&mut |state| state.step = "care-mind".to_owned());
        assert!(!journal.is_unkept(), "a step alone counts as input");
        edit(&mut journal);
        assert!(journal.is_unkept());
        assert!(journal.keep(StorageChoice::Tab) && !journal.is_unkept());
        assert!(journal.erase() && !journal.is_unkept());
    }
    let countdown = Rc::new(Cell::new(-1));
    let full = Failing { store: MemoryStore::default(), countdown: Rc::clone(&countdown), is_permanent: true };
    let roomy = Failing { store: MemoryStore::default(), countdown: Rc::new(Cell::new(-1)), is_permanent: false };
    let mut journal = Journal::open(full, roomy, random);
    write(&mut journal, "care-mind", "often");
    assert!(journal.keep(StorageChoice::Device) && !journal.is_unkept());
    countdown.set(0);
    write(&mut journal, "care-mind", "often, and more");
    assert!(journal.is_unkept());
    countdown.set(-1);
    assert!(journal.retry() && !journal.is_unkept());
}

#[test]
fn moving_between_stores_leaves_no_trace_and_loses_nothing() {
    let (device, tab) = stores_with("care-mind", "often");
    let mut journal = open(&device, &tab);
    assert!(journal.keep(StorageChoice::Tab));
    assert!(device.values().is_empty(), "{:?}", device.values());
    assert_eq!(free_text(&open(&device, &tab), "care-mind"), "often");
    assert!(journal.keep(StorageChoice::Device));
    assert!(tab.values().is_empty(), "{:?}", tab.values());
    assert_eq!(free_text(&open(&device, &tab), "care-mind"), "often");
}

#[test]
fn erasing_removes_every_key_of_the_site_and_no_other() {
    let (device, tab) = stores_with("care-mind", "often");
    device.write("another program", "stays").unwrap();
    let mut journal = open(&device, &tab);
    assert!(journal.erase());
    assert_eq!(device.values().into_keys().collect::<Vec<_>>(), ["another program"]);
    assert_eq!(journal.saved(), SaveStatus::Undecided);
}

#[test]
fn a_stale_tab_cannot_bring_back_an_erased_journal() {
    for action in [
        (|journal: &mut Journal<MemoryStore>| write(journal, "care-mind", "again")) as fn(&mut _) -> Change,
        |journal| journal.edit_state(&mut |state| state.alone = true),
        |journal| journal.resync(),
    ] {
        let (device, tab) = stores_with("care-mind", "often");
        let mut stale = open(&device, &MemoryStore::default());
        assert!(open(&device, &tab).erase());
        assert_eq!(action(&mut stale), Change::Erased);
        assert!(device.values().is_empty() && !stale.has_answers());
    }
}

#[test]
fn equally_revised_answers_keep_both_texts() {
    let (device, tab) = stores_with("care-mind", "often");
    let (mut one, mut other) = (open(&device, &tab), open(&device, &tab));
    let key = key_of(&device, "care-mind");
    // Each tab edits before it receives the other's event: writing the old value again hides the first edit from the
    // second tab.
    let before = device.read(&key).unwrap().unwrap();
    write(&mut one, "care-mind", "mornings");
    let from_one = device.read(&key).unwrap();
    device.write(&key, &before).unwrap();
    write(&mut other, "care-mind", "evenings");
    let from_other = device.read(&key).unwrap();
    one.on_storage_event(Some(&key), from_other.as_deref());
    other.on_storage_event(Some(&key), from_one.as_deref());
    for journal in [&one, &other, &open(&device, &tab)] {
        let text = free_text(journal, "care-mind");
        assert!(text.contains("mornings") && text.contains("evenings"), "{text}");
    }
    assert_eq!(one.answer("care-mind"), other.answer("care-mind"));
}

/// A store that fails every removal while `fails` is set.
#[derive(Clone, Default)]
struct NoRemoval {
    store: MemoryStore,
    fails: Rc<Cell<bool>>,
}

impl Store for NoRemoval {
    fn read(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.store.read(key)
    }
    fn write(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.store.write(key, value)
    }
    fn remove(&self, key: &str) -> Result<(), StorageError> {
        if self.fails.get() { Err(StorageError) } else { self.store.remove(key) }
    }
    fn keys(&self) -> Result<Vec<String>, StorageError> {
        self.store.keys()
    }
}

/// Returns a journal on a device whose removals fail, and its two stores.
fn journal_with_failing_removals() -> (NoRemoval, NoRemoval, Journal<NoRemoval>) {
    let device = NoRemoval::default();
    let tab = NoRemoval { store: MemoryStore::default(), fails: Rc::clone(&device.fails) };
    let mut journal = Journal::open(device.clone(), tab.clone(), random);
    write(&mut journal, "care-mind", "often");
    assert!(journal.keep(StorageChoice::Device));
    device.fails.set(true);
    (device, tab, journal)
}

#[test]
fn a_failed_removal_is_reported_and_retried() {
    let (device, _, mut journal) = journal_with_failing_removals();
    assert!(!journal.keep(StorageChoice::Tab));
    assert_eq!(journal.saved(), SaveStatus::Failed, "the failed removal should be reported");
    write(&mut journal, "care-mind", "often, and more");
    device.fails.set(false);
    assert!(journal.retry());
    assert_eq!((journal.saved(), device.store.values().len()), (SaveStatus::Tab, 0));
    assert_eq!(free_text(&journal, "care-mind"), "often, and more");

    let (device, _, mut journal) = journal_with_failing_removals();
    let id = journal.reflections()[0].id.clone();
    assert!(!journal.erase_reflection(&id));
    assert_eq!(journal.saved(), SaveStatus::Failed);
    device.fails.set(false);
    assert!(journal.retry());
    assert_eq!((journal.saved(), device.store.values().len()), (SaveStatus::Device, 1), "only the head should remain");
}

#[test]
fn answers_awaiting_erasure_do_not_mix_with_new_ones() {
    let (device, tab, mut journal) = journal_with_failing_removals();
    assert!(!journal.erase());
    assert_eq!(journal.saved(), SaveStatus::Failed, "the failed erasure should be reported");
    write(&mut journal, "calm-help", "walking");
    assert!(!journal.keep(StorageChoice::Device));
    let mut other = Journal::open(device.clone(), tab.clone(), random);
    assert!(!other.has_answers(), "a new visit reads answers that await erasure");
    assert!(!other.keep(StorageChoice::Device));
    device.fails.set(false);
    assert!(journal.retry());
    assert_eq!(free_text(&open(&device.store, &tab.store), "calm-help"), "walking");
    assert!(!format!("{:?}", device.store.values()).contains("often"));
}

#[derive(Clone, Debug)]
enum Action {
    Write(usize, String),
    EditState(bool),
    Keep(bool),
    Erase,
}

const QUESTIONS: [&str; 3] = ["feelings-now", "care-mind", "talk-ask"];

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        6 => (0..QUESTIONS.len(), "\\PC{0,12}").prop_map(|(at, text)| Action::Write(at, text)),
        1 => any::<bool>().prop_map(Action::EditState),
        2 => any::<bool>().prop_map(Action::Keep),
        1 => Just(Action::Erase),
    ]
}

fn apply<S: Store>(journal: &mut Journal<S>, action: &Action) {
    match action {
        Action::Write(at, text) => {
            write(journal, QUESTIONS[*at], text);
        }
        Action::EditState(alone) => {
            journal.edit_state(&mut |state| state.alone = *alone);
        }
        Action::Keep(device) => {
            journal.keep(if *device { StorageChoice::Device } else { StorageChoice::Tab });
        }
        Action::Erase => {
            journal.erase();
        }
    }
}

fn free_texts<S: Store>(journal: &Journal<S>) -> Vec<String> {
    QUESTIONS.iter().map(|question| free_text(journal, question)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn acknowledged_edits_are_found_after_a_reload(actions in prop::collection::vec(action(), 1..20)) {
        let (device, tab) = (MemoryStore::default(), MemoryStore::default());
        let mut journal = open(&device, &tab);
        for action in &actions {
            apply(&mut journal, action);
            if journal.saved().is_kept() {
                prop_assert_eq!(free_texts(&open(&device, &tab)), free_texts(&journal));
            } else {
                prop_assert!(device.values().is_empty() && tab.values().is_empty());
            }
        }
    }

    #[test]
    fn one_storage_error_mixes_no_answers_and_is_recovered(
        actions in prop::collection::vec(action(), 1..14),
        at in 0i64..60,
    ) {
        let (device, tab) = (MemoryStore::default(), MemoryStore::default());
        let countdown = Rc::new(Cell::new(at));
        let failing = |store: &MemoryStore| {
            Failing { store: store.clone(), countdown: Rc::clone(&countdown), is_permanent: false }
        };
        let mut journal = Journal::open(failing(&device), failing(&tab), random);
        for action in &actions {
            let before = free_texts(&journal);
            apply(&mut journal, action);
            let after = free_texts(&journal);
            if journal.saved().is_kept() {
                let found = free_texts(&open(&device, &tab));
                for (at, text) in found.iter().enumerate() {
                    prop_assert!(*text == after[at] || *text == before[at], "{text} is neither before nor after");
                }
            }
        }
        countdown.set(-1);
        if journal.saved() == SaveStatus::Failed {
            prop_assert!(journal.retry(), "retrying fails although the store works again");
            if journal.saved().is_kept() {
                prop_assert_eq!(free_texts(&open(&device, &tab)), free_texts(&journal));
            }
        }
    }

    #[test]
    fn a_damaged_value_loses_at_most_one_answer(at in 0usize..200, byte in any::<char>(), cut in any::<bool>()) {
        let (device, tab) = stores_with("care-mind", "often");
        let mut journal = open(&device, &tab);
        write(&mut journal, "calm-help", "walking");
        let key = key_of(&device, "care-mind");
        let text = device.read(&key).unwrap().unwrap();
        let mut chars: Vec<char> = text.chars().collect();
        let at = at % chars.len();
        if cut { chars.truncate(at) } else { chars[at] = byte }
        device.write(&key, &chars.iter().collect::<String>()).unwrap();
        let journal = open(&device, &tab);
        prop_assert_eq!(free_text(&journal, "calm-help"), "walking");
    }
}
