//! Tests of the backup file: saving and restoring, and files that are refused.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use between_us::reflection::{
    Backup, BackupError, Journal, LONGEST, MemoryStore, PREFIX, Restored, SaveStatus, StorageChoice, Store,
};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{
    Failing, begin_on_device, free_text, key_of, open, random, restore, stores_with, take_back, write,
};

/// Returns a backup file as `public/shell/files.js` writes it: a value is a JSON object in the file if it has no nested
/// objects and serializes to the same text, and a string otherwise.
pub fn file(values: &BTreeMap<String, String>) -> String {
    let members = values.iter().map(|(key, text)| {
        let is_flat = |value: &Value| {
            value.as_object().is_some_and(|fields| {
                fields.values().all(|value| match value {
                    Value::Array(items) => items.iter().all(|item| !item.is_array() && !item.is_object()),
                    value => !value.is_object(),
                })
            })
        };
        let same = |value: &Value| serde_json::to_string(value).is_ok_and(|again| again == *text);
        let object = serde_json::from_str::<Value>(text).ok().filter(|value| is_flat(value) && same(value));
        (key.clone(), object.unwrap_or_else(|| Value::String(text.clone())))
    });
    let values: serde_json::Map<String, Value> = members.collect();
    serde_json::to_string_pretty(&serde_json::json!({ "between-us": "backup", "format": 2, "values": values })).unwrap()
}

/// Returns all values but the head of the journal, whose id changes with a restore.
pub fn answers(store: &MemoryStore) -> BTreeMap<String, String> {
    let mut values = store.values();
    values.remove(&format!("{PREFIX}journal"));
    values
}

fn two_reflections() -> (MemoryStore, MemoryStore) {
    let (device, tab) = stores_with("care-mind", "often “so”\n\t\\");
    let mut journal = open(&device, &tab);
    journal.edit_state(&mut |state| state.day = "2026-11-25".into());
    assert!(begin_on_device(&mut journal, "2026-12-03"));
    write(&mut journal, "care-mind", "second");
    write(&mut journal, "calm-help", "walking");
    (device, tab)
}

#[test]
fn save_erase_restore_is_the_identity() {
    let (device, tab) = two_reflections();
    let before = answers(&device);
    let backup = Backup::read(&file(&device.values())).unwrap();
    let days: Vec<_> = backup.reflections().into_iter().map(|one| (one.day, one.answered)).collect();
    assert!(days.contains(&("2026-11-25".into(), 1)) && days.contains(&("2026-12-03".into(), 2)), "{days:?}");
    let mut journal = open(&device, &tab);
    assert!(journal.erase());
    assert!(matches!(journal.restore(&backup, false), Restored::Unchanged), "a restore writes before a storage choice");
    assert!(journal.keep(StorageChoice::Tab));
    restore(&mut journal, &backup, true);
    assert_eq!((answers(&tab), device.values().len()), (before, 0));
    assert_eq!((free_text(&journal, "calm-help").as_str(), journal.saved()), ("walking", SaveStatus::Tab));
}

#[test]
fn adding_a_backup_to_a_blank_journal_opens_its_reflection() {
    let (device, tab) = stores_with("care-mind", "often");
    let backup = Backup::read(&file(&device.values())).unwrap();
    let device = MemoryStore::default();
    let mut journal = open(&device, &tab);
    assert!(journal.keep(StorageChoice::Device) && journal.is_blank());
    restore(&mut journal, &backup, false);
    assert_eq!(
        (free_text(&journal, "care-mind").as_str(), free_text(&open(&device, &tab), "care-mind").as_str()),
        ("often", "often")
    );
}

#[test]
fn restoring_never_overwrites_a_newer_value() {
    let newer = "{\"format\":9,\"something\":\"else\"}";
    let (device, tab) = stores_with("care-mind", "often");
    let backup = Backup::read(&file(&device.values())).unwrap();
    let key = key_of(&device, "care-mind");
    device.write(&key, newer).unwrap();
    restore(&mut open(&device, &tab), &backup, false);
    assert_eq!(device.read(&key).unwrap().unwrap(), newer);

    device.write(&format!("{PREFIX}journal"), newer).unwrap();
    let before = device.values();
    for replace in [false, true] {
        let outcome = open(&device, &tab).restore(&backup, replace);
        assert!(matches!(outcome, Restored::Unchanged), "a newer journal is overwritten");
        assert_eq!(device.values(), before);
    }
}

#[test]
fn adding_merges_and_replacing_is_undone_exactly() {
    let (device, tab) = stores_with("care-mind", "once");
    let backup = Backup::read(&file(&device.values())).unwrap();
    let mut journal = open(&device, &tab);
    write(&mut journal, "care-mind", "twice");
    write(&mut journal, "calm-help", "walking");
    let now = answers(&device);
    let before = restore(&mut journal, &backup, false);
    assert_eq!(answers(&device), now, "the later revision should stay");
    take_back(&mut journal, &before);

    let before = restore(&mut journal, &backup, true);
    assert_eq!((free_text(&journal, "care-mind").as_str(), journal.answer("calm-help")), ("once", None));
    take_back(&mut journal, &before);
    assert_eq!(answers(&device), now);
    assert_eq!(free_text(&open(&device, &tab), "care-mind"), "twice");

    let (other, other_tab) = stores_with("calm-help", "singing");
    let mut journal = open(&other, &other_tab);
    restore(&mut journal, &backup, false);
    assert_eq!(journal.reflections().len(), 2, "the reflection of another journal should be added");
    assert_eq!(free_text(&journal, "calm-help"), "singing");
}

