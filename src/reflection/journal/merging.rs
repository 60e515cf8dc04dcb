//! Merging values into a store without losing any version of a value.

use super::head::{Head, free_quarantine_key};
use super::{Answer, Key, Profile, ReflectionState, StorageError, Store};
use crate::reflection::stored_value::{DecodeError, Merge, decode, encode};

/// A planned write: a key, its current value, and its new value.
pub(super) struct Write {
    key: String,
    before: Option<String>,
    after: String,
}

/// Plans the writes that merge these values into a store. Versions of the same value are merged. A value that cannot be
/// merged is quarantined, unchanged.
pub(super) fn plan(store: &impl Store, values: Vec<(String, String)>) -> Result<Vec<Write>, StorageError> {
    let mut all: Vec<Write> = Vec::new();
    for (key, text) in values {
        let before = store.read(&key)?;
        let Some(existing) = &before else {
            all.push(Write { key, before, after: text });
            continue;
        };
        if *existing == text {
            continue;
        }
        let (after, rest) = merge_values(&key, existing, &text);
        if let Some(rest) = rest {
            let look = |key: &str| match all.iter().find(|write| write.key == key) {
                Some(write) => Ok(Some(write.after.clone())),
                None => store.read(key),
            };
            if let Some(free) = free_quarantine_key(&look, &key, &rest)? {
                all.push(Write { key: free, before: None, after: rest });
            }
        }
        if after != *existing {
            all.push(Write { key, before, after });
        }
    }
    Ok(all)
}

/// Merges two values of a key. Returns the value to store, and the one to quarantine, if any.
fn merge_values(key: &str, existing: &str, incoming: &str) -> (String, Option<String>) {
    let joined = match Key::parse(key) {
        Some(Key::Answer(..)) => join(existing, incoming, decode_error::<Answer>, merged::<Answer>),
        Some(Key::State(_)) => join(existing, incoming, decode_error::<ReflectionState>, merged::<ReflectionState>),
        Some(Key::Profile(_) | Key::SharedProfile) => {
            join(existing, incoming, decode_error::<Profile>, merged::<Profile>)
        }
        Some(Key::Quarantined(_)) => Err(false),
        // Settings of the site keep their existing value.
        _ => Ok(existing.to_owned()),
    };
    match joined {
        Ok(joined) => (joined, None),
        Err(true) => (incoming.to_owned(), Some(existing.to_owned())),
        Err(false) => (existing.to_owned(), Some(incoming.to_owned())),
    }
}

/// Merges two values. If that is impossible, returns `Err(true)` if the incoming value replaces the existing one, and
/// `Err(false)` if the existing one stays. A value of a newer version takes precedence, a malformed one gives way.
fn join(
    existing: &str,
    incoming: &str,
    decode_error: fn(&str) -> Option<DecodeError>,
    merged: fn(&str, &str) -> Option<String>,
) -> Result<String, bool> {
    match (decode_error(existing), decode_error(incoming)) {
        (None, None) => merged(existing, incoming).ok_or(false),
        (Some(DecodeError::Broken), incoming) => Err(incoming != Some(DecodeError::Broken)),
        (existing, incoming) => Err(existing.is_none() && incoming == Some(DecodeError::Newer)),
    }
}

/// Returns the reason why a value cannot be decoded, if any.
fn decode_error<T: Merge>(text: &str) -> Option<DecodeError> {
    decode::<T>(text).err()
}

fn merged<T: Merge>(existing: &str, incoming: &str) -> Option<String> {
    Some(encode(&decode::<T>(incoming).ok()?.merge(&decode(existing).ok()?)))
}

/// Writes everything, the head last, or nothing: on an error it reverts the writes. If reverting fails too, the next
/// visit merges what is left.
pub(super) fn write_all(store: &impl Store, all: &[Write], head: Option<&Head>) -> Result<(), StorageError> {
    let mut count = 0;
    let mut write_each = || -> Result<(), StorageError> {
        for Write { key, after, .. } in all {
            count += 1;
            store.write(key, after)?;
        }
        head.map_or(Ok(()), |head| head.write(store))
    };
    let result = write_each();
    if result.is_err() {
        for Write { key, before, .. } in &all[..count] {
            let _ = match before {
                Some(before) => store.write(key, before),
                None => store.remove(key),
            };
        }
    }
    result
}

/// Returns the keys and values whose key matches.
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
