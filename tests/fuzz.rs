//! Fuzz tests of every reader of external text: stored values in all formats and their merging, backup files,
//! invitations, typed input, and message catalogs.
//!
//! A short run is part of `cargo test`; with `CI=true` it takes about a minute of processor time. A long run is
//! `FUZZ_RUNS=10000000 cargo test --release --test fuzz`. The seed is fixed, so that a run can be repeated; `FUZZ_SEED`
//! changes it. The inputs are mutations of the files in `tests/corpus/` and `tests/fixtures/`. Every input that once
//! failed gets a file in `tests/corpus/`. A test for a new reader calls [`fuzz`].

#[path = "fuzz/inputs.rs"]
mod inputs;
#[path = "fuzz/oracle.rs"]
mod oracle;
#[path = "fuzz/untrusted.rs"]
mod untrusted;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use between_us::reflection::json::members;
use between_us::reflection::{Backup, Journal, MemoryStore, PREFIX, Restored, SaveStatus, StorageChoice, Store};

use inputs::{JSON, corpus, fuzz};
use oracle::assert_agrees;

/// Returns numbers that do not repeat within a test run.
fn random() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed)
}

fn open(store: &MemoryStore) -> Journal<MemoryStore> {
    Journal::open(store.clone(), MemoryStore::default(), random)
}

/// A stored value is read, quarantined, or left in place, and never lost.
#[test]
fn stored_values_are_never_lost() {
    let good: BTreeMap<String, String> = serde_json::from_str(include_str!("fixtures/format-2.json")).unwrap();
    let keys: Vec<String> =
        good.keys().cloned().chain([format!("{PREFIX}about"), format!("{PREFIX}re9e86375:about")]).collect();
    let next = std::cell::Cell::new(0);
    fuzz(&corpus("value-"), JSON, 5000, |text| {
        next.set((next.get() + 1) % keys.len());
        let key = &keys[next.get()];
        let store = MemoryStore::new(good.clone());
        store.write(key, text).unwrap();
        let mut journal = open(&store);
        journal.edit("feelings-now", &mut |answer| answer.free_text.push('x'));
        let are_others_kept = good.keys().filter(|other| *other != key).all(|other| store.values().contains_key(other));
        let is_erased = text.contains("erasing") || text.contains("restoring") || text.contains("moving");
        assert!(are_others_kept || is_erased, "another value is lost");
        assert!(is_erased || preserves(&store.values(), key, text), "the value of {key} is lost: {:?}", store.values());
        let found = open(&store).answer("feelings-now").map(|answer| answer.free_text.clone());
        assert!(
            is_erased
                || journal.answer("feelings-now").map(|answer| answer.free_text.clone()) == found
                || journal.saved() == SaveStatus::Failed
        );
    });
}

/// Fields that an edit changes or may serialize differently.
const KNOWN: [&str; 9] = ["format", "current", "revision", "chosen", "words", "talk", "off", "alone", "shown"];

/// Returns whether a store still contains a value: under its key or quarantined byte for byte, or, if it was read and
/// edited, each of its unknown fields.
fn preserves(values: &BTreeMap<String, String>, key: &str, text: &str) -> bool {
    let is_quarantined =
        || values.iter().any(|(key, value)| key.starts_with(&format!("{PREFIX}aside:")) && value == text);
    let is_edited = || {
        let (Some(before), Some(after)) = (members(text), values.get(key).and_then(|value| members(value))) else {
            return false;
        };
        let is_known_format = before.iter().any(|(name, json)| name == "format" && ["1", "2"].contains(json));
        is_known_format && before.iter().all(|member| KNOWN.contains(&member.0.as_str()) || after.contains(member))
    };
    values.get(key).is_some_and(|value| value == text) || is_quarantined() || is_edited()
}

/// Opening a store of any format twice reads the same as opening it once, and an intact answer is always read.
#[test]
fn opening_a_store_twice_equals_opening_it_once() {
    let formats = corpus("format-");
    let fixtures: Vec<BTreeMap<String, String>> = formats
        .iter()
        .map(|file| serde_json::from_slice(file).expect("the fixture should be a map of strings"))
        .collect();
    let key = |rest: &str| format!("{PREFIX}{rest}");
    let (head, state, answer) = (key("journal"), key("re9e86375"), key("re9e86375:feelings-now"));
    fuzz(&formats, JSON, 5000, |text| {
        let Ok(values) = serde_json::from_str::<BTreeMap<String, String>>(text) else { return };
        let is_intact = |key: &String| {
            fixtures.iter().any(|fixture| fixture.contains_key(key) && fixture.get(key) == values.get(key))
        };
        let must_be_there = is_intact(&head)
            && is_intact(&answer)
            && !values.get(&state).is_some_and(|state| state.contains("erasing"));
        let store = MemoryStore::new(values.into_iter().filter(|(key, _)| key.starts_with(PREFIX)).collect());
        let content = |journal: &Journal<MemoryStore>| {
            let mut answers: Vec<_> = journal.answers().map(|(id, answer)| (id.to_owned(), answer.clone())).collect();
            answers.sort_by(|one, other| one.0.cmp(&other.0));
            (answers, journal.state().clone())
        };
        let journal = open(&store);
        if must_be_there {
            let answer = journal.answer("feelings-now").expect("the intact answer should be read");
            assert!(answer.free_text == "Soms." && answer.has("worry") && answer.talk, "{answer:?}");
        }
        let once = content(&journal);
        assert_eq!(content(&open(&store)), once);
    });
}

