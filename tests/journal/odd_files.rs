//! Backup files in every shape that a value, an editor or a mail leaves them in: one value that cannot be read costs itself
//! alone, and nothing of it is lost.

use std::collections::BTreeMap;

use between_us::reflection::{Backup, BackupError, Journal, MemoryStore, PREFIX, StorageChoice, Store};
use proptest::prelude::*;
use serde_json::Value;

use crate::backup::{answers, file};
use crate::support::{kept, key_of, open, restored, words, write};

/// A file with one sound answer and this beside it: JSON texts of a name and a value.
fn beside(name: &str, value: &str) -> String {
    format!(
        "{{\"between-us\":\"backup\",\"format\":2,\"values\":{{{name}:{value},\
         \"{PREFIX}r1\":{{\"format\":2,\"day\":\"2026-12-03\"}},\
         \"{PREFIX}r1:calm-help\":{{\"format\":2,\"revision\":1,\"words\":\"walking\"}}}}}}"
    )
}

/// The values on a device after this file was put in the place of a blank journal, and opened once more.
fn put_back(text: &str) -> BTreeMap<String, String> {
    let backup = Backup::read(text).unwrap_or_else(|refusal| panic!("{refusal:?}: {}", &text[..text.len().min(300)]));
    let device = MemoryStore::default();
    let mut journal = open(&device, &MemoryStore::default());
    assert!(journal.keep(StorageChoice::Device));
    restored(&mut journal, &backup, false);
    assert_eq!(words(&open(&device, &MemoryStore::default()), "calm-help"), "walking");
    device.values()
}

fn is_aside(values: &BTreeMap<String, String>, text: &str) -> bool {
    values.iter().any(|(key, value)| key.starts_with(&format!("{PREFIX}aside:")) && value == text)
}

