//! Tests of several reflections in one journal, and of interruptions at any call.

use std::cell::Cell;
use std::rc::Rc;

use between_us::reflection::{Change, Journal, MemoryStore, SaveStatus, StorageChoice, Store, SwitchError};

use crate::support::{Failing, begin_on_device, free_text, key_of, open, random, stores_with, write};

/// Returns stores whose journal has two reflections on the device. The second one is open.
fn two_reflections() -> (MemoryStore, MemoryStore) {
    let (device, tab) = stores_with("care-mind", "first");
    let mut journal = open(&device, &tab);
    write(&mut journal, "calm-help", "walking");
    assert!(begin_on_device(&mut journal, "2026-12-03"));
    write(&mut journal, "care-mind", "second");
    (device, tab)
}

fn ids<S: Store>(journal: &Journal<S>) -> Vec<String> {
    journal.reflections().into_iter().map(|reflection| reflection.id).collect()
}

/// The visible state of a journal: its storage choice, and each reflection's day, whether it is open, and its answers.
type Visible = (Option<StorageChoice>, Vec<(String, bool, Vec<(String, String)>)>);

/// Returns the visible state of a journal. Opens copies of the stores, so that the stores do not change.
fn visible(device: &MemoryStore, tab: &MemoryStore) -> Visible {
    let mut journal = open(&MemoryStore::new(device.values()), &MemoryStore::new(tab.values()));
    let place = journal.place();
    let mut all = Vec::new();
    for reflection in journal.reflections() {
        assert!(journal.open_reflection(&reflection.id).is_ok());
        let answers = journal.answers().map(|(question, answer)| (question.to_owned(), answer.free_text.clone()));
        all.push((reflection.state.day, reflection.is_open, answers.collect()));
    }
    (place, all)
}

#[test]
fn a_new_reflection_is_empty_and_the_old_one_unchanged() {
    let (device, tab) = two_reflections();
    let mut journal = open(&device, &tab);
    let all = journal.reflections();
    assert_eq!(all.iter().map(|one| (one.answered, one.is_open)).collect::<Vec<_>>(), [(2, false), (1, true)]);
    assert_eq!((free_text(&journal, "care-mind"), journal.state().day.as_str()), ("second".to_owned(), "2026-12-03"));
    assert!(journal.open_reflection(&all[0].id).is_ok());
    assert_eq!(free_text(&open(&device, &tab), "care-mind"), "first");
    assert_eq!(journal.open_reflection("r0"), Err(SwitchError::Refused), "there is no such reflection");
}

#[test]
fn switching_is_refused_while_answers_are_in_memory_only() {
    let mut journal = open(&MemoryStore::default(), &MemoryStore::default());
    write(&mut journal, "care-mind", "often");
    assert_eq!(journal.begin_new("2026-12-03"), Err(SwitchError::Unkept));
    assert_eq!(free_text(&journal, "care-mind"), "often");

    let (device, tab) = two_reflections();
    let countdown = Rc::new(Cell::new(0));
    let failing =
        |store: &MemoryStore| Failing { store: store.clone(), countdown: Rc::clone(&countdown), is_permanent: true };
    let mut journal = Journal::open(failing(&device), failing(&tab), random);
    write(&mut journal, "care-mind", "unsaved");
    let first = ids(&journal)[0].clone();
    assert_eq!(journal.begin_new("2026-12-04"), Err(SwitchError::Unkept));
    assert_eq!(journal.open_reflection(&first), Err(SwitchError::Unkept));
    assert_eq!((free_text(&journal, "care-mind").as_str(), journal.saved()), ("unsaved", SaveStatus::Failed));
    countdown.set(-1);
    assert!(journal.open_reflection(&first).is_ok());
    assert_eq!(visible(&device, &tab).1[1].2, [("care-mind".to_owned(), "unsaved".to_owned())]);
}

#[test]
fn erasing_a_reflection_removes_all_of_it_and_nothing_else() {
    let (device, tab) = two_reflections();
    let key = key_of(&device, "calm-help");
    device.write(&key, "damaged").unwrap();
    let mut journal = open(&device, &tab);
    let first = ids(&journal)[0].clone();
    assert!(journal.open_reflection(&first).is_ok(), "opening should quarantine the damaged value");
    assert!(device.values().values().any(|value| value == "damaged"));
    assert!(journal.erase_reflection(&first));
    assert!(device.values().keys().all(|key| !key.contains(&first)), "{:?}", device.values());
    assert_eq!(free_text(&journal, "care-mind"), "second", "the other reflection should be open");
    assert!(journal.erase_reflection(&ids(&journal)[0]));
    assert!(!journal.has_answers() && journal.saved() == SaveStatus::Device);
    assert_eq!(device.values().len(), 1, "only the head should remain: {:?}", device.values());
    write(&mut journal, "care-mind", "third");
    assert_eq!(free_text(&open(&device, &tab), "care-mind"), "third");
}

