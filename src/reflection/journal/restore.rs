//! Putting a backup back: added to what is kept, or in its place, and taken back again.
//!
//! A change that spans keys is written twice. First every new value is staged, under a key beside its own; then the staged head
//! says that they count; then they are moved to their keys. A kill before the staged head is written leaves the earlier values,
//! one after it is finished by the next visit. In between the parent may go on writing, also in another tab: a staged value is
//! merged into the one under its key.

use std::cell::RefCell;

use super::head::{Head, Restoring, quarantine_copy};
use super::profile::shares;
use super::{
    Answer, DecodeError, Journal, Key, Profile, ReflectionState, StorageChoice, StorageError, Store, decode,
    fresh_head, hex,
};
use crate::reflection::backup::Backup;
use crate::reflection::order::sort;
use crate::reflection::store::without_prefix;
use crate::reflection::stored_value::{Merge, StoredValue, encode};

/// What stood in a journal before a backup was put back, so that it can be taken back.
#[derive(Clone, Debug)]
pub struct Snapshot {
    values: Vec<(String, String)>,
    /// Fingerprints of the values that stood there afterwards, as in [`Head::stood`]: only those go when it is taken back.
    stood: Vec<String>,
}

/// The outcome of putting a backup back, or of taking that back.
#[derive(Clone, Debug)]
pub enum Restored {
    /// All of it is done. The state before it is given, to be taken back to.
    Done(Snapshot),
    /// The store refused a part of it. It counts, and the next visit finishes it.
    Later,
    /// Nothing has changed.
    Unchanged,
}

impl<S: Store> Journal<S> {
    /// Adds a backup to what is kept, or puts it in its place.
    ///
    /// Added, of two versions of one answer the one with more edits stands, and on a tie both. To a blank journal there is
    /// nothing to add: the file takes its place, so that its own reflection is the open one. It cannot work before the parent
    /// has chosen where to keep, nor while something is in memory only.
    pub fn restore(&mut self, backup: &Backup, replace: bool) -> Restored {
        if !self.can_switch() || !self.finish_pending_restore() {
            return Restored::Unchanged;
        }
        let before = self.values();
        if replace || self.is_blank() {
            let stood = fingerprints(&before);
            self.put_in_place(&backup.values, stood, before)
        } else {
            self.add(&backup.values, before)
        }
    }

    /// Puts everything back as it stood before. What was written since then stays: an answer that was edited joins the earlier
    /// one.
    pub fn take_back(&mut self, before: &Snapshot) -> Restored {
        if !self.can_switch() || !self.finish_pending_restore() {
            return Restored::Unchanged;
        }
        let now = self.values();
        self.put_in_place(&before.values, before.stood.clone(), now)
    }

    /// Returns whether nothing was said yet in the open reflection, and its place holds no other one.
    pub fn is_blank(&self) -> bool {
        let is_open = |id: &String| *id == self.head.current;
        self.is_untouched() && self.place.is_none_or(|place| self.ids_at(place).iter().all(is_open))
    }

    /// Finishes what is still to be put back. Tells whether nothing is left of it.
    pub(super) fn finish_pending_restore(&mut self) -> bool {
        match self.store().map(|store| finish_restoring(store)) {
            Some(Ok(was_pending)) => {
                if was_pending {
                    self.reload_after_erase();
                }
                self.place.is_some()
            }
            _ => false,
        }
    }

    /// Puts these values in the place of what stood there. The journal gets another id, so that other tabs begin anew from what
    /// then stands there and write nothing of theirs over it.
    fn put_in_place(
        &mut self,
        values: &[(String, String)],
        stood: Vec<String>,
        before: Vec<(String, String)>,
    ) -> Restored {
        let journal = Key::Journal.name();
        let head = values.iter().find(|(key, _)| *key == journal).and_then(|(_, text)| decode::<Head>(text).ok());
        let mut head = head.unwrap_or_else(|| fresh_head(self.random));
        if head.id == self.head.id || head.id.is_empty() {
            head.id = hex((self.random)());
        }
        (head.moves, head.moving, head.erasing) = (self.head.moves, false, false);
        (head.restoring, head.stood) = (Restoring::InPlace, stood);
        let values: Vec<_> = values.iter().filter(|(key, _)| *key != journal).cloned().collect();
        self.take_over(&head, &values, before)
    }

