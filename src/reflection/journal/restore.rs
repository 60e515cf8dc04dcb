//! Restoring a backup, either merged into the stored values or replacing them, and undoing that.
//!
//! A restore changes many keys, so it is made atomic by staging: first every new value is written under a staging key,
//! then the staged head marks them as valid, then they are moved to their keys. If the page is closed before the staged
//! head is written, the earlier values remain; afterwards, the next visit finishes the restore. The parent may continue
//! to write in between, also in another tab: a staged value is merged into the value under its key.

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

/// The values of a journal before a restore, for undoing it.
#[derive(Clone, Debug)]
pub struct Snapshot {
    values: Vec<(String, String)>,
    /// The fingerprints of the values after the restore, as in [`Head::baseline`]. Undoing removes only those values.
    baseline: Vec<String>,
}

/// The outcome of restoring a backup, or of undoing that.
#[derive(Clone, Debug)]
pub enum Restored {
    /// The restore is complete. The snapshot undoes it.
    Done(Snapshot),
    /// The store failed in between. The restore is valid, and the next visit finishes it.
    Later,
    /// Nothing has changed.
    Unchanged,
}

impl<S: Store> Journal<S> {
    /// Merges a backup into the stored values, or replaces them with it.
    ///
    /// When merging, the version of an answer with more edits wins; if the counts are equal, the result contains both.
    /// A blank journal is always replaced, so that the open reflection of the file is opened. Returns
    /// [`Restored::Unchanged`] if the parent has not chosen a store, or while something is in memory only.
    pub fn restore(&mut self, backup: &Backup, replace: bool) -> Restored {
        if !self.can_switch() || !self.finish_pending_restore() {
            return Restored::Unchanged;
        }
        // Another tab may have written while this one slept: its journal is not blank then.
        self.resync();
        let before = self.values();
        if replace || self.is_blank() {
            let baseline = fingerprints(&before);
            self.replace_with(&backup.values, baseline, before)
        } else {
            self.merge_in(&backup.values, before)
        }
    }

    /// Undoes a restore. Values written since then stay; an answer edited since then is merged with the earlier one.
    pub fn take_back(&mut self, before: &Snapshot) -> Restored {
        if !self.can_switch() || !self.finish_pending_restore() {
            return Restored::Unchanged;
        }
        let now = self.values();
        self.replace_with(&before.values, before.baseline.clone(), now)
    }

    /// Returns whether nothing was entered in the open reflection, and its store has no other one.
    pub fn is_blank(&self) -> bool {
        let is_open = |id: &String| *id == self.head.current;
        self.is_untouched() && self.place.is_none_or(|place| self.ids_at(place).iter().all(is_open))
    }

    /// Finishes an interrupted restore. Returns `true` if none is left and a store is chosen.
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

    /// Replaces the stored values with these. The journal gets a new id, so that other tabs reload it and do not
    /// overwrite it with their values.
    fn replace_with(
        &mut self,
        values: &[(String, String)],
        baseline: Vec<String>,
        before: Vec<(String, String)>,
    ) -> Restored {
        let journal = Key::Journal.name();
        let head = values.iter().find(|(key, _)| *key == journal).and_then(|(_, text)| decode::<Head>(text).ok());
        let mut head = head.unwrap_or_else(|| fresh_head(self.random));
        if head.id == self.head.id || head.id.is_empty() {
            head.id = hex((self.random)());
        }
        (head.moves, head.moving, head.erasing) = (self.head.moves, false, false);
        (head.restoring, head.baseline) = (Restoring::InPlace, baseline);
        let values: Vec<_> = values.iter().filter(|(key, _)| *key != journal).cloned().collect();
        self.stage_and_finish(&head, &values, before)
    }

