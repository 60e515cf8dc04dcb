//! The journal: what is acknowledged is found again, whatever fails, and what is erased does not come back.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};

use between_us::reflection::{Answer, Change, Journal, MemoryStore, PREFIX, Pace, Place, Refused, Saved, Sheet, Store};
use proptest::prelude::*;

/// Numbers that nobody has used.
fn random() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed)
}

/// A store that refuses one call: the one that `left` counts down to. None is refused when it stands below zero.
#[derive(Clone)]
struct Failing {
    store: MemoryStore,
    left: Rc<Cell<i64>>,
    /// Whether it goes on refusing after that.
    for_good: bool,
}

impl Failing {
    fn call(&self) -> Result<(), Refused> {
        let left = self.left.get();
        if left >= 0 && !(self.for_good && left == 0) {
            self.left.set(left - 1);
        }
        if left == 0 { Err(Refused) } else { Ok(()) }
    }
}

impl Store for Failing {
    fn read(&self, key: &str) -> Result<Option<String>, Refused> {
        self.store.read(key)
    }
    fn write(&self, key: &str, value: &str) -> Result<(), Refused> {
        self.call()?;
        self.store.write(key, value)
    }
    fn remove(&self, key: &str) -> Result<(), Refused> {
        self.call()?;
        self.store.remove(key)
    }
    fn keys(&self) -> Result<Vec<String>, Refused> {
        self.store.keys()
    }
}

fn open(device: &MemoryStore, tab: &MemoryStore) -> Journal<MemoryStore> {
    Journal::open(device.clone(), tab.clone(), random)
}

fn write<S: Store>(journal: &mut Journal<S>, question: &str, words: &str) -> Change {
    journal.edit(question, &mut |answer| words.clone_into(&mut answer.words))
}

fn words<S: Store>(journal: &Journal<S>, question: &str) -> String {
    journal.answer(question).map(|answer| answer.words.clone()).unwrap_or_default()
}

fn key_of(store: &MemoryStore, question: &str) -> String {
    store.values().into_keys().find(|key| key.ends_with(question)).expect("the answer is kept")
}

fn kept(question: &str, text: &str) -> (MemoryStore, MemoryStore) {
    let (device, tab) = (MemoryStore::default(), MemoryStore::default());
    let mut journal = open(&device, &tab);
    write(&mut journal, question, text);
    assert!(journal.keep(Place::Device));
    (device, tab)
}

#[test]
fn nothing_is_written_before_a_place_is_chosen() {
    let (device, tab) = (MemoryStore::default(), MemoryStore::default());
    let mut journal = open(&device, &tab);
    write(&mut journal, "care-mind", "often");
    journal.note(&mut |record| record.pace = Some(Pace::Short));
    assert_eq!(journal.saved(), Saved::Undecided);
    assert!(device.values().is_empty() && tab.values().is_empty());
}

#[test]
fn moving_leaves_no_trace_behind_and_loses_nothing() {
    let (device, tab) = kept("care-mind", "often");
    let mut journal = open(&device, &tab);
    assert!(journal.keep(Place::Tab));
    assert!(device.values().is_empty(), "{:?}", device.values());
    assert_eq!(words(&open(&device, &tab), "care-mind"), "often");
    assert!(journal.keep(Place::Device));
    assert!(tab.values().is_empty(), "{:?}", tab.values());
    assert_eq!(words(&open(&device, &tab), "care-mind"), "often");
}

#[test]
fn erasing_leaves_nothing_of_ours_and_all_of_others() {
    let (device, tab) = kept("care-mind", "often");
    device.write("another program", "stays").unwrap();
    let mut journal = open(&device, &tab);
    assert!(journal.erase());
    assert_eq!(device.values().into_keys().collect::<Vec<_>>(), ["another program"]);
    assert_eq!(journal.saved(), Saved::Undecided);
}

