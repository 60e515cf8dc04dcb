//! Several reflections in one journal: which there are, beginning and opening one, and erasing one.

use super::head::{Found, Head, find};
use super::load::belongs_to;
use super::{
    Answer, DecodeError, Journal, Key, PLACES, ReflectionState, SaveStatus, StorageChoice, StorageError, Store, decode,
    fresh_head, fresh_reflection,
};
use crate::reflection::order::{is_key_before, sort};
use crate::reflection::store::without_prefix;
use crate::reflection::stored_value::encode;

/// A reflection as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reflection {
    /// Its id, by which it is opened or erased.
    pub id: String,
    /// Its own data; the default where a newer version of the site wrote it.
    pub state: ReflectionState,
    /// How many questions have an answer, also where a newer version of the site wrote it.
    pub answered: usize,
    /// Whether it is the open one.
    pub is_open: bool,
}

/// Why another reflection cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SwitchError {
    /// The open one is in memory only, and would be lost: the parent is to be asked.
    Unkept,
    /// The store refused, or holds no such reflection.
    Refused,
}

impl<S: Store> Journal<S> {
    /// Every reflection that holds an answer, wherever it is kept, and the open one, in the order in which they were begun.
    pub fn reflections(&self) -> Vec<Reflection> {
        let mut all = self.reflections_at(StorageChoice::Device);
        let in_tab = self.reflections_at(StorageChoice::Tab);
        // A tab holds few.
        all.retain(|one| in_tab.iter().all(|other| other.id != one.id));
        all.extend(in_tab);
        all.retain(|one| one.id != self.head.current && one.answered > 0 && !one.state.erasing);
        let (id, state, answered) = (self.head.current.clone(), self.state.clone(), self.answered());
        all.push(Reflection { id, state, answered, is_open: true });
        sort(&mut all, &|one, other| (one.state.number, &one.id) < (other.state.number, &other.id));
        all
    }

    /// The reflections that a store holds.
    pub(super) fn reflections_at(&self, place: StorageChoice) -> Vec<Reflection> {
        let store = self.store_at(place);
        let mut all: Vec<Reflection> = Vec::new();
        for key in self.keys_at(place) {
            let parsed = Key::parse(&key);
            let Some(Key::State(id) | Key::Answer(id, _)) = parsed else { continue };
            if all.last().is_none_or(|last| last.id != id) {
                all.push(Reflection {
                    id: id.to_owned(),
                    state: ReflectionState::default(),
                    answered: 0,
                    is_open: false,
                });
            }
            let (Some(last), Ok(Some(text))) = (all.last_mut(), store.read(&key)) else { continue };
            match parsed {
                Some(Key::State(_)) => last.state = decode(&text).unwrap_or_default(),
                _ => last.answered += usize::from(has_content(&text)),
            }
        }
        all
    }

    /// Begins a new reflection on this day, as `2026-12-03`, in memory and undecided. What is kept stays as it is.
    ///
    /// # Errors
    ///
    /// See [`SwitchError`]. Nothing has changed then.
    pub fn begin_new(&mut self, day: &str) -> Result<(), SwitchError> {
        self.check_switch()?;
        self.reset();
        day.clone_into(&mut self.state.day);
        Ok(())
    }

    /// Opens another reflection, wherever it is kept.
    ///
    /// # Errors
    ///
    /// See [`SwitchError`]. Nothing has changed then.
    pub fn open_reflection(&mut self, id: &str) -> Result<(), SwitchError> {
        if id == self.head.current {
            return Ok(());
        }
        self.check_switch()?;
        let place = PLACES.into_iter().find(|place| self.ids_at(*place).iter().any(|other| other == id));
        if place.is_some_and(|place| self.switch_to(place, id)) { Ok(()) } else { Err(SwitchError::Refused) }
    }

    /// Forgets what is in memory only of the open reflection, because the parent said so, and opens what is kept.
    pub fn leave_unkept(&mut self) {
        self.reload_after_erase();
    }

    /// Erases one reflection with all that belongs to it. Tells whether the store let all of it go. If it was the open one,
    /// the last of the others is open then, or a new one.
    pub fn erase_reflection(&mut self, id: &str) -> bool {
        if !self.is_still_ours() {
            self.reload_after_erase();
        }
        self.unfinished = false;
        self.erase_again(id);
        let (gone, erases) = (!self.unfinished, std::mem::take(&mut self.pending_erasures));
        if id == self.head.current {
            match self.place {
                None => drop(self.reload_after_erase()),
                Some(place) => {
                    let next = self.last_at(place, id).unwrap_or_else(|| fresh_reflection(self.random));
                    // A refusal leaves an id that leads nowhere, which the next visit replaces.
                    if !self.switch_to(place, &next) {
                        self.show(&next);
                    }
                }
            }
        }
        self.unfinished |= !gone;
        self.pending_erasures = erases;
        gone
    }

    /// The mark tells other tabs, and lets a later visit finish what is cut off here. It is only a help: where it is refused,
    /// erasing goes on. It holds nothing else, so that a full store takes it too.
    pub(super) fn erase_reflection_at(&self, place: StorageChoice, id: &str) -> Result<(), StorageError> {
        let store = self.store_at(place);
        let mut keys = store.keys()?;
        keys.retain(|key| belongs_to(key, id));
        if keys.is_empty() {
            return Ok(());
        }
        let _ = store
            .write(&Key::State(id).name(), &encode(&ReflectionState { erasing: true, ..ReflectionState::default() }));
        self.remove_reflection(place, id)?;
        self.strip_shared(place)
    }