    /// Stages the values of a backup that the stored ones do not contain, to be merged.
    fn merge_in(&mut self, values: &[(String, String)], before: Vec<(String, String)>) -> Restored {
        let mut new = Vec::new();
        // The shared profile of an older file applies only to the reflections of that file.
        let shares = shares(values);
        for (key, text) in values.iter().filter(|(key, _)| *key != Key::SharedProfile.name()).chain(&shares) {
            let Ok(existing) = self.stored(key) else { return Restored::Unchanged };
            let is_new = match (Key::parse(key), existing) {
                (None | Some(Key::Journal | Key::Staged(_)), _) => false,
                // Settings of the site itself are not restored.
                (Some(Key::Unknown), existing) => existing.is_none() && !SITE_SETTINGS.contains(&without_prefix(key)),
                (_, None) => true,
                (Some(parsed), Some(existing)) => {
                    !matches!(join(&parsed, &existing, text, false), MergeOutcome::Existing)
                }
            };
            if is_new {
                new.push((key.clone(), text.clone()));
            }
        }
        let head = Head { restoring: Restoring::Added, baseline: fingerprints(&before), ..self.head.clone() };
        self.stage_and_finish(&head, &new, before)
    }

    /// Stages these values and moves them to their keys.
    fn stage_and_finish(
        &mut self,
        head: &Head,
        values: &[(String, String)],
        before: Vec<(String, String)>,
    ) -> Restored {
        let Some(store) = self.store() else { return Restored::Unchanged };
        let stage = || -> Result<(), StorageError> {
            drop_staged(store)?;
            values.iter().try_for_each(|(key, text)| store.write(&staged_key(key), text))?;
            store.write(&staged_key(&Key::Journal.name()), &encode(head))
        };
        if stage().is_err() {
            // Staged values without a staged head are ignored, and removed by the next restore.
            let _ = drop_staged(store);
            return Restored::Unchanged;
        }
        let finished = finish_restoring(store).is_ok();
        // On a reload the head of session storage is read first. It must not point at the reflection that was open
        // before.
        if self.place == Some(StorageChoice::Device)
            && let Some(head) = Head::read(&self.device, &Key::Journal.name())
        {
            self.head = head;
            self.update_tab_head();
        }
        self.reload_after_erase();
        if finished {
            let baseline = fingerprints(&self.values());
            Restored::Done(Snapshot { values: before, baseline })
        } else {
            Restored::Later
        }
    }
}

/// The keys of the settings of the site, without the prefix.
const SITE_SETTINGS: [&str; 3] = ["changed", "locale", "practice"];

/// Moves staged values to their keys, if the staged head marks them as valid. Returns whether it did.
///
/// It may be interrupted at any point and called again.
pub(super) fn finish_restoring(store: &dyn Store) -> Result<bool, StorageError> {
    let journal = Key::Journal.name();
    let staged_head = staged_key(&journal);
    let head = |key: &str| Ok(store.read(key)?.and_then(|text| decode::<Head>(&text).ok()));
    let without_plan = |head: &Head| Head { restoring: Restoring::Not, baseline: Vec::new(), ..head.clone() };
    let mut plan = head(&staged_head)?.filter(|head: &Head| head.restoring != Restoring::Not);
    match store.read(&journal)?.map(|text| decode::<Head>(&text)) {
        // Nothing is restored into a journal that is being erased, and nothing is written to one of a newer version.
        Some(Ok(Head { erasing: true, .. }) | Err(DecodeError::Newer)) => return Ok(false),
        Some(Ok(mut begun)) if plan.is_none() && begun.restoring != Restoring::Not => {
            // Earlier versions recorded the progress in the head itself.
            let mut values = Vec::new();
            for key in store.keys()? {
                values.extend(store.read(&key)?.map(|text| (key, text)));
            }
            begun.baseline = fingerprints(&values);
            store.write(&staged_head, &encode(&begun))?;
            without_plan(&begun).write(store)?;
            plan = Some(begun);
        }
        _ => {}
    }
    let Some(mut plan) = plan else { return Ok(false) };
    if plan.restoring == Restoring::InPlace {
        for known in &plan.baseline {
            if let Some((_, key)) = known.split_at_checked(FINGERPRINT)
                && store.read(key)?.is_some_and(|text| fingerprint(key, &text) == *known)
            {
                store.remove(key)?;
            }
        }
        // From here on the value of a key may be a restored one.
        plan.restoring = Restoring::Replaced;
        store.write(&staged_head, &encode(&plan))?;
    }
    sort(&mut plan.baseline, &|one, other| one < other);
    for key in store.keys()?.iter().filter(|key| **key != staged_head) {
        if let Some(target) = staged_target(key)
            && let Some(text) = store.read(key)?
        {
            apply_staged_value(store, &target, &text, &plan)?;
            store.remove(key)?;
        }
    }
    if plan.restoring == Restoring::Replaced {
        // Writing the head last notifies other tabs.
        without_plan(&plan).write(store)?;
    }
    store.remove(&staged_head)?;
    Ok(true)
}

