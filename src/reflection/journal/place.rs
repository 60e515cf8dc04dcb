//! Choosing where to keep, changing that choice, and erasing.

use super::head::{Found, Head, clear, find, is_of_reflection};
use super::load::{belongs_to, is_being_erased, moves_with_journal};
use super::merging::{plan, values_of, write_all};
use super::restore::staged_target;
use super::set;
use super::{
    Answer, Change, Journal, Key, PLACES, ReflectionState, SaveStatus, StorageChoice, StorageError, Store, decode,
    fresh_head, hex,
};
use crate::reflection::store::is_reflection;

impl<S: Store> Journal<S> {
    /// Keeps the open reflection at this place from now on, and leaves no trace of it at the other. The others stay where they
    /// are.
    ///
    /// Tells whether that worked. A first choice that cannot be followed stays chosen, with everything in memory and
    /// [`SaveStatus::Failed`], and is tried again at each change. A later one leaves all as it was.
    pub fn keep(&mut self, place: StorageChoice) -> bool {
        match self.place {
            Some(chosen) if chosen == place => self.retry(),
            Some(chosen) if self.committed => self.move_to(chosen, place),
            _ => {
                self.place = Some(place);
                self.newer = false;
                self.commit();
                self.saved() != SaveStatus::Failed
            }
        }
    }

    /// Writes everything, the head last, or nothing at all. A journal that stands there already gets one more reflection.
    pub(super) fn commit(&mut self) {
        let Some(place) = self.place else { return };
        if self.unfinished {
            self.finish();
        }
        // Values that are still to be erased may not come back among those that are kept now.
        if !self.pending_erasures.is_empty() {
            return;
        }
        let mut head = self.head.clone();
        match find(self.store_at(place)) {
            Found::Head(theirs) => head = Head { current: head.current, ..theirs },
            Found::Newer => {
                self.newer = true;
                return;
            }
            Found::Erasing => return,
            Found::Nothing | Found::Headless => {}
        }
        if self.state.number == 0 {
            // Behind those that were begun before it, wherever they are kept.
            let last = PLACES.map(|place| Some(self.state_at(place, &self.last_at(place, "")?)?.number + 1));
            self.state.number = last.into_iter().flatten().max().unwrap_or_default();
        }
        let store = self.store_at(place);
        let mut values = self.in_memory();
        // If older versions kept a profile for all, an empty one is written too, so that theirs is not taken for it.
        if self.profile.is_untouched() && store.read(&Key::SharedProfile.name()).is_ok_and(|profile| profile.is_some())
        {
            values.push((self.profile_key(), self.profile.encode()));
        }
        let written = plan(store, values).and_then(|all| write_all(store, &all, Some(&head)));
        self.committed = written.is_ok();
        if self.committed {
            self.head = head;
            self.state_stored = true;
            self.unsaved.clear();
            self.load_values();
            self.point_tab();
            self.merge_leftovers();
        }
    }

    /// Points the tab's own journal, if there is one, at the open reflection on the device: that journal is read first when the
    /// tab is loaded again.
    pub(super) fn point_tab(&self) {
        if self.place == Some(StorageChoice::Device)
            && let Found::Head(own) = find(&self.tab)
        {
            // A refusal opens another one at the next visit.
            let _ = Head { current: self.head.current.clone(), ..own }.write(&self.tab);
        }
    }

    fn move_to(&mut self, from: StorageChoice, to: StorageChoice) -> bool {
        if self.newer || !self.is_still_ours() || !self.retry() || !self.finish_pending_restore() {
            return false;
        }
        let Ok((head, is_whole)) = self.copy_to_store(from, to) else {
            // Values that could not be taken back there are merged with the rest, and removed.
            self.finish();
            return false;
        };
        let id = head.current.clone();
        self.head = head;
        self.place = Some(to);
        // The values that stood there may be newer.
        self.load_values();
        let left = self.store_at(from);
        let gone = if is_whole {
            // If this is cut off, the next visit finishes it.
            if from == StorageChoice::Tab {
                let _ = Head::erasing().write(left);
            }
            clear(left)
        } else {
            self.remove_reflection(from, &id)
        };
        // The journal that stays on the device opens another reflection. A refusal leaves that to the next visit.
        if from == StorageChoice::Device
            && let (Found::Head(rest), Some(current)) = (find(left), self.last_at(from, &id))
        {
            let _ = Head { current, ..rest }.write(left);
        }
        self.point_tab();
        self.source_not_cleared = is_whole && gone.is_err();
        self.unfinished |= gone.is_err();
        gone.is_ok()
    }

    /// Brings the open reflection to the other store, and with the last one all else that lies beside it. Gives the head that
    /// stands there then, and whether all of the journal went.
    fn copy_to_store(&self, from: StorageChoice, to: StorageChoice) -> Result<(Head, bool), StorageError> {
        let (here, there) = (self.store_at(from), self.store_at(to));
        let id = &self.head.current;
        let is_whole = here.keys()?.iter().all(|key| belongs_to(key, id) || !is_of_reflection(key));
        let (joins, head) = match find(there) {
            Found::Head(theirs) => (true, Head { current: id.clone(), ..theirs }),
            // Another id, since what stays behind is a journal of its own.
            Found::Nothing | Found::Headless => (false, Head { id: hex((self.random)()), ..self.head.clone() }),
            _ => return Err(StorageError),
        };
        let goes = |key: &str| belongs_to(key, id) && staged_target(key).is_none() || is_whole && moves_with_journal(key, joins);
        let all = plan(there, values_of(here, &goes)?)?;
        write_all(there, &all, Some(&head))?;
        Ok((head, is_whole))
    }

