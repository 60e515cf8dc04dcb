//! Putting a backup back in a store that refuses, while the parent goes on writing: what is said is true, and of every answer
//! the version with the most edits is found in the end.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use between_us::reflection::{Backup, Journal, MemoryStore, PREFIX, Restored, SaveStatus, StorageChoice, Store};
use proptest::prelude::*;

use crate::backup::{answers, file};
use crate::support::{Failing, kept, open, random, restored, taken_back, words, write};

/// A journal on a device, one of whose calls is refused.
struct Refusing {
    device: MemoryStore,
    tab: MemoryStore,
    left: Rc<Cell<i64>>,
    journal: Journal<Failing>,
}

impl Refusing {
    fn new(device: &MemoryStore, for_good: bool) -> Self {
        let (device, tab, left) = (device.clone(), MemoryStore::default(), Rc::new(Cell::new(-1)));
        let failing = |store: &MemoryStore| Failing { store: store.clone(), left: Rc::clone(&left), for_good };
        let journal = Journal::open(failing(&device), failing(&tab), random);
        Self { device, tab, left, journal }
    }

    /// The journal of the next visit, once the store works again.
    fn next_visit(&self) -> Journal<MemoryStore> {
        open(&self.device, &self.tab)
    }
}

/// The same reflection in a store and in a file, whose answers went differently far.
fn diverged() -> (MemoryStore, Backup) {
    let values = |answers: &[(&str, u64, &str)]| {
        let mut values = BTreeMap::from([
            (format!("{PREFIX}journal"), "{\"format\":2,\"id\":\"a\",\"current\":\"r1\"}".to_owned()),
            (format!("{PREFIX}r1"), "{\"format\":2,\"day\":\"2026-12-03\",\"number\":1}".to_owned()),
        ]);
        for (question, revision, words) in answers {
            let answer = format!("{{\"format\":2,\"revision\":{revision},\"words\":\"{words}\"}}");
            values.insert(format!("{PREFIX}r1:{question}"), answer);
        }
        values
    };
    let here = values(&[("care-mind", 5, "<here 1>"), ("calm-help", 1, "<here 2>"), ("joy-light", 3, "<here 3>")]);
    let saved = values(&[("care-mind", 2, "<file 1>"), ("calm-help", 4, "<file 2>"), ("talk-ask", 1, "<file 4>")]);
    (MemoryStore::new(here), Backup::read(&file(&saved)).unwrap())
}

const QUESTIONS: [&str; 4] = ["care-mind", "calm-help", "joy-light", "talk-ask"];

fn said<S: Store>(journal: &Journal<S>) -> String {
    QUESTIONS.map(|question| words(journal, question)).concat()
}

#[test]
fn what_is_said_of_a_restore_is_true_wherever_it_is_refused() {
    for replace in [false, true] {
        let (device, backup) = diverged();
        restored(&mut open(&device, &MemoryStore::default()), &backup, replace);
        let done = said(&open(&device, &MemoryStore::default()));
        for for_good in [false, true] {
            let mut outcomes = [false; 3];
            for at in 0..40 {
                let (device, backup) = diverged();
                let before = answers(&device);
                let mut refusing = Refusing::new(&device, for_good);
                refusing.left.set(at);
                let outcome = refusing.journal.restore(&backup, replace);
                let now = |store: &MemoryStore| {
                    let mut now = answers(store);
                    now.retain(|key, _| !key.contains(":new:"));
                    now
                };
                match outcome {
                    Restored::Done(_) => {
                        outcomes[0] = true;
                        assert_eq!(said(&refusing.journal), done);
                        assert_eq!(said(&refusing.next_visit()), done);
                    }
                    Restored::Later => {
                        outcomes[1] = true;
                        refusing.left.set(-1);
                        assert_eq!(said(&refusing.next_visit()), done, "refused at {at}");
                        assert!(!device.values().keys().any(|key| key.contains(":new:")));
                    }
                    Restored::Unchanged => {
                        outcomes[2] = true;
                        assert_eq!(now(&device), before, "refused at {at}");
                        refusing.left.set(-1);
                        refusing.next_visit();
                        assert_eq!(now(&device), before, "refused at {at}");
                    }
                }
            }
            assert!(outcomes[0] || for_good, "some work");
            assert!(outcomes[2], "some change nothing");
            assert!(outcomes[1], "some are finished later");
        }
    }
}