    fn add(&mut self, values: &[(String, String)], before: Vec<(String, String)>) -> Restored {
        let mut new = Vec::new();
        // The shared profile of an older file goes to each of the file's reflections, and to no other.
        let shares = shares(values);
        for (key, text) in values.iter().filter(|(key, _)| *key != Key::SharedProfile.name()).chain(&shares) {
            let Ok(here) = self.stored(key) else { return Restored::Unchanged };
            let brings_something = match (Key::parse(key), here) {
                (None | Some(Key::Journal | Key::Staged(_)), _) => false,
                // Settings of the site itself are not restored.
                (Some(Key::Unknown), here) => here.is_none() && !OF_THE_SITE.contains(&without_prefix(key)),
                (_, None) => true,
                (Some(parsed), Some(here)) => !matches!(join(&parsed, &here, text, false), MergeOutcome::Existing),
            };
            if brings_something {
                new.push((key.clone(), text.clone()));
            }
        }
        let head = Head { restoring: Restoring::Added, stood: fingerprints(&before), ..self.head.clone() };
        self.take_over(&head, &new, before)
    }

    fn take_over(&mut self, head: &Head, values: &[(String, String)], before: Vec<(String, String)>) -> Restored {
        let Some(store) = self.store() else { return Restored::Unchanged };
        let stage = || -> Result<(), StorageError> {
            drop_staged(store)?;
            values.iter().try_for_each(|(key, text)| store.write(&staged(key), text))?;
            store.write(&staged(&Key::Journal.name()), &encode(head))
        };
        if stage().is_err() {
            // Values left by a second refusal do not count, and go when a file is next put back.
            let _ = drop_staged(store);
            return Restored::Unchanged;
        }
        let finished = finish_restoring(store).is_ok();
        // The tab's own journal would come first, and lead to the reflection that was open before.
        if self.place == Some(StorageChoice::Device)
            && let Some(head) = Head::at(&self.device, &Key::Journal.name())
        {
            self.head = head;
            self.point_tab();
        }
        self.reload_after_erase();
        if finished {
            let stood = fingerprints(&self.values());
            Restored::Done(Snapshot { values: before, stood })
        } else {
            Restored::Later
        }
    }
}

/// Keys that say how the site itself is to behave.
const OF_THE_SITE: [&str; 3] = ["changed", "locale", "practice"];

/// Takes over what is staged, if the staged head says that it counts. Tells whether there was any. It can be cut off anywhere and
/// done again.
pub(super) fn finish_restoring(store: &dyn Store) -> Result<bool, StorageError> {
    let journal = Key::Journal.name();
    let coming = staged(&journal);
    let head = |key: &str| Ok(store.read(key)?.and_then(|text| decode::<Head>(&text).ok()));
    let own = |head: &Head| Head { restoring: Restoring::Not, stood: Vec::new(), ..head.clone() };
    let mut plan = head(&coming)?.filter(|head: &Head| head.restoring != Restoring::Not);
    match store.read(&journal)?.map(|text| decode::<Head>(&text)) {
        // Nothing is to come back where all is to go, and nothing is to be written where a newer version keeps its journal.
        Some(Ok(Head { erasing: true, .. }) | Err(DecodeError::Newer)) => return Ok(false),
        Some(Ok(mut begun)) if plan.is_none() && begun.restoring != Restoring::Not => {
            // Earlier versions wrote how far it was into the head itself.
            let mut values = Vec::new();
            for key in store.keys()? {
                values.extend(store.read(&key)?.map(|text| (key, text)));
            }
            begun.stood = fingerprints(&values);
            store.write(&coming, &encode(&begun))?;
            own(&begun).write(store)?;
            plan = Some(begun);
        }
        _ => {}
    }
    let Some(mut plan) = plan else { return Ok(false) };
    if plan.restoring == Restoring::InPlace {
        for known in &plan.stood {
            if let Some((_, key)) = known.split_at_checked(FINGERPRINT)
                && store.read(key)?.is_some_and(|text| fingerprint(key, &text) == *known)
            {
                store.remove(key)?;
            }
        }
        // From here on the value under a key may be one of the new ones.
        plan.restoring = Restoring::Replaced;
        store.write(&coming, &encode(&plan))?;
    }
    sort(&mut plan.stood, &|one, other| one < other);
    for key in store.keys()?.iter().filter(|key| **key != coming) {
        if let Some(own) = staged_target(key)
            && let Some(text) = store.read(key)?
        {
            take(store, &own, &text, &plan)?;
            store.remove(key)?;
        }
    }
    if plan.restoring == Restoring::Replaced {
        // Now that all is in place, other tabs are to take it up.
        own(&plan).write(store)?;
    }
    store.remove(&coming)?;
    Ok(true)
}

