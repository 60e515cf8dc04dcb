//! Tests of many reflections and long answers: the number of store calls grows linearly.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use between_us::reflection::{Backup, Journal, MemoryStore, PREFIX, StorageChoice, StorageError, Store};

use crate::backup::file;
use crate::support::{begin_on_device, free_text, key_of, open, random, restore, stores_with, write};

/// A store that counts its calls.
#[derive(Clone, Default)]
struct Counting {
    store: MemoryStore,
    reads: Rc<Cell<usize>>,
    lists: Rc<Cell<usize>>,
    writes: Rc<Cell<usize>>,
}

impl Counting {
    fn new(store: &MemoryStore) -> Self {
        Self { store: store.clone(), ..Self::default() }
    }

    /// Returns the number of reads, listings and writes since the last call.
    fn take_counts(&self) -> [usize; 3] {
        [self.reads.take(), self.lists.take(), self.writes.take()]
    }
}

fn increment(counter: &Cell<usize>) {
    counter.set(counter.get() + 1);
}

impl Store for Counting {
    fn read(&self, key: &str) -> Result<Option<String>, StorageError> {
        increment(&self.reads);
        self.store.read(key)
    }
    fn write(&self, key: &str, value: &str) -> Result<(), StorageError> {
        increment(&self.writes);
        self.store.write(key, value)
    }
    fn remove(&self, key: &str) -> Result<(), StorageError> {
        increment(&self.writes);
        self.store.remove(key)
    }
    fn keys(&self) -> Result<Vec<String>, StorageError> {
        increment(&self.lists);
        self.store.keys()
    }
}

/// The questions that are answered in each reflection.
const ANSWERS: [&str; 3] = ["feelings-now", "care-mind", "calm-help"];

/// Returns a device store with this number of reflections. The first one is open.
fn device(reflections: usize) -> MemoryStore {
    let mut values = BTreeMap::new();
    values.insert(format!("{PREFIX}journal"), "{\"format\":2,\"id\":\"a\",\"current\":\"r0\"}".to_owned());
    for at in 0..reflections {
        let number = at + 1;
        values
            .insert(format!("{PREFIX}r{at:x}"), format!("{{\"format\":2,\"day\":\"2026-12-03\",\"number\":{number}}}"));
        for question in ANSWERS {
            let answer = format!("{{\"format\":2,\"revision\":1,\"words\":\"{at}\"}}");
            values.insert(format!("{PREFIX}r{at:x}:{question}"), answer);
        }
    }
    MemoryStore::new(values)
}

const MANY: usize = 1000;

#[test]
fn listing_many_reflections_reads_each_value_once() {
    let device = Counting::new(&device(MANY));
    let mut journal = Journal::open(device.clone(), Counting::default(), random);
    let [reads, lists, writes] = device.take_counts();
    assert!(reads < MANY + 50 && lists < 8 && writes == 0, "opening: {reads} {lists} {writes}");

    let all = journal.reflections();
    assert!(all.len() == MANY && all.iter().all(|one| one.answered == ANSWERS.len()));
    assert!(
        all.iter().enumerate().all(|(at, one)| one.id == format!("r{at:x}")),
        "the list should be in the order of creation"
    );
    let [reads, lists, _] = device.take_counts();
    assert!(reads <= MANY * (ANSWERS.len() + 1) && lists == 1, "listing: {reads} {lists}");

    assert!(!journal.is_blank());
    device.take_counts();
    write(&mut journal, "joy-light", "mornings");
    let [reads, lists, writes] = device.take_counts();
    assert!(reads < 8 && lists == 0 && writes == 1, "editing: {reads} {lists} {writes}");

    assert!(journal.open_reflection(&all[MANY - 1].id).is_ok());
    let [reads, lists, _] = device.take_counts();
    assert!(reads < 20 && lists < 4, "opening another one: {reads} {lists}");
    assert!(begin_on_device(&mut journal, "2026-12-24"));
    let [reads, lists, _] = device.take_counts();
    assert!(reads <= MANY * (ANSWERS.len() + 1) + 30 && lists < 6, "beginning: {reads} {lists}");
    assert!(journal.erase_reflection(&all[0].id));
    let [_, lists, writes] = device.take_counts();
    assert!(lists < 6 && writes < 10, "erasing one: {lists} {writes}");
}

#[test]
fn restoring_many_reflections_takes_linear_calls() {
    let all = device(MANY);
    let count = all.values().len();
    let backup = Backup::read(&file(&all.values())).unwrap();
    assert_eq!(backup.reflections().len(), MANY);
    for replace in [false, true] {
        let (here, _) = stores_with("joy-light", "mornings");
        let here = Counting::new(&here);
        let mut journal = Journal::open(here.clone(), Counting::default(), random);
        here.take_counts();
        restore(&mut journal, &backup, replace);
        let [reads, lists, writes] = here.take_counts();
        assert!(reads < 8 * count && lists < 20 && writes < 4 * count, "{reads} {lists} {writes} for {count} values");
        assert_eq!(journal.reflections().len(), MANY + usize::from(!replace));
    }
}

#[test]
fn a_file_saved_during_a_large_restore_is_read() {
    let mut values = device(MANY).values();
    let staged: Vec<_> = values
        .iter()
        .filter(|(key, _)| !key.ends_with("journal"))
        .map(|(key, value)| (key.replace(PREFIX, &format!("{PREFIX}new:")), value.replace(":1,", ":2,")))
        .collect();
    values.extend(staged);
    assert_eq!(Backup::read(&file(&values)).unwrap().reflections().len(), MANY);
}

#[test]
fn a_very_long_answer_is_stored_merged_and_restored() {
    let long = "a\"é".repeat(500_000);
    let (device, tab) = stores_with("care-mind", &long);
    let key = key_of(&device, "care-mind");
    let before = device.read(&key).unwrap();
    let (mut one, mut other) = (open(&device, &tab), open(&device, &tab));
    write(&mut one, "care-mind", &[&long, "x"].concat());
    let first = device.read(&key).unwrap();
    device.write(&key, before.as_deref().unwrap()).unwrap();
    write(&mut other, "care-mind", &[&long, "y"].concat());
    other.on_storage_event(Some(&key), first.as_deref());
    let both = free_text(&other, "care-mind");
    assert!(both.len() > 2 * long.len() && both.contains('x') && both.contains('y'));
    let backup = Backup::read(&file(&device.values())).unwrap();
    let mut journal = open(&MemoryStore::default(), &MemoryStore::default());
    assert!(journal.keep(StorageChoice::Device));
    restore(&mut journal, &backup, true);
    assert_eq!(free_text(&journal, "care-mind"), both);
}