#[test]
fn a_restore_that_is_not_finished_counts_in_a_file_and_is_finished_before_the_next_one() {
    let (device, backup) = diverged();
    let mut refusing = Refusing::new(&device, true);
    for at in 0.. {
        refusing.left.set(at);
        if matches!(refusing.journal.restore(&backup, false), Restored::Later) {
            break;
        }
        assert!(at < 40, "none is finished later");
        let (fresh, _) = diverged();
        refusing = Refusing::new(&fresh, true);
    }
    let in_file: String = refusing.journal.values().into_iter().map(|(_, value)| value).collect();
    for part in ["<here 1>", "<file 2>", "<here 3>", "<file 4>"] {
        assert!(in_file.contains(part), "{part} is not in {in_file}");
    }
    assert!(refusing.journal.values().iter().all(|(key, _)| !key.contains(":new:")));
    assert!(matches!(refusing.journal.restore(&backup, true), Restored::Unchanged), "the store still refuses");
    refusing.left.set(-1);
    restored(&mut refusing.journal, &backup, false);
    assert_eq!(said(&refusing.next_visit()), "<here 1><file 2><here 3><file 4>");
}

#[test]
fn what_was_written_after_a_restore_stays_when_it_is_taken_back() {
    for replace in [false, true] {
        let (device, backup) = diverged();
        let before_all = answers(&device);
        let mut journal = open(&device, &MemoryStore::default());
        let before = restored(&mut journal, &backup, replace);
        taken_back(&mut journal, &before);
        assert_eq!(answers(&device), before_all, "nothing was written in between");

        let before = restored(&mut journal, &backup, replace);
        let mut other = open(&device, &MemoryStore::default());
        journal.edit("care-mind", &mut |answer| answer.free_text.push_str("<later 1>"));
        other.edit("talk-ask", &mut |answer| answer.free_text.push_str("<later 4>"));
        other.edit("feelings-now", &mut |answer| answer.free_text = "<new>".into());
        journal.edit_state(&mut |state| state.agreed = "<agreed>".into());
        taken_back(&mut journal, &before);
        let found = open(&device, &MemoryStore::default());
        let all = [said(&found), words(&found, "feelings-now"), found.state().agreed.clone()].concat();
        for part in ["<later 1>", "<later 4>", "<new>", "<here 1>", "<here 2>", "<here 3>", "<agreed>"] {
            assert!(all.contains(part), "{part} is lost: {all}");
        }
    }
}

#[test]
fn erasing_an_answer_or_a_reflection_erases_what_is_to_be_put_back_of_it() {
    for whole in [false, true] {
        let (device, backup) = diverged();
        let mut refusing = Refusing::new(&device, true);
        // Staging takes five writes and the staged head one; the next is refused.
        let mut at = 0;
        while !matches!(refusing.journal.restore(&backup, false), Restored::Later) {
            at += 1;
            assert!(at < 40, "none is finished later");
            let (fresh, _) = diverged();
            refusing = Refusing::new(&fresh, true);
            refusing.left.set(at);
        }
        refusing.left.set(-1);
        let id = refusing.journal.reflections()[0].id.clone();
        assert!(if whole {
            refusing.journal.erase_reflection(&id)
        } else {
            refusing.journal.erase_answer("talk-ask") && refusing.journal.erase_answer("calm-help")
        });
        let found = said(&refusing.next_visit());
        assert!(!found.contains("<file 4>") && !found.contains("<file 2>"), "{found}");
    }
}