/// Brings a value to its key. What stands there, and did not when the parent chose, was written later.
fn take(store: &dyn Store, key: &str, text: &str, plan: &Head) -> Result<(), StorageError> {
    let Some(here) = store.read(key)? else { return store.write(key, text) };
    let Some(parsed) = Key::parse(key) else { return Ok(()) };
    let is_here_later = plan.stood.binary_search(&fingerprint(key, &here)).is_err();
    if !is_here_later && plan.restoring == Restoring::Replaced {
        return store.write(key, text);
    }
    match join(&parsed, &here, text, is_here_later) {
        MergeOutcome::Existing => Ok(()),
        MergeOutcome::Both(both) => store.write(key, &both),
        MergeOutcome::Separate => quarantine_copy(store, key, text),
        MergeOutcome::Incoming => {
            quarantine_copy(store, key, &here)?;
            store.write(key, text)
        }
    }
}

/// The outcome of merging the value that stands under a key with one that is to stand there.
enum MergeOutcome {
    /// The value that stands there says all.
    Here,
    /// This one says what both say.
    Both(String),
    /// The value that stands there cannot be read: it goes aside.
    There,
    /// The other value cannot be merged into it: that one goes aside.
    Apart,
}

fn join(key: &Key<'_>, here: &str, there: &str, is_here_later: bool) -> MergeOutcome {
    let later = is_here_later;
    match key {
        _ if here == there => MergeOutcome::Existing,
        Key::Answer(..) => join_as(here, there, if later { Answer::join } else { Answer::merge }),
        Key::SharedProfile | Key::Profile(_) => {
            join_as(here, there, if later { Profile::join } else { Profile::merge })
        }
        Key::State(_) => join_as(here, there, if later { ReflectionState::join } else { ReflectionState::merge }),
        Key::Quarantined(_) => MergeOutcome::Separate,
        _ => MergeOutcome::Existing,
    }
}

fn join_as<T: StoredValue + Default>(here: &str, there: &str, merge: fn(&T, &T) -> T) -> MergeOutcome {
    match (decode(here), decode(there)) {
        (Ok(ours), Ok(theirs)) => {
            let both = encode(&merge(&ours, &theirs));
            if both == here { MergeOutcome::Existing } else { MergeOutcome::Both(both) }
        }
        (Err(DecodeError::Broken), _) => MergeOutcome::Incoming,
        _ => MergeOutcome::Separate,
    }
}

/// The text to keep under this key, where it is one that can stand there; without what would erase something.
pub(in crate::reflection) fn sanitize(key: &Key<'_>, text: &str) -> Option<String> {
    let is_sound = match key {
        Key::Answer(..) => is_usable::<Answer>(text),
        Key::SharedProfile | Key::Profile(_) => is_usable::<Profile>(text),
        Key::Journal => is_usable::<Head>(text),
        Key::State(_) => {
            if let Ok(state) = decode::<ReflectionState>(text)
                && state.erasing
            {
                return Some(encode(&ReflectionState { erasing: false, ..state }));
            }
            is_usable::<ReflectionState>(text)
        }
        Key::Staged(_) => {
            let own = staged_target(&key.name())?;
            return sanitize(&Key::parse(&own)?, text);
        }
        Key::Quarantined(_) | Key::Unknown => true,
    };
    is_sound.then(|| text.to_owned())
}

fn is_usable<T: StoredValue + Default>(text: &str) -> bool {
    !matches!(decode::<T>(text), Err(DecodeError::Broken))
}

/// The key under which a value waits to take its place under this one.
fn staged(key: &str) -> String {
    Key::Staged(without_prefix(key)).name()
}

