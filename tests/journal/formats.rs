//! Tests of stored values that are damaged, or were written by a newer or an older version.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use between_us::reflection::{
    Answer, Change, Journal, Key, MemoryStore, PREFIX, Pace, SaveStatus, StorageChoice, StorageError, Store,
};

use crate::support::{Failing, begin_on_device, free_text, key_of, open, random, stores_with, write};

#[test]
fn an_unreadable_value_is_quarantined_byte_for_byte() {
    let (device, tab) = stores_with("care-mind", "often");
    let key = key_of(&device, "care-mind");
    for damaged in ["", "{", "null", "[]", "{\"format\":0}", "{\"format\":1,\"words\":7}", "\u{0}"] {
        device.write(&key, damaged).unwrap();
        let journal = open(&device, &tab);
        assert_eq!(journal.saved(), SaveStatus::Device);
        let values = device.values();
        assert!(!values.contains_key(&key));
        assert!(values.iter().any(|(key, value)| key.contains(":aside:") && value == damaged), "{damaged:?} is lost");
    }
}

#[test]
fn a_value_in_a_newer_format_is_never_modified() {
    let (device, tab) = stores_with("care-mind", "often");
    let key = key_of(&device, "care-mind");
    device.write(&key, NEWER).unwrap();
    let mut journal = open(&device, &tab);
    assert!(journal.is_newer("care-mind") && !journal.is_newer("calm-help"));
    write(&mut journal, "care-mind", "here");
    assert_eq!(journal.saved(), SaveStatus::Failed);
    assert_eq!(free_text(&journal, "care-mind"), "here");
    assert_eq!(device.read(&key).unwrap().unwrap(), NEWER);

    device.write(&format!("{PREFIX}journal"), NEWER).unwrap();
    let mut journal = open(&device, &tab);
    assert!(journal.is_newer("calm-help"), "with a newer head, every answer should count as newer");
    let before = device.values();
    write(&mut journal, "calm-help", "walking");
    assert_eq!(journal.saved(), SaveStatus::Failed);
    assert_eq!(device.values(), before);
}

/// A value in a format that this version does not know.
const NEWER: &str = "{\"format\":9,\"something\":\"else\"}";

#[test]
fn an_answer_in_a_newer_format_counts_as_answered() {
    let (device, tab) = stores_with("care-mind", "often");
    let key = key_of(&device, "care-mind").replace("care-mind", "calm-help");
    let mut journal = open(&device, &tab);
    let answered = |journal: &Journal<MemoryStore>| journal.reflections()[0].answered;
    assert!(!journal.is_answered("calm-help") && answered(&journal) == 1);

    device.write(&key, NEWER).unwrap();
    assert_eq!(journal.on_storage_event(Some(&key), Some(NEWER)), Change::Answer("calm-help".into()));
    assert!(journal.is_answered("calm-help") && journal.is_newer("calm-help") && answered(&journal) == 2);
    assert_eq!(
        journal.on_storage_event(Some(&key), Some(NEWER)),
        Change::None,
        "a repeated event should change nothing"
    );
    device.remove(&key).unwrap();
    assert_eq!(journal.on_storage_event(Some(&key), None), Change::Answer("calm-help".into()));
    assert!(!journal.is_answered("calm-help"));

    device.write(&key, NEWER).unwrap();
    assert_eq!(journal.resync(), Change::All, "resync should find a value that was written without an event");
    assert!(journal.is_answered("calm-help") && open(&device, &tab).is_answered("calm-help"));
    assert!(journal.erase_answer("calm-help"));
    assert!(!journal.is_answered("calm-help") && answered(&journal) == 1);
}

#[test]
fn a_reflection_with_answers_in_a_newer_format_is_listed() {
    let (device, tab) = stores_with("care-mind", "often");
    device.write(&key_of(&device, "care-mind"), NEWER).unwrap();
    let mut journal = open(&device, &tab);
    assert!(journal.has_answers() && !journal.is_blank());
    let earlier = journal.reflections()[0].id.clone();
    assert!(begin_on_device(&mut journal, "2026-12-03") && !journal.has_answers());
    assert!(journal.reflections().iter().any(|reflection| reflection.id == earlier && reflection.answered == 1));
    assert!(!journal.is_blank() && journal.open_reflection(&earlier).is_ok() && journal.has_answers());
}