/// Moves a staged value to its key. An existing value that is not in the baseline was written after the restore began;
/// it is merged.
fn apply_staged_value(store: &dyn Store, key: &str, text: &str, plan: &Head) -> Result<(), StorageError> {
    let Some(existing) = store.read(key)? else { return store.write(key, text) };
    let Some(parsed) = Key::parse(key) else { return Ok(()) };
    let is_later = plan.baseline.binary_search(&fingerprint(key, &existing)).is_err();
    if !is_later && plan.restoring == Restoring::Replaced {
        return store.write(key, text);
    }
    match join(&parsed, &existing, text, is_later) {
        MergeOutcome::Existing => Ok(()),
        MergeOutcome::Both(both) => store.write(key, &both),
        MergeOutcome::Separate => quarantine_copy(store, key, text),
        MergeOutcome::Incoming => {
            quarantine_copy(store, key, &existing)?;
            store.write(key, text)
        }
    }
}

/// The outcome of merging the existing value of a key with an incoming one.
enum MergeOutcome {
    /// The existing value contains everything.
    Existing,
    /// This merged value replaces both.
    Both(String),
    /// The existing value is malformed: it is quarantined and replaced.
    Incoming,
    /// The incoming value cannot be merged: it is quarantined.
    Separate,
}

/// Merges two values of a key. If the existing one `is_later`, both are treated as having equally many edits.
fn join(key: &Key<'_>, existing: &str, incoming: &str, is_later: bool) -> MergeOutcome {
    match key {
        _ if existing == incoming => MergeOutcome::Existing,
        Key::Answer(..) => join_as(existing, incoming, if is_later { Answer::join } else { Answer::merge }),
        Key::SharedProfile | Key::Profile(_) => {
            join_as(existing, incoming, if is_later { Profile::join } else { Profile::merge })
        }
        Key::State(_) => {
            join_as(existing, incoming, if is_later { ReflectionState::join } else { ReflectionState::merge })
        }
        Key::Quarantined(_) => MergeOutcome::Separate,
        _ => MergeOutcome::Existing,
    }
}

fn join_as<T: StoredValue + Default>(existing: &str, incoming: &str, merge: fn(&T, &T) -> T) -> MergeOutcome {
    match (decode(existing), decode(incoming)) {
        (Ok(ours), Ok(theirs)) => {
            let both = encode(&merge(&ours, &theirs));
            if both == existing { MergeOutcome::Existing } else { MergeOutcome::Both(both) }
        }
        (Err(DecodeError::Broken), _) => MergeOutcome::Incoming,
        _ => MergeOutcome::Separate,
    }
}

/// Returns the text to store under this key, or `None` if the value is malformed. A mark of an erasure is removed.
pub(in crate::reflection) fn sanitize(key: &Key<'_>, text: &str) -> Option<String> {
    let is_valid = match key {
        Key::Answer(..) => is_well_formed::<Answer>(text),
        Key::SharedProfile | Key::Profile(_) => is_well_formed::<Profile>(text),
        Key::Journal => is_well_formed::<Head>(text),
        Key::State(_) => {
            if let Ok(state) = decode::<ReflectionState>(text)
                && state.erasing
            {
                return Some(encode(&ReflectionState { erasing: false, ..state }));
            }
            is_well_formed::<ReflectionState>(text)
        }
        Key::Staged(_) => {
            let target = staged_target(&key.name())?;
            return sanitize(&Key::parse(&target)?, text);
        }
        Key::Quarantined(_) | Key::Unknown => true,
    };
    is_valid.then(|| text.to_owned())
}

/// Returns whether a value is not malformed. It may be of a newer version.
fn is_well_formed<T: StoredValue + Default>(text: &str) -> bool {
    !matches!(decode::<T>(text), Err(DecodeError::Broken))
}

/// Returns the staging key of a key.
fn staged_key(key: &str) -> String {
    Key::Staged(without_prefix(key)).name()
}

