//! Tests of backup files with unreadable values, and of files changed by editors or mail programs: an unreadable value
//! is quarantined, and the others are restored.

use std::collections::BTreeMap;

use between_us::reflection::{Backup, BackupError, Field, Journal, MemoryStore, PREFIX, StorageChoice, Store};
use proptest::prelude::*;
use serde_json::Value;

use crate::backup::{answers, file};
use crate::support::{free_text, key_of, open, restore, stores_with, write};

/// Returns a file with one valid answer and one more member, given as the JSON texts of its name and value.
fn file_with(name: &str, value: &str) -> String {
    format!(
        "{{\"between-us\":\"backup\",\"format\":2,\"values\":{{{name}:{value},\
         \"{PREFIX}r1\":{{\"format\":2,\"day\":\"2026-12-03\"}},\
         \"{PREFIX}r1:calm-help\":{{\"format\":2,\"revision\":1,\"words\":\"walking\"}}}}}}"
    )
}

/// Restores a file into a blank journal and opens the journal once more. Returns the values on the device.
fn restore_into_blank(text: &str) -> BTreeMap<String, String> {
    let backup = Backup::read(text).unwrap_or_else(|error| panic!("{error:?}: {}", &text[..text.len().min(300)]));
    let device = MemoryStore::default();
    let mut journal = open(&device, &MemoryStore::default());
    assert!(journal.keep(StorageChoice::Device));
    restore(&mut journal, &backup, false);
    assert_eq!(free_text(&open(&device, &MemoryStore::default()), "calm-help"), "walking");
    device.values()
}

/// Returns whether this text is quarantined.
fn is_quarantined(values: &BTreeMap<String, String>, text: &str) -> bool {
    values.iter().any(|(key, value)| key.starts_with(&format!("{PREFIX}aside:")) && value == text)
}

