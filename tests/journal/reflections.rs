//! Several reflections in one journal, and what a cut-off at any call leaves of them.

use std::cell::Cell;
use std::rc::Rc;

use between_us::reflection::{Change, Journal, MemoryStore, SaveStatus, StorageChoice, Store, SwitchError};

use crate::support::{Failing, begin, kept, key_of, open, random, words, write};

/// A journal with two reflections on the device. The second one is open.
fn two() -> (MemoryStore, MemoryStore) {
    let (device, tab) = kept("care-mind", "first");
    let mut journal = open(&device, &tab);
    write(&mut journal, "calm-help", "walking");
    assert!(begin(&mut journal, "2026-12-03"));
    write(&mut journal, "care-mind", "second");
    (device, tab)
}

fn ids<S: Store>(journal: &Journal<S>) -> Vec<String> {
    journal.reflections().into_iter().map(|reflection| reflection.id).collect()
}

/// All that a visit finds: where it is kept, and of each reflection its day, whether it is open, and its answers.
type Seen = (Option<StorageChoice>, Vec<(String, bool, Vec<(String, String)>)>);

/// Looks at copies, so that looking changes nothing.
fn seen(device: &MemoryStore, tab: &MemoryStore) -> Seen {
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
fn a_new_reflection_begins_empty_and_the_old_one_stays() {
    let (device, tab) = two();
    let mut journal = open(&device, &tab);
    let all = journal.reflections();
    assert_eq!(all.iter().map(|one| (one.answered, one.is_open)).collect::<Vec<_>>(), [(2, false), (1, true)]);
    assert_eq!((words(&journal, "care-mind"), journal.state().day.as_str()), ("second".to_owned(), "2026-12-03"));
    assert!(journal.open_reflection(&all[0].id).is_ok());
    assert_eq!(words(&open(&device, &tab), "care-mind"), "first");
    assert_eq!(journal.open_reflection("r0"), Err(SwitchError::Refused), "there is no such reflection");
}

#[test]
fn no_reflection_begins_while_something_is_in_memory_only() {
    let mut journal = open(&MemoryStore::default(), &MemoryStore::default());
    write(&mut journal, "care-mind", "often");
    assert_eq!(journal.begin_new("2026-12-03"), Err(SwitchError::Unkept));
    assert_eq!(words(&journal, "care-mind"), "often");

    let (device, tab) = two();
    let left = Rc::new(Cell::new(0));
    let failing = |store: &MemoryStore| Failing { store: store.clone(), left: Rc::clone(&left), for_good: true };
    let mut journal = Journal::open(failing(&device), failing(&tab), random);
    write(&mut journal, "care-mind", "unsaved");
    let first = ids(&journal)[0].clone();
    assert_eq!(journal.begin_new("2026-12-04"), Err(SwitchError::Unkept));
    assert_eq!(journal.open_reflection(&first), Err(SwitchError::Unkept));
    assert_eq!((words(&journal, "care-mind").as_str(), journal.saved()), ("unsaved", SaveStatus::Failed));
    left.set(-1);
    assert!(journal.open_reflection(&first).is_ok());
    assert_eq!(seen(&device, &tab).1[1].2, [("care-mind".to_owned(), "unsaved".to_owned())]);
}

#[test]
fn erasing_a_reflection_leaves_nothing_of_it_and_all_of_the_other() {
    let (device, tab) = two();
    let key = key_of(&device, "calm-help");
    device.write(&key, "damaged").unwrap();
    let mut journal = open(&device, &tab);
    let first = ids(&journal)[0].clone();
    assert!(journal.open_reflection(&first).is_ok(), "what is damaged is moved aside now");
    assert!(device.values().values().any(|value| value == "damaged"));
    assert!(journal.erase_reflection(&first));
    assert!(device.values().keys().all(|key| !key.contains(&first)), "{:?}", device.values());
    assert_eq!(words(&journal, "care-mind"), "second", "the other one is open");
    assert!(journal.erase_reflection(&ids(&journal)[0]));
    assert!(!journal.has_answers() && journal.saved() == SaveStatus::Device);
    assert_eq!(device.values().len(), 1, "the head alone stays: {:?}", device.values());
    write(&mut journal, "care-mind", "third");
    assert_eq!(words(&open(&device, &tab), "care-mind"), "third");
}

#[test]
fn erasing_an_answer_erases_what_was_moved_aside_of_it() {
    let (device, tab) = kept("care-mind", "often");
    device.write(&key_of(&device, "care-mind"), "damaged").unwrap();
    let mut journal = open(&device, &tab);
    write(&mut journal, "care-mind", "again");
    write(&mut journal, "calm-help", "stays");
    assert!(journal.erase_answer("care-mind"));
    assert!(device.values().keys().all(|key| !key.contains("care-mind")), "{:?}", device.values());
    assert_eq!(words(&open(&device, &tab), "calm-help"), "stays");
}

#[test]
fn a_tab_whose_reflection_was_erased_elsewhere_cannot_bring_it_back() {
    for act in [
        (|journal: &mut Journal<MemoryStore>| write(journal, "care-mind", "again")) as fn(&mut _) -> Change,
        |journal| journal.edit_state(&mut |state| state.alone = true),
        |journal| journal.resync(),
    ] {
        let (device, tab) = two();
        let mut stale = open(&device, &MemoryStore::default());
        let mut journal = open(&device, &tab);
        let id = ids(&journal)[1].clone();
        assert!(journal.erase_reflection(&id));
        assert_eq!(act(&mut stale), Change::Erased);
        assert!(device.values().keys().all(|key| !key.contains(&id)), "{:?}", device.values());
        assert_eq!(words(&stale, "care-mind"), "first", "it opens the one that is left");
    }
}

/// Something done to a journal.
type Deed = fn(&mut Journal<Failing>) -> bool;

#[test]
fn killed_at_any_call_leaves_what_was_before_or_after() {
    let deeds: [(&str, Deed); 7] = [
        ("begin a new one", |journal| begin(journal, "2026-12-24")),
        ("open the other", |journal| journal.open_reflection(&ids(journal)[0]).is_ok()),
        ("erase the other", |journal| journal.erase_reflection(&ids(journal)[0])),
        ("erase the open one", |journal| journal.erase_reflection(&ids(journal)[1])),
        ("erase an answer", |journal| journal.erase_answer("care-mind")),
        ("move to the tab", |journal| journal.keep(StorageChoice::Tab)),
        ("erase everything", |journal| journal.erase()),
    ];
    for from_tab in [false, true] {
        for (name, deed) in deeds {
            // A reload of a moved journal is looked at from the same tab.
            let deed = |journal: &mut Journal<Failing>| match (from_tab, name) {
                (true, "move to the tab") => journal.keep(StorageChoice::Device),
                _ => deed(journal),
            };
            let mut after = None;
            for at in -1..60 {
                let (device, tab) = two();
                if from_tab {
                    let mut journal = open(&device, &tab);
                    for id in ids(&journal) {
                        assert!(journal.open_reflection(&id).is_ok() && journal.keep(StorageChoice::Tab));
                    }
                }
                let before = seen(&device, &tab);
                let left = Rc::new(Cell::new(-1));
                let killed = |store: &MemoryStore| Failing { store: store.clone(), left: left.clone(), for_good: true };
                let mut journal = Journal::open(killed(&device), killed(&tab), random);
                left.set(at);
                deed(&mut journal);
                // The next visit finishes or forgets what was cut off.
                open(&device, &tab);
                let found = seen(&device, &tab);
                let after = after.get_or_insert_with(|| found.clone());
                assert!(
                    found == before || found == *after,
                    "{name}, killed at call {at}: {found:?}, and not {before:?} or {after:?}"
                );
                let own = tab.values();
                let twice = device.values().into_keys().find(|key| own.contains_key(key) && !key.ends_with(":journal"));
                assert_eq!(twice, None, "{name}, {at}: a trace is left behind");
                if name == "erase everything" && found == *after {
                    assert!(device.values().is_empty() && tab.values().is_empty(), "{name}, {at}: something is left");
                }
            }
        }
    }
}
