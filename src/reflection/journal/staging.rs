//! Staged values: a restore writes them under keys of their own, and then moves them to their keys (see `restore`).

use super::head::{Head, Restoring, quarantine_copy};
use super::list_store::ListStore;
use super::{Answer, DecodeError, Key, Profile, ReflectionState, StorageError, Store, decode, hex};
use crate::reflection::order::sort;
use crate::reflection::store::without_prefix;
use crate::reflection::stored_value::{Merge, StoredValue, encode};

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
pub(super) enum MergeOutcome {
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
pub(super) fn join(key: &Key<'_>, existing: &str, incoming: &str, is_later: bool) -> MergeOutcome {
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
pub(super) fn staged_key(key: &str) -> String {
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
pub(super) fn drop_staged(store: &impl Store) -> Result<(), StorageError> {
    store.remove(&staged_key(&Key::Journal.name()))?;
    store.keys()?.iter().filter(|key| staged_target(key).is_some()).try_for_each(|key| store.remove(key))
}

/// Returns the fingerprints of the values of a journal, without its head.
pub(super) fn fingerprints(values: &[(String, String)]) -> Vec<String> {
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
    // The targets of the staged values are added, so that they are found as fast as the other keys.
    let targets: Vec<_> = values.iter().filter_map(|(key, _)| staged_target(key)).collect();
    let list = ListStore::new(values, targets);
    let merge_rest = matches!(finish_restoring(&list), Ok(false)) && with_rest;
    // The parent did not confirm these values, so they are merged and replace nothing.
    let plan = Head { restoring: Restoring::Added, ..Head::default() };
    if merge_rest && list.write(&staged_key(&Key::Journal.name()), &encode(&plan)).is_ok() {
        // Writing to a list cannot fail.
        let _ = finish_restoring(&list);
    }
    list.into_values().filter(|(key, _)| staged_target(key).is_none()).collect()
}