#[test]
fn one_value_that_cannot_be_read_is_set_aside_and_the_others_come_back() {
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
        let found = put_back(&beside(&name, value));
        assert!(is_aside(&found, value), "{:.60} is lost: {:.900}", value, format!("{found:?}"));
        let backup = Backup::read(&beside(&name, value)).unwrap();
        assert_eq!(backup.set_aside(), 1, "{value:.60} is not told");
        // A file that was saved after that holds it still.
        let again = put_back(&file(&found));
        assert!(is_aside(&again, value), "{value:.60} does not survive a second file");
    }
    let half = format!("\"{PREFIX}r1:care-mind\"");
    assert!(is_aside(&put_back(&beside(&half, r#""half a sign \ud800""#)), r#""half a sign \ud800""#));
    assert!(is_aside(&put_back(&beside(&half, r#""damage""#)), "damage"), "a text that is no answer lies aside");
    assert_eq!(
        Backup::read(&beside(&half, "null")).unwrap().set_aside(),
        0,
        "null is what could not be read at saving"
    );
}

#[test]
fn signs_of_every_kind_in_an_answer_are_no_damage() {
    for ch in
        ["\0", "\\u0000", "\\\\u0000", "\u{7f}", "\u{2028}", "\u{feff}", "\u{1f49c}", "\r\n", "\"", "{", "\u{ffff}"]
    {
        let text = ["a", ch].concat();
        let (device, tab) = kept("care-mind", &text);
        let before = answers(&device);
        let backup = Backup::read(&file(&device.values())).unwrap_or_else(|refusal| panic!("{ch:?}: {refusal:?}"));
        let mut journal = open(&device, &tab);
        assert!(journal.erase() && journal.keep(StorageChoice::Device));
        restored(&mut journal, &backup, true);
        assert_eq!((answers(&device), words(&journal, "care-mind")), (before, text));
    }
}

#[test]
fn keys_that_are_odd_or_of_another_program_cost_themselves_alone() {
    for (name, kept_under) in [
        ("somebody else", "aside:somebody else"),
        ("between-us:r1:care-mind\\u0000", "aside:r1:care-mind"),
        ("\\ud800", "aside:"),
        ("", "aside:"),
    ] {
        let found = put_back(&beside(&format!("\"{name}\""), "\"mine\""));
        let key = found.iter().find(|(_, value)| *value == "mine").map(|(key, _)| key.as_str());
        assert!(key.is_some_and(|key| key.starts_with(&format!("{PREFIX}{kept_under}"))), "{name:?}: {key:?}");
    }
    // A key that only a newer version knows stays as it is, also where the file is added.
    let later = format!("{PREFIX}later");
    let text = beside(&format!("\"{later}\""), "{\"format\":9}");
    assert_eq!(put_back(&text)[&later], "{\"format\":9}");
    let (device, tab) = kept("joy-light", "mornings");
    restored(&mut open(&device, &tab), &Backup::read(&text).unwrap(), false);
    assert_eq!(device.values()[&later], "{\"format\":9}");
}

#[test]
fn a_key_that_comes_twice_loses_neither_value() {
    let name = format!("\"{PREFIX}r1:calm-help\"");
    let found = put_back(&beside(&name, r#"{"format":2,"revision":0,"words":"older"}"#));
    assert!(is_aside(&found, r#"{"format":2,"revision":0,"words":"older"}"#), "{found:?}");
}

#[test]
fn a_file_that_an_editor_or_a_mail_has_changed_is_read_all_the_same() {
    let (device, _) = kept("calm-help", "walking");
    let good = file(&device.values());
    let value: Value = serde_json::from_str(&good).unwrap();
    let in_one_line = serde_json::to_string(&value).unwrap();
    let signs: Vec<char> = in_one_line.chars().collect();
    let wrapped = signs.chunks(75).map(|line| line.iter().collect::<String>()).collect::<Vec<_>>().join("\r\n");
    let reordered = format!(
        "{{\"values\":{},\"format\":2,\"between-us\":\"backup\"}}",
        serde_json::to_string(&value["values"]).unwrap()
    );
    let tabs = good.replace("\n ", "\n\t");
    let shapes = [
        in_one_line.clone(),
        wrapped,
        reordered,
        tabs,
        good.replace('\n', "\r\n"),
        format!("\u{feff}{good}"),
        format!("\u{feff}\u{feff}\r\n{good}\r\n\r\n"),
        good.replace("\n ", "\n\u{a0}"),
        format!("{good}\n-- \nSent from my phone\n"),
        format!("My answers:\n{good}"),
        good.replace("backup", "\\u0062ackup"),
        good.replace('}', ",}").replace("{,}", "{}"),
    ];
    for shape in shapes {
        let backup = Backup::read(&shape).unwrap_or_else(|refusal| panic!("{refusal:?}: {shape}"));
        assert_eq!(backup.set_aside(), 0, "{shape}");
        let mut journal = open(&MemoryStore::default(), &MemoryStore::default());
        assert!(journal.keep(StorageChoice::Device));
        restored(&mut journal, &backup, false);
        assert_eq!(words(&journal, "calm-help"), "walking", "{shape}");
    }
}

/// Members that mean something to the journal itself mean nothing in a file.
#[test]
fn what_a_file_says_of_erasing_and_moving_does_nothing() {
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
            let (device, tab) = kept("joy-light", "mornings");
            restored(&mut open(&device, &tab), &backup, replace);
            for _ in 0..2 {
                let mut journal = open(&device, &tab);
                assert!(journal.reflections().iter().any(|one| one.answered == 1 && one.state.day == "2026-12-03"));
                assert_eq!(journal.place(), Some(StorageChoice::Device));
                assert!(journal.open_reflection("r1").is_ok());
                assert_eq!(words(&journal, "calm-help"), "walking");
            }
            let mut journal = open(&device, &tab);
            assert!(
                journal.keep(StorageChoice::Tab) && journal.keep(StorageChoice::Device),
                "it can move as often as before"
            );
            assert!(journal.begin_new("2026-12-24").is_ok(), "one more can be begun");
        }
    }
}

#[test]
fn an_edit_after_an_absurd_revision_wins() {
    for revision in
        ["18446744073709551615", "18446744073709551614", "9223372036854775807", "9007199254740991", "4294967295"]
    {
        let (device, tab) = kept("care-mind", "often");
        let key = key_of(&device, "care-mind");
        let absurd = format!("{{\"format\":2,\"revision\":{revision},\"words\":\"absurd\"}}");
        device.write(&key, &absurd).unwrap();
        let mut other = open(&device, &MemoryStore::default());
        let mut journal = open(&device, &tab);
        assert_eq!(words(&journal, "care-mind"), "absurd");
        for text in ["later", "latest"] {
            write(&mut journal, "care-mind", text);
            other.on_storage_event(Some(&key), device.read(&key).unwrap().as_deref());
            assert_eq!(words(&other, "care-mind"), text, "{revision}");
            assert_eq!(words(&open(&device, &tab), "care-mind"), text, "{revision}");
        }
        journal.edit_profile(&mut |profile| profile.wish("no-touch", true));
        journal.edit_profile(&mut |profile| profile.wish("no-touch", false));
        assert!(!open(&device, &tab).profile().wishes("no-touch"));
    }
}

/// A store saved in the middle of a restore, as it stands: neither earlier nor coming values are lost.
#[test]
fn a_file_saved_while_another_one_is_put_back_holds_what_both_have() {
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
            (format!("{PREFIX}new:r2:calm-help"), "{\"format\":2,\"revision\":1,\"words\":\"coming\"}".to_owned()),
        ]);
        let found = put_back(&file(&values));
        assert!(!found.keys().any(|key| key.contains(":new:")), "{found:?}");
        assert!(found.values().any(|value| value.contains("coming")));
        if restoring != ",\"restoring\":1" {
            assert!(found[&format!("{PREFIX}r1:care-mind")].contains("mine"));
            let both = &found[&format!("{PREFIX}r1:joy-light")];
            assert!(both.contains("older") && both.contains("tie"), "{both}");
        }
    }
}

#[test]
fn what_is_no_file_of_ours_still_gets_its_sentence() {
    for (text, refusal) in [
        ("{", BackupError::Damaged),
        ("{\"between-us\":\"backup\",\"format\":2,\"values\":{\"between-us:r1:a\":{\"format\":2", BackupError::Damaged),
        ("{\"between-us\":\"backup\",\"format\":2}", BackupError::Damaged),
        ("{\"between-us\":\"backup\",\"format\":18446744073709551615,\"values\":{}}", BackupError::Newer),
        ("{\"between-us\":[\"backup\"],\"format\":2,\"values\":{}}", BackupError::Foreign),
        ("{\"between-us\":\"backup\",\"format\":2,\"values\":{\"between-us:r1:a\":7}}", BackupError::Damaged),
    ] {
        assert_eq!(Backup::read(text), Err(refusal), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back_through_two_files(
        texts in prop::collection::vec(any::<String>(), 1..6),
        nul in any::<prop::sample::Index>(),
        damage in any::<Option<String>>(),
    ) {
        const QUESTIONS: [&str; 5] = ["feelings-now", "care-mind", "calm-help", "joy-light", "talk-ask"];
        let (device, tab) = kept("close-feel", "x");
        let mut journal = open(&device, &tab);
        for (at, (question, text)) in QUESTIONS.iter().zip(&texts).enumerate() {
            let text = if at == nul.index(texts.len()) { format!("{text}\0\\u0000{text}") } else { text.clone() };
            write(&mut journal, question, &text);
        }
        let first = texts[0].clone();
        journal.edit_state(&mut |state| state.agreed.clone_from(&first));
        journal.edit_profile(&mut |profile| profile.type_into(between_us::reflection::Field::Nickname, &first, "2026-12-03"));
        if let Some(damage) = damage {
            device.write(&format!("{PREFIX}aside:r1:care-mind"), &damage).unwrap();
        }
        let before = answers(&device);
        for _ in 0..2 {
            let backup = Backup::read(&file(&device.values())).unwrap();
            prop_assert_eq!(backup.set_aside(), 0);
            let mut journal: Journal<MemoryStore> = open(&device, &tab);
            prop_assert!(journal.erase() && journal.keep(StorageChoice::Device));
            restored(&mut journal, &backup, true);
            prop_assert_eq!(answers(&device), before.clone());
        }
    }

    #[test]
    fn whatever_one_value_is_the_others_come_back(name in any::<String>(), value in any::<String>(), as_json in any::<bool>()) {
        let name = serde_json::to_string(&if as_json { format!("{PREFIX}r1:care-mind") } else { name }).unwrap();
        put_back(&beside(&name, &serde_json::to_string(&value).unwrap()));
    }
}
