//! What the tests of the journal stand on: stores that fail, and short ways to write and read.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};

use between_us::reflection::{
    Backup, Change, Journal, MemoryStore, Restored, Snapshot, StorageChoice, StorageError, Store,
};

/// Numbers that nobody has used.
pub fn random() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed)
}

/// A store that refuses one call: the one that `left` counts down to. None is refused when it stands below zero.
#[derive(Clone)]
pub struct Failing {
    pub store: MemoryStore,
    pub left: Rc<Cell<i64>>,
    /// Whether it goes on refusing after that.
    pub for_good: bool,
}

impl Failing {
    fn call(&self) -> Result<(), StorageError> {
        let left = self.left.get();
        if left >= 0 && !(self.for_good && left == 0) {
            self.left.set(left - 1);
        }
        if left == 0 { Err(StorageError) } else { Ok(()) }
    }
}

impl Store for Failing {
    fn read(&self, key: &str) -> Result<Option<String>, StorageError> {
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
        self.store.keys()
    }
}

pub fn open(device: &MemoryStore, tab: &MemoryStore) -> Journal<MemoryStore> {
    Journal::open(device.clone(), tab.clone(), random)
}

pub fn write<S: Store>(journal: &mut Journal<S>, question: &str, words: &str) -> Change {
    journal.edit(question, &mut |answer| words.clone_into(&mut answer.free_text))
}

/// Begins a new reflection, and keeps it on the device.
pub fn begin<S: Store>(journal: &mut Journal<S>, day: &str) -> bool {
    journal.begin_new(day).is_ok() && journal.keep(StorageChoice::Device)
}

pub fn words<S: Store>(journal: &Journal<S>, question: &str) -> String {
    journal.answer(question).map(|answer| answer.free_text.clone()).unwrap_or_default()
}

pub fn key_of(store: &MemoryStore, question: &str) -> String {
    store.values().into_keys().find(|key| key.ends_with(question)).expect("the answer is kept")
}

pub fn kept(question: &str, text: &str) -> (MemoryStore, MemoryStore) {
    let (device, tab) = (MemoryStore::default(), MemoryStore::default());
    let mut journal = open(&device, &tab);
    write(&mut journal, question, text);
    assert!(journal.keep(StorageChoice::Device));
    (device, tab)
}

/// Puts a backup back, which works.
#[track_caller]
pub fn restored<S: Store>(journal: &mut Journal<S>, backup: &Backup, replace: bool) -> Snapshot {
    match journal.restore(backup, replace) {
        Restored::Done(before) => before,
        other => panic!("it is not put back: {other:?}"),
    }
}

/// Takes back what was put back, which works.
#[track_caller]
pub fn taken_back<S: Store>(journal: &mut Journal<S>, before: &Snapshot) {
    let taken = journal.take_back(before);
    assert!(matches!(taken, Restored::Done(_)), "it is not taken back: {taken:?}");
}
