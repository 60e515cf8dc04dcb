//! Tests of restoring a backup in a store that fails, with edits in between: the reported outcome is true, and the
//! revision of each answer with the most edits is found at the end.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use between_us::reflection::{Backup, Journal, MemoryStore, PREFIX, Restored, SaveStatus, StorageChoice, Store};
use proptest::prelude::*;

use crate::backup::{answers, file};
use crate::support::{Failing, free_text, open, random, restore, stores_with, take_back, write};

/// A journal over a device and a tab store that share one `countdown` to a failure.
struct FailingJournal {
    device: MemoryStore,
    tab: MemoryStore,
    countdown: Rc<Cell<i64>>,
    journal: Journal<Failing>,
}

impl FailingJournal {
    fn new(device: &MemoryStore, is_permanent: bool) -> Self {
        let (device, tab, countdown) = (device.clone(), MemoryStore::default(), Rc::new(Cell::new(-1)));
        let failing =
            |store: &MemoryStore| Failing { store: store.clone(), countdown: Rc::clone(&countdown), is_permanent };
        let journal = Journal::open(failing(&device), failing(&tab), random);
        Self { device, tab, countdown, journal }
    }

    /// Opens the journal as the next visit does, over stores that work again.
    fn next_visit(&self) -> Journal<MemoryStore> {
        open(&self.device, &self.tab)
    }
}

/// Returns a store and a backup with the same reflection, whose answers differ in their revisions.
fn diverged() -> (MemoryStore, Backup) {
    let values = |answers: &[(&str, u64, &str)]| {
        let mut values = BTreeMap::from([
            (format!("{PREFIX}journal"), "{\"format\":2,\"id\":\"a\",\"current\":\"r1\"}".to_owned()),
            (format!("{PREFIX}r1"), "{\"format\":2,\"day\":\"2026-12-03\",\"number\":1}".to_owned()),
        ]);
        for (question, revision, text) in answers {
            let answer = format!("{{\"format\":2,\"revision\":{revision},\"words\":\"{text}\"}}");
            values.insert(format!("{PREFIX}r1:{question}"), answer);
        }
        values
    };
    let here = values(&[("care-mind", 5, "<here 1>"), ("calm-help", 1, "<here 2>"), ("joy-light", 3, "<here 3>")]);
    let saved = values(&[("care-mind", 2, "<file 1>"), ("calm-help", 4, "<file 2>"), ("talk-ask", 1, "<file 4>")]);
    (MemoryStore::new(here), Backup::read(&file(&saved)).unwrap())
}

const QUESTIONS: [&str; 4] = ["care-mind", "calm-help", "joy-light", "talk-ask"];

/// Returns all free texts, joined.
fn free_texts<S: Store>(journal: &Journal<S>) -> String {
    QUESTIONS.map(|question| free_text(journal, question)).concat()
}

#[test]
fn the_outcome_of_a_restore_is_true_for_an_error_at_any_call() {
    for replace in [false, true] {
        let (device, backup) = diverged();
        restore(&mut open(&device, &MemoryStore::default()), &backup, replace);
        let done = free_texts(&open(&device, &MemoryStore::default()));
        for is_permanent in [false, true] {
            let mut outcomes = [false; 3];
            for at in 0..40 {
                let (device, backup) = diverged();
                let before = answers(&device);
                let mut failing = FailingJournal::new(&device, is_permanent);
                failing.countdown.set(at);
                let outcome = failing.journal.restore(&backup, replace);
                let unstaged = |store: &MemoryStore| {
                    let mut values = answers(store);
                    values.retain(|key, _| !key.contains(":new:"));
                    values
                };
                match outcome {
                    Restored::Done(_) => {
                        outcomes[0] = true;
                        assert_eq!(free_texts(&failing.journal), done);
                        assert_eq!(free_texts(&failing.next_visit()), done);
                    }
                    Restored::Later => {
                        outcomes[1] = true;
                        failing.countdown.set(-1);
                        assert_eq!(free_texts(&failing.next_visit()), done, "failed at call {at}");
                        assert!(!device.values().keys().any(|key| key.contains(":new:")));
                    }
                    Restored::Unchanged => {
                        outcomes[2] = true;
                        assert_eq!(unstaged(&device), before, "failed at call {at}");
                        failing.countdown.set(-1);
                        failing.next_visit();
                        assert_eq!(unstaged(&device), before, "failed at call {at}");
                    }
                }
            }
            assert!(outcomes[0] || is_permanent, "no restore was done at once");
            assert!(outcomes[2], "no restore was left unchanged");
            assert!(outcomes[1], "no restore was finished later");
        }
    }
}

