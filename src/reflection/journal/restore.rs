//! Restoring a backup, either merged into the stored values or replacing them, and undoing that.
//!
//! A restore changes many keys, so it is made atomic by staging: first every new value is written under a staging key,
//! then the staged head marks them as valid, then they are moved to their keys. If the page is closed before the staged
//! head is written, the earlier values remain; afterwards, the next visit finishes the restore. The parent may continue
//! to write in between, also in another tab: a staged value is merged into the value under its key.

use super::head::{Head, Restoring};
use super::profile::shares;
use super::staging::{MergeOutcome, drop_staged, fingerprints, finish_restoring, join, staged_key};
use super::{Journal, Key, StorageChoice, StorageError, Store, decode, fresh_head, hex};
use crate::reflection::backup::Backup;
use crate::reflection::store::without_prefix;
use crate::reflection::stored_value::encode;

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