#[test]
fn a_stale_tab_cannot_bring_back_what_was_erased() {
    for act in [
        (|journal: &mut Journal<MemoryStore>| write(journal, "care-mind", "again")) as fn(&mut _) -> Change,
        |journal| journal.note(&mut |record| record.alone = true),
        |journal| journal.reread(),
    ] {
        let (device, tab) = kept("care-mind", "often");
        let mut stale = open(&device, &MemoryStore::default());
        assert!(open(&device, &tab).erase());
        assert_eq!(act(&mut stale), Change::Erased);
        assert!(device.values().is_empty() && !stale.has_answers());
    }
}

#[test]
fn an_answer_changed_equally_often_in_two_tabs_keeps_both_wordings() {
    let (device, tab) = kept("care-mind", "often");
    let (mut one, mut other) = (open(&device, &tab), open(&device, &tab));
    let key = key_of(&device, "care-mind");
    // Each edits without having heard of the other: the store gives the second one the first one's words only afterwards.
    let before = device.read(&key).unwrap().unwrap();
    write(&mut one, "care-mind", "mornings");
    let from_one = device.read(&key).unwrap();
    device.write(&key, &before).unwrap();
    write(&mut other, "care-mind", "evenings");
    let from_other = device.read(&key).unwrap();
    one.hear(Some(&key), from_other.as_deref());
    other.hear(Some(&key), from_one.as_deref());
    for journal in [&one, &other, &open(&device, &tab)] {
        let words = words(journal, "care-mind");
        assert!(words.contains("mornings") && words.contains("evenings"), "{words}");
    }
    assert_eq!(one.answer("care-mind"), other.answer("care-mind"));
}

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
    let newer = "{\"format\":9,\"something\":\"else\"}";
    device.write(&key, newer).unwrap();
    let mut journal = open(&device, &tab);
    write(&mut journal, "care-mind", "here");
    assert_eq!(journal.saved(), Saved::Failed);
    assert_eq!(words(&journal, "care-mind"), "here");
    assert_eq!(device.read(&key).unwrap().unwrap(), newer);

    device.write(&format!("{PREFIX}journal"), newer).unwrap();
    let mut journal = open(&device, &tab);
    let before = device.values();
    write(&mut journal, "calm-help", "walking");
    assert_eq!(journal.saved(), Saved::Failed);
    assert_eq!(device.values(), before);
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

#[test]
fn the_first_format_means_what_it_says() {
    let fixture: BTreeMap<String, String> = serde_json::from_str(include_str!("fixtures/format-1.json")).unwrap();
    let device = MemoryStore::new(fixture.clone());
    let journal = open(&device, &MemoryStore::default());
    assert_eq!(journal.saved(), Saved::Device);
    assert_eq!(journal.record().step, "care-mind");
    assert_eq!(journal.record().pace, Some(Pace::Short));
    let answer = journal.answer("feelings-now").unwrap();
    assert_eq!(
        (answer.chosen.as_slice(), answer.words.as_str(), answer.talk),
        (["worry".to_owned()].as_slice(), "Soms.", true)
    );
    assert_eq!(device.values(), fixture, "opening changes nothing");
}

#[derive(Clone, Debug)]
enum Deed {
    Write(usize, String),
    Note(bool),
    Keep(bool),
    Erase,
}

const QUESTIONS: [&str; 3] = ["feelings-now", "care-mind", "talk-ask"];

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        6 => (0..QUESTIONS.len(), "\\PC{0,12}").prop_map(|(at, words)| Deed::Write(at, words)),
        1 => any::<bool>().prop_map(Deed::Note),
        2 => any::<bool>().prop_map(Deed::Keep),
        1 => Just(Deed::Erase),
    ]
}

fn act<S: Store>(journal: &mut Journal<S>, deed: &Deed) {
    match deed {
        Deed::Write(at, words) => {
            write(journal, QUESTIONS[*at], words);
        }
        Deed::Note(alone) => {
            journal.note(&mut |record| record.alone = *alone);
        }
        Deed::Keep(device) => {
            journal.keep(if *device { Place::Device } else { Place::Tab });
        }
        Deed::Erase => {
            journal.erase();
        }
    }
}

