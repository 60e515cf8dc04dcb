//! The state of a reflection: the current screen, and all data that belongs to no single answer.

use std::cmp::Ordering;

use super::answer::join_texts;
use super::stored_value::{Merge, StoredField, encode, join_unknown, stored_value};

stored_value! {
    /// The state of a reflection.
    pub struct ReflectionState {
        /// The screen to resume at, as written by [`Step::id`](super::Step::id); empty for the first.
        pub step: String,
        /// The chosen pace; `None` until chosen.
        pub pace: Option<Pace>,
        /// `true` if the sheet has the line "I'd like a moment alone with you". Only the checkbox on the sheet sets it,
        /// in this version and in every earlier one.
        pub alone: bool,
        /// The agreement between parent and caregiver, as text.
        pub agreed: String,
        /// The text of who calls whom, and when.
        pub calls: String,
        /// The locale id of the language that the caregiver reads; empty until chosen.
        pub caregiver_reads: String,
        /// The day on which the reflection was begun, `YYYY-MM-DD`; empty if unknown. It is only displayed; no logic
        /// depends on it.
        pub day: String,
        /// The caregiver's invitation, as written by [`Invitation::fragment`](super::Invitation::fragment); empty for
        /// none.
        pub invitation: String,
        /// The sequence number of the reflection, in the order in which they were begun. It replaces a time stamp.
        pub(super) number: u64,
        /// The number of edits of `agreed`. It decides which of two versions is newer, so that no clock is needed.
        pub(super) agreed_edits: u64,
        /// The number of edits of `calls`.
        pub(super) calls_edits: u64,
        /// The number of edits of the other fields. `step` does not count, because each tab has its own.
        pub(super) revision: u64,
        /// `true` if erasing the reflection has begun. A later visit that finds this set finishes it.
        pub(super) erasing: bool,
    }
}

/// The number of questions that the parent wants to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pace {
    /// The first question of each theme.
    Short,
    /// All questions.
    Long,
}

impl StoredField for Option<Pace> {
    fn read_json(&mut self, json: &str) -> bool {
        *self = match json {
            "\"short\"" => Some(Pace::Short),
            "\"long\"" => Some(Pace::Long),
            _ => None,
        };
        self.is_some()
    }

    fn to_json(&self) -> Option<String> {
        let json = match self.as_ref()? {
            Pace::Short => "\"short\"",
            Pace::Long => "\"long\"",
        };
        Some(json.to_owned())
    }
}

impl ReflectionState {
    /// Merges two versions as if `agreed` and `calls` had equally many edits, so that the result contains both texts.
    pub(super) fn join(&self, other: &Self) -> Self {
        let with_equal_edits = |one: &Self, other: &Self| Self {
            agreed_edits: one.agreed_edits.max(other.agreed_edits),
            calls_edits: one.calls_edits.max(other.calls_edits),
            ..one.clone()
        };
        with_equal_edits(other, self).merge(&with_equal_edits(self, other))
    }

    /// Returns the text to store.
    pub(super) fn encode(&self) -> String {
        encode(self)
    }

    /// Increments the edit count of each part that differs from `before`.
    pub(super) fn bump_revision(&mut self, before: &Self) {
        for (edits, is_edited) in [
            (&mut self.agreed_edits, self.agreed != before.agreed),
            (&mut self.calls_edits, self.calls != before.calls),
        ] {
            *edits = edits.saturating_add(u64::from(is_edited));
        }
        let is_edited = self.rest() != before.rest();
        self.revision = self.revision.saturating_add(u64::from(is_edited));
    }

    /// Returns whether two states differ in any field other than `step`.
    pub(super) fn differs(&self, other: &Self) -> bool {
        Self { step: other.step.clone(), ..self.clone() } != *other
    }

    /// Returns the fields that [`Self::revision`] counts.
    fn rest(&self) -> (Option<Pace>, bool, [&String; 3]) {
        (self.pace, self.alone, [&self.caregiver_reads, &self.day, &self.invitation])
    }
}

impl Merge for ReflectionState {
    /// Merges each part separately. `step` is taken from `self`, or from `other` if it is empty.
    fn merge(&self, other: &Self) -> Self {
        let is_tie = self.revision == other.revision;
        let (ahead, behind) = if self.revision < other.revision { (other, self) } else { (self, other) };
        let mut both = ahead.clone();
        if is_tie && self.rest() != other.rest() {
            both.pace = self.pace.max(other.pace);
            both.alone |= other.alone;
            for (text, other) in [
                (&mut both.caregiver_reads, &other.caregiver_reads),
                (&mut both.day, &other.day),
                (&mut both.invitation, &other.invitation),
            ] {
                if *text < *other {
                    text.clone_from(other);
                }
            }
            both.revision = both.revision.saturating_add(1);
        }
        let agreed = [(&self.agreed, self.agreed_edits), (&other.agreed, other.agreed_edits)];
        (both.agreed, both.agreed_edits) = more_edited(agreed);
        let calls = [(&self.calls, self.calls_edits), (&other.calls, other.calls_edits)];
        (both.calls, both.calls_edits) = more_edited(calls);
        (if self.step.is_empty() { &other.step } else { &self.step }).clone_into(&mut both.step);
        both.number = self.number.max(other.number);
        both.erasing = self.erasing || other.erasing;
        if is_tie {
            both.unknown = join_unknown(&self.unknown, &other.unknown);
        } else {
            let is_new = |(name, _): &&(String, String)| ahead.unknown.iter().all(|(known, _)| known != name);
            both.unknown.extend(behind.unknown.iter().filter(is_new).cloned());
        }
        both
    }
}

/// Returns the text with more edits, or both texts joined if the counts are equal.
fn more_edited([one, other]: [(&String, u64); 2]) -> (String, u64) {
    match one.1.cmp(&other.1) {
        Ordering::Equal if one.0 != other.0 => (join_texts(one.0, other.0), one.1.saturating_add(1)),
        Ordering::Less => (other.0.clone(), other.1),
        _ => (one.0.clone(), one.1),
    }
}
