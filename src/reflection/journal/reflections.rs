//! Several reflections in one journal: which there are, beginning and opening one, and erasing one.

use super::head::is_of_reflection;
use super::{Answer, Journal, Key, Record, Refused, Store, Unusable, decode, fresh_reflection};
use crate::reflection::kept::encode;
use crate::reflection::order::{is_key_before, sort};
use crate::reflection::store::without_prefix;

/// A reflection as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reflection {
    /// Its id, by which it is opened or erased.
    pub id: String,
    /// Its own data; the default where a newer version of the site wrote it.
    pub record: Record,
    /// How many questions have an answer, also where a newer version of the site wrote it.
    pub answered: usize,
    /// Whether it is the open one.
    pub is_open: bool,
}

impl<S: Store> Journal<S> {
    /// Every reflection that holds an answer, and the open one, in the order in which they were begun. Each value is read once.
    pub fn reflections(&self) -> Vec<Reflection> {
        let current = &self.head.current;
        let (record, answered) = (self.record.clone(), self.answered());
        let mut all = vec![Reflection { id: current.clone(), record, answered, is_open: true }];
        for key in self.keys() {
            let Some(Key::Record(id) | Key::Answer(id, _)) = Key::parse(&key) else { continue };
            if id == current {
                continue;
            }
            if all.last().is_none_or(|last| last.id != id) {
                all.push(Reflection { id: id.to_owned(), record: Record::default(), answered: 0, is_open: false });
            }
            let Some(last) = all.last_mut() else { continue };
            let text = self.stored(&key).ok().flatten().unwrap_or_default();
            if matches!(Key::parse(&key), Some(Key::Record(_))) {
                last.record = decode(&text).unwrap_or_default();
            } else {
                last.answered += usize::from(match decode::<Answer>(&text) {
                    Ok(answer) => !answer.is_empty(),
                    Err(unusable) => unusable == Unusable::Newer,
                });
            }
        }
        all.retain(|one| one.is_open || one.answered > 0 && !one.record.erasing);
        sort(&mut all, &|one, other| (one.record.number, &one.id) < (other.record.number, &other.id));
        all
    }

    /// Begins a new reflection on this day, as `2026-12-03`, and opens it. Tells whether that worked; if not, all is as it
    /// was.
    ///
    /// It cannot work before the parent has chosen where to keep, nor while something is in memory only: memory holds one
    /// reflection.
    pub fn begin_new(&mut self, day: &str) -> bool {
        if !self.may_turn() {
            return false;
        }
        let number = self.reflections().iter().map(|reflection| reflection.record.number).max().unwrap_or(0) + 1;
        let record = Record { day: day.to_owned(), number, ..Record::default() };
        let id = fresh_reflection(self.random);
        let key = Key::Record(&id).name();
        // A cut-off between the two leaves an empty reflection, which no list shows.
        if self.write(&key, &record.encode()).is_err() {
            return false;
        }
        let turned = self.turn_to(&id);
        if !turned {
            let _ = self.store().map(|store| store.remove(&key));
        }
        turned
    }

    /// Opens another reflection. Tells whether that worked; if not, all is as it was.
    pub fn open_reflection(&mut self, id: &str) -> bool {
        id == self.head.current
            || self.reflection_ids().iter().any(|other| other == id) && self.may_turn() && self.turn_to(id)
    }

    /// Erases one reflection with all its answers. Tells whether the store let all of it go. If it was the open one, the
    /// last of the others is open then, or a new one.
    pub fn erase_reflection(&mut self, id: &str) -> bool {
        if !self.is_still_ours() {
            self.emptied();
            return true;
        }
        // The mark tells other tabs, and lets a later visit finish what is cut off here. It is only a help: where it is
        // refused, erasing goes on. It holds nothing else, so that a full store takes it too.
        let mark = encode(&Record { erasing: true, ..Record::default() });
        let _ = self.write(&Key::Record(id).name(), &mark);
        let gone = self.remove_reflection(id).is_ok();
        if id == self.head.current {
            let next = self.last_reflection().unwrap_or_else(|| fresh_reflection(self.random));
            // A refusal leaves an id that leads nowhere, which the next visit replaces.
            if !self.turn_to(&next) {
                self.show(&next);
            }
        }
        gone
    }

