//! Values that are damaged, newer or older than this version.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use between_us::reflection::{
    Answer, Change, Journal, Key, MemoryStore, PREFIX, Pace, SaveStatus, StorageChoice, StorageError, Store,
};

use crate::support::{Failing, begin, kept, key_of, open, random, words, write};

#[test]
fn what_cannot_be_read_is_moved_aside_byte_for_byte() {
    let (device, tab) = kept("care-mind", "often");
    let key = key_of(&device, "care-mind");
    for broken in ["", "{", "null", "[]", "{\"format\":0}", "{\"format\":1,\"words\":7}", "\u{0}"] {
        device.write(&key, broken).unwrap();
        let journal = open(&device, &tab);
        assert_eq!(journal.saved(), SaveStatus::Device);
        let values = device.values();
        assert!(!values.contains_key(&key));
        assert!(values.iter().any(|(key, value)| key.contains(":aside:") && value == broken), "{broken:?} is lost");
    }
}

#[test]
fn a_newer_format_is_left_as_it_is() {
    let (device, tab) = kept("care-mind", "often");
    let key = key_of(&device, "care-mind");
    device.write(&key, NEWER).unwrap();
    let mut journal = open(&device, &tab);
    assert!(journal.is_newer("care-mind") && !journal.is_newer("calm-help"));
    write(&mut journal, "care-mind", "here");
    assert_eq!(journal.saved(), SaveStatus::Failed);
    assert_eq!(words(&journal, "care-mind"), "here");
    assert_eq!(device.read(&key).unwrap().unwrap(), NEWER);

    device.write(&format!("{PREFIX}journal"), NEWER).unwrap();
    let mut journal = open(&device, &tab);
    assert!(journal.is_newer("calm-help"), "what stands there may be anything");
    let before = device.values();
    write(&mut journal, "calm-help", "walking");
    assert_eq!(journal.saved(), SaveStatus::Failed);
    assert_eq!(device.values(), before);
}

/// An answer as a version to come may write it.
const NEWER: &str = "{\"format\":9,\"something\":\"else\"}";

#[test]
fn an_answer_that_a_newer_version_wrote_counts_as_one_once_it_is_loaded_or_heard() {
    let (device, tab) = kept("care-mind", "often");
    let key = key_of(&device, "care-mind").replace("care-mind", "calm-help");
    let mut journal = open(&device, &tab);
    let answered = |journal: &Journal<MemoryStore>| journal.reflections()[0].answered;
    assert!(!journal.is_answered("calm-help") && answered(&journal) == 1);

    device.write(&key, NEWER).unwrap();
    assert_eq!(journal.on_storage_event(Some(&key), Some(NEWER)), Change::Answer("calm-help".into()));
    assert!(journal.is_answered("calm-help") && journal.is_newer("calm-help") && answered(&journal) == 2);
    assert_eq!(journal.on_storage_event(Some(&key), Some(NEWER)), Change::None, "nothing has changed");
    device.remove(&key).unwrap();
    assert_eq!(journal.on_storage_event(Some(&key), None), Change::Answer("calm-help".into()));
    assert!(!journal.is_answered("calm-help"));

    device.write(&key, NEWER).unwrap();
    assert_eq!(journal.resync(), Change::All, "it came while this page slept");
    assert!(journal.is_answered("calm-help") && open(&device, &tab).is_answered("calm-help"));
    assert!(journal.erase_answer("calm-help"));
    assert!(!journal.is_answered("calm-help") && answered(&journal) == 1);
}

#[test]
fn a_reflection_that_only_a_newer_version_answered_is_on_the_list() {
    let (device, tab) = kept("care-mind", "often");
    device.write(&key_of(&device, "care-mind"), NEWER).unwrap();
    let mut journal = open(&device, &tab);
    assert!(journal.has_answers() && !journal.is_blank());
    let earlier = journal.reflections()[0].id.clone();
    assert!(begin(&mut journal, "2026-12-03") && !journal.has_answers());
    assert!(journal.reflections().iter().any(|reflection| reflection.id == earlier && reflection.answered == 1));
    assert!(!journal.is_blank() && journal.open_reflection(&earlier).is_ok() && journal.has_answers());
}

#[test]
fn a_broken_head_costs_no_answer() {
    let (device, tab) = kept("care-mind", "often");
    for broken in [Some("nonsense"), None] {
        let key = format!("{PREFIX}journal");
        match broken {
            Some(text) => device.write(&key, text).unwrap(),
            None => device.remove(&key).unwrap(),
        }
        assert_eq!(words(&open(&device, &tab), "care-mind"), "often");
    }
}

