//! Fuzzing what reads text from elsewhere: values of the journal, of every format, and the backup file.
//!
//! A short run is part of `cargo test`. `FUZZ_RUNS=10000000 cargo test --release --test fuzz` is a long one. The seed is
//! fixed (`FUZZ_SEED` changes it), so that a run can be repeated. The inputs are the files of `tests/corpus/` and of
//! `tests/fixtures/`, changed at random; what ever went wrong gets a file there. A new reader is one more function with
//! `fuzz` in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use between_us::reflection::{Backup, Journal, MemoryStore, PREFIX, Place, Store};

/// A small generator of random numbers (SplitMix64), so that a run depends on its seed alone.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// The inputs to begin with: every file whose name begins so.
fn corpus(name: &str) -> Vec<Vec<u8>> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut files: Vec<_> = ["corpus", "fixtures"]
        .iter()
        .flat_map(|folder| fs::read_dir(tests.join(folder)).expect("the folder is there"))
        .map(|file| file.expect("the file can be read").path())
        .filter(|path| path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(name)))
        .collect();
    files.sort();
    files.into_iter().map(|path| fs::read(path).expect("the file can be read")).collect()
}

/// What readers of JSON stumble over.
const PIECES: [&str; 20] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "\\u0000",
    "\\ud800",
    "NaN",
    "1e999",
    "-1",
    "18446744073709551616",
    "null",
    "true",
    "\"format\":1",
    "\"format\":3",
    "\"erasing\":true",
    "\"restoring\":2",
    "\0",
];

/// One input, changed a few times: a byte, a piece, a cut, a doubling, or a part of another one.
fn changed(random: &mut Random, corpus: &[Vec<u8>]) -> String {
    let mut bytes = corpus[random.below(corpus.len())].clone();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        let to = (at + random.below(12)).min(bytes.len());
        match random.below(6) {
            0 if at < bytes.len() => bytes[at] = random.next() as u8,
            1 => drop(bytes.splice(at..to, PIECES[random.below(PIECES.len())].bytes())),
            2 => bytes.truncate(at),
            3 => drop(bytes.splice(at..at, bytes[at..to].to_vec())),
            4 => drop(bytes.drain(at..to)),
            _ => {
                let other = &corpus[random.below(corpus.len())];
                let from = random.below(other.len());
                let until = (from + random.below(60)).min(other.len());
                drop(bytes.splice(at..to, other[from..until].iter().copied()));
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Runs a reader on changed inputs. A panic names the input that caused it.
fn fuzz(name: &str, read: impl Fn(&str)) {
    let corpus = corpus(name);
    assert!(!corpus.is_empty(), "there are inputs for {name}");
    for input in &corpus {
        read(&String::from_utf8_lossy(input));
    }
    let mut random = Random(number("FUZZ_SEED", 1));
    let current = std::cell::RefCell::new(String::new());
    let _tell = Tell(&current);
    for _ in 0..number("FUZZ_RUNS", 3000) {
        current.replace(changed(&mut random, &corpus));
        read(&current.borrow());
    }
}

/// Tells at a panic which input was being read.
struct Tell<'a>(&'a std::cell::RefCell<String>);

impl Drop for Tell<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the input was {:?}", self.0.borrow());
        }
    }
}

fn ids() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed)
}

fn open(store: &MemoryStore) -> Journal<MemoryStore> {
    Journal::open(store.clone(), MemoryStore::default(), ids)
}

/// Whatever stands under one key, nothing of it is lost: it can be read, or lies aside, or stays where it is.
#[test]
fn values_of_the_journal() {
    let good: BTreeMap<String, String> = serde_json::from_str(include_str!("fixtures/format-2.json")).unwrap();
    let keys: Vec<String> = good.keys().cloned().chain([format!("{PREFIX}about")]).collect();
    let turn = std::cell::Cell::new(0);
    fuzz("value-", |text| {
        turn.set((turn.get() + 1) % keys.len());
        let key = &keys[turn.get()];
        let store = MemoryStore::new(good.clone());
        store.write(key, text).unwrap();
        let mut journal = open(&store);
        journal.edit("feelings-now", &mut |answer| answer.words.push('x'));
        let is_at_most_one = good.keys().filter(|other| *other != key).all(|other| store.values().contains_key(other));
        let is_erased = text.contains("erasing") || text.contains("restoring") || text.contains("moving");
        assert!(is_at_most_one || is_erased, "more than one value is lost");
        let found = open(&store).answer("feelings-now").map(|answer| answer.words.clone());
        assert!(
            is_erased
                || journal.answer("feelings-now").map(|answer| answer.words.clone()) == found
                || journal.saved() == between_us::reflection::Saved::Failed
        );
    });
}

/// Opening twice finds what opening once finds, in every format.
#[test]
fn formats_and_their_migration() {
    fuzz("format-", |text| {
        let Ok(values) = serde_json::from_str::<BTreeMap<String, String>>(text) else { return };
        let store = MemoryStore::new(values.into_iter().filter(|(key, _)| key.starts_with(PREFIX)).collect());
        let said = |journal: &Journal<MemoryStore>| {
            let mut said: Vec<_> = journal.answers().map(|(id, answer)| (id.to_owned(), answer.clone())).collect();
            said.sort_by(|one, other| one.0.cmp(&other.0));
            (said, journal.record().clone())
        };
        let once = said(&open(&store));
        assert_eq!(said(&open(&store)), once);
    });
}

/// A file is refused, or what it holds can be put back, shown, and taken back exactly.
#[test]
fn backup_files() {
    fuzz("backup-", |text| {
        let Ok(backup) = Backup::read(text) else { return };
        let store = MemoryStore::default();
        let mut journal = open(&store);
        journal.edit("care-mind", &mut |answer| answer.words = "mine".into());
        assert!(journal.keep(Place::Device));
        for replace in [false, true] {
            let before = journal.restore(&backup, replace).expect("a store in memory takes everything");
            assert!(journal.take_back(&before));
            assert_eq!(journal.answer("care-mind").map(|answer| answer.words.as_str()), Some("mine"));
        }
    });
}