/// The core reads JSON as `serde_json` does.
#[test]
fn json_is_read_as_by_serde_json() {
    let inputs: Vec<_> = ["value-", "backup-", "format-"].into_iter().flat_map(corpus).collect();
    fuzz(&inputs, JSON, 20_000, |text| {
        assert_agrees(text);
        // The values within an object are mostly strings or lists.
        for (_, value) in members(text).unwrap_or_default() {
            assert_agrees(value);
        }
    });
}

/// A file is refused, or it can be restored and the restore undone. Backups of every format are restored.
#[test]
fn backups_are_refused_or_restored_and_undone() {
    for file in corpus("backup-") {
        let file = String::from_utf8(file).expect("the backup should be UTF-8");
        let backup = Backup::read(&file).unwrap_or_else(|error| panic!("{error:?}: {file}"));
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
                panic!("a memory store does not fail");
            };
            assert!(matches!(journal.take_back(&before), Restored::Done(_)));
            assert_eq!(journal.answer("care-mind").map(|answer| answer.free_text.as_str()), Some("mine"));
        }
    });
}

/// Returns the revision and the free text of an answer, read independently of the core, or `None` if a newer version
/// wrote it.
fn read_answer(text: &str) -> Option<(u64, String)> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    value["format"].as_u64().filter(|format| *format <= 2)?;
    let revision = value.get("revision").map_or(Some(0), serde_json::Value::as_u64)?;
    let text = value.get("words").map_or(Some(""), serde_json::Value::as_str)?;
    Some((revision, text.to_owned()))
}

/// Returns whether a newer version wrote this value.
fn is_newer(text: &str) -> bool {
    let format = members(text).and_then(|all| all.into_iter().find(|(name, _)| name == "format"));
    format.and_then(|(_, json)| json.parse::<u64>().ok()).is_some_and(|format| format > 2)
}

/// Two tabs converge in whatever order they receive events, and stay so. On a tie both texts are kept.
#[test]
fn two_tabs_converge_after_merging() {
    let good: BTreeMap<String, String> = serde_json::from_str(include_str!("fixtures/format-2.json")).unwrap();
    let answer =
        good.keys().find(|key| key.ends_with("feelings-now")).expect("the fixture should have an answer").clone();
    fuzz(&corpus("merge-"), JSON, 5000, |text| {
        let Some((one, other)) = text.split_once('\n') else { return };
        let other = other.trim_end();
        for key in [answer.clone(), format!("{PREFIX}re9e86375:about")] {
            let open_with = |text: &str| {
                let store = MemoryStore::new(good.clone());
                store.write(&key, text).unwrap();
                let journal = open(&store);
                // An unreadable value is quarantined, and there is nothing to merge.
                (store.read(&key).unwrap().is_some()).then_some((store, journal))
            };
            let (Some((one_store, mut first)), Some((other_store, mut second))) = (open_with(one), open_with(other))
            else {
                return;
            };
            let content =
                |journal: &Journal<MemoryStore>| (journal.answer("feelings-now").cloned(), journal.profile().clone());
            if is_newer(one) || is_newer(other) {
                let before = (content(&first), content(&second));
                if is_newer(one) {
                    second.on_storage_event(Some(&key), Some(one));
                } else {
                    first.on_storage_event(Some(&key), Some(other));
                }
                assert_eq!((content(&first), content(&second)), before, "a newer value is merged");
                continue;
            }
            let mut values = (one.to_owned(), other.to_owned());
            // The result of a merge is a write, which the other tab receives in turn.
            for _ in 0..3 {
                first.on_storage_event(Some(&key), Some(&values.1));
                second.on_storage_event(Some(&key), Some(&values.0));
                values = (one_store.read(&key).unwrap().unwrap(), other_store.read(&key).unwrap().unwrap());
            }
            let merged = content(&first);
            assert_eq!(content(&second), merged, "the tabs differ");
            for text in [&values.0, &values.1, one, other] {
                first.on_storage_event(Some(&key), Some(text));
            }
            assert_eq!(content(&first), merged, "a repeated event changes the result");
            if key == answer
                && let (Some((revision, text)), Some((other_revision, other_text))) =
                    (read_answer(one), read_answer(other))
                && let Some(both) = first.answer("feelings-now").map(|answer| &answer.free_text)
            {
                assert!(revision < other_revision || both.contains(&text), "{text:?} is lost in {both:?}");
                assert!(other_revision < revision || both.contains(&other_text), "{other_text:?} is lost in {both:?}");
            }
        }
    });
}