#[test]
fn unknown_options_and_questions_are_kept() {
    let (device, tab) = kept("care-mind", "often");
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

/// Every format that was ever written, as it was written.
const FIXTURES: [&str; 2] = [include_str!("../fixtures/format-1.json"), include_str!("../fixtures/format-2.json")];

fn fixture(text: &str) -> BTreeMap<String, String> {
    serde_json::from_str(text).unwrap()
}

#[test]
fn every_format_means_what_it_said() {
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
        assert_eq!(device.values(), fixture(text), "opening changes nothing");
    }
}

/// The step, the pace, and of each answer its question, what was chosen and the words.
type Read = (String, Option<Pace>, Vec<(String, Vec<String>, String)>);

/// What a parent sees of a journal.
fn read(device: &MemoryStore) -> Read {
    let journal = open(&MemoryStore::new(device.values()), &MemoryStore::default());
    let said = |(id, answer): (&str, &Answer)| (id.to_owned(), answer.chosen.clone(), answer.free_text.clone());
    (journal.state().step.clone(), journal.state().pace, journal.answers().map(said).collect())
}

/// A value moves to the newest format whenever it is written. Each is written by itself, so there is nothing to cut in two.
#[test]
fn a_format_is_left_behind_value_by_value_and_a_kill_at_any_call_loses_nothing() {
    for text in FIXTURES {
        for at in -1..8 {
            let device = MemoryStore::new(fixture(text));
            let before = read(&device);
            let left = Rc::new(Cell::new(at));
            let killed = |store: MemoryStore| Failing { store, left: left.clone(), for_good: true };
            let mut journal = Journal::open(killed(device.clone()), killed(MemoryStore::default()), random);
            journal.edit("feelings-now", &mut |_| {});
            journal.edit_state(&mut |_| {});
            assert_eq!(read(&device), before);
            // Doing it once more, after the kill or after all went well, changes no meaning.
            let mut again = open(&device, &MemoryStore::default());
            again.edit("feelings-now", &mut |_| {});
            again.edit_state(&mut |_| {});
            assert_eq!(read(&device), before);
            let format = "{\"format\":2,";
            assert!(device.values().iter().all(|(key, value)| key.ends_with("journal") || value.starts_with(format)));
        }
    }
}

/// The store as a newer version of the site fills it: each object gets a member that this version does not know.
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
fn an_old_and_a_new_version_together_lose_nothing_of_each_other() {
    let (device, tab) = (MemoryStore::default(), MemoryStore::default());
    let mut newer = Journal::open(FromNewer(device.clone()), FromNewer(tab.clone()), random);
    write(&mut newer, "care-mind", "from the newer");
    assert!(newer.keep(StorageChoice::Device));
    let mut older = open(&device, &MemoryStore::default());
    for (question, text) in [("care-mind", "changed by the older"), ("calm-help", "only from the older")] {
        write(&mut older, question, text);
        let key = key_of(&device, question);
        newer.on_storage_event(Some(&key), device.read(&key).unwrap().as_deref());
        assert_eq!(words(&newer, question), text);
    }
    older.edit_state(&mut |state| state.alone = true);
    assert!(older.keep(StorageChoice::Tab) && older.keep(StorageChoice::Device), "moving keeps it too");
    let known: Vec<_> = device.values().into_iter().filter(|(key, _)| !key.ends_with("calm-help")).collect();
    assert_eq!(known.len(), 3);
    for (key, value) in known {
        assert!(
            value.contains("\"a \\\"new\\\" member\":{\"deep\":[1.50,null,\"é\"]}"),
            "{key} lost something: {value}"
        );
    }
    assert!(!device.values().keys().any(|key| key.contains("aside")));
    assert_eq!(words(&open(&device, &tab), "care-mind"), "changed by the older");
}

/// What the first version of the code did with a value: a member that it did not know was damage to it, and a higher
/// format was left alone.
#[test]
fn the_first_version_leaves_alone_what_this_one_writes() {
    let (device, _) = kept("care-mind", "often");
    for (key, value) in device.values() {
        let value: serde_json::Value = serde_json::from_str(&value).unwrap();
        assert!(value["format"].as_u64() > Some(1), "{key} would be moved aside by the first version: {value}");
    }
}

/// What this version could not keep because a newer one's value stands there is not written over it later either.
#[test]
fn a_newer_value_is_never_written_over_by_trying_again() {
    let (device, tab) = kept("care-mind", "often");
    let key = key_of(&device, "care-mind");
    device.write(&key, NEWER).unwrap();
    let mut journal = open(&device, &tab);
    write(&mut journal, "care-mind", "here");
    write(&mut journal, "calm-help", "a success, upon which the others are tried again");
    assert!(!journal.retry());
    assert_eq!(device.read(&key).unwrap().unwrap(), NEWER);

    // The same where the parent chooses this store only now, and another tab's journal stands there.
    let empty = MemoryStore::default();
    let mut undecided = open(&empty, &tab);
    write(&mut undecided, "care-mind", "before choosing");
    for (key, value) in device.values() {
        empty.write(&key, &value).unwrap();
    }
    undecided.keep(StorageChoice::Device);
    assert_eq!((undecided.saved(), words(&undecided, "care-mind").as_str()), (SaveStatus::Device, "before choosing"));
    assert_eq!(empty.read(&key).unwrap().unwrap(), NEWER);
}