fn said<S: Store>(journal: &Journal<S>) -> Vec<String> {
    QUESTIONS.iter().map(|question| words(journal, question)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_acknowledged_is_found_again(deeds in prop::collection::vec(deed(), 1..20)) {
        let (device, tab) = (MemoryStore::default(), MemoryStore::default());
        let mut journal = open(&device, &tab);
        for deed in &deeds {
            act(&mut journal, deed);
            if matches!(journal.saved(), Saved::Device | Saved::Tab) {
                prop_assert_eq!(said(&open(&device, &tab)), said(&journal));
            } else {
                prop_assert!(device.values().is_empty() && tab.values().is_empty());
            }
        }
    }

    #[test]
    fn one_refusal_anywhere_mixes_nothing_and_is_mended(deeds in prop::collection::vec(deed(), 1..14), at in 0i64..60) {
        let (device, tab) = (MemoryStore::default(), MemoryStore::default());
        let left = Rc::new(Cell::new(at));
        let failing = |store: &MemoryStore| Failing { store: store.clone(), left: Rc::clone(&left), for_good: false };
        let mut journal = Journal::open(failing(&device), failing(&tab), random);
        for deed in &deeds {
            let before = said(&journal);
            act(&mut journal, deed);
            let after = said(&journal);
            if matches!(journal.saved(), Saved::Device | Saved::Tab) {
                let found = said(&open(&device, &tab));
                for (at, words) in found.iter().enumerate() {
                    prop_assert!(*words == after[at] || *words == before[at], "{words} is neither before nor after");
                }
            }
        }
        left.set(-1);
        if journal.saved() == Saved::Failed {
            prop_assert!(journal.retry(), "it recovers once the store works again");
            prop_assert_eq!(said(&open(&device, &tab)), said(&journal));
        }
    }

    #[test]
    fn a_value_changed_anywhere_costs_one_answer_at_most(at in 0usize..200, byte in any::<char>(), cut in any::<bool>()) {
        let (device, tab) = kept("care-mind", "often");
        let mut journal = open(&device, &tab);
        write(&mut journal, "calm-help", "walking");
        let key = key_of(&device, "care-mind");
        let text = device.read(&key).unwrap().unwrap();
        let mut signs: Vec<char> = text.chars().collect();
        let at = at % signs.len();
        if cut { signs.truncate(at) } else { signs[at] = byte }
        device.write(&key, &signs.iter().collect::<String>()).unwrap();
        let journal = open(&device, &tab);
        prop_assert_eq!(words(&journal, "calm-help"), "walking");
    }

    #[test]
    fn the_sheet_shows_what_it_may_and_nothing_else(picks in prop::collection::vec((0usize..8, any::<[bool; 5]>()), 21)) {
        let content = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let questionnaire = between_us::content::Content::load(&content).unwrap().questionnaire;
        let mut answers: BTreeMap<String, Answer> = BTreeMap::new();
        for ((_, question), (pick, [talk, off, alone, shown, written])) in questionnaire.questions().zip(&picks) {
            let mut answer = Answer::default();
            for option in question.options.iter().step_by(pick + 1) {
                answer.choose(option, true);
                answer.mark_alone(option, *alone);
                answer.mark_shown(option, *shown);
            }
            answer.talk = *talk;
            answer.off = *off;
            answer.words = if *written { "own".into() } else { "  ".into() };
            answers.insert(question.id.clone(), answer);
        }
        let sheet = Sheet::draw_up(&questionnaire, |id| answers.get(id), false);
        prop_assert!(sheet.start.len() <= 3 && sheet.also.len() <= 7);
        prop_assert!(sheet.start.len() == 3 || sheet.also.is_empty());
        let lines: Vec<_> = sheet.lines().collect();
        let marked = lines.iter().take_while(|line| line.talk).count();
        prop_assert!(lines[marked..].iter().all(|line| !line.talk), "marked lines lead");
        for line in lines {
            let answer = &answers[&line.question];
            let (_, question) = questionnaire.find(&line.question).unwrap();
            prop_assert!(!answer.off);
            for option in &line.chosen {
                prop_assert!(!answer.alone.contains(option), "{option} is for a moment alone");
                prop_assert!(!question.sensitive.contains(option) || answer.shown.contains(option), "{option} was not ticked");
            }
        }
    }
}
