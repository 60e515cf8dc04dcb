//! A reflection's own data: where the parent is, and what belongs to no single answer.

use super::answer::both_wordings;
use super::kept::{Member, encode, kept};

kept! {
    /// A reflection's own data.
    pub struct Record {
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
        /// Erasing it has begun. Whoever finds this finishes it, so that a cut-off leaves nothing behind.
        pub(super) erasing: bool,
    }
}

/// How far the parent wants to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// The first question of each theme.
    Short,
    /// All questions.
    Long,
}

impl Member for Option<Pace> {
    fn read(json: &str) -> Option<Self> {
        match json {
            "\"short\"" => Some(Some(Pace::Short)),
            "\"long\"" => Some(Some(Pace::Long)),
            _ => None,
        }
    }

    fn text(&self) -> Option<String> {
        let json = match self.as_ref()? {
            Pace::Short => "\"short\"",
            Pace::Long => "\"long\"",
        };
        Some(json.to_owned())
    }
}

impl Record {
    /// The other one, with what was agreed in either.
    pub(super) fn join(&self, other: &Self) -> Self {
        Self {
            agreed: both_wordings(&self.agreed, &other.agreed),
            calls: both_wordings(&self.calls, &other.calls),
            ..other.clone()
        }
    }

    /// The text to keep.
    pub(super) fn encode(&self) -> String {
        encode(self)
    }
}