/// The stores as the build before this one wrote them: all kinds of keys, two reflections, and what the parent said about
/// themselves kept for both together.
fn earlier_stores() -> Vec<BTreeMap<String, String>> {
    let whole: serde_json::Value = serde_json::from_str(include_str!("../fixtures/store-0.1.json")).unwrap();
    let mut stores = vec![fixture(include_str!("../fixtures/store-2026-11.json"))];
    stores.extend(["local", "session"].map(|name| serde_json::from_value(whole[name].clone()).unwrap()));
    stores
}

/// A value as the build before this one read it.
#[derive(Debug, PartialEq)]
enum Earlier {
    /// It would have been moved aside as damage.
    Broken,
    /// It would have been left alone, unread.
    Newer,
    /// The members that it knew and took up. Others it kept as they were.
    Read(BTreeMap<String, serde_json::Value>),
}

/// A model of the reader of format 2. `r…:profile` was an answer to a question that it did not know.
fn as_read_before(key: &str, text: &str) -> Earlier {
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
    let Ok(serde_json::Value::Object(all)) = serde_json::from_str(text) else { return Earlier::Broken };
    match all.get("format").and_then(serde_json::Value::as_u64) {
        Some(1..=2) => {}
        Some(0) | None => return Earlier::Broken,
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
            return Earlier::Broken;
        }
        read.insert((*name).to_owned(), value.clone());
    }
    Earlier::Read(read)
}

/// Returns whether the build before this one read a value under this key.
fn is_read_before(key: &str) -> bool {
    !["aside:", "changed", "locale", "practice"].iter().any(|kind| key.starts_with(&[PREFIX, kind].concat()))
}

#[test]
fn what_was_said_for_all_reflections_goes_to_each_and_going_back_opens_what_the_earlier_build_knew() {
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
                "opening changes something"
            );
            let first = journal.reflections()[0].id.clone();
            assert!(journal.open_reflection(&first).is_ok());
            assert_eq!((&journal.profile().wishes, journal.profile().role.as_str()), (&profile.wishes, ""));
            assert!(!journal.profile().says("nickname") && !journal.profile().says("number"));

            // The new build goes on writing everywhere, and what the earlier one reads of it is what it would have written.
            write(&mut journal, "care-mind", "later");
            journal.edit_state(&mut |state| state.agreed.push_str(", later"));
            journal.edit_profile(&mut |profile| profile.wish("no-childhood", true));
            journal.begin_new("2026-12-24").unwrap();
            write(&mut journal, "joy-light", "new");
            assert!(journal.profile().is_untouched());
            assert!(journal.keep(if in_tab { StorageChoice::Tab } else { StorageChoice::Device }));
            assert!(open(&device, &tab).profile().is_untouched(), "a new one takes up what was said for the others");
            let after = store.values();
            for (key, value) in after.iter().filter(|(key, _)| is_read_before(key)) {
                let read = as_read_before(key, value);
                assert!(matches!(read, Earlier::Read(_)), "{key} is {read:?} for the earlier build: {value}");
                if key.ends_with(":about") && *key != format!("{PREFIX}about") {
                    let Earlier::Read(answer) = read else { unreachable!() };
                    assert!(
                        !answer.contains_key("chosen") && !answer.contains_key("words"),
                        "it would show as an answer"
                    );
                }
            }
            let changed =
                [format!("{PREFIX}{first}"), format!("{PREFIX}{first}:care-mind"), format!("{PREFIX}journal")];
            for (key, value) in before.iter().filter(|(key, _)| !changed.contains(key)) {
                assert_eq!(after.get(key), Some(value), "{key}");
            }
            assert!(after[&changed[0]].contains(", later") && after[&changed[1]].contains("later"));

            // Erasing one leaves nothing of what was said only in it, and erasing all leaves nothing.
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
fn killed_at_any_call_what_was_said_for_all_is_shared_out_by_the_next_visit() {
    for before in earlier_stores() {
        let whole = MemoryStore::new(before.clone());
        open(&whole, &MemoryStore::default());
        for at in 0..12 {
            let device = MemoryStore::new(before.clone());
            let left = Rc::new(Cell::new(at));
            let killed = |store: MemoryStore| Failing { store, left: left.clone(), for_good: true };
            let journal = Journal::open(killed(device.clone()), killed(MemoryStore::default()), random);
            assert!(journal.profile().says("nickname"), "refused from call {at}, it is not even shown");
            open(&device, &MemoryStore::default());
            assert_eq!(device.values(), whole.values(), "killed at call {at}");
        }
    }
}

