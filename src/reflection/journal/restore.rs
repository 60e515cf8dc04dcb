//! Putting a backup back: added to what is kept, or in its place, and taken back again.
//!
//! What spans keys is written twice. First every new value under a key beside its own; then the head says that they are to
//! be taken over; then they are. A kill before the head is written leaves what was before, one after it is finished by the
//! next visit.

use super::head::{Head, Restoring};
use super::{About, Answer, Journal, Key, Refused, Store, decode, fresh_head, hex};
use crate::reflection::backup::Backup;
use crate::reflection::kept::{Kept, encode};
use crate::reflection::store::without_prefix;

/// What stood in a journal before a backup was put back, so that it can be taken back.
#[derive(Clone, Debug)]
pub struct Before(Vec<(String, String)>);

impl<S: Store> Journal<S> {
    /// Adds a backup to what is kept, or puts it in its place. Gives what stood there before, or nothing where that did not
    /// work; then all is as it was.
    ///
    /// Added, of two versions of one answer the one with more edits stands, and on a tie both. To a blank journal there is
    /// nothing to add: the file takes its place, so that its own reflection is the open one. It cannot work before the parent
    /// has chosen where to keep, nor while something is in memory only.
    pub fn restore(&mut self, backup: &Backup, replace: bool) -> Option<Before> {
        if !self.may_turn() {
            return None;
        }
        let before = self.values();
        let done =
            if replace || self.is_blank() { self.put_in_place(&backup.values) } else { self.add(&backup.values) };
        done.then_some(Before(before))
    }

    /// Whether no reflection holds an answer.
    pub fn is_blank(&self) -> bool {
        !self.has_answers() && self.reflection_ids().iter().all(|id| self.count_answers(id) == 0)
    }

    /// Puts everything back as it stood before. Tells whether that worked.
    pub fn take_back(&mut self, before: &Before) -> bool {
        self.may_turn() && self.put_in_place(&before.0)
    }

    /// Puts these values in the place of all that is kept. The journal gets another id, so that other tabs begin anew from
    /// what then stands there and write nothing of theirs over it.
    fn put_in_place(&mut self, values: &[(String, String)]) -> bool {
        let journal = Key::Journal.name();
        let head = values.iter().find(|(key, _)| *key == journal).and_then(|(_, text)| decode::<Head>(text).ok());
        let mut head = head.unwrap_or_else(|| fresh_head(self.random));
        if head.id == self.head.id || head.id.is_empty() {
            head.id = hex((self.random)());
        }
        (head.moves, head.moving, head.erasing) = (self.head.moves, false, false);
        head.restoring = Restoring::InPlace;
        let values: Vec<_> = values.iter().filter(|(key, _)| *key != journal).cloned().collect();
        self.take_over(head, &values)
    }

    fn add(&mut self, values: &[(String, String)]) -> bool {
        let mut new = Vec::new();
        for (key, text) in values {
            let Ok(here) = self.stored(key) else { return false };
            let together = match (Key::parse(key), here) {
                (Some(Key::Answer(..)), Some(here)) => merged(&here, text, |one: &Answer, other| one.merge(other)),
                (Some(Key::About), Some(here)) => merged(&here, text, |one: &About, other| one.merge(other)),
                (Some(Key::Answer(..) | Key::Record(_) | Key::About | Key::Aside(_)), None) => Some(text.clone()),
                // What stands here stays, and what says how the site itself is to behave is no answer.
                _ => None,
            };
            new.extend(together.map(|text| (key.clone(), text)));
        }
        let head = Head { restoring: Restoring::Added, ..self.head.clone() };
        self.take_over(head, &new)
    }

    fn take_over(&mut self, head: Head, values: &[(String, String)]) -> bool {
        let Some(store) = self.store() else { return false };
        let staged = |key: &str| Key::Staged(without_prefix(key)).name();
        let stage = || -> Result<(), Refused> {
            drop_staged(store)?;
            values.iter().try_for_each(|(key, text)| store.write(&staged(key), text))?;
            head.write(store)
        };
        if stage().is_err() {
            let _ = drop_staged(store);
            return false;
        }
        let finished = finish_restoring(store, &head).is_ok();
        self.emptied();
        finished
    }
}

/// Takes over what was laid beside, as the head says. It can be cut off anywhere and done again.
pub(super) fn finish_restoring(store: &impl Store, head: &Head) -> Result<Head, Refused> {
    let mut head = head.clone();
    let journal = Key::Journal.name();
    if head.restoring == Restoring::InPlace {
        for key in store.keys()?.iter().filter(|key| **key != journal && staged_of(key).is_none()) {
            store.remove(key)?;
        }
        // From here on what stands under its own key may be one of the new values.
        head.restoring = Restoring::Added;
        head.write(store)?;
    }
    if head.restoring == Restoring::Added {
        for key in store.keys()? {
            if let (Some(own), Some(text)) = (staged_of(&key), store.read(&key)?) {
                store.write(&own, &text)?;
                store.remove(&key)?;
            }
        }
        head.restoring = Restoring::Not;
        head.write(store)?;
    }
    Ok(head)
}

/// The key that a value laid beside is meant for.
fn staged_of(key: &str) -> Option<String> {
    match Key::parse(key) {
        Some(Key::Staged(rest)) => Some([crate::reflection::PREFIX, rest].concat()),
        _ => None,
    }
}

fn drop_staged(store: &impl Store) -> Result<(), Refused> {
    store.keys()?.iter().filter(|key| staged_of(key).is_some()).try_for_each(|key| store.remove(key))
}

/// Both versions together; none where one of them cannot be used, or where it says nothing new.
fn merged<T: Kept + Default>(here: &str, there: &str, merge: fn(&T, &T) -> T) -> Option<String> {
    let together = encode(&merge(&decode(here).ok()?, &decode(there).ok()?));
    (together != here).then_some(together)
}