/// The key that a staged value is meant for.
pub(super) fn staged_target(key: &str) -> Option<String> {
    match Key::parse(key) {
        Some(Key::Staged(rest)) => Some([crate::reflection::PREFIX, rest].concat()),
        _ => None,
    }
}

/// Removes what is staged, the staged head first, so that what a refusal leaves means nothing.
fn drop_staged(store: &impl Store) -> Result<(), StorageError> {
    store.remove(&staged(&Key::Journal.name()))?;
    store.keys()?.iter().filter(|key| staged_target(key).is_some()).try_for_each(|key| store.remove(key))
}

/// Fingerprints of the values of a journal. The journal's own key is left out.
fn fingerprints(values: &[(String, String)]) -> Vec<String> {
    let journal = Key::Journal.name();
    let kept = values.iter().filter(|(key, _)| *key != journal && staged_target(key).is_none());
    kept.map(|(key, text)| fingerprint(key, text)).collect()
}

/// The length of the part of a fingerprint that stands for the value, in hexadecimal digits.
const FINGERPRINT: usize = 16;

/// A number that hardly any other value has (FNV-1a), and the key behind it.
fn fingerprint(key: &str, text: &str) -> String {
    let mut print = hex(text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)));
    print.push_str(key);
    print
}

/// These values as they stand once all that is to be put back is put back. What is staged and does not count is joined to them
/// too, or left out.
pub(in crate::reflection) fn apply_staged(values: Vec<(String, String)>, with_rest: bool) -> Vec<(String, String)> {
    if values.iter().all(|(key, _)| staged_target(key).is_none()) {
        return values;
    }
    let list = List::new(values);
    let begins = matches!(finish_restoring(&list), Ok(false)) && with_rest;
    // Nobody has chosen it: it takes nothing away.
    let plan = Head { restoring: Restoring::Added, ..Head::default() };
    if begins && list.write(&staged(&Key::Journal.name()), &encode(&plan)).is_ok() {
        // A list takes everything.
        let _ = finish_restoring(&list);
    }
    let values = list.0.take().into_iter();
    values.filter_map(|(key, text)| Some((key, text?))).filter(|(key, _)| staged_target(key).is_none()).collect()
}

/// A sorted list of values as a store. Few keys are ever added to those that it begins with, and to those of staged values.
struct List(RefCell<Vec<(String, Option<String>)>>, usize);

impl List {
    fn new(values: Vec<(String, String)>) -> Self {
        let of_staged: Vec<_> = values.iter().filter_map(|(key, _)| Some((staged_target(key)?, None))).collect();
        let mut list: Vec<_> = values.into_iter().map(|(key, text)| (key, Some(text))).collect();
        list.extend(of_staged);
        // A key's own value comes before the place for a staged one.
        sort(&mut list, &|one, other| (&one.0, one.1.is_none()) < (&other.0, other.1.is_none()));
        list.dedup_by(|again, first| again.0 == first.0);
        let sorted = list.len();
        Self(RefCell::new(list), sorted)
    }

    fn place(&self, key: &str) -> Option<usize> {
        let list = self.0.borrow();
        let (sorted, added) = list.split_at_checked(self.1)?;
        let found = sorted.binary_search_by(|(known, _)| known.as_str().cmp(key)).ok();
        found.or_else(|| added.iter().position(|(known, _)| known == key).map(|at| at + self.1))
    }

    fn set(&self, key: &str, text: Option<&str>) {
        let text = text.map(str::to_owned);
        match self.place(key) {
            Some(at) => self.0.borrow_mut().get_mut(at).into_iter().for_each(|entry| entry.1.clone_from(&text)),
            None => self.0.borrow_mut().push((key.to_owned(), text)),
        }
    }
}

impl Store for List {
    fn read(&self, key: &str) -> Result<Option<String>, StorageError> {
        Ok(self.place(key).and_then(|at| self.0.borrow().get(at)?.1.clone()))
    }

    fn write(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.set(key, Some(value));
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.set(key, None);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StorageError> {
        let list = self.0.borrow();
        Ok(list.iter().filter(|(_, text)| text.is_some()).map(|(key, _)| key.clone()).collect())
    }
}
