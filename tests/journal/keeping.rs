//! Keeping, moving and erasing: what is acknowledged is found again, whatever fails.

use std::cell::Cell;
use std::rc::Rc;

use between_us::reflection::{Change, Journal, MemoryStore, Pace, SaveStatus, StorageChoice, StorageError, Store};
use proptest::prelude::*;

use crate::support::{Failing, kept, key_of, open, random, words, write};

#[test]
fn nothing_is_written_before_a_place_is_chosen() {
    let (device, tab) = (MemoryStore::default(), MemoryStore::default());
    let mut journal = open(&device, &tab);
    write(&mut journal, "care-mind", "often");
    journal.edit_state(&mut |state| state.pace = Some(Pace::Short));
    assert_eq!(journal.saved(), SaveStatus::Undecided);
    assert!(device.values().is_empty() && tab.values().is_empty());
}

#[test]
fn what_was_said_and_is_kept_nowhere_would_be_lost_with_the_page() {
    let said: [fn(&mut Journal<MemoryStore>) -> Change; 3] = [
        |journal| write(journal, "care-mind", "often"),
        |journal| journal.edit_profile(&mut |profile| profile.wish("gentler", true)),
        |journal| journal.edit_state(&mut |state| state.alone = true),
    ];
    for say in said {
        let (device, tab) = (MemoryStore::default(), MemoryStore::default());
        let mut journal = open(&device, &tab);
        journal.edit_state(&mut |state| state.step = "care-mind".to_owned());
        assert!(!journal.is_unkept(), "nothing was said yet");
        say(&mut journal);
        assert!(journal.is_unkept());
        assert!(journal.keep(StorageChoice::Tab) && !journal.is_unkept());
        assert!(journal.erase() && !journal.is_unkept());
    }
    let left = Rc::new(Cell::new(-1));
    let full = Failing { store: MemoryStore::default(), left: Rc::clone(&left), for_good: true };
    let roomy = Failing { store: MemoryStore::default(), left: Rc::new(Cell::new(-1)), for_good: false };
    let mut journal = Journal::open(full, roomy, random);
    write(&mut journal, "care-mind", "often");
    assert!(journal.keep(StorageChoice::Device) && !journal.is_unkept());
    left.set(0);
    write(&mut journal, "care-mind", "often, and more");
    assert!(journal.is_unkept());
    left.set(-1);
    assert!(journal.retry() && !journal.is_unkept());
}

#[test]
fn moving_leaves_no_trace_behind_and_loses_nothing() {
    let (device, tab) = kept("care-mind", "often");
    let mut journal = open(&device, &tab);
    assert!(journal.keep(StorageChoice::Tab));
    assert!(device.values().is_empty(), "{:?}", device.values());
    assert_eq!(words(&open(&device, &tab), "care-mind"), "often");
    assert!(journal.keep(StorageChoice::Device));
    assert!(tab.values().is_empty(), "{:?}", tab.values());
    assert_eq!(words(&open(&device, &tab), "care-mind"), "often");
}

#[test]
fn erasing_leaves_nothing_of_ours_and_all_of_others() {
    let (device, tab) = kept("care-mind", "often");
    device.write("another program", "stays").unwrap();
    let mut journal = open(&device, &tab);
    assert!(journal.erase());
    assert_eq!(device.values().into_keys().collect::<Vec<_>>(), ["another program"]);
    assert_eq!(journal.saved(), SaveStatus::Undecided);
}

#[test]
fn a_stale_tab_cannot_bring_back_what_was_erased() {
    for act in [
        (|journal: &mut Journal<MemoryStore>| write(journal, "care-mind", "again")) as fn(&mut _) -> Change,
        |journal| journal.edit_state(&mut |state| state.alone = true),
        |journal| journal.resync(),
    ] {
        let (device, tab) = kept("care-mind", "often");
        let mut stale = open(&device, &MemoryStore::default());
        assert!(open(&device, &tab).erase());
        assert_eq!(act(&mut stale), Change::Erased);
        assert!(device.values().is_empty() && !stale.has_answers());
    }
}

#[test]
fn an_answer_changed_equally_often_in_two_tabs_keeps_both_wordings() {
    let (device, tab) = kept("care-mind", "often");
    let (mut one, mut other) = (open(&device, &tab), open(&device, &tab));
    let key = key_of(&device, "care-mind");
    // Each edits without having heard of the other: the store gives the second one the first one's words only afterwards.
    let before = device.read(&key).unwrap().unwrap();
    write(&mut one, "care-mind", "mornings");
    let from_one = device.read(&key).unwrap();
    device.write(&key, &before).unwrap();
    write(&mut other, "care-mind", "evenings");
    let from_other = device.read(&key).unwrap();
    one.on_storage_event(Some(&key), from_other.as_deref());
    other.on_storage_event(Some(&key), from_one.as_deref());
    for journal in [&one, &other, &open(&device, &tab)] {
        let words = words(journal, "care-mind");
        assert!(words.contains("mornings") && words.contains("evenings"), "{words}");
    }
    assert_eq!(one.answer("care-mind"), other.answer("care-mind"));
}

/// A store that lets nothing go while it is told so.
#[derive(Clone, Default)]
struct Holding {
    store: MemoryStore,
    holds: Rc<Cell<bool>>,
}

impl Store for Holding {
    fn read(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.store.read(key)
    }
    fn write(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.store.write(key, value)
    }
    fn remove(&self, key: &str) -> Result<(), StorageError> {
        if self.holds.get() { Err(StorageError) } else { self.store.remove(key) }
    }
    fn keys(&self) -> Result<Vec<String>, StorageError> {
        self.store.keys()
    }
}