#[test]
fn what_is_put_back_on_the_device_opens_there_and_leaves_alone_what_the_tab_keeps_to_itself() {
    let (device, backup) = diverged();
    let (tab, own_device) = (MemoryStore::default(), MemoryStore::default());
    let mut own = open(&own_device, &tab);
    write(&mut own, "feelings-now", "of the tab");
    assert!(own.keep(StorageChoice::Tab));
    let mut journal = open(&device, &tab);
    assert_eq!(journal.place(), Some(StorageChoice::Tab));
    journal.open_reflection("r1").unwrap();
    let (on_device, in_tab) = (answers(&device), answers(&tab));
    // The file's reflection has another id than the one that was open.
    let values: BTreeMap<_, _> = device
        .values()
        .into_iter()
        .map(|(key, value)| (key.replace(":r1", ":r2"), value.replace("\"r1\"", "\"r2\"")))
        .collect();
    let other = Backup::read(&file(&values)).unwrap();
    for backup in [backup, other] {
        let before = restored(&mut journal, &backup, true);
        assert_eq!((journal.place(), words(&journal, "feelings-now").as_str()), (Some(StorageChoice::Device), ""));
        taken_back(&mut journal, &before);
        assert_eq!((answers(&device), answers(&tab)), (on_device.clone(), in_tab.clone()));
        assert_eq!(journal.place(), Some(StorageChoice::Device));
    }
}

#[test]
fn what_an_earlier_version_left_half_way_is_finished() {
    for (restoring, expected) in [(1, "<file 1><file 2>"), (2, "<here 1><file 2><here 3>")] {
        let (device, _) = diverged();
        let head = format!("{{\"format\":2,\"id\":\"a\",\"current\":\"r1\",\"restoring\":{restoring}}}");
        device.write(&format!("{PREFIX}journal"), &head).unwrap();
        for (question, revision, words) in [("care-mind", 2, "<file 1>"), ("calm-help", 4, "<file 2>")] {
            let answer = format!("{{\"format\":2,\"revision\":{revision},\"words\":\"{words}\"}}");
            device.write(&format!("{PREFIX}new:r1:{question}"), &answer).unwrap();
        }
        for _ in 0..2 {
            assert_eq!(said(&open(&device, &MemoryStore::default())), expected);
        }
        assert!(device.values().iter().all(|(key, value)| !key.contains(":new:") && !value.contains("restoring")));
    }
}

#[test]
fn nothing_is_put_back_where_all_is_being_erased_or_a_newer_version_keeps_its_journal() {
    for head in ["{\"format\":2,\"erasing\":true}", "{\"format\":9}"] {
        let (device, _) = diverged();
        device.write(&format!("{PREFIX}journal"), head).unwrap();
        device.write(&format!("{PREFIX}new:journal"), "{\"format\":2,\"restoring\":2}").unwrap();
        device.write(&format!("{PREFIX}new:r1:talk-ask"), "{\"format\":2,\"revision\":9}").unwrap();
        let before = device.values();
        let journal = open(&device, &MemoryStore::default());
        if head.contains("erasing") {
            assert!(device.values().is_empty() && journal.saved() == SaveStatus::Undecided, "{:?}", device.values());
        } else {
            assert_eq!(device.values(), before);
        }
    }
}

