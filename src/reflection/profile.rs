//! The profile: optional facts about the parent, and their wishes. It is not an answer.
//!
//! A profile belongs to one reflection. It is stored beside it under its own key, and erased with it. It never appears
//! on the sheet or in shared text, except for the practice's telephone number on a print if the parent wants it there.
//! The backup file contains it, because that is the parent's own copy.

use super::answer::{set, union};
use super::number::{dial, is_hidden};
use super::stored_value::{Merge, encode, join_unknown, stored_value};
use super::weeks::{Weeks, week_on};

/// The ids of the wishes of a parent about the content of the site, in the order in which message variants are tried.
pub const WISHES: [&str; 4] = ["no-later", "no-touch", "no-childhood", "gentler"];

/// The ids of the roles of a parent. The last one means that they prefer not to say.
pub const ROLES: [&str; 5] = ["carrying", "partner", "expecting", "for-others", "unsaid"];

/// The maximum number of characters of a text that are displayed.
const SHOWN: usize = 40;
/// The minimum length of a number of the parent's own that is dialled, in characters.
pub(super) const MIN_OWN_DIGITS: usize = 3;
/// The maximum number of characters of a text that are stored.
const STORED: usize = 200;

/// The text fields of the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The baby's nickname.
    Nickname,
    /// The weeks of pregnancy, such as `12` or `12+3`.
    Weeks,
    /// The due date, `YYYY-MM-DD`.
    Due,
    /// The practice's 24-hour telephone number.
    Number,
}

stored_value! {
    /// The profile of a parent.
    pub struct Profile {
        /// The number of edits. It decides which of two versions is newer, so that no clock is needed.
        revision: u64,
        /// One of [`ROLES`]; empty until chosen. An unknown role is preserved.
        pub role: String,
        /// The baby's nickname, exactly as typed.
        nickname: String,
        /// The active wishes, from [`WISHES`]. Unknown wishes are preserved.
        pub wishes: Vec<String>,
        /// The weeks of pregnancy, exactly as typed, such as `12` or `12+3`.
        weeks: String,
        /// The day on which the weeks were typed, `YYYY-MM-DD`.
        typed_on: String,
        /// The due date, `YYYY-MM-DD`.
        due: String,
        /// The practice's 24-hour telephone number, exactly as typed.
        number: String,
        /// `true` if prints show that number.
        pub print_number: bool,
    }
}

impl Profile {
    /// Returns whether the profile was never edited.
    pub fn is_untouched(&self) -> bool {
        self.revision == 0
    }

    /// Returns whether this wish is active.
    pub fn wishes(&self, wish: &str) -> bool {
        self.wishes.iter().any(|other| other == wish)
    }

    /// Sets or clears a wish.
    pub fn wish(&mut self, wish: &str, on: bool) {
        set(&mut self.wishes, wish, on);
    }

    /// Returns the names of the message variants for this parent, in order of precedence: wishes in the order of
    /// [`WISHES`], then the role.
    pub fn variants(&self) -> Vec<&str> {
        let mut variants: Vec<&str> = WISHES.into_iter().filter(|wish| self.wishes(wish)).collect();
        if !self.role.is_empty() {
            variants.push(&self.role);
        }
        variants
    }

    /// Returns whether a part of the profile is filled in: `nickname`, `number`, `role` (a role, weeks or a due date),
    /// or a wish.
    pub fn says(&self, what: &str) -> bool {
        match what {
            "nickname" => !self.nickname.is_empty(),
            "number" => !self.number.is_empty(),
            "role" => !self.role.is_empty() || !self.weeks.is_empty() || !self.due.is_empty(),
            wish => self.wishes(wish),
        }
    }

    /// Sets a text field to what was typed on the day `today`, `YYYY-MM-DD`. Longer text is cut after 200 characters.
    pub fn type_into(&mut self, field: Field, typed: &str, today: &str) {
        let text = typed.chars().take(STORED).collect();
        *self.field_mut(field) = text;
        if field == Field::Weeks {
            today.clone_into(&mut self.typed_on);
        }
    }

    /// Returns a text field, as typed.
    pub fn typed(&self, field: Field) -> &str {
        match field {
            Field::Nickname => &self.nickname,
            Field::Weeks => &self.weeks,
            Field::Due => &self.due,
            Field::Number => &self.number,
        }
    }

    fn field_mut(&mut self, field: Field) -> &mut String {
        match field {
            Field::Nickname => &mut self.nickname,
            Field::Weeks => &mut self.weeks,
            Field::Due => &mut self.due,
            Field::Number => &mut self.number,
        }
    }

    /// Returns the completed weeks of pregnancy on the day `today`, `YYYY-MM-DD`, 0 to 42. A due date takes precedence
    /// over typed weeks. Returns `None` if neither was entered, or if it is invalid or has passed.
    pub fn week(&self, today: &str) -> Option<u32> {
        let entered = if self.due.is_empty() {
            Weeks::typed(&self.weeks, &self.typed_on)?
        } else {
            Weeks::Due(self.due.parse().ok()?)
        };
        week_on(entered, today.parse().ok()?)
    }

    /// Returns the nickname for display; empty for none.
    pub fn name(&self) -> String {
        shown(&self.nickname)
    }

    /// Returns the practice's number as displayed and as dialled, or `None` if it cannot be dialled.
    pub fn call(&self) -> Option<(String, String)> {
        dial(&self.number).filter(|(_, dialled)| dialled.len() >= MIN_OWN_DIGITS)
    }

    /// Returns the number field for display as text, for when it contains something other than a single number; empty
    /// for none.
    pub fn number_as_text(&self) -> String {
        shown(&self.number)
    }

    /// Increments the edit count.
    pub(super) fn bump_revision(&mut self) {
        self.revision = self.revision.saturating_add(1);
    }

    /// Returns the text to store.
    pub(super) fn encode(&self) -> String {
        encode(self)
    }

    /// Merges two versions as if they had equally many edits, so that the result contains the wishes of both.
    pub(super) fn join(&self, other: &Self) -> Self {
        let revision = self.revision.max(other.revision);
        Self { revision, ..self.clone() }.merge(&Self { revision, ..other.clone() })
    }

    /// Returns a profile with only the wishes of this one: the part of the shared profile that every reflection
    /// inherits.
    pub(super) fn wishes_only(&self) -> Self {
        Self { revision: self.revision, wishes: self.wishes.clone(), ..Self::default() }
    }
}

impl Merge for Profile {
    /// If the edit counts are equal, the result has the wishes of both, so that no content appears that either version
    /// excludes.
    fn merge(&self, other: &Self) -> Self {
        let (first, second) = if self.encode() <= other.encode() { (self, other) } else { (other, self) };
        let mut merged = if self.revision > other.revision { self.clone() } else { other.clone() };
        if self.revision == other.revision && self != other {
            merged = second.clone();
            merged.wishes = union(&first.wishes, &second.wishes);
            merged.print_number = first.print_number && second.print_number;
            merged.unknown = join_unknown(&first.unknown, &second.unknown);
            merged.bump_revision();
        }
        merged
    }
}

/// Returns a text for display: without invisible and bidirectional control characters, and shortened to [`SHOWN`]
/// characters.
fn shown(typed: &str) -> String {
    let mut shown = String::new();
    for (length, ch) in typed.trim().chars().filter(|ch| !is_hidden(*ch)).enumerate() {
        if length == SHOWN {
            shown.push('…');
            break;
        }
        shown.push(if ch.is_whitespace() { ' ' } else { ch });
    }
    shown.trim().to_owned()
}