#[test]
fn a_damaged_head_loses_no_answer() {
    let (device, tab) = stores_with("care-mind", "often");
    for damaged in [Some("nonsense"), None] {
        let key = format!("{PREFIX}journal");
        match damaged {
            Some(text) => device.write(&key, text).unwrap(),
            None => device.remove(&key).unwrap(),
        }
        assert_eq!(free_text(&open(&device, &tab), "care-mind"), "often");
    }
}

#[test]
fn unknown_options_and_questions_are_kept() {
    let (device, tab) = stores_with("care-mind", "often");
    let key = key_of(&device, "care-mind");
    let unknown = key.replace("care-mind", "from-the-future");
    device.write(&unknown, "{\"format\":1,\"revision\":1,\"chosen\":[\"odd\"]}").unwrap();
    device.write(&key, "{\"format\":1,\"revision\":1,\"chosen\":[\"odd\"]}").unwrap();
    let mut journal = open(&device, &tab);
    journal.edit("care-mind", &mut |answer| answer.choose_only("even", &["even".to_owned()]));
    let answer = open(&device, &tab).answer("care-mind").cloned().unwrap();
    assert!(answer.has("odd") && answer.has("even"));
    assert!(device.values().contains_key(&unknown));
}

/// Stores as earlier versions wrote them, one for each format.
const FIXTURES: [&str; 2] = [include_str!("../fixtures/format-1.json"), include_str!("../fixtures/format-2.json")];

fn fixture(text: &str) -> BTreeMap<String, String> {
    serde_json::from_str(text).unwrap()
}

#[test]
fn every_earlier_format_is_read_unchanged() {
    for text in FIXTURES {
        let device = MemoryStore::new(fixture(text));
        let journal = open(&device, &MemoryStore::default());
        assert_eq!(journal.saved(), SaveStatus::Device);
        assert_eq!(journal.state().step, "care-mind");
        assert_eq!(journal.state().pace, Some(Pace::Short));
        let answer = journal.answer("feelings-now").unwrap();
        assert_eq!(
            (answer.chosen.as_slice(), answer.free_text.as_str(), answer.talk),
            (["worry".to_owned()].as_slice(), "Soms.", true)
        );
        assert_eq!(device.values(), fixture(text), "opening changes a stored value");
    }
}

/// The step, the pace, and each answer's question, chosen options and free text.
type Visible = (String, Option<Pace>, Vec<(String, Vec<String>, String)>);

/// Returns the visible state of a journal. Opens a copy of the store, so that the store does not change.
fn visible(device: &MemoryStore) -> Visible {
    let journal = open(&MemoryStore::new(device.values()), &MemoryStore::default());
    let content = |(id, answer): (&str, &Answer)| (id.to_owned(), answer.chosen.clone(), answer.free_text.clone());
    (journal.state().step.clone(), journal.state().pace, journal.answers().map(content).collect())
}

/// A value migrates to the newest format when it is written. Each value is written by itself, so that no interruption
/// leaves a mixed state.
#[test]
fn values_migrate_one_by_one_and_survive_a_kill_at_any_call() {
    for text in FIXTURES {
        for at in -1..8 {
            let device = MemoryStore::new(fixture(text));
            let before = visible(&device);
            let countdown = Rc::new(Cell::new(at));
            let failing = |store: MemoryStore| Failing { store, countdown: countdown.clone(), is_permanent: true };
            let mut journal = Journal::open(failing(device.clone()), failing(MemoryStore::default()), random);
            journal.edit("feelings-now", &mut |_| {});
            journal.edit_state(&mut |_| {});
            assert_eq!(visible(&device), before);
            // A second run, after the kill or after success, changes no content.
            let mut again = open(&device, &MemoryStore::default());
            again.edit("feelings-now", &mut |_| {});
            again.edit_state(&mut |_| {});
            assert_eq!(visible(&device), before);
            let format = "{\"format\":2,";
            assert!(device.values().iter().all(|(key, value)| key.ends_with("journal") || value.starts_with(format)));
        }
    }
}