/// A journal on a device that lets nothing go any more.
fn holding() -> (Holding, Holding, Journal<Holding>) {
    let device = Holding::default();
    let tab = Holding { store: MemoryStore::default(), holds: Rc::clone(&device.holds) };
    let mut journal = Journal::open(device.clone(), tab.clone(), random);
    write(&mut journal, "care-mind", "often");
    assert!(journal.keep(StorageChoice::Device));
    device.holds.set(true);
    (device, tab, journal)
}

#[test]
fn what_could_not_leave_a_store_is_said_and_tried_again() {
    let (device, _, mut journal) = holding();
    assert!(!journal.keep(StorageChoice::Tab));
    assert_eq!(journal.saved(), SaveStatus::Failed, "the device still holds it");
    write(&mut journal, "care-mind", "often, and more");
    device.holds.set(false);
    assert!(journal.retry());
    assert_eq!((journal.saved(), device.store.values().len()), (SaveStatus::Tab, 0));
    assert_eq!(words(&journal, "care-mind"), "often, and more");

    let (device, _, mut journal) = holding();
    let id = journal.reflections()[0].id.clone();
    assert!(!journal.erase_reflection(&id));
    assert_eq!(journal.saved(), SaveStatus::Failed);
    device.holds.set(false);
    assert!(journal.retry());
    assert_eq!((journal.saved(), device.store.values().len()), (SaveStatus::Device, 1), "the head alone stays");
}

#[test]
fn what_was_to_be_erased_does_not_come_back_among_what_is_kept_next() {
    let (device, tab, mut journal) = holding();
    assert!(!journal.erase());
    assert_eq!(journal.saved(), SaveStatus::Failed, "something is still there");
    write(&mut journal, "calm-help", "walking");
    assert!(!journal.keep(StorageChoice::Device));
    let mut other = Journal::open(device.clone(), tab.clone(), random);
    assert!(!other.has_answers(), "a visit finds what is to be erased");
    assert!(!other.keep(StorageChoice::Device));
    device.holds.set(false);
    assert!(journal.retry());
    assert_eq!(words(&open(&device.store, &tab.store), "calm-help"), "walking");
    assert!(!format!("{:?}", device.store.values()).contains("often"));
}

#[derive(Clone, Debug)]
enum Deed {
    Write(usize, String),
    Note(bool),
    Keep(bool),
    Erase,
}

const QUESTIONS: [&str; 3] = ["feelings-now", "care-mind", "talk-ask"];

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        6 => (0..QUESTIONS.len(), "\\PC{0,12}").prop_map(|(at, words)| Deed::Write(at, words)),
        1 => any::<bool>().prop_map(Deed::Note),
        2 => any::<bool>().prop_map(Deed::Keep),
        1 => Just(Deed::Erase),
    ]
}

fn act<S: Store>(journal: &mut Journal<S>, deed: &Deed) {
    match deed {
        Deed::Write(at, words) => {
            write(journal, QUESTIONS[*at], words);
        }
        Deed::Note(alone) => {
            journal.edit_state(&mut |state| state.alone = *alone);
        }
        Deed::Keep(device) => {
            journal.keep(if *device { StorageChoice::Device } else { StorageChoice::Tab });
        }
        Deed::Erase => {
            journal.erase();
        }
    }
}

fn said<S: Store>(journal: &Journal<S>) -> Vec<String> {
    QUESTIONS.iter().map(|question| words(journal, question)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_acknowledged_is_found_again(deeds in prop::collection::vec(deed(), 1..20)) {
        let (device, tab) = (MemoryStore::default(), MemoryStore::default());
        let mut journal = open(&device, &tab);
        for deed in &deeds {
            act(&mut journal, deed);
            if journal.saved().is_kept() {
                prop_assert_eq!(said(&open(&device, &tab)), said(&journal));
            } else {
                prop_assert!(device.values().is_empty() && tab.values().is_empty());
            }
        }
    }

    #[test]
    fn one_refusal_anywhere_mixes_nothing_and_is_mended(deeds in prop::collection::vec(deed(), 1..14), at in 0i64..60) {
        let (device, tab) = (MemoryStore::default(), MemoryStore::default());
        let left = Rc::new(Cell::new(at));
        let failing = |store: &MemoryStore| Failing { store: store.clone(), left: Rc::clone(&left), for_good: false };
        let mut journal = Journal::open(failing(&device), failing(&tab), random);
        for deed in &deeds {
            let before = said(&journal);
            act(&mut journal, deed);
            let after = said(&journal);
            if journal.saved().is_kept() {
                let found = said(&open(&device, &tab));
                for (at, words) in found.iter().enumerate() {
                    prop_assert!(*words == after[at] || *words == before[at], "{words} is neither before nor after");
                }
            }
        }
        left.set(-1);
        if journal.saved() == SaveStatus::Failed {
            prop_assert!(journal.retry(), "it recovers once the store works again");
            if journal.saved().is_kept() {
                prop_assert_eq!(said(&open(&device, &tab)), said(&journal));
            }
        }
    }

    #[test]
    fn a_value_changed_anywhere_costs_one_answer_at_most(at in 0usize..200, byte in any::<char>(), cut in any::<bool>()) {
        let (device, tab) = kept("care-mind", "often");
        let mut journal = open(&device, &tab);
        write(&mut journal, "calm-help", "walking");
        let key = key_of(&device, "care-mind");
        let text = device.read(&key).unwrap().unwrap();
        let mut signs: Vec<char> = text.chars().collect();
        let at = at % signs.len();
        if cut { signs.truncate(at) } else { signs[at] = byte }
        device.write(&key, &signs.iter().collect::<String>()).unwrap();
        let journal = open(&device, &tab);
        prop_assert_eq!(words(&journal, "calm-help"), "walking");
    }
}
