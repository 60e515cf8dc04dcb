//! Writing to a store where something may stand already: nothing of either is lost.

use super::head::{Head, free_quarantine_key};
use super::{Answer, Key, Profile, ReflectionState, StorageError, Store};
use crate::reflection::stored_value::{DecodeError, Merge, decode, encode};

/// A value to be written under a key, and the one that stands there before.
pub(super) struct Write {
    key: String,
    before: Option<String>,
    after: String,
}

/// Reads what has to be written so that a store holds these values beside what it holds, and of two versions of one what
/// both have. A value that cannot be put together with what stands there is laid aside, byte for byte.
pub(super) fn plan(store: &impl Store, values: Vec<(String, String)>) -> Result<Vec<Write>, StorageError> {
    let mut all: Vec<Write> = Vec::new();
    for (key, text) in values {
        let before = store.read(&key)?;
        let Some(here) = &before else {
            all.push(Write { key, before, after: text });
            continue;
        };
        if *here == text {
            continue;
        }
        let (after, rest) = merge_values(&key, here, &text);
        if let Some(rest) = rest {
            let look = |key: &str| match all.iter().find(|write| write.key == key) {
                Some(write) => Ok(Some(write.after.clone())),
                None => store.read(key),
            };
            if let Some(aside) = free_quarantine_key(&look, &key, &rest)? {
                all.push(Write { key: aside, before: None, after: rest });
            }
        }
        if after != *here {
            all.push(Write { key, before, after });
        }
    }
    Ok(all)
}

/// Merges two values of a key: the one to stand there, and the one of the two that has to lie aside, if any.
fn merge_values(key: &str, here: &str, there: &str) -> (String, Option<String>) {
    let joined = match Key::parse(key) {
        Some(Key::Answer(..)) => join(here, there, decode_error::<Answer>, merged::<Answer>),
        Some(Key::State(_)) => join(here, there, decode_error::<ReflectionState>, merged::<ReflectionState>),
        Some(Key::Profile(_) | Key::SharedProfile) => join(here, there, decode_error::<Profile>, merged::<Profile>),
        Some(Key::Quarantined(_)) => Err(false),
        // Settings of the site itself stay as they are here.
        _ => Ok(here.to_owned()),
    };
    match joined {
        Ok(joined) => (joined, None),
        Err(true) => (there.to_owned(), Some(here.to_owned())),
        Err(false) => (here.to_owned(), Some(there.to_owned())),
    }
}

/// Two values as one; where that cannot be, whether the second one takes the place of the first. One of a newer version
/// keeps its place, and one that is broken has none.
fn join(
    here: &str,
    there: &str,
    decode_error: fn(&str) -> Option<DecodeError>,
    merged: fn(&str, &str) -> Option<String>,
) -> Result<String, bool> {
    match (decode_error(here), decode_error(there)) {
        (None, None) => merged(here, there).ok_or(false),
        (Some(DecodeError::Broken), there) => Err(there != Some(DecodeError::Broken)),
        (here, there) => Err(here.is_none() && there == Some(DecodeError::Newer)),
    }
}

/// Why a value cannot be used; none where it can.
fn decode_error<T: Merge>(text: &str) -> Option<DecodeError> {
    decode::<T>(text).err()
}

fn merged<T: Merge>(here: &str, there: &str) -> Option<String> {
    Some(encode(&decode::<T>(there).ok()?.merge(&decode(here).ok()?)))
}

/// Writes all of it, the head last, or nothing: on a refusal it takes back what was written. Where that is refused as well,
/// what is left is put together with the rest by the next visit.
pub(super) fn write_all(store: &impl Store, all: &[Write], head: Option<&Head>) -> Result<(), StorageError> {
    let mut count = 0;
    let mut write = || -> Result<(), StorageError> {
        for Write { key, after, .. } in all {
            count += 1;
            store.write(key, after)?;
        }
        head.map_or(Ok(()), |head| head.write(store))
    };
    let written = write();
    if written.is_err() {
        for Write { key, before, .. } in &all[..count] {
            let _ = match before {
                Some(before) => store.write(key, before),
                None => store.remove(key),
            };
        }
    }
    written
}

/// The values under these keys.
pub(super) fn values_of(
    store: &impl Store,
    which: &dyn Fn(&str) -> bool,
) -> Result<Vec<(String, String)>, StorageError> {
    let mut values = Vec::new();
    for key in store.keys()? {
        if which(&key)
            && let Some(text) = store.read(&key)?
        {
            values.push((key, text));
        }
    }
    Ok(values)
}