/// A store as a newer version of the site writes it: each object has a field that this version does not know.
#[derive(Clone)]
struct FromNewer(MemoryStore);

impl Store for FromNewer {
    fn read(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.0.read(key)
    }
    fn write(&self, key: &str, value: &str) -> Result<(), StorageError> {
        let added = ",\"a \\\"new\\\" member\":{\"deep\":[1.50,null,\"é\"]}}";
        let value = if value.contains(" member") {
            value.to_owned()
        } else {
            [value.strip_suffix('}').unwrap(), added].concat()
        };
        self.0.write(key, &value)
    }
    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.0.remove(key)
    }
    fn keys(&self) -> Result<Vec<String>, StorageError> {
        self.0.keys()
    }
}

#[test]
fn older_and_newer_versions_preserve_each_others_data() {
    let (device, tab) = (MemoryStore::default(), MemoryStore::default());
    let mut newer = Journal::open(FromNewer(device.clone()), FromNewer(tab.clone()), random);
    write(&mut newer, "care-mind", "from the newer");
    assert!(newer.keep(StorageChoice::Device));
    let mut older = open(&device, &MemoryStore::default());
    for (question, text) in [("care-mind", "changed by the older"), ("calm-help", "only from the older")] {
        write(&mut older, question, text);
        let key = key_of(&device, question);
        newer.on_storage_event(Some(&key), device.read(&key).unwrap().as_deref());
        assert_eq!(free_text(&newer, question), text);
    }
    older.edit_state(&mut |state| state.alone = true);
    assert!(older.keep(StorageChoice::Tab) && older.keep(StorageChoice::Device), "moving fails");
    let known: Vec<_> = device.values().into_iter().filter(|(key, _)| !key.ends_with("calm-help")).collect();
    assert_eq!(known.len(), 3);
    for (key, value) in known {
        assert!(
            value.contains("\"a \\\"new\\\" member\":{\"deep\":[1.50,null,\"é\"]}"),
            "{key} lost something: {value}"
        );
    }
    assert!(!device.values().keys().any(|key| key.contains("aside")));
    assert_eq!(free_text(&open(&device, &tab), "care-mind"), "changed by the older");
}

/// Readers of format 1 reject unknown fields as corrupt, and ignore higher formats.
#[test]
fn readers_of_format_1_ignore_values_of_this_version() {
    let (device, _) = stores_with("care-mind", "often");
    for (key, value) in device.values() {
        let value: serde_json::Value = serde_json::from_str(&value).unwrap();
        assert!(value["format"].as_u64() > Some(1), "a reader of format 1 would quarantine {key}: {value}");
    }
}

/// An edit that could not be stored because of a newer value is not stored over it by a later retry either.
#[test]
fn retrying_never_overwrites_a_newer_value() {
    let (device, tab) = stores_with("care-mind", "often");
    let key = key_of(&device, "care-mind");
    device.write(&key, NEWER).unwrap();
    let mut journal = open(&device, &tab);
    write(&mut journal, "care-mind", "here");
    write(&mut journal, "calm-help", "a success, after which failed writes are retried");
    assert!(!journal.retry());
    assert_eq!(device.read(&key).unwrap().unwrap(), NEWER);

    // The same applies if the parent chooses the device after another tab stored its journal there.
    let empty = MemoryStore::default();
    let mut undecided = open(&empty, &tab);
    write(&mut undecided, "care-mind", "before choosing");
    for (key, value) in device.values() {
        empty.write(&key, &value).unwrap();
    }
    undecided.keep(StorageChoice::Device);
    assert_eq!(
        (undecided.saved(), free_text(&undecided, "care-mind").as_str()),
        (SaveStatus::Device, "before choosing")
    );
    assert_eq!(empty.read(&key).unwrap().unwrap(), NEWER);
}

