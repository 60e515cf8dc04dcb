//! Fuzzing what reads text from elsewhere: values of the journal, of every format, their merging, the backup file,
//! invitations, what is typed, and the words of the page.
//!
//! A short run is part of `cargo test`, one of a minute of the gate. `FUZZ_RUNS=10000000 cargo test --release --test fuzz` is
//! a long one. The seed is fixed (`FUZZ_SEED` changes it), so that a run can be repeated. The inputs are the files of
//! `tests/corpus/` and of `tests/fixtures/`, changed at random; what ever went wrong gets a file there. A new reader is one
//! more function with `fuzz` in it.

#[path = "fuzz/inputs.rs"]
mod inputs;
#[path = "fuzz/oracle.rs"]
mod oracle;
#[path = "fuzz/outside.rs"]
mod outside;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use between_us::reflection::json::members;
use between_us::reflection::{Backup, Journal, MemoryStore, PREFIX, Restored, SaveStatus, StorageChoice, Store};

use inputs::{JSON, corpus, fuzz};
use oracle::agree;

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
    let keys: Vec<String> =
        good.keys().cloned().chain([format!("{PREFIX}about"), format!("{PREFIX}re9e86375:about")]).collect();
    let turn = std::cell::Cell::new(0);
    fuzz(&corpus("value-"), JSON, 5000, |text| {
        turn.set((turn.get() + 1) % keys.len());
        let key = &keys[turn.get()];
        let store = MemoryStore::new(good.clone());
        store.write(key, text).unwrap();
        let mut journal = open(&store);
        journal.edit("feelings-now", &mut |answer| answer.free_text.push('x'));
        let is_at_most_one = good.keys().filter(|other| *other != key).all(|other| store.values().contains_key(other));
        let is_erased = text.contains("erasing") || text.contains("restoring") || text.contains("moving");
        assert!(is_at_most_one || is_erased, "more than one value is lost");
        assert!(is_erased || holds(&store.values(), key, text), "what stood under {key} is lost: {:?}", store.values());
        let found = open(&store).answer("feelings-now").map(|answer| answer.free_text.clone());
        assert!(
            is_erased
                || journal.answer("feelings-now").map(|answer| answer.free_text.clone()) == found
                || journal.saved() == SaveStatus::Failed
        );
    });
}

/// Members that an edit counts, writes anew, or writes in signs of its own.
const KNOWN: [&str; 9] = ["format", "current", "revision", "chosen", "words", "talk", "off", "alone", "shown"];

/// Whether a store still has what stood under this key: there, or aside byte for byte; and where it could be read and was
/// changed, each member that nobody knows.
fn holds(values: &BTreeMap<String, String>, key: &str, text: &str) -> bool {
    let lies_aside = || values.iter().any(|(key, value)| key.starts_with(&format!("{PREFIX}aside:")) && value == text);
    let is_carried_on = || {
        let (Some(before), Some(after)) = (members(text), values.get(key).and_then(|value| members(value))) else {
            return false;
        };
        let is_of_ours = before.iter().any(|(name, json)| name == "format" && ["1", "2"].contains(json));
        is_of_ours && before.iter().all(|member| KNOWN.contains(&member.0.as_str()) || after.contains(member))
    };
    values.get(key).is_some_and(|value| value == text) || lies_aside() || is_carried_on()
}

/// Opening twice finds what opening once finds, in every format. An answer that is whole is among it, whatever else is not.
#[test]
fn formats_and_their_migration() {
    let formats = corpus("format-");
    let fixtures: Vec<BTreeMap<String, String>> =
        formats.iter().map(|file| serde_json::from_slice(file).expect("it is a map of texts")).collect();
    let key = |rest: &str| format!("{PREFIX}{rest}");
    let (head, state, answer) = (key("journal"), key("re9e86375"), key("re9e86375:feelings-now"));
    fuzz(&formats, JSON, 5000, |text| {
        let Ok(values) = serde_json::from_str::<BTreeMap<String, String>>(text) else { return };
        let is_whole = |key: &String| {
            fixtures.iter().any(|fixture| fixture.contains_key(key) && fixture.get(key) == values.get(key))
        };
        let must_be_there =
            is_whole(&head) && is_whole(&answer) && !values.get(&state).is_some_and(|state| state.contains("erasing"));
        let store = MemoryStore::new(values.into_iter().filter(|(key, _)| key.starts_with(PREFIX)).collect());
        let said = |journal: &Journal<MemoryStore>| {
            let mut said: Vec<_> = journal.answers().map(|(id, answer)| (id.to_owned(), answer.clone())).collect();
            said.sort_by(|one, other| one.0.cmp(&other.0));
            (said, journal.state().clone())
        };
        let journal = open(&store);
        if must_be_there {
            let answer = journal.answer("feelings-now").expect("the answer is found");
            assert!(answer.free_text == "Soms." && answer.has("worry") && answer.talk, "{answer:?}");
        }
        let once = said(&journal);
        assert_eq!(said(&open(&store)), once);
    });
}