#[test]
fn what_an_earlier_build_in_another_tab_changes_loses_nothing() {
    for before in earlier_stores() {
        let device = MemoryStore::new(before.clone());
        let mut journal = open(&device, &MemoryStore::default());
        // The earlier build writes what was agreed, and keeps the members that it does not know.
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
        // It says something about the person, which it keeps for all; a reflection of its own has no key for that yet.
        device.write(&format!("{PREFIX}r99"), "{\"format\":2,\"number\":9}").unwrap();
        device.write(&format!("{PREFIX}r99:care-mind"), "{\"format\":2,\"revision\":1,\"words\":\"theirs\"}").unwrap();
        let mut journal = open(&device, &MemoryStore::default());
        assert!(journal.profile().says("nickname") && journal.open_reflection("r99").is_ok());
        assert!(!journal.profile().wishes.is_empty() && !journal.profile().says("nickname"));
    }
}

#[test]
fn nothing_absurd_in_a_store_stops_the_page_or_costs_an_answer() {
    const MOST: u64 = u64::MAX;
    let heads = [
        r#"{"format":2,"id":"a","current":"journal"}"#.to_owned(),
        r#"{"format":2,"id":"a","current":"../x:y"}"#.into(),
        r#"{"format":2,"id":"a","current":""}"#.into(),
        r#"{"format":2,"id":7,"current":"r1"}"#.into(),
        r#"{"format":2,"id":"","current":"r1","moves":"many"}"#.into(),
        format!(r#"{{"format":2,"id":"a","current":"r1","moves":{MOST},"moving":true}}"#),
        r#"{"format":2,"id":"a","current":"r1","restoring":7}"#.into(),
        r#"{"format":2,"id":"a","current":"r404"}"#.into(),
    ];
    let records = [
        format!(r#"{{"format":2,"number":{MOST},"agreed_edits":{MOST},"calls_edits":{MOST},"revision":{MOST}}}"#),
        r#"{"format":2,"number":"one"}"#.into(),
        r#"{"format":2,"number":-1}"#.into(),
        r#"{"format":2,"number":1e300}"#.into(),
        r#"{"format":2,"erasing":"true"}"#.into(),
        r#"{"format":2,"step":7,"pace":"never"}"#.into(),
        r#"{"format":2,"step":"door-door-door-"}"#.into(),
    ];
    let abouts = [
        format!(r#"{{"format":2,"revision":{MOST},"number":"010","wishes":["no-touch"]}}"#),
        r#"{"format":2,"revision":1,"number":10,"wishes":"all"}"#.into(),
        r#"{"format":2,"erasing":true}"#.into(),
    ];
    for head in &heads {
        for state in &records {
            for profile in &abouts {
                let (device, tab) = (MemoryStore::default(), MemoryStore::default());
                for (key, value) in [
                    ("journal", head.as_str()),
                    ("r1", state),
                    ("r1:about", profile),
                    ("about", profile),
                    ("r1:care-mind", &format!(r#"{{"format":2,"revision":{MOST},"words":"stays","erasing":true}}"#)),
                    ("rx", r#"{"format":2}"#),
                    ("r1:", "{}"),
                    ("no/id/of:ours", "7"),
                ] {
                    device.write(&format!("{PREFIX}{key}"), value).unwrap();
                }
                let mut journal = open(&device, &tab);
                assert_eq!(words(&journal, "care-mind"), "stays", "{head} {state}");
                write(&mut journal, "calm-help", "walking");
                journal.edit_state(&mut |state| state.agreed = "we".into());
                journal.edit_profile(&mut |profile| profile.wish("gentler", true));
                assert!(journal.keep(StorageChoice::Tab) && journal.keep(StorageChoice::Device), "{head} {state}");
                assert!(begin(&mut journal, "2026-12-03"));
                assert_eq!(journal.saved(), SaveStatus::Device);
                let mut again = open(&device, &tab);
                let first = again.reflections().into_iter().find(|one| one.id == "r1").expect("it is on the list").id;
                assert!(again.open_reflection(&first).is_ok());
                assert_eq!(
                    (words(&again, "care-mind").as_str(), words(&again, "calm-help").as_str()),
                    ("stays", "walking")
                );
                assert_eq!((again.state().agreed.as_str(), again.profile().wishes("gentler")), ("we", true));
            }
        }
    }
}