/// Returns stores as the earlier build wrote them: every kind of key, two reflections, and one profile shared by both.
fn earlier_stores() -> Vec<BTreeMap<String, String>> {
    let whole: serde_json::Value = serde_json::from_str(include_str!("../fixtures/store-0.1.json")).unwrap();
    let mut stores = vec![fixture(include_str!("../fixtures/store-2026-11.json"))];
    stores.extend(["local", "session"].map(|name| serde_json::from_value(whole[name].clone()).unwrap()));
    stores
}

/// The result of reading a value with the earlier build.
#[derive(Debug, PartialEq)]
enum Earlier {
    /// The value is quarantined as damaged.
    Damaged,
    /// The value is ignored.
    Newer,
    /// The known fields. Unknown ones are preserved.
    Read(BTreeMap<String, serde_json::Value>),
}

/// Reads a value as the reader of format 2 does, which takes `r…:about` for an answer to an unknown question.
fn read_as_earlier_build(key: &str, text: &str) -> Earlier {
    const U64: &str = "number";
    const TEXT: &str = "text";
    const LIST: &str = "list";
    const BOOL: &str = "bool";
    let rest = key.strip_prefix(PREFIX).unwrap();
    let known: &[(&str, &str)] = match rest.split_once(':') {
        None if rest == "journal" => {
            &[("id", TEXT), ("current", TEXT), ("moves", U64), ("moving", BOOL), ("restoring", U64), ("erasing", BOOL)]
        }
        None if rest == "about" => &[
            ("revision", U64),
            ("role", TEXT),
            ("nickname", TEXT),
            ("wishes", LIST),
            ("weeks", TEXT),
            ("typed_on", TEXT),
            ("due", TEXT),
            ("number", TEXT),
            ("print_number", BOOL),
        ],
        None => &[
            ("step", TEXT),
            ("pace", TEXT),
            ("alone", BOOL),
            ("agreed", TEXT),
            ("calls", TEXT),
            ("caregiver_reads", TEXT),
            ("day", TEXT),
            ("invitation", TEXT),
            ("number", U64),
            ("erasing", BOOL),
        ],
        Some(_) => &[
            ("revision", U64),
            ("chosen", LIST),
            ("words", TEXT),
            ("talk", BOOL),
            ("off", BOOL),
            ("alone", LIST),
            ("shown", LIST),
        ],
    };
    let Ok(serde_json::Value::Object(all)) = serde_json::from_str(text) else { return Earlier::Damaged };
    match all.get("format").and_then(serde_json::Value::as_u64) {
        Some(1..=2) => {}
        Some(0) | None => return Earlier::Damaged,
        Some(_) => return Earlier::Newer,
    }
    let mut read = BTreeMap::new();
    for (name, kind) in known {
        let Some(value) = all.get(*name) else { continue };
        let fits = match *kind {
            U64 => value.as_u64().is_some(),
            BOOL => value.is_boolean(),
            LIST => value.as_array().is_some_and(|list| list.iter().all(serde_json::Value::is_string)),
            _ => value.is_string(),
        };
        if !fits {
            return Earlier::Damaged;
        }
        read.insert((*name).to_owned(), value.clone());
    }
    Earlier::Read(read)
}

/// Returns whether the earlier build reads the value under this key.
fn is_read_by_earlier_build(key: &str) -> bool {
    !["aside:", "changed", "locale", "practice"].iter().any(|kind| key.starts_with(&[PREFIX, kind].concat()))
}