#[test]
fn another_tab_does_not_overwrite_restored_values() {
    let (device, tab) = stores_with("care-mind", "once");
    let backup = Backup::read(&file(&device.values())).unwrap();
    let mut other = open(&device, &MemoryStore::default());
    let mut journal = open(&device, &tab);
    write(&mut journal, "care-mind", "twice");
    let key = key_of(&device, "care-mind");
    other.on_storage_event(Some(&key), device.read(&key).unwrap().as_deref());
    restore(&mut journal, &backup, true);
    other.on_storage_event(Some(&key), device.read(&key).unwrap().as_deref());
    write(&mut other, "calm-help", "stale");
    assert_eq!(free_text(&open(&device, &tab), "care-mind"), "once");
    assert_eq!(free_text(&other, "care-mind"), "once");
}

#[test]
fn a_restore_killed_at_any_call_is_done_or_not_begun() {
    let (saved, _) = two_reflections();
    let backup = Backup::read(&file(&saved.values())).unwrap();
    for replace in [false, true] {
        let mut after = None;
        for at in -1..60 {
            let (device, tab) = stores_with("joy-light", "mornings");
            let before = answers(&device);
            let countdown = Rc::new(Cell::new(-1));
            let failing = |store: &MemoryStore| Failing {
                store: store.clone(),
                countdown: countdown.clone(),
                is_permanent: true,
            };
            let mut journal = Journal::open(failing(&device), failing(&tab), random);
            countdown.set(at);
            journal.restore(&backup, replace);
            // A restore that has not begun may leave staged values, which no list, sheet or backup shows.
            open(&device, &tab);
            let mut found = answers(&device);
            found.retain(|key, _| !key.contains(":new:"));
            if at == -1 {
                // The reflection that `stores_with` begins has another id each time.
                after = Some(found.values().cloned().collect::<Vec<_>>());
            }
            let values: Vec<_> = found.values().cloned().collect();
            let mut sorted = (values.clone(), after.clone().unwrap());
            sorted.0.sort();
            sorted.1.sort();
            assert!(found == before || sorted.0 == sorted.1, "killed at call {at}: {found:?}");
        }
    }
}

#[test]
fn an_invalid_file_is_refused_with_its_error() {
    let (device, _) = two_reflections();
    let good = file(&device.values());
    let with = |from: &str, to: &str| good.replacen(from, to, 1);
    let key = key_of(&device, "calm-help");
    let one =
        |key: &str, value: &str| format!("{{\"between-us\":\"backup\",\"format\":2,\"values\":{{\"{key}\":{value}}}}}");
    let cases = [
        (" ".repeat(LONGEST + 1), BackupError::TooLong),
        (String::new(), BackupError::Damaged),
        ("\0".into(), BackupError::Damaged),
        ("NaN".into(), BackupError::Damaged),
        (good[..good.len() / 2].into(), BackupError::Damaged),
        ("[]".into(), BackupError::Damaged),
        ("{}".into(), BackupError::Foreign),
        (r#"{"name":"another","version":"1.0.0","values":{}}"#.into(), BackupError::Foreign),
        (with("\"backup\"", "\"something\""), BackupError::Foreign),
        (with("\"format\": 2", "\"format\": 3"), BackupError::Newer),
        (with("\"format\": 2", "\"format\": 0"), BackupError::Damaged),
        (with("\"format\": 2", "\"format\": \"2\""), BackupError::Damaged),
        (r#"{"between-us":"backup","format":2,"values":[]}"#.into(), BackupError::Damaged),
        (r#"{"between-us":"backup","format":2,"values":{}}"#.into(), BackupError::Empty),
        (one("somebody else", "{}"), BackupError::Damaged),
        (one(&format!("{key}\\u0000"), "\"\""), BackupError::Damaged),
        (one(&key, "7"), BackupError::Damaged),
        (one(&key, "[]"), BackupError::Damaged),
        (one(&key, r#"{"format":2,"words":7}"#), BackupError::Damaged),
        (one(&key, r#"{"format":2,"words":"a","words":"b"}"#), BackupError::Damaged),
        (one(&key, r#"{"format":2,"revision":NaN}"#), BackupError::Damaged),
        (one(&key, r#"{"format":2,"revision":1e999}"#), BackupError::Damaged),
        (one(&format!("{PREFIX}new:r1"), "\"a\""), BackupError::Damaged),
        (one(&key, r#"{"format":2}"#), BackupError::Empty),
    ];
    for (text, error) in cases {
        assert_eq!(Backup::read(&text), Err(error), "{}", text.chars().take(120).collect::<String>());
    }
    assert!(Backup::read(&one(&key, r#"{"format":2,"words":"a"}"#)).is_ok());
}

#[test]
fn a_backup_in_format_1_is_restored() {
    let text = include_str!("../fixtures/backup-1.json");
    let backup = Backup::read(text).unwrap();
    let mut journal = open(&MemoryStore::default(), &MemoryStore::default());
    assert!(journal.keep(StorageChoice::Device));
    restore(&mut journal, &backup, true);
    assert_eq!((free_text(&journal, "feelings-now").as_str(), journal.state().step.as_str()), ("Soms.", "care-mind"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_any_text_never_panics(text in any::<String>(), at in any::<prop::sample::Index>(), ch in any::<char>()) {
        let _ = Backup::read(&text);
        let (device, _) = two_reflections();
        let mut chars: Vec<char> = file(&device.values()).chars().collect();
        let at = at.index(chars.len());
        chars[at] = ch;
        if let Ok(backup) = Backup::read(&chars.iter().collect::<String>()) {
            let mut journal = open(&MemoryStore::default(), &MemoryStore::default());
            journal.keep(StorageChoice::Device);
            journal.restore(&backup, true);
            prop_assert!(matches!(journal.saved(), SaveStatus::Device | SaveStatus::Failed));
        }
    }
}