#[test]
fn an_unfinished_restore_is_saved_in_files_and_finished_before_the_next_one() {
    let (device, backup) = diverged();
    let mut failing = FailingJournal::new(&device, true);
    for at in 0.. {
        failing.countdown.set(at);
        if matches!(failing.journal.restore(&backup, false), Restored::Later) {
            break;
        }
        assert!(at < 40, "no restore was finished later");
        let (fresh, _) = diverged();
        failing = FailingJournal::new(&fresh, true);
    }
    let in_file: String = failing.journal.values().into_iter().map(|(_, value)| value).collect();
    for part in ["<here 1>", "<file 2>", "<here 3>", "<file 4>"] {
        assert!(in_file.contains(part), "{part} is not in {in_file}");
    }
    assert!(failing.journal.values().iter().all(|(key, _)| !key.contains(":new:")));
    assert!(matches!(failing.journal.restore(&backup, true), Restored::Unchanged), "the store still fails");
    failing.countdown.set(-1);
    restore(&mut failing.journal, &backup, false);
    assert_eq!(free_texts(&failing.next_visit()), "<here 1><file 2><here 3><file 4>");
}

#[test]
fn undoing_a_restore_keeps_later_edits() {
    for replace in [false, true] {
        let (device, backup) = diverged();
        let before_all = answers(&device);
        let mut journal = open(&device, &MemoryStore::default());
        let before = restore(&mut journal, &backup, replace);
        take_back(&mut journal, &before);
        assert_eq!(answers(&device), before_all, "without edits in between, undoing should be exact");

        let before = restore(&mut journal, &backup, replace);
        let mut other = open(&device, &MemoryStore::default());
        journal.edit("care-mind", &mut |answer| answer.free_text.push_str("<later 1>"));
        other.edit("talk-ask", &mut |answer| answer.free_text.push_str("<later 4>"));
        other.edit("feelings-now", &mut |answer| answer.free_text = "<new>".into());
        journal.edit_state(&mut |state| state.agreed = "<agreed>".into());
        take_back(&mut journal, &before);
        let found = open(&device, &MemoryStore::default());
        let all = [free_texts(&found), free_text(&found, "feelings-now"), found.state().agreed.clone()].concat();
        for part in ["<later 1>", "<later 4>", "<new>", "<here 1>", "<here 2>", "<here 3>", "<agreed>"] {
            assert!(all.contains(part), "{part} is lost: {all}");
        }
    }
}

#[test]
fn erasing_an_answer_or_a_reflection_erases_its_staged_values() {
    for whole in [false, true] {
        let (device, backup) = diverged();
        let mut failing = FailingJournal::new(&device, true);
        // Staging takes five writes and the staged head one. The next write fails.
        let mut at = 0;
        while !matches!(failing.journal.restore(&backup, false), Restored::Later) {
            at += 1;
            assert!(at < 40, "no restore was finished later");
            let (fresh, _) = diverged();
            failing = FailingJournal::new(&fresh, true);
            failing.countdown.set(at);
        }
        failing.countdown.set(-1);
        let id = failing.journal.reflections()[0].id.clone();
        assert!(if whole {
            failing.journal.erase_reflection(&id)
        } else {
            failing.journal.erase_answer("talk-ask") && failing.journal.erase_answer("calm-help")
        });
        let found = free_texts(&failing.next_visit());
        assert!(!found.contains("<file 4>") && !found.contains("<file 2>"), "{found}");
    }
}

#[test]
fn restoring_on_the_device_leaves_the_reflection_of_the_tab_unchanged() {
    let (device, backup) = diverged();
    let (tab, own_device) = (MemoryStore::default(), MemoryStore::default());
    let mut own = open(&own_device, &tab);
    write(&mut own, "feelings-now", "of the tab");
    assert!(own.keep(StorageChoice::Tab));
    let mut journal = open(&device, &tab);
    assert_eq!(journal.place(), Some(StorageChoice::Tab));
    journal.open_reflection("r1").unwrap();
    let (on_device, in_tab) = (answers(&device), answers(&tab));
    // The second backup contains a reflection with another id than the open one.
    let values: BTreeMap<_, _> = device
        .values()
        .into_iter()
        .map(|(key, value)| (key.replace(":r1", ":r2"), value.replace("\"r1\"", "\"r2\"")))
        .collect();
    let other = Backup::read(&file(&values)).unwrap();
    for backup in [backup, other] {
        let before = restore(&mut journal, &backup, true);
        assert_eq!((journal.place(), free_text(&journal, "feelings-now").as_str()), (Some(StorageChoice::Device), ""));
        take_back(&mut journal, &before);
        assert_eq!((answers(&device), answers(&tab)), (on_device.clone(), in_tab.clone()));
        assert_eq!(journal.place(), Some(StorageChoice::Device));
    }
}

