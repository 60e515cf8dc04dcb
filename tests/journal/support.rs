//! Helpers for the tests of the journal: a store that fails, and short functions to write and read.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};

use between_us::reflection::{
    Backup, Change, Journal, MemoryStore, Restored, Snapshot, StorageChoice, StorageError, Store,
};

/// Returns numbers that do not repeat within a test run.
pub fn random() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed)
}

/// A store that fails one write or removal: the one that follows `countdown` successful ones. It fails none while
/// `countdown` is negative.
#[derive(Clone)]
pub struct Failing {
    pub store: MemoryStore,
    pub countdown: Rc<Cell<i64>>,
    /// Fails every later call too.
    pub is_permanent: bool,
}

impl Failing {
    fn call(&self) -> Result<(), StorageError> {
        let countdown = self.countdown.get();
        if countdown >= 0 && !(self.is_permanent && countdown == 0) {
            self.countdown.set(countdown - 1);
        }
        if countdown == 0 { Err(StorageError) } else { Ok(()) }
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

/// Sets the free text of an answer.
pub fn write<S: Store>(journal: &mut Journal<S>, question: &str, text: &str) -> Change {
    journal.edit(question, &mut |answer| text.clone_into(&mut answer.free_text))
}

/// Begins a new reflection and stores it on the device.
pub fn begin_on_device<S: Store>(journal: &mut Journal<S>, day: &str) -> bool {
    journal.begin_new(day).is_ok() && journal.keep(StorageChoice::Device)
}

/// Returns the free text of an answer, empty where there is none.
pub fn free_text<S: Store>(journal: &Journal<S>, question: &str) -> String {
    journal.answer(question).map(|answer| answer.free_text.clone()).unwrap_or_default()
}

/// Returns the key of the answer to this question.
///
/// # Panics
///
/// Panics if the store contains no such answer.
pub fn key_of(store: &MemoryStore, question: &str) -> String {
    store.values().into_keys().find(|key| key.ends_with(question)).expect("the answer should be stored")
}

/// Returns a device store whose journal has this one answer, and an empty tab store.
pub fn stores_with(question: &str, text: &str) -> (MemoryStore, MemoryStore) {
    let (device, tab) = (MemoryStore::default(), MemoryStore::default());
    let mut journal = open(&device, &tab);
    write(&mut journal, question, text);
    assert!(journal.keep(StorageChoice::Device));
    (device, tab)
}

/// Restores a backup.
///
/// # Panics
///
/// Panics unless the whole backup is restored at once.
#[track_caller]
pub fn restore<S: Store>(journal: &mut Journal<S>, backup: &Backup, replace: bool) -> Snapshot {
    match journal.restore(backup, replace) {
        Restored::Done(before) => before,
        other => panic!("the backup is not restored: {other:?}"),
    }
}

/// Undoes a restore.
///
/// # Panics
///
/// Panics unless the whole restore is undone at once.
#[track_caller]
pub fn take_back<S: Store>(journal: &mut Journal<S>, before: &Snapshot) {
    let outcome = journal.take_back(before);
    assert!(matches!(outcome, Restored::Done(_)), "the restore is not undone: {outcome:?}");
}