    /// Finishes what a refusal left undone: what is to be erased, and what is left of the open reflection at the other place.
    pub(super) fn finish(&mut self) {
        self.unfinished = false;
        for id in std::mem::take(&mut self.pending_erasures) {
            self.erase_again(&id);
        }
        for place in PLACES {
            if matches!(find(self.store_at(place)), Found::Erasing) {
                self.unfinished = true;
            } else {
                self.finish_erasures(place);
            }
        }
        self.merge_leftovers();
    }

    /// Takes what is left of the open reflection at the other place, where it was before.
    fn merge_leftovers(&mut self) {
        let Some(place) = self.place.filter(|_| self.committed && !self.newer) else { return };
        let other = place.other();
        let id = self.head.current.clone();
        if self.ids_at(other).contains(&id) && self.move_reflection(&id, other, place).is_err() {
            self.unfinished = true;
        }
        if self.source_not_cleared && self.ids_at(other).is_empty() {
            self.source_not_cleared = clear(self.store_at(other)).is_err();
            self.unfinished |= self.source_not_cleared;
        }
    }

    /// Erases everything of ours in both stores, and what is in memory. Tells whether the stores let all of it go.
    pub fn erase(&mut self) -> bool {
        self.reset();
        for place in PLACES {
            let head = self.store_at(place).read(&Key::Journal.name());
            if self.erase_at(place).is_err() {
                self.unfinished = true;
                // Tried again as long as the same journal stands there.
                let head = head.ok().flatten().and_then(|text| decode::<Head>(&text).ok());
                self.pending_erasures.extend(head.map(|head| head.id));
            }
        }
        !self.unfinished
    }

    /// Erases in both stores what has this id, a reflection or a journal. What they do not let go is tried again.
    pub(super) fn erase_again(&mut self, id: &str) {
        let mut gone = true;
        for place in PLACES {
            let erased = if is_reflection(id) {
                self.erase_reflection_at(place, id)
            } else {
                let head = self.store_at(place).read(&Key::Journal.name());
                head.and_then(|text| match text.map(|text| decode::<Head>(&text)) {
                    Some(Ok(head)) if head.id == id => self.erase_at(place),
                    _ => Ok(()),
                })
            };
            gone &= erased.is_ok();
        }
        if !gone {
            self.unfinished = true;
            set(&mut self.pending_erasures, id, true);
        }
    }

    /// The mark tells other tabs, also those that keep their answers to themselves, and lets a later visit finish what is cut
    /// off here. It is only a help: where it is refused, erasing goes on.
    pub(super) fn erase_at(&self, place: StorageChoice) -> Result<(), StorageError> {
        let store = self.store_at(place);
        let _ = Head::erasing().write(store);
        clear(store)
    }

    /// Empties what is in memory and begins anew, undecided.
    pub(super) fn reset(&mut self) {
        self.place = None;
        self.head = fresh_head(self.random);
        self.committed = false;
        self.newer = false;
        self.unfinished = false;
        self.source_not_cleared = false;
        self.pending_erasures.clear();
        self.unsaved.clear();
        self.reset_values();
    }

    /// Empties what is in memory of the open reflection.
    pub(super) fn reset_values(&mut self) {
        self.state_stored = false;
        self.answers.clear();
        self.newer_answers.clear();
        self.state = ReflectionState::default();
        self.profile = super::Profile::default();
    }

    /// The journal is gone: forgets it, and takes up the one that stands in its place, if any.
    pub(super) fn reload_after_erase(&mut self) -> Change {
        // Without its head it was erased. What this tab wrote before it heard of that is not to come back.
        if let Some(place) = self.place.filter(|_| self.committed)
            && self.store_at(place).read(&Key::Journal.name()) == Ok(None)
        {
            // A refusal leaves it where it is.
            let _ = self.remove_reflection(place, &self.head.current);
        }
        self.reset();
        self.load();
        Change::Erased
    }

    /// Whether the journal in the store is still the one in memory. Asked before every write, so that a tab that slept
    /// through an erasure cannot undo it.
    pub(super) fn is_still_ours(&self) -> bool {
        let Some(store) = self.store().filter(|_| self.committed && !self.newer) else { return true };
        match store.read(&Key::Journal.name()) {
            // Where nothing can be read nothing will be written either.
            Err(StorageError) => true,
            Ok(text) => {
                let head = text.and_then(|text| decode::<Head>(&text).ok());
                head.is_some_and(|head| head.id == self.head.id && !head.erasing) && self.is_reflection_still_there()
            }
        }
    }

    fn is_reflection_still_there(&self) -> bool {
        let state = self.stored(&Key::State(&self.head.current).name());
        !self.state_stored || state.map_or(true, |state| state.is_some_and(|text| !is_being_erased(&text)))
    }

    /// The answers by the id of their question.
    pub fn answers(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.answers.iter().map(|(question, answer)| (question.as_str(), answer))
    }
}