#[derive(Clone, Debug)]
enum Deed {
    /// This tab, or another one, adds to an answer.
    Add(bool, usize),
    /// The page is loaded anew, with the store working or not.
    Visit(bool),
    /// Save to a file, erase everything, and put it back.
    ThroughFile,
    Undo,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        6 => (any::<bool>(), 0..QUESTIONS.len()).prop_map(|(other, at)| Deed::Add(other, at)),
        2 => any::<bool>().prop_map(Deed::Visit),
        1 => Just(Deed::ThroughFile),
        1 => Just(Deed::Undo),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn with_refusals_at_any_call_and_edits_in_between_nothing_that_went_further_is_lost(
        replace in any::<bool>(),
        for_good in any::<bool>(),
        at in 0..30_i64,
        deeds in prop::collection::vec(deed(), 0..8),
    ) {
        let (device, backup) = diverged();
        let mut refusing = Refusing::new(&device, for_good);
        refusing.left.set(at);
        let outcome = refusing.journal.restore(&backup, replace);
        refusing.left.set(-1);
        let mut must_be_there: Vec<String> = match (&outcome, replace) {
            (Restored::Unchanged, _) => vec!["<here 1>".into(), "<here 2>".into(), "<here 3>".into()],
            (_, false) => vec!["<here 1>".into(), "<file 2>".into(), "<here 3>".into(), "<file 4>".into()],
            (_, true) => vec!["<file 1>".into(), "<file 2>".into(), "<file 4>".into()],
        };
        let mut before = if let Restored::Done(before) = outcome { Some(before) } else { None };
        for (number, deed) in deeds.iter().enumerate() {
            match deed {
                Deed::Add(other, question) => {
                    let added = format!("<{number}>");
                    let add = &mut |answer: &mut between_us::reflection::Answer| answer.free_text.push_str(&added);
                    // A tab that was open before is told of what another one wrote; here it is looked at anew.
                    if *other {
                        // Another tab, in which the store refuses nothing but what spans keys is not finished yet.
                        let mut other = Refusing::new(&device, true);
                        other.journal.edit(QUESTIONS[*question], add);
                    } else {
                        refusing.journal.resync();
                        refusing.journal.edit(QUESTIONS[*question], add);
                    }
                    must_be_there.push(added);
                }
                Deed::Visit(works) => {
                    refusing.left.set(if *works { -1 } else { 0 });
                    refusing = { let left = refusing.left.get(); let next = Refusing::new(&device, for_good); next.left.set(left); next };
                    refusing.left.set(-1);
                }
                Deed::ThroughFile => {
                    let values: BTreeMap<_, _> = device.values();
                    let saved = Backup::read(&file(&values)).unwrap();
                    let fresh = MemoryStore::default();
                    let mut journal = open(&fresh, &MemoryStore::default());
                    prop_assert!(journal.keep(StorageChoice::Device));
                    restored(&mut journal, &saved, false);
                    let found = said(&journal);
                    for part in &must_be_there {
                        prop_assert!(found.contains(part), "{} is not in the file: {}", part, found);
                    }
                }
                Deed::Undo => if let Some(before) = before.take() {
                    refusing.journal.resync();
                    let done = refusing.journal.take_back(&before);
                    if matches!(done, Restored::Done(_)) {
                        must_be_there.retain(|part| !part.starts_with("<file"));
                        must_be_there.extend(["<here 1>".into(), "<here 2>".into(), "<here 3>".into()]);
                    }
                },
            }
        }
        let found = said(&open(&device, &MemoryStore::default()));
        for part in &must_be_there {
            prop_assert!(found.contains(part), "{} is lost after {:?}: {}", part, deeds, found);
        }
        let again = said(&open(&device, &MemoryStore::default()));
        prop_assert_eq!(again, found);
    }
}

#[test]
fn a_refused_first_write_of_a_restore_in_a_kept_journal_keeps_all() {
    let (device, tab) = kept("care-mind", "often");
    let (_, backup) = diverged();
    let mut refusing = Refusing::new(&device, true);
    refusing.left.set(0);
    assert!(matches!(refusing.journal.restore(&backup, true), Restored::Unchanged));
    assert_eq!(words(&refusing.journal, "care-mind"), "often");
    assert_eq!(words(&open(&device, &tab), "care-mind"), "often");
    write(&mut refusing.journal, "care-mind", "again");
}