    /// Erases one answer, with what was moved aside of it. Tells whether the store let it go.
    pub fn erase_answer(&mut self, question: &str) -> bool {
        if !self.is_still_ours() {
            self.reload_after_erase();
            return self.answer(question).is_none();
        }
        let key = Key::Answer(&self.head.current, question).name();
        let gone = self
            .remove_all(&|stored| is_copy_of(stored, &key))
            .and_then(|()| self.store().map_or(Ok(()), |store| store.remove(&key)));
        if gone.is_ok() {
            self.set_answer(question, None);
            self.set_newer(question, false);
            self.unsaved.retain(|other| *other != key);
        }
        gone.is_ok()
    }

    /// Returns whether all of the open reflection is kept where the parent chose, and no newer version keeps its journal here.
    pub(super) fn can_switch(&mut self) -> bool {
        self.place.is_some() && self.check_switch().is_ok()
    }

    /// Returns an error if another reflection may not take the place of the open one.
    fn check_switch(&mut self) -> Result<(), SwitchError> {
        if !self.is_still_ours() {
            self.reload_after_erase();
            return Err(SwitchError::Refused);
        }
        let is_kept = match self.place {
            None => self.is_untouched(),
            Some(_) if self.newer => return Err(SwitchError::Refused),
            Some(_) => self.saved() != SaveStatus::Failed || self.retry(),
        };
        if is_kept { Ok(()) } else { Err(SwitchError::Unkept) }
    }

    /// Returns whether nothing was said yet in the open reflection.
    pub(super) fn is_untouched(&self) -> bool {
        let ReflectionState { agreed, calls, .. } = &self.state;
        !self.has_answers() && self.profile.is_untouched() && agreed.is_empty() && calls.is_empty()
    }

    /// Opens a reflection, in the store first.
    fn switch_to(&mut self, place: StorageChoice, id: &str) -> bool {
        let found = match find(self.store_at(place)) {
            Found::Head(head) => head,
            Found::Headless => fresh_head(self.random),
            _ => return false,
        };
        let head = Head { current: id.to_owned(), ..found };
        if head.write(self.store_at(place)).is_err() {
            return false;
        }
        self.reset();
        self.place = Some(place);
        self.committed = true;
        self.head = head;
        self.point_tab();
        self.load_values();
        true
    }

    fn show(&mut self, id: &str) {
        id.clone_into(&mut self.head.current);
        self.reset_values();
        self.unsaved.clear();
        self.load_values();
    }

    /// The ids of all reflections in a store, each once.
    pub(super) fn ids_at(&self, place: StorageChoice) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for key in self.keys_at(place) {
            if let Some(Key::State(id) | Key::Profile(id) | Key::Answer(id, _)) = Key::parse(&key)
                && ids.last().is_none_or(|last| last != id)
            {
                ids.push(id.to_owned());
            }
        }
        ids
    }

    /// The reflection that was begun last, of those in a store but for one.
    pub(super) fn last_at(&self, place: StorageChoice, except: &str) -> Option<String> {
        let mut last = None;
        for id in self.ids_at(place).into_iter().filter(|id| id != except) {
            let ReflectionState { number, erasing, .. } = self.state_at(place, &id).unwrap_or_default();
            if !erasing && last.as_ref().is_none_or(|(highest, _)| number >= *highest) {
                last = Some((number, id));
            }
        }
        last.map(|(_, id)| id)
    }

    /// A reflection's own data as a store holds it; none where it cannot be read.
    pub(super) fn state_at(&self, place: StorageChoice, id: &str) -> Option<ReflectionState> {
        decode(&self.store_at(place).read(&Key::State(id).name()).ok()??).ok()
    }

    /// Removes every key of a reflection, its own data last.
    pub(super) fn remove_reflection(&self, place: StorageChoice, id: &str) -> Result<(), StorageError> {
        let store = self.store_at(place);
        let state = Key::State(id).name();
        for key in store.keys()?.iter().filter(|key| **key != state && belongs_to(key, id)) {
            store.remove(key)?;
        }
        store.remove(&state)
    }

    fn remove_all(&self, which: &dyn Fn(&str) -> bool) -> Result<(), StorageError> {
        let Some(store) = self.store() else { return Ok(()) };
        for key in store.keys()?.iter().filter(|key| which(key)) {
            store.remove(key)?;
        }
        Ok(())
    }

    pub(super) fn keys(&self) -> Vec<String> {
        self.place.map_or_else(Vec::new, |place| self.keys_at(place))
    }

    /// The keys in a store, those of each reflection together.
    fn keys_at(&self, place: StorageChoice) -> Vec<String> {
        let mut keys = self.store_at(place).keys().unwrap_or_default();
        sort(&mut keys, &|one, other| is_key_before(one, other));
        keys
    }
}

/// Returns whether the stored text of an answer says something, also one that a newer version of the site wrote.
fn has_content(text: &str) -> bool {
    match decode::<Answer>(text) {
        Ok(answer) => !answer.is_empty(),
        Err(error) => error == DecodeError::Newer,
    }
}

/// Returns whether a value of that key, or of one below it, was moved aside or is staged under this key.
fn is_copy_of(key: &str, of: &str) -> bool {
    let of = without_prefix(of);
    [Key::Quarantined(of).name(), Key::Staged(of).name()]
        .iter()
        .any(|name| key.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(':')))
}
