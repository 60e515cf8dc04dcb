//! Tests of copies of one journal: duplicated tabs, and reflections that move between stores.

use between_us::reflection::{Field, MemoryStore, SaveStatus, StorageChoice, SwitchError};

use crate::support::{begin_on_device, free_text, open, stores_with, write};

/// Returns a device store, a tab store with a journal, and the copy of the tab store that a browser makes when the tab
/// is duplicated.
fn duplicated() -> (MemoryStore, MemoryStore, MemoryStore) {
    let (device, tab) = (MemoryStore::default(), MemoryStore::default());
    let mut first = open(&device, &tab);
    write(&mut first, "care-mind", "often");
    assert!(first.keep(StorageChoice::Tab));
    let copy = MemoryStore::new(tab.values());
    (device, tab, copy)
}

#[test]
fn a_duplicated_tab_moved_to_the_device_merges_edits_of_the_first() {
    let (device, tab, copy) = duplicated();
    write(&mut open(&device, &tab), "care-mind", "often, and more");
    write(&mut open(&device, &copy), "calm-help", "walking");
    assert!(open(&device, &copy).keep(StorageChoice::Device));
    let first = open(&device, &tab);
    assert_eq!((free_text(&first, "care-mind").as_str(), first.saved()), ("often, and more", SaveStatus::Device));
    assert!(tab.values().is_empty(), "values remain in the tab: {:?}", tab.values());
    let third = open(&device, &MemoryStore::default());
    assert_eq!(
        (free_text(&third, "care-mind").as_str(), free_text(&third, "calm-help").as_str()),
        ("often, and more", "walking")
    );
}

#[test]
fn an_outdated_copy_overwrites_nothing_when_saved_last() {
    let (device, tab, copy) = duplicated();
    let (mut first, mut second) = (open(&device, &tab), open(&device, &copy));
    write(&mut first, "care-mind", "two");
    write(&mut first, "care-mind", "three");
    assert!(first.keep(StorageChoice::Device) && second.keep(StorageChoice::Device));
    assert_eq!(free_text(&open(&device, &MemoryStore::default()), "care-mind"), "three");
    assert_eq!(free_text(&second, "care-mind"), "three");
}

#[test]
fn a_copy_on_the_device_is_not_removed_by_one_with_more_moves() {
    let (device, tab, copy) = duplicated();
    let mut first = open(&device, &tab);
    assert!(first.keep(StorageChoice::Device) && first.keep(StorageChoice::Tab));
    assert!(open(&device, &copy).keep(StorageChoice::Device));
    open(&device, &tab);
    assert_eq!(free_text(&open(&device, &MemoryStore::default()), "care-mind"), "often");
}

#[test]
fn moving_one_reflection_leaves_the_others_in_place() {
    let (device, tab) = stores_with("care-mind", "first");
    let mut journal = open(&device, &tab);
    let before = device.values();
    assert!(begin_on_device(&mut journal, "2026-12-03"));
    write(&mut journal, "care-mind", "second");
    assert!(journal.keep(StorageChoice::Tab));
    let mut remaining = device.values();
    remaining.retain(|key, _| !key.ends_with(":journal"));
    assert!(remaining.iter().all(|(key, value)| before.get(key) == Some(value)), "{remaining:?}");
    assert_eq!(free_text(&open(&device, &MemoryStore::default()), "care-mind"), "first");
    let mut journal = open(&device, &tab);
    assert_eq!((free_text(&journal, "care-mind").as_str(), journal.saved()), ("second", SaveStatus::Tab));
    let first = journal.reflections()[0].id.clone();
    assert!(journal.open_reflection(&first).is_ok(), "a tab cannot open a reflection on the device");
    assert_eq!((free_text(&journal, "care-mind").as_str(), journal.saved()), ("first", SaveStatus::Device));
    assert_eq!(free_text(&open(&device, &tab), "care-mind"), "first", "a reload opens another reflection");
}

#[test]
fn a_new_reflection_is_undecided_and_independent_of_the_first() {
    let (device, tab) = stores_with("care-mind", "first");
    let mut journal = open(&device, &tab);
    journal.edit_profile(&mut |profile| {
        profile.wish("no-touch", true);
        profile.role = "carrying".into();
        profile.type_into(Field::Number, "010-123", "2026-11-25");
    });
    let before = device.values();
    journal.begin_new("2026-12-03").unwrap();
    assert_eq!((journal.place(), journal.saved()), (None, SaveStatus::Undecided));
    assert!(journal.profile().is_untouched() && !journal.has_answers());
    journal.edit_profile(&mut |profile| profile.role = "partner".into());
    write(&mut journal, "care-mind", "second");
    journal.edit_state(&mut |state| state.agreed = "ours".into());
    assert_eq!(device.values(), before);
    let first =
        journal.reflections().into_iter().find(|one| !one.is_open).expect("the first reflection should be listed").id;
    assert_eq!(journal.open_reflection(&first), Err(SwitchError::Unkept), "the parent should be asked first");
    assert_eq!(free_text(&journal, "care-mind"), "second");
    assert!(journal.keep(StorageChoice::Device));
    assert!(before.iter().all(|(key, value)| key.ends_with(":journal") || device.values().get(key) == Some(value)));
    assert!(journal.open_reflection(&first).is_ok());
    assert_eq!((journal.profile().role.as_str(), journal.profile().wishes("no-touch")), ("carrying", true));
    journal.begin_new("2026-12-04").unwrap();
    write(&mut journal, "care-mind", "third");
    let before = device.values();
    assert!(journal.keep(StorageChoice::Tab));
    assert_eq!(device.values(), before, "the other reflections should stay on the device");
    journal.begin_new("2026-12-05").unwrap();
    assert!(journal.open_reflection(&first).is_ok(), "a blank reflection cannot be left");
    journal.begin_new("2026-12-06").unwrap();
    write(&mut journal, "care-mind", "abandoned");
    journal.leave_unkept();
    assert!(journal.open_reflection(&first).is_ok());
}
