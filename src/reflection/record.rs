//! A reflection's own data: where the parent is, and what belongs to no single answer.

use serde::{Deserialize, Serialize};

use super::answer::{FORMAT, encode};

/// A reflection's own data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Record {
    /// The version of this shape.
    format: u32,
    /// The screen to come back to, as [`Step::id`](super::Step::id) writes it; empty for the first.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub step: String,
    /// How far the parent wants to go; none until chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pace: Option<Pace>,
    /// "I'd like a moment alone with you", as a line of the sheet.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub alone: bool,
}

/// How far the parent wants to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pace {
    /// The first question of each theme.
    Short,
    /// All questions.
    Long,
}

impl Default for Record {
    fn default() -> Self {
        Self { format: FORMAT, step: String::new(), pace: None, alone: false }
    }
}

impl Record {
    /// The text to keep.
    pub(super) fn encode(&self) -> String {
        encode(self)
    }
}