/// The core's own reader of JSON and the library's agree.
#[test]
fn json_as_the_library_reads_it() {
    let inputs: Vec<_> = ["value-", "backup-", "format-"].into_iter().flat_map(corpus).collect();
    fuzz(&inputs, JSON, 20_000, |text| {
        agree(text);
        // What stands within an object is mostly a text or a list.
        for (_, value) in members(text).unwrap_or_default() {
            agree(value);
        }
    });
}

/// A file is refused, or what it holds can be put back, shown, and taken back exactly. Files of every format are taken.
#[test]
fn backup_files() {
    for file in corpus("backup-") {
        let file = String::from_utf8(file).expect("it is text");
        let backup = Backup::read(&file).unwrap_or_else(|refusal| panic!("{refusal:?}: {file}"));
        let mut journal = open(&MemoryStore::default());
        assert!(journal.keep(StorageChoice::Device) && matches!(journal.restore(&backup, true), Restored::Done(_)));
        assert_eq!(journal.answer("feelings-now").map(|answer| answer.free_text.as_str()), Some("Soms."));
    }
    fuzz(&corpus("backup-"), JSON, 5000, |text| {
        let Ok(backup) = Backup::read(text) else { return };
        let store = MemoryStore::default();
        let mut journal = open(&store);
        journal.edit("care-mind", &mut |answer| answer.free_text = "mine".into());
        assert!(journal.keep(StorageChoice::Device));
        for replace in [false, true] {
            let Restored::Done(before) = journal.restore(&backup, replace) else {
                panic!("a store in memory takes everything");
            };
            assert!(matches!(journal.take_back(&before), Restored::Done(_)));
            assert_eq!(journal.answer("care-mind").map(|answer| answer.free_text.as_str()), Some("mine"));
        }
    });
}

/// An answer as the test itself reads it: how often it was edited, and its words; none where a newer version wrote it.
fn read_answer(text: &str) -> Option<(u64, String)> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    value["format"].as_u64().filter(|format| *format <= 2)?;
    let revision = value.get("revision").map_or(Some(0), serde_json::Value::as_u64)?;
    let words = value.get("words").map_or(Some(""), serde_json::Value::as_str)?;
    Some((revision, words.to_owned()))
}

/// Whether a newer version wrote this: it is left alone.
fn is_newer(text: &str) -> bool {
    let format = members(text).and_then(|all| all.into_iter().find(|(name, _)| name == "format"));
    format.and_then(|(_, json)| json.parse::<u64>().ok()).is_some_and(|format| format > 2)
}

/// Whichever of two tabs hears of the other, they come to the same, at once and for good; on a tie both wordings stand.
#[test]
fn merging_what_two_tabs_have() {
    let good: BTreeMap<String, String> = serde_json::from_str(include_str!("fixtures/format-2.json")).unwrap();
    let answer = good.keys().find(|key| key.ends_with("feelings-now")).expect("it has an answer").clone();
    fuzz(&corpus("merge-"), JSON, 5000, |text| {
        let Some((one, other)) = text.split_once('\n') else { return };
        let other = other.trim_end();
        for key in [answer.clone(), format!("{PREFIX}re9e86375:about")] {
            let having = |text: &str| {
                let store = MemoryStore::new(good.clone());
                store.write(&key, text).unwrap();
                let journal = open(&store);
                // What cannot be read lies aside, and is not what the tab holds.
                (store.read(&key).unwrap().is_some()).then_some((store, journal))
            };
            let (Some((one_store, mut first)), Some((other_store, mut second))) = (having(one), having(other)) else {
                return;
            };
            let said =
                |journal: &Journal<MemoryStore>| (journal.answer("feelings-now").cloned(), journal.profile().clone());
            if is_newer(one) || is_newer(other) {
                let before = (said(&first), said(&second));
                if is_newer(one) {
                    second.on_storage_event(Some(&key), Some(one));
                } else {
                    first.on_storage_event(Some(&key), Some(other));
                }
                assert_eq!((said(&first), said(&second)), before, "a newer value is taken up");
                continue;
            }
            let mut told = (one.to_owned(), other.to_owned());
            // What a tab makes of the two is a write of its own, of which the other one hears in its turn.
            for _ in 0..3 {
                first.on_storage_event(Some(&key), Some(&told.1));
                second.on_storage_event(Some(&key), Some(&told.0));
                told = (one_store.read(&key).unwrap().unwrap(), other_store.read(&key).unwrap().unwrap());
            }
            let together = said(&first);
            assert_eq!(said(&second), together, "it matters who heard");
            for text in [&told.0, &told.1, one, other] {
                first.on_storage_event(Some(&key), Some(text));
            }
            assert_eq!(said(&first), together, "hearing it again changes something");
            if key == answer
                && let (Some((mine, words)), Some((theirs, others))) = (read_answer(one), read_answer(other))
                && let Some(both) = first.answer("feelings-now").map(|answer| &answer.free_text)
            {
                assert!(mine < theirs || both.contains(&words), "{words:?} is lost in {both:?}");
                assert!(theirs < mine || both.contains(&others), "{others:?} is lost in {both:?}");
            }
        }
    });
}
