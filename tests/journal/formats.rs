//! Values that are damaged, newer or older than this version.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use between_us::reflection::{Answer, Change, Journal, MemoryStore, PREFIX, Pace, Place, Refused, Saved, Store};

use crate::support::{Failing, kept, key_of, open, random, words, write};

#[test]
fn what_cannot_be_read_is_moved_aside_byte_for_byte() {
    let (device, tab) = kept("care-mind", "often");
    let key = key_of(&device, "care-mind");
    for broken in ["", "{", "null", "[]", "{\"format\":0}", "{\"format\":1,\"words\":7}", "\u{0}"] {
        device.write(&key, broken).unwrap();
        let journal = open(&device, &tab);
        assert_eq!(journal.saved(), Saved::Device);
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
    assert_eq!(journal.saved(), Saved::Failed);
    assert_eq!(words(&journal, "care-mind"), "here");
    assert_eq!(device.read(&key).unwrap().unwrap(), NEWER);

    device.write(&format!("{PREFIX}journal"), NEWER).unwrap();
    let mut journal = open(&device, &tab);
    assert!(journal.is_newer("calm-help"), "what stands there may be anything");
    let before = device.values();
    write(&mut journal, "calm-help", "walking");
    assert_eq!(journal.saved(), Saved::Failed);
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
    assert_eq!(journal.hear(Some(&key), Some(NEWER)), Change::Answer("calm-help".into()));
    assert!(journal.is_answered("calm-help") && journal.is_newer("calm-help") && answered(&journal) == 2);
    assert_eq!(journal.hear(Some(&key), Some(NEWER)), Change::None, "nothing has changed");
    device.remove(&key).unwrap();
    assert_eq!(journal.hear(Some(&key), None), Change::Answer("calm-help".into()));
    assert!(!journal.is_answered("calm-help"));

    device.write(&key, NEWER).unwrap();
    assert_eq!(journal.reread(), Change::All, "it came while this page slept");
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
    assert!(journal.begin_new("2026-12-03") && !journal.has_answers());
    assert!(journal.reflections().iter().any(|reflection| reflection.id == earlier && reflection.answered == 1));
    assert!(!journal.is_blank() && journal.open_reflection(&earlier) && journal.has_answers());
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
        assert_eq!(journal.saved(), Saved::Device);
        assert_eq!(journal.record().step, "care-mind");
        assert_eq!(journal.record().pace, Some(Pace::Short));
        let answer = journal.answer("feelings-now").unwrap();
        assert_eq!(
            (answer.chosen.as_slice(), answer.words.as_str(), answer.talk),
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
    let said = |(id, answer): (&str, &Answer)| (id.to_owned(), answer.chosen.clone(), answer.words.clone());
    (journal.record().step.clone(), journal.record().pace, journal.answers().map(said).collect())
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
            journal.note(&mut |_| {});
            assert_eq!(read(&device), before);
            // Doing it once more, after the kill or after all went well, changes no meaning.
            let mut again = open(&device, &MemoryStore::default());
            again.edit("feelings-now", &mut |_| {});
            again.note(&mut |_| {});
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
    fn read(&self, key: &str) -> Result<Option<String>, Refused> {
        self.0.read(key)
    }
    fn write(&self, key: &str, value: &str) -> Result<(), Refused> {
        let added = ",\"a \\\"new\\\" member\":{\"deep\":[1.50,null,\"é\"]}}";
        let value = if value.contains(" member") {
            value.to_owned()
        } else {
            [value.strip_suffix('}').unwrap(), added].concat()
        };
        self.0.write(key, &value)
    }
    fn remove(&self, key: &str) -> Result<(), Refused> {
        self.0.remove(key)
    }
    fn keys(&self) -> Result<Vec<String>, Refused> {
        self.0.keys()
    }
}

#[test]
fn an_old_and_a_new_version_together_lose_nothing_of_each_other() {
    let (device, tab) = (MemoryStore::default(), MemoryStore::default());
    let mut newer = Journal::open(FromNewer(device.clone()), FromNewer(tab.clone()), random);
    write(&mut newer, "care-mind", "from the newer");
    assert!(newer.keep(Place::Device));
    let mut older = open(&device, &MemoryStore::default());
    for (question, text) in [("care-mind", "changed by the older"), ("calm-help", "only from the older")] {
        write(&mut older, question, text);
        let key = key_of(&device, question);
        newer.hear(Some(&key), device.read(&key).unwrap().as_deref());
        assert_eq!(words(&newer, question), text);
    }
    older.note(&mut |record| record.alone = true);
    assert!(older.keep(Place::Tab) && older.keep(Place::Device), "moving keeps it too");
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
    undecided.keep(Place::Device);
    assert_eq!((undecided.saved(), words(&undecided, "care-mind").as_str()), (Saved::Failed, "before choosing"));
    assert_eq!(empty.read(&key).unwrap().unwrap(), NEWER);
}
