//! Finding the journal, and reading what it holds.

use super::head::{Found, Head, clear, find, move_aside};
use super::{Journal, Key, Place, Store, Unusable, decode};

impl<S: Store> Journal<S> {
    /// Reads all that the chosen store holds of the open reflection.
    pub(super) fn load(&mut self) {
        let (place, head) = self.choose_store();
        let Some(place) = place else { return };
        self.place = Some(place);
        match head {
            Some(head) => {
                self.head = head;
                self.committed = true;
            }
            None => self.recover_head(place),
        }
        self.load_values();
    }

    /// Which store holds the journal. Of two copies of one journal the one that moved last is right, and the other is
    /// what a cut-off move left behind.
    fn choose_store(&mut self) -> (Option<Place>, Option<Head>) {
        match (find(&self.device), find(&self.tab)) {
            (Found::Head(device), Found::Head(tab)) if device.id == tab.id => {
                let (place, head, other) = if tab.moves > device.moves {
                    (Place::Tab, tab, &self.device)
                } else {
                    (Place::Device, device, &self.tab)
                };
                // A refusal leaves the old copy to the next visit.
                let _ = clear(other);
                (Some(place), Some(head))
            }
            // What this tab was told to keep to itself comes before what another tab keeps on the device.
            (_, Found::Head(tab)) => (Some(Place::Tab), Some(tab)),
            (Found::Head(device), _) => (Some(Place::Device), Some(device)),
            (Found::Newer, _) => {
                self.newer = true;
                (Some(Place::Device), Some(self.head.clone()))
            }
            (_, Found::Newer) => {
                self.newer = true;
                (Some(Place::Tab), Some(self.head.clone()))
            }
            (Found::Headless, _) => (Some(Place::Device), None),
            (_, Found::Headless) => (Some(Place::Tab), None),
            (Found::Nothing, Found::Nothing) => (None, None),
        }
    }

    /// Gives answers that have lost their head a new one: the answers are what counts.
    fn recover_head(&mut self, place: Place) {
        let store = self.store_at(place);
        let key = Key::Journal.name();
        let broken = store.read(&key).ok().flatten();
        if broken.is_some_and(|text| move_aside(store, &key, &text).is_err()) {
            return;
        }
        let keys = store.keys().unwrap_or_default();
        let last = keys.iter().rev().find_map(|key| match Key::parse(key) {
            Some(Key::Record(reflection) | Key::Answer(reflection, _)) => Some(reflection.to_owned()),
            _ => None,
        });
        if let Some(reflection) = last {
            self.head.current = reflection;
        }
        self.committed = self.head.write(self.store_at(place)).is_ok();
    }

    pub(super) fn load_values(&mut self) {
        if self.newer {
            return;
        }
        let Some(store) = self.store() else { return };
        for key in store.keys().unwrap_or_default() {
            let Ok(Some(text)) = self.stored(&key) else { continue };
            match Key::parse(&key) {
                Some(Key::Record(reflection)) if reflection == self.head.current => match decode(&text) {
                    Ok(record) => self.record = record,
                    Err(Unusable::Newer) => {}
                    Err(Unusable::Broken) => {
                        self.try_aside(&key, &text);
                    }
                },
                Some(Key::About) => self.load_about(&key, &text),
                Some(Key::Answer(reflection, question)) if reflection == self.head.current => match decode(&text) {
                    Ok(answer) => {
                        self.set_answer(question, Some(answer));
                    }
                    Err(Unusable::Newer) => {}
                    Err(Unusable::Broken) => {
                        self.try_aside(&key, &text);
                    }
                },
                _ => {}
            }
        }
    }
}