#[test]
fn a_restore_interrupted_in_an_earlier_version_is_finished() {
    for (restoring, expected) in [(1, "<file 1><file 2>"), (2, "<here 1><file 2><here 3>")] {
        let (device, _) = diverged();
        let head = format!("{{\"format\":2,\"id\":\"a\",\"current\":\"r1\",\"restoring\":{restoring}}}");
        device.write(&format!("{PREFIX}journal"), &head).unwrap();
        for (question, revision, text) in [("care-mind", 2, "<file 1>"), ("calm-help", 4, "<file 2>")] {
            let answer = format!("{{\"format\":2,\"revision\":{revision},\"words\":\"{text}\"}}");
            device.write(&format!("{PREFIX}new:r1:{question}"), &answer).unwrap();
        }
        for _ in 0..2 {
            assert_eq!(free_texts(&open(&device, &MemoryStore::default())), expected);
        }
        assert!(device.values().iter().all(|(key, value)| !key.contains(":new:") && !value.contains("restoring")));
    }
}

#[test]
fn a_staged_restore_is_not_finished_in_an_erased_or_newer_journal() {
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
enum Action {
    /// Appends to an answer, in another tab if set.
    Add(bool, usize),
    /// Reloads the page, with stores that work if set.
    Reload(bool),
    /// Saves a backup and restores it into a blank store.
    ThroughFile,
    TakeBack,
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        6 => (any::<bool>(), 0..QUESTIONS.len()).prop_map(|(other, at)| Action::Add(other, at)),
        2 => any::<bool>().prop_map(Action::Reload),
        1 => Just(Action::ThroughFile),
        1 => Just(Action::TakeBack),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn storage_errors_and_edits_during_a_restore_lose_no_later_revision(
        replace in any::<bool>(),
        is_permanent in any::<bool>(),
        at in 0..30_i64,
        actions in prop::collection::vec(action(), 0..8),
    ) {
        let (device, backup) = diverged();
        let mut failing = FailingJournal::new(&device, is_permanent);
        failing.countdown.set(at);
        let outcome = failing.journal.restore(&backup, replace);
        failing.countdown.set(-1);
        let mut must_be_there: Vec<String> = match (&outcome, replace) {
            (Restored::Unchanged, _) => vec!["<here 1>".into(), "<here 2>".into(), "<here 3>".into()],
            (_, false) => vec!["<here 1>".into(), "<file 2>".into(), "<here 3>".into(), "<file 4>".into()],
            (_, true) => vec!["<file 1>".into(), "<file 2>".into(), "<file 4>".into()],
        };
        let mut before = if let Restored::Done(before) = outcome { Some(before) } else { None };
        for (number, action) in actions.iter().enumerate() {
            match action {
                Action::Add(other, question) => {
                    let added = format!("<{number}>");
                    let append = &mut |answer: &mut between_us::reflection::Answer| answer.free_text.push_str(&added);
                    // The tabs exchange no events in this test. This tab reads the store again before it edits.
                    if *other {
                        // The stores of the other tab do not fail.
                        let mut other = FailingJournal::new(&device, true);
                        other.journal.edit(QUESTIONS[*question], append);
                    } else {
                        failing.journal.resync();
                        failing.journal.edit(QUESTIONS[*question], append);
                    }
                    must_be_there.push(added);
                }
                Action::Reload(works) => {
                    failing.countdown.set(if *works { -1 } else { 0 });
                    let countdown = failing.countdown.get();
                    failing = FailingJournal::new(&device, is_permanent);
                    failing.countdown.set(countdown);
                    failing.countdown.set(-1);
                }
                Action::ThroughFile => {
                    let values: BTreeMap<_, _> = device.values();
                    let saved = Backup::read(&file(&values)).unwrap();
                    let fresh = MemoryStore::default();
                    let mut journal = open(&fresh, &MemoryStore::default());
                    prop_assert!(journal.keep(StorageChoice::Device));
                    restore(&mut journal, &saved, false);
                    let found = free_texts(&journal);
                    for part in &must_be_there {
                        prop_assert!(found.contains(part), "{} is not in the backup: {}", part, found);
                    }
                }
                Action::TakeBack => if let Some(before) = before.take() {
                    failing.journal.resync();
                    let done = failing.journal.take_back(&before);
                    if matches!(done, Restored::Done(_)) {
                        must_be_there.retain(|part| !part.starts_with("<file"));
                        must_be_there.extend(["<here 1>".into(), "<here 2>".into(), "<here 3>".into()]);
                    }
                },
            }
        }
        let found = free_texts(&open(&device, &MemoryStore::default()));
        for part in &must_be_there {
            prop_assert!(found.contains(part), "{} is lost after {:?}: {}", part, actions, found);
        }
        let again = free_texts(&open(&device, &MemoryStore::default()));
        prop_assert_eq!(again, found);
    }
}

#[test]
fn a_restore_that_fails_at_its_first_write_changes_nothing() {
    let (device, tab) = stores_with("care-mind", "often");
    let (_, backup) = diverged();
    let mut failing = FailingJournal::new(&device, true);
    failing.countdown.set(0);
    assert!(matches!(failing.journal.restore(&backup, true), Restored::Unchanged));
    assert_eq!(free_text(&failing.journal, "care-mind"), "often");
    assert_eq!(free_text(&open(&device, &tab), "care-mind"), "often");
    write(&mut failing.journal, "care-mind", "again");
}