#[test]
fn a_shared_profile_is_split_and_the_earlier_build_can_still_read_the_store() {
    for before in earlier_stores() {
        for in_tab in [false, true] {
            let (device, tab) = (MemoryStore::default(), MemoryStore::default());
            let store = if in_tab { &tab } else { &device };
            for (key, value) in &before {
                store.write(key, value).unwrap();
            }
            let mut journal = open(&device, &tab);
            let profile = journal.profile().clone();
            assert!(profile.says("nickname") && profile.says("number") && !profile.role.is_empty());
            assert!(
                before.iter().all(|(key, value)| store.values().get(key) == Some(value)),
                "opening changes a stored value"
            );
            let first = journal.reflections()[0].id.clone();
            assert!(journal.open_reflection(&first).is_ok());
            assert_eq!((&journal.profile().wishes, journal.profile().role.as_str()), (&profile.wishes, ""));
            assert!(!journal.profile().says("nickname") && !journal.profile().says("number"));

            // The new build edits every kind of value, and the earlier build can read all of them.
            write(&mut journal, "care-mind", "later");
            journal.edit_state(&mut |state| state.agreed.push_str(", later"));
            journal.edit_profile(&mut |profile| profile.wish("no-childhood", true));
            journal.begin_new("2026-12-24").unwrap();
            write(&mut journal, "joy-light", "new");
            assert!(journal.profile().is_untouched());
            assert!(journal.keep(if in_tab { StorageChoice::Tab } else { StorageChoice::Device }));
            assert!(open(&device, &tab).profile().is_untouched(), "a new reflection takes over the shared profile");
            let after = store.values();
            for (key, value) in after.iter().filter(|(key, _)| is_read_by_earlier_build(key)) {
                let read = read_as_earlier_build(key, value);
                assert!(matches!(read, Earlier::Read(_)), "the earlier build reads {key} as {read:?}: {value}");
                if key.ends_with(":about") && *key != format!("{PREFIX}about") {
                    let Earlier::Read(answer) = read else { unreachable!() };
                    assert!(
                        !answer.contains_key("chosen") && !answer.contains_key("words"),
                        "the earlier build would show the profile as an answer"
                    );
                }
            }
            let changed =
                [format!("{PREFIX}{first}"), format!("{PREFIX}{first}:care-mind"), format!("{PREFIX}journal")];
            for (key, value) in before.iter().filter(|(key, _)| !changed.contains(key)) {
                assert_eq!(after.get(key), Some(value), "{key}");
            }
            assert!(after[&changed[0]].contains(", later") && after[&changed[1]].contains("later"));

            // Erasing a reflection removes its own profile, and erasing everything removes all keys.
            let mut journal = open(&device, &tab);
            for one in journal.reflections() {
                assert!(journal.erase_reflection(&one.id));
            }
            assert!(!format!("{:?}", store.values()).contains("Pip"), "{:?}", store.values());
            assert!(journal.erase() && store.values().is_empty());
        }
    }
}

#[test]
fn splitting_a_shared_profile_survives_a_kill_at_any_call() {
    for before in earlier_stores() {
        let whole = MemoryStore::new(before.clone());
        open(&whole, &MemoryStore::default());
        for at in 0..12 {
            let device = MemoryStore::new(before.clone());
            let countdown = Rc::new(Cell::new(at));
            let failing = |store: MemoryStore| Failing { store, countdown: countdown.clone(), is_permanent: true };
            let journal = Journal::open(failing(device.clone()), failing(MemoryStore::default()), random);
            assert!(journal.profile().says("nickname"), "with errors from call {at}, the profile is not shown");
            open(&device, &MemoryStore::default());
            assert_eq!(device.values(), whole.values(), "killed at call {at}");
        }
    }
}

#[test]
fn changes_by_an_earlier_build_in_another_tab_are_merged() {
    for before in earlier_stores() {
        let device = MemoryStore::new(before.clone());
        let mut journal = open(&device, &MemoryStore::default());
        // The earlier build edits the agreement, and preserves the fields that it does not know.
        let (key, text) = before
            .iter()
            .find(|(key, text)| {
                Key::parse(key).is_some_and(|key| matches!(key, Key::State(_))) && text.contains("number")
            })
            .unwrap();
        journal.edit_state(&mut |state| state.calls = "from the newer".into());
        let ours = device.read(key).unwrap().unwrap();
        let theirs = match ours.split_once("\"agreed\":\"") {
            Some((start, end)) => [start, "\"agreed\":\"from the older. ", end].concat(),
            None => ours.replacen("\"day\"", "\"agreed\":\"from the older. \",\"day\"", 1),
        };
        assert_ne!(ours, theirs, "{text}");
        device.write(key, &theirs).unwrap();
        journal.on_storage_event(Some(key), Some(&theirs));
        journal.edit_state(&mut |state| state.alone = true);
        let again = open(&device, &MemoryStore::default());
        assert!(again.state().agreed.contains("from the older") && again.state().calls.contains("from the newer"));
        // A reflection that the earlier build began has no profile of its own, and reads the shared one.
        device.write(&format!("{PREFIX}r99"), "{\"format\":2,\"number\":9}").unwrap();
        device.write(&format!("{PREFIX}r99:care-mind"), "{\"format\":2,\"revision\":1,\"words\":\"theirs\"}").unwrap();
        let mut journal = open(&device, &MemoryStore::default());
        assert!(journal.profile().says("nickname") && journal.open_reflection("r99").is_ok());
        assert!(!journal.profile().wishes.is_empty() && !journal.profile().says("nickname"));
    }
}