#[test]
fn erasing_an_answer_removes_its_quarantined_values() {
    let (device, tab) = stores_with("care-mind", "often");
    device.write(&key_of(&device, "care-mind"), "damaged").unwrap();
    let mut journal = open(&device, &tab);
    write(&mut journal, "care-mind", "again");
    write(&mut journal, "calm-help", "stays");
    assert!(journal.erase_answer("care-mind"));
    assert!(device.values().keys().all(|key| !key.contains("care-mind")), "{:?}", device.values());
    assert_eq!(free_text(&open(&device, &tab), "calm-help"), "stays");
}

#[test]
fn a_stale_tab_cannot_bring_back_an_erased_reflection() {
    for action in [
        (|journal: &mut Journal<MemoryStore>| write(journal, "care-mind", "again")) as fn(&mut _) -> Change,
        |journal| journal.edit_state(&mut |state| state.alone = true),
        |journal| journal.resync(),
    ] {
        let (device, tab) = two_reflections();
        let mut stale = open(&device, &MemoryStore::default());
        let mut journal = open(&device, &tab);
        let id = ids(&journal)[1].clone();
        assert!(journal.erase_reflection(&id));
        assert_eq!(action(&mut stale), Change::Erased);
        assert!(device.values().keys().all(|key| !key.contains(&id)), "{:?}", device.values());
        assert_eq!(free_text(&stale, "care-mind"), "first", "the remaining reflection should be opened");
    }
}

/// An operation on a journal.
type Action = fn(&mut Journal<Failing>) -> bool;

#[test]
fn a_kill_at_any_call_leaves_the_state_before_or_after() {
    let actions: [(&str, Action); 7] = [
        ("begin a new one", |journal| begin_on_device(journal, "2026-12-24")),
        ("open the other", |journal| journal.open_reflection(&ids(journal)[0]).is_ok()),
        ("erase the other", |journal| journal.erase_reflection(&ids(journal)[0])),
        ("erase the open one", |journal| journal.erase_reflection(&ids(journal)[1])),
        ("erase an answer", |journal| journal.erase_answer("care-mind")),
        ("move to the tab", |journal| journal.keep(StorageChoice::Tab)),
        ("erase everything", |journal| journal.erase()),
    ];
    for from_tab in [false, true] {
        for (name, action) in actions {
            // A journal in the tab moves to the device instead.
            let action = |journal: &mut Journal<Failing>| match (from_tab, name) {
                (true, "move to the tab") => journal.keep(StorageChoice::Device),
                _ => action(journal),
            };
            let mut after = None;
            for at in -1..60 {
                let (device, tab) = two_reflections();
                if from_tab {
                    let mut journal = open(&device, &tab);
                    for id in ids(&journal) {
                        assert!(journal.open_reflection(&id).is_ok() && journal.keep(StorageChoice::Tab));
                    }
                }
                let before = visible(&device, &tab);
                let countdown = Rc::new(Cell::new(-1));
                let failing = |store: &MemoryStore| Failing {
                    store: store.clone(),
                    countdown: countdown.clone(),
                    is_permanent: true,
                };
                let mut journal = Journal::open(failing(&device), failing(&tab), random);
                countdown.set(at);
                action(&mut journal);
                // The next visit finishes or discards the interrupted operation.
                open(&device, &tab);
                let found = visible(&device, &tab);
                let after = after.get_or_insert_with(|| found.clone());
                assert!(
                    found == before || found == *after,
                    "{name}, killed at call {at}: {found:?} is neither {before:?} nor {after:?}"
                );
                let own = tab.values();
                let duplicate =
                    device.values().into_keys().find(|key| own.contains_key(key) && !key.ends_with(":journal"));
                assert_eq!(duplicate, None, "{name}, killed at call {at}: a key remains in both stores");
                if name == "erase everything" && found == *after {
                    assert!(
                        device.values().is_empty() && tab.values().is_empty(),
                        "{name}, killed at call {at}: a key remains"
                    );
                }
            }
        }
    }
}
