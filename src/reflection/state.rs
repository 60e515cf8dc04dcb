//! A reflection's own data: where the parent is, and what belongs to no single answer.

use std::cmp::Ordering;

use super::answer::both_wordings;
use super::stored_value::{Merge, StoredField, encode, join_unknown, stored_value};

stored_value! {
    /// A reflection's own data.
    pub struct ReflectionState {
        /// The screen to come back to, as [`Step::id`](super::Step::id) writes it; empty for the first.
        pub step: String,
        /// How far the parent wants to go; none until chosen.
        pub pace: Option<Pace>,
        /// "I'd like a moment alone with you", as a line of the sheet. Only its own box on the sheet sets it, in this version
        /// and in every earlier one.
        pub alone: bool,
        /// What parent and caregiver agreed, in their words.
        pub agreed: String,
        /// Who calls whom, and when, in their words.
        pub calls: String,
        /// The language the caregiver reads, by the id of its locale; empty until chosen.
        pub caregiver_reads: String,
        /// The day on which it was begun, as `2026-12-03`, for the parent to tell it from others by; empty if not known.
        /// Nothing is decided by it.
        pub day: String,
        /// What the caregiver's link said, as [`Invitation::fragment`](super::Invitation::fragment) writes it; empty for
        /// none.
        pub invitation: String,
        /// Which reflection of the journal it is, counted as they were begun, so that no clock is needed for their order.
        pub(super) number: u64,
        /// Counts the edits of what was agreed, so that of two tabs the one that went further is known without a clock.
        pub(super) agreed_edits: u64,
        /// Counts those of who calls whom.
        pub(super) calls_edits: u64,
        /// Counts those of the rest. The screen is each tab's own and not counted.
        pub(super) revision: u64,
        /// Erasing it has begun. Whoever finds this finishes it, so that a cut-off leaves nothing behind.
        pub(super) erasing: bool,
    }
}

/// How far the parent wants to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pace {
    /// The first question of each theme.
    Short,
    /// All questions.
    Long,
}

impl StoredField for Option<Pace> {
    fn take(&mut self, json: &str) -> bool {
        *self = match json {
            "\"short\"" => Some(Pace::Short),
            "\"long\"" => Some(Pace::Long),
            _ => None,
        };
        self.is_some()
    }

    fn text(&self) -> Option<String> {
        let json = match self.as_ref()? {
            Pace::Short => "\"short\"",
            Pace::Long => "\"long\"",
        };
        Some(json.to_owned())
    }
}

impl ReflectionState {
    /// Joins two versions, with what was agreed in either, however often each was edited.
    pub(super) fn join(&self, other: &Self) -> Self {
        let as_often = |one: &Self, other: &Self| Self {
            agreed_edits: one.agreed_edits.max(other.agreed_edits),
            calls_edits: one.calls_edits.max(other.calls_edits),
            ..one.clone()
        };
        as_often(other, self).merge(&as_often(self, other))
    }

    /// The text to keep.
    pub(super) fn encode(&self) -> String {
        encode(self)
    }
    /// Counts one more edit of each part that is not as it was before.
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

    /// Returns whether the two differ in anything but the screen.
    pub(super) fn differs(&self, other: &Self) -> bool {
        Self { step: other.step.clone(), ..self.clone() } != *other
    }

    fn rest(&self) -> (Option<Pace>, bool, [&String; 3]) {
        (self.pace, self.alone, [&self.caregiver_reads, &self.day, &self.invitation])
    }
}

impl Merge for ReflectionState {
    /// Each part by itself. The screen stays that of the first of the two.
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
        (both.agreed, both.agreed_edits) = further(agreed);
        let calls = [(&self.calls, self.calls_edits), (&other.calls, other.calls_edits)];
        (both.calls, both.calls_edits) = further(calls);
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

/// The wording that was edited more often; on a tie both.
fn further([one, other]: [(&String, u64); 2]) -> (String, u64) {
    match one.1.cmp(&other.1) {
        Ordering::Equal if one.0 != other.0 => (both_wordings(one.0, other.0), one.1.saturating_add(1)),
        Ordering::Less => (other.0.clone(), other.1),
        _ => (one.0.clone(), one.1),
    }
}