#[test]
fn absurd_stored_values_neither_panic_nor_lose_an_answer() {
    const MAX: u64 = u64::MAX;
    let heads = [
        r#"{"format":2,"id":"a","current":"journal"}"#.to_owned(),
        r#"{"format":2,"id":"a","current":"../x:y"}"#.into(),
        r#"{"format":2,"id":"a","current":""}"#.into(),
        r#"{"format":2,"id":7,"current":"r1"}"#.into(),
        r#"{"format":2,"id":"","current":"r1","moves":"many"}"#.into(),
        format!(r#"{{"format":2,"id":"a","current":"r1","moves":{MAX},"moving":true}}"#),
        r#"{"format":2,"id":"a","current":"r1","restoring":7}"#.into(),
        r#"{"format":2,"id":"a","current":"r404"}"#.into(),
    ];
    let states = [
        format!(r#"{{"format":2,"number":{MAX},"agreed_edits":{MAX},"calls_edits":{MAX},"revision":{MAX}}}"#),
        r#"{"format":2,"number":"one"}"#.into(),
        r#"{"format":2,"number":-1}"#.into(),
        r#"{"format":2,"number":1e300}"#.into(),
        r#"{"format":2,"erasing":"true"}"#.into(),
        r#"{"format":2,"step":7,"pace":"never"}"#.into(),
        r#"{"format":2,"step":"door-door-door-"}"#.into(),
    ];
    let profiles = [
        format!(r#"{{"format":2,"revision":{MAX},"number":"010","wishes":["no-touch"]}}"#),
        r#"{"format":2,"revision":1,"number":10,"wishes":"all"}"#.into(),
        r#"{"format":2,"erasing":true}"#.into(),
    ];
    for head in &heads {
        for state in &states {
            for profile in &profiles {
                let (device, tab) = (MemoryStore::default(), MemoryStore::default());
                for (key, value) in [
                    ("journal", head.as_str()),
                    ("r1", state),
                    ("r1:about", profile),
                    ("about", profile),
                    ("r1:care-mind", &format!(r#"{{"format":2,"revision":{MAX},"words":"stays","erasing":true}}"#)),
                    ("rx", r#"{"format":2}"#),
                    ("r1:", "{}"),
                    ("no/id/of:ours", "7"),
                ] {
                    device.write(&format!("{PREFIX}{key}"), value).unwrap();
                }
                let mut journal = open(&device, &tab);
                assert_eq!(free_text(&journal, "care-mind"), "stays", "{head} {state}");
                write(&mut journal, "calm-help", "walking");
                journal.edit_state(&mut |state| state.agreed = "we".into());
                journal.edit_profile(&mut |profile| profile.wish("gentler", true));
                assert!(journal.keep(StorageChoice::Tab) && journal.keep(StorageChoice::Device), "{head} {state}");
                assert!(begin_on_device(&mut journal, "2026-12-03"));
                assert_eq!(journal.saved(), SaveStatus::Device);
                let mut again = open(&device, &tab);
                let first = again
                    .reflections()
                    .into_iter()
                    .find(|one| one.id == "r1")
                    .expect("the reflection should be listed")
                    .id;
                assert!(again.open_reflection(&first).is_ok());
                assert_eq!(
                    (free_text(&again, "care-mind").as_str(), free_text(&again, "calm-help").as_str()),
                    ("stays", "walking")
                );
                assert_eq!((again.state().agreed.as_str(), again.profile().wishes("gentler")), ("we", true));
            }
        }
    }
}