    /// Erases one answer, with what was moved aside of it. Tells whether the store let it go.
    pub fn erase_answer(&mut self, question: &str) -> bool {
        if !self.is_still_ours() {
            self.emptied();
            return true;
        }
        let key = Key::Answer(&self.head.current, question).name();
        let gone = self
            .remove_all(&|stored| is_aside_of(stored, &key))
            .and_then(|()| self.store().map_or(Ok(()), |store| store.remove(&key)));
        if gone.is_ok() {
            self.set_answer(question, None);
            self.note_newer(question, false);
            self.unsaved.retain(|other| *other != key);
        }
        gone.is_ok()
    }

    /// Whether another reflection may be opened: all of this one is kept, and no newer version keeps its journal here.
    pub(super) fn may_turn(&mut self) -> bool {
        if !self.is_still_ours() {
            self.emptied();
            return false;
        }
        self.place.is_some() && self.committed && !self.newer && (self.unsaved.is_empty() || self.retry())
    }

    /// Opens a reflection, in the store first.
    fn turn_to(&mut self, id: &str) -> bool {
        let mut head = self.head.clone();
        id.clone_into(&mut head.current);
        let written = !self.newer && self.committed && self.store().is_some_and(|store| head.write(store).is_ok());
        if written {
            self.show(id);
        }
        written
    }

    fn show(&mut self, id: &str) {
        id.clone_into(&mut self.head.current);
        self.answers.clear();
        self.record = Record::default();
        self.recorded = false;
        self.unsaved.retain(|key| !is_of_reflection(key));
        self.load_values();
    }

    /// The ids of all reflections in the chosen store, each once.
    pub(super) fn reflection_ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for key in self.keys() {
            if let Some(Key::Record(id) | Key::Answer(id, _)) = Key::parse(&key)
                && ids.last().is_none_or(|last| last != id)
            {
                ids.push(id.to_owned());
            }
        }
        ids
    }

    /// The reflection that was begun last, of those in the chosen store.
    pub(super) fn last_reflection(&self) -> Option<String> {
        let mut last = None;
        for id in self.reflection_ids() {
            let Record { number, erasing, .. } = self.record_of(&id).unwrap_or_default();
            if !erasing && last.as_ref().is_none_or(|(highest, _)| number >= *highest) {
                last = Some((number, id));
            }
        }
        last.map(|(_, id)| id)
    }

    /// A reflection's own data as the store holds it; none where it cannot be read.
    pub(super) fn record_of(&self, id: &str) -> Option<Record> {
        let text = self.stored(&Key::Record(id).name()).ok()??;
        decode(&text).ok()
    }

    /// Removes every key of a reflection, its own data last.
    pub(super) fn remove_reflection(&self, id: &str) -> Result<(), Refused> {
        let record = Key::Record(id).name();
        self.remove_all(&|key| {
            is_aside_of(key, &record) || matches!(Key::parse(key), Some(Key::Answer(of, _)) if of == id)
        })?;
        self.store().map_or(Ok(()), |store| store.remove(&record))
    }

    fn remove_all(&self, which: &dyn Fn(&str) -> bool) -> Result<(), Refused> {
        let Some(store) = self.store() else { return Ok(()) };
        for key in store.keys()?.iter().filter(|key| which(key)) {
            store.remove(key)?;
        }
        Ok(())
    }

    /// The keys in the chosen store, those of each reflection together.
    fn keys(&self) -> Vec<String> {
        let mut keys = self.store().and_then(|store| store.keys().ok()).unwrap_or_default();
        sort(&mut keys, &|one, other| is_key_before(one, other));
        keys
    }
}

/// Whether this is where a value of that key, or of one below it, was moved aside or is staged.
fn is_aside_of(key: &str, of: &str) -> bool {
    let of = without_prefix(of);
    [Key::Aside(of).name(), Key::Staged(of).name()]
        .iter()
        .any(|name| key.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(':')))
}