/// Returns the key that a staging key belongs to, or `None` for other keys.
pub(super) fn staged_target(key: &str) -> Option<String> {
    match Key::parse(key) {
        Some(Key::Staged(rest)) => Some([crate::reflection::PREFIX, rest].concat()),
        _ => None,
    }
}

/// Removes all staged values, the staged head first, so that values left by an error are ignored.
fn drop_staged(store: &impl Store) -> Result<(), StorageError> {
    store.remove(&staged_key(&Key::Journal.name()))?;
    store.keys()?.iter().filter(|key| staged_target(key).is_some()).try_for_each(|key| store.remove(key))
}

/// Returns the fingerprints of the values of a journal, without its head.
fn fingerprints(values: &[(String, String)]) -> Vec<String> {
    let journal = Key::Journal.name();
    let counted = values.iter().filter(|(key, _)| *key != journal && staged_target(key).is_none());
    counted.map(|(key, text)| fingerprint(key, text)).collect()
}

/// The length of the hash in a fingerprint, in hexadecimal digits.
const FINGERPRINT: usize = 16;

/// Returns the fingerprint of a value: its 64-bit FNV-1a hash in hexadecimal, followed by its key.
fn fingerprint(key: &str, text: &str) -> String {
    let mut fingerprint = hex(text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)));
    fingerprint.push_str(key);
    fingerprint
}

/// Returns these values after finishing an interrupted restore in them, without staged values. Staged values that no
/// staged head marks as valid are merged too if `with_rest`, otherwise they are left out.
pub(in crate::reflection) fn apply_staged(values: Vec<(String, String)>, with_rest: bool) -> Vec<(String, String)> {
    if values.iter().all(|(key, _)| staged_target(key).is_none()) {
        return values;
    }
    let list = ListStore::new(values);
    let merge_rest = matches!(finish_restoring(&list), Ok(false)) && with_rest;
    // The parent did not confirm these values, so they are merged and replace nothing.
    let plan = Head { restoring: Restoring::Added, ..Head::default() };
    if merge_rest && list.write(&staged_key(&Key::Journal.name()), &encode(&plan)).is_ok() {
        // Writing to a list cannot fail.
        let _ = finish_restoring(&list);
    }
    let values = list.0.take().into_iter();
    values.filter_map(|(key, text)| Some((key, text?))).filter(|(key, _)| staged_target(key).is_none()).collect()
}

/// A [`Store`] over a list of values. The first part of the list, whose length is the second field, is sorted; the few
/// keys added later follow unsorted.
struct ListStore(RefCell<Vec<(String, Option<String>)>>, usize);

impl ListStore {
    fn new(values: Vec<(String, String)>) -> Self {
        let of_staged: Vec<_> = values.iter().filter_map(|(key, _)| Some((staged_target(key)?, None))).collect();
        let mut list: Vec<_> = values.into_iter().map(|(key, text)| (key, Some(text))).collect();
        list.extend(of_staged);
        // The value of a key sorts before the empty entry for its staged one, which is then removed as a duplicate.
        sort(&mut list, &|one, other| (&one.0, one.1.is_none()) < (&other.0, other.1.is_none()));
        list.dedup_by(|next, first| next.0 == first.0);
        let sorted = list.len();
        Self(RefCell::new(list), sorted)
    }

    /// Returns the index of a key.
    fn position(&self, key: &str) -> Option<usize> {
        let list = self.0.borrow();
        let (sorted, added) = list.split_at_checked(self.1)?;
        let found = sorted.binary_search_by(|(known, _)| known.as_str().cmp(key)).ok();
        found.or_else(|| added.iter().position(|(known, _)| known == key).map(|at| at + self.1))
    }

    fn set(&self, key: &str, text: Option<&str>) {
        let text = text.map(str::to_owned);
        match self.position(key) {
            Some(at) => self.0.borrow_mut().get_mut(at).into_iter().for_each(|entry| entry.1.clone_from(&text)),
            None => self.0.borrow_mut().push((key.to_owned(), text)),
        }
    }
}

impl Store for ListStore {
    fn read(&self, key: &str) -> Result<Option<String>, StorageError> {
        Ok(self.position(key).and_then(|at| self.0.borrow().get(at)?.1.clone()))
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
