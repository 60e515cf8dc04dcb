//! A store over a list of values, to apply the rules of the journal to the values of a file.

use std::cell::RefCell;

use super::{StorageError, Store};
use crate::reflection::order::sort;

/// A [`Store`] over a list of values. The first part of the list, whose length is the second field, is sorted; the few
/// keys added later follow unsorted.
pub(super) struct ListStore(RefCell<Vec<(String, Option<String>)>>, usize);

impl ListStore {
    /// Creates a store with these values, and with entries without a value for keys that will be written.
    pub fn new(values: Vec<(String, String)>, later: Vec<String>) -> Self {
        let mut list: Vec<_> = values.into_iter().map(|(key, text)| (key, Some(text))).collect();
        list.extend(later.into_iter().map(|key| (key, None)));
        // The value of a key sorts before an entry without one, which is then removed as a duplicate.
        sort(&mut list, &|one, other| (&one.0, one.1.is_none()) < (&other.0, other.1.is_none()));
        list.dedup_by(|next, first| next.0 == first.0);
        let sorted = list.len();
        Self(RefCell::new(list), sorted)
    }

    /// Returns the values by their keys.
    pub fn into_values(self) -> impl Iterator<Item = (String, String)> {
        self.0.into_inner().into_iter().filter_map(|(key, text)| Some((key, text?)))
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