#[test]
fn an_unreadable_value_is_quarantined_and_the_others_are_restored() {
    let deep = format!("{{\"format\":2,\"words\":7,\"x\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let values = [
        "7",
        "-0.5e3",
        "true",
        "[]",
        "[{\"format\":2}]",
        "NaN",
        r#"{"format":2,"words":7}"#,
        r#"{"format":2,"words":null}"#,
        r#"{"format":2,"words":"a","words":"b"}"#,
        r#"{"format":2,"words":"\ud800"}"#,
        r#"{"format":2,"revision":NaN}"#,
        r#"{"format":2,"revision":1e999}"#,
        r#"{"format":2,"revision":-1}"#,
        r#"{"format":0}"#,
        r#"{}"#,
        &deep,
    ];
    for value in values {
        let name = format!("\"{PREFIX}r1:care-mind\"");
        let found = restore_into_blank(&file_with(&name, value));
        assert!(is_quarantined(&found, value), "{:.60} is lost: {:.900}", value, format!("{found:?}"));
        let backup = Backup::read(&file_with(&name, value)).unwrap();
        assert_eq!(backup.set_aside(), 1, "{value:.60} is not counted");
        // A backup that is saved afterwards still contains the value.
        let again = restore_into_blank(&file(&found));
        assert!(is_quarantined(&again, value), "{value:.60} does not survive a second backup");
    }
    let half = format!("\"{PREFIX}r1:care-mind\"");
    assert!(is_quarantined(
        &restore_into_blank(&file_with(&half, r#""half a pair \ud800""#)),
        r#""half a pair \ud800""#
    ));
    assert!(
        is_quarantined(&restore_into_blank(&file_with(&half, r#""damage""#)), "damage"),
        "a string that is no answer is not quarantined"
    );
    assert_eq!(
        Backup::read(&file_with(&half, "null")).unwrap().set_aside(),
        0,
        "null marks a value that could not be read when saving"
    );
}

#[test]
fn unusual_characters_in_an_answer_are_restored() {
    for ch in
        ["\0", "\\u0000", "\\\\u0000", "\u{7f}", "\u{2028}", "\u{feff}", "\u{1f49c}", "\r\n", "\"", "{", "\u{ffff}"]
    {
        let text = ["a", ch].concat();
        let (device, tab) = stores_with("care-mind", &text);
        let before = answers(&device);
        let backup = Backup::read(&file(&device.values())).unwrap_or_else(|error| panic!("{ch:?}: {error:?}"));
        let mut journal = open(&device, &tab);
        assert!(journal.erase() && journal.keep(StorageChoice::Device));
        restore(&mut journal, &backup, true);
        assert_eq!((answers(&device), free_text(&journal, "care-mind")), (before, text));
    }
}

#[test]
fn odd_or_foreign_keys_do_not_affect_other_values() {
    for (name, quarantined_as) in [
        ("somebody else", "aside:somebody else"),
        ("between-us:r1:care-mind\\u0000", "aside:r1:care-mind"),
        ("\\ud800", "aside:"),
        ("", "aside:"),
    ] {
        let found = restore_into_blank(&file_with(&format!("\"{name}\""), "\"mine\""));
        let key = found.iter().find(|(_, value)| *value == "mine").map(|(key, _)| key.as_str());
        assert!(key.is_some_and(|key| key.starts_with(&format!("{PREFIX}{quarantined_as}"))), "{name:?}: {key:?}");
    }
    // A key of a newer version is restored unchanged, also when the file is added to other answers.
    let later = format!("{PREFIX}later");
    let text = file_with(&format!("\"{later}\""), "{\"format\":9}");
    assert_eq!(restore_into_blank(&text)[&later], "{\"format\":9}");
    let (device, tab) = stores_with("joy-light", "mornings");
    restore(&mut open(&device, &tab), &Backup::read(&text).unwrap(), false);
    assert_eq!(device.values()[&later], "{\"format\":9}");
}

#[test]
fn both_values_of_a_duplicate_key_are_preserved() {
    let name = format!("\"{PREFIX}r1:calm-help\"");
    let found = restore_into_blank(&file_with(&name, r#"{"format":2,"revision":0,"words":"older"}"#));
    assert!(is_quarantined(&found, r#"{"format":2,"revision":0,"words":"older"}"#), "{found:?}");
}

#[test]
fn a_file_changed_by_an_editor_or_mail_program_is_read() {
    let (device, _) = stores_with("calm-help", "walking");
    let good = file(&device.values());
    let value: Value = serde_json::from_str(&good).unwrap();
    let single_line = serde_json::to_string(&value).unwrap();
    let chars: Vec<char> = single_line.chars().collect();
    let wrapped = chars.chunks(75).map(|line| line.iter().collect::<String>()).collect::<Vec<_>>().join("\r\n");
    let reordered = format!(
        "{{\"values\":{},\"format\":2,\"between-us\":\"backup\"}}",
        serde_json::to_string(&value["values"]).unwrap()
    );
    let with_tabs = good.replace("\n ", "\n\t");
    let variants = [
        single_line.clone(),
        wrapped,
        reordered,
        with_tabs,
        good.replace('\n', "\r\n"),
        format!("\u{feff}{good}"),
        format!("\u{feff}\u{feff}\r\n{good}\r\n\r\n"),
        good.replace("\n ", "\n\u{a0}"),
        format!("{good}\n-- \nSent from my phone\n"),
        format!("My answers:\n{good}"),
        good.replace("backup", "\\u0062ackup"),
        good.replace('}', ",}").replace("{,}", "{}"),
    ];
    for variant in variants {
        let backup = Backup::read(&variant).unwrap_or_else(|error| panic!("{error:?}: {variant}"));
        assert_eq!(backup.set_aside(), 0, "{variant}");
        let mut journal = open(&MemoryStore::default(), &MemoryStore::default());
        assert!(journal.keep(StorageChoice::Device));
        restore(&mut journal, &backup, false);
        assert_eq!(free_text(&journal, "calm-help"), "walking", "{variant}");
    }
}

/// Fields that control the journal in a store have no effect in a file.
#[test]
fn erasing_and_moving_flags_in_a_file_are_ignored() {
    let head = format!(
        "\"{PREFIX}journal\":{{\"format\":2,\"id\":\"a\",\"current\":\"r1\",\"moves\":18446744073709551615,\
         \"moving\":true,\"restoring\":1,\"erasing\":true}}"
    );
    let state = format!(
        "\"{PREFIX}r1\":{{\"format\":2,\"day\":\"2026-12-03\",\"number\":18446744073709551615,\"erasing\":true}}"
    );
    let answer =
        format!("\"{PREFIX}r1:calm-help\":{{\"format\":2,\"revision\":18446744073709551615,\"words\":\"walking\"}}");
    let text = format!("{{\"between-us\":\"backup\",\"format\":2,\"values\":{{{head},{state},{answer}}}}}");
    for as_text in [false, true] {
        let text = if as_text {
            let mut value: Value = serde_json::from_str(&text).unwrap();
            for (_, value) in value["values"].as_object_mut().unwrap() {
                *value = Value::String(value.to_string());
            }
            value.to_string()
        } else {
            text.clone()
        };
        let backup = Backup::read(&text).unwrap();
        for replace in [false, true] {
            let (device, tab) = stores_with("joy-light", "mornings");
            restore(&mut open(&device, &tab), &backup, replace);
            for _ in 0..2 {
                let mut journal = open(&device, &tab);
                assert!(journal.reflections().iter().any(|one| one.answered == 1 && one.state.day == "2026-12-03"));
                assert_eq!(journal.place(), Some(StorageChoice::Device));
                assert!(journal.open_reflection("r1").is_ok());
                assert_eq!(free_text(&journal, "calm-help"), "walking");
            }
            let mut journal = open(&device, &tab);
            assert!(
                journal.keep(StorageChoice::Tab) && journal.keep(StorageChoice::Device),
                "the journal cannot move any more"
            );
            assert!(journal.begin_new("2026-12-24").is_ok(), "no further reflection can be begun");
        }
    }
}

#[test]
fn an_edit_after_an_absurdly_high_revision_wins() {
    for revision in
        ["18446744073709551615", "18446744073709551614", "9223372036854775807", "9007199254740991", "4294967295"]
    {
        let (device, tab) = stores_with("care-mind", "often");
        let key = key_of(&device, "care-mind");
        let absurd = format!("{{\"format\":2,\"revision\":{revision},\"words\":\"absurd\"}}");
        device.write(&key, &absurd).unwrap();
        let mut other = open(&device, &MemoryStore::default());
        let mut journal = open(&device, &tab);
        assert_eq!(free_text(&journal, "care-mind"), "absurd");
        for text in ["later", "latest"] {
            write(&mut journal, "care-mind", text);
            other.on_storage_event(Some(&key), device.read(&key).unwrap().as_deref());
            assert_eq!(free_text(&other, "care-mind"), text, "{revision}");
            assert_eq!(free_text(&open(&device, &tab), "care-mind"), text, "{revision}");
        }
        journal.edit_profile(&mut |profile| profile.wish("no-touch", true));
        journal.edit_profile(&mut |profile| profile.wish("no-touch", false));
        assert!(!open(&device, &tab).profile().wishes("no-touch"));
    }
}

/// A backup saved during a restore contains both the earlier and the staged values.
#[test]
fn a_file_saved_during_a_restore_contains_both_versions() {
    for restoring in ["", ",\"restoring\":2", ",\"restoring\":1"] {
        let values = BTreeMap::from([
            (format!("{PREFIX}journal"), format!("{{\"format\":2,\"id\":\"a\",\"current\":\"r1\"{restoring}}}")),
            (format!("{PREFIX}r1"), "{\"format\":2,\"number\":1}".to_owned()),
            (format!("{PREFIX}r1:care-mind"), "{\"format\":2,\"revision\":3,\"words\":\"mine\"}".to_owned()),
            (format!("{PREFIX}new:r1:care-mind"), "{\"format\":2,\"revision\":2,\"words\":\"older\"}".to_owned()),
            (format!("{PREFIX}r1:joy-light"), "{\"format\":2,\"revision\":3,\"words\":\"older\"}".to_owned()),
            (format!("{PREFIX}new:r1:joy-light"), "{\"format\":2,\"revision\":3,\"words\":\"tie\"}".to_owned()),
            (format!("{PREFIX}new:r1:calm-help"), "{\"format\":2,\"revision\":1,\"words\":\"walking\"}".to_owned()),
            (format!("{PREFIX}new:r2"), "{\"format\":2,\"number\":2}".to_owned()),
            (format!("{PREFIX}new:r2:calm-help"), "{\"format\":2,\"revision\":1,\"words\":\"staged\"}".to_owned()),
        ]);
        let found = restore_into_blank(&file(&values));
        assert!(!found.keys().any(|key| key.contains(":new:")), "{found:?}");
        assert!(found.values().any(|value| value.contains("staged")));
        if restoring != ",\"restoring\":1" {
            assert!(found[&format!("{PREFIX}r1:care-mind")].contains("mine"));
            let both = &found[&format!("{PREFIX}r1:joy-light")];
            assert!(both.contains("older") && both.contains("tie"), "{both}");
        }
    }
}

#[test]
fn a_file_that_is_no_backup_is_refused_with_its_error() {
    for (text, error) in [
        ("{", BackupError::Damaged),
        ("{\"between-us\":\"backup\",\"format\":2,\"values\":{\"between-us:r1:a\":{\"format\":2", BackupError::Damaged),
        ("{\"between-us\":\"backup\",\"format\":2}", BackupError::Damaged),
        ("{\"between-us\":\"backup\",\"format\":18446744073709551615,\"values\":{}}", BackupError::Newer),
        ("{\"between-us\":[\"backup\"],\"format\":2,\"values\":{}}", BackupError::Foreign),
        ("{\"between-us\":\"backup\",\"format\":2,\"values\":{\"between-us:r1:a\":7}}", BackupError::Damaged),
    ] {
        assert_eq!(Backup::read(text), Err(error), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_survives_two_backups(
        texts in prop::collection::vec(any::<String>(), 1..6),
        nul in any::<prop::sample::Index>(),
        damage in any::<Option<String>>(),
    ) {
        const QUESTIONS: [&str; 5] = ["feelings-now", "care-mind", "calm-help", "joy-light", "talk-ask"];
        let (device, tab) = stores_with("close-feel", "x");
        let mut journal = open(&device, &tab);
        for (at, (question, text)) in QUESTIONS.iter().zip(&texts).enumerate() {
            let text = if at == nul.index(texts.len()) { format!("{text}\0\\u0000{text}") } else { text.clone() };
            write(&mut journal, question, &text);
        }
        let first = texts[0].clone();
        journal.edit_state(&mut |state| state.agreed.clone_from(&first));
        journal.edit_profile(&mut |profile| profile.type_into(Field::Nickname, &first, "2026-12-03"));
        if let Some(damage) = damage {
            device.write(&format!("{PREFIX}aside:r1:care-mind"), &damage).unwrap();
        }
        let before = answers(&device);
        for _ in 0..2 {
            let backup = Backup::read(&file(&device.values())).unwrap();
            prop_assert_eq!(backup.set_aside(), 0);
            let mut journal: Journal<MemoryStore> = open(&device, &tab);
            prop_assert!(journal.erase() && journal.keep(StorageChoice::Device));
            restore(&mut journal, &backup, true);
            prop_assert_eq!(answers(&device), before.clone());
        }
    }

    #[test]
    fn any_odd_value_leaves_the_others_restorable(
        name in any::<String>(),
        value in any::<String>(),
        as_json in any::<bool>(),
    ) {
        let name = serde_json::to_string(&if as_json { format!("{PREFIX}r1:care-mind") } else { name }).unwrap();
        restore_into_blank(&file_with(&name, &serde_json::to_string(&value).unwrap()));
    }
}
