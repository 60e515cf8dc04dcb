//! What the parent chose to say about themselves: all of it optional, none of it an answer.
//!
//! It belongs to one reflection: it is kept where that is stored_value, under a key of its own, and erased with it. It never stands
//! on a sheet or in a text that is handed over, but for the practice's number on a print, if that is wanted. The backup file holds it: that
//! one is the parent's own copy.

use super::answer::{set, union};
use super::number::{dial, is_hidden};
use super::stored_value::{Merge, encode, join_unknown, stored_value};
use super::weeks::{Weeks, week_on};

/// What a parent may wish for in all words, in the order in which a sentence's forms are looked for.
pub const WISHES: [&str; 4] = ["no-later", "no-touch", "no-childhood", "gentler"];

/// Who a parent may be. The last one says that they would rather not say.
pub const ROLES: [&str; 5] = ["carrying", "partner", "expecting", "for-others", "unsaid"];

/// The most characters of a text that show. All of it is stored_value, up to [`KEPT`].
const SHOWN: usize = 40;
/// How many characters of any of these texts are kept at most.
const KEPT: usize = 200;
/// A telephone number has at least three digits.
const DIGITS: usize = 3;

/// The texts that the parent may type about themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What the baby is called for now.
    Nickname,
    /// The weeks of pregnancy, such as `12+3`.
    Weeks,
    /// The day on which the baby is due, `YYYY-MM-DD`.
    Due,
    /// The practice's number for day and night.
    Number,
}

stored_value! {
    /// What the parent chose to say about themselves.
    pub struct Profile {
        /// Counts the edits, so that of two tabs the one that went further is known without a clock.
        revision: u64,
        /// One of [`ROLES`]; empty until chosen. A role that this version does not know is kept.
        pub role: String,
        /// What the baby is called for now, just as it was typed.
        nickname: String,
        /// Which of [`WISHES`] hold. Wishes that this version does not know are kept.
        pub wishes: Vec<String>,
        /// The weeks as they were typed, such as `12` or `12+3`.
        weeks: String,
        /// The day on which the weeks were typed, `YYYY-MM-DD`.
        typed_on: String,
        /// The day on which the baby is due, `YYYY-MM-DD`.
        due: String,
        /// The practice's number for day and night, just as it was typed.
        number: String,
        /// Whether that number may stand on prints.
        pub print_number: bool,
    }
}

impl Profile {
    /// Whether nothing was ever said.
    pub fn is_untouched(&self) -> bool {
        self.revision == 0
    }

    /// Whether this wish holds.
    pub fn wishes(&self, wish: &str) -> bool {
        self.wishes.iter().any(|other| other == wish)
    }

    /// Takes up a wish, or takes it back.
    pub fn wish(&mut self, wish: &str, on: bool) {
        set(&mut self.wishes, wish, on);
    }

    /// The forms in which this parent reads a sentence, the most important first: a wish comes before the role, and what
    /// is to be left out before what is to be softened.
    pub fn variants(&self) -> Vec<&str> {
        let mut forms: Vec<&str> = WISHES.into_iter().filter(|wish| self.wishes(wish)).collect();
        if !self.role.is_empty() {
            forms.push(&self.role);
        }
        forms
    }

    /// Whether this was said: `nickname`, `role` (or weeks), `number`, or a wish.
    pub fn says(&self, what: &str) -> bool {
        match what {
            "nickname" => !self.nickname.is_empty(),
            "number" => !self.number.is_empty(),
            "role" => !self.role.is_empty() || !self.weeks.is_empty() || !self.due.is_empty(),
            wish => self.wishes(wish),
        }
    }

    /// Takes one of the texts as it was typed on this day, `YYYY-MM-DD`.
    pub fn type_into(&mut self, field: Field, typed: &str, today: &str) {
        let kept = typed.chars().take(KEPT).collect();
        *self.field_mut(field) = kept;
        if field == Field::Weeks {
            today.clone_into(&mut self.typed_on);
        }
    }

    /// One of the texts, as it was typed.
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

    /// The week of pregnancy on this day, `YYYY-MM-DD`: whole weeks, 0 to 42. A due date comes before weeks. None where
    /// nothing was entered, where it cannot be, or where it has passed.
    pub fn week(&self, today: &str) -> Option<u32> {
        let entered = if self.due.is_empty() {
            Weeks::typed(&self.weeks, &self.typed_on)?
        } else {
            Weeks::Due(self.due.parse().ok()?)
        };
        week_on(entered, today.parse().ok()?)
    }

    /// The nickname as it may be shown. Empty for none.
    pub fn name(&self) -> String {
        shown(&self.nickname)
    }

    /// The practice's number: as it is shown, and as a telephone dials it. None where there is nothing to dial.
    pub fn call(&self) -> Option<(String, String)> {
        dial(&self.number).filter(|(_, dialled)| dialled.len() >= DIGITS)
    }

    /// What was typed in the place of a number, as it may be shown: for words beside it, or two numbers. Empty for none.
    pub fn number_as_text(&self) -> String {
        shown(&self.number)
    }

    /// Counts one more edit.
    pub(super) fn bump_revision(&mut self) {
        self.revision = self.revision.saturating_add(1);
    }

    /// The text to keep.
    pub(super) fn encode(&self) -> String {
        encode(self)
    }

    /// Joins two versions, however often either was edited: nothing of either is lost.
    pub(super) fn join(&self, other: &Self) -> Self {
        let revision = self.revision.max(other.revision);
        Self { revision, ..self.clone() }.merge(&Self { revision, ..other.clone() })
    }

    /// As much of what was said for all reflections together as each of them takes over: the wishes.
    pub(super) fn wishes_only(&self) -> Self {
        Self { revision: self.revision, wishes: self.wishes.clone(), ..Self::default() }
    }
}

impl Merge for Profile {
    /// On a tie every wish of both holds, so that nothing shows that one of the two did not want.
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

/// A text as it may be shown: without signs that control, reorder or hide, and cut where it is long.
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
