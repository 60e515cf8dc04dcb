//! The words of one language, as they stand in `content/locales/<locale>.toml`.
//!
//! Every key is required unless it says otherwise, and no other key may stand in the file: a missing or misspelt key
//! is an error that names it.

use serde::{Deserialize, Serialize};

use super::flat::texts;
use super::{AppText, Message, Named, PageText};

/// Every word of one language.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locale {
    /// The language's own name, such as `Nederlands`.
    pub name: String,
    /// The direction in which it is written.
    pub dir: Direction,
    /// Who, a professional who speaks this language, has checked the words; empty while nobody has.
    pub reviewed_by: String,
    /// The name of the whole in this language, such as `Tussen ons`.
    pub brand: String,
    /// The words of each theme, by its id.
    pub theme: Named<ThemeText>,
    /// The words of each question, by its id.
    pub question: Named<QuestionText>,
    /// The words of the parts that answer to input.
    pub app: AppText,
    /// The words of the pages that are text alone, and of what surrounds every page.
    pub page: PageText,
}

/// The direction in which a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// The value of HTML's `dir` attribute.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

texts! {
/// The words of one theme.
pub struct ThemeText {
    /// The name of the theme: concrete, two to four words.
    pub title: String,
    /// One warm sentence that opens it.
    pub warm: Message,
    /// Three small ideas by their ids, open to everybody; none promises an outcome.
    pub idea: Named<Message>,
    /// What the door says, for a theme that has one: what is behind it and that leaving it is just as good.
    pub door: Option<Message>,
    /// What helps the caregiver to talk about it. Left out of what the reflect page carries.
    pub caregiver: Option<CaregiverText>,
}

/// What helps a caregiver to talk about one theme.
pub struct CaregiverText {
    /// Three open questions, ready to be said.
    pub ask: Vec<String>,
    /// What to be curious about; never what an answer means.
    pub curious: String,
}

/// The words of one question.
pub struct QuestionText {
    /// The question itself; the heading of its screen.
    pub ask: Message,
    /// One short sentence below it, where one helps.
    pub hint: Option<Message>,
    /// The few words that lead the answer on the sheet, such as `When I think of the baby`, without a colon.
    pub line: Message,
    /// The label of the field for own words, where the usual one does not fit.
    pub words: Option<Message>,
    /// What the door says, for a question that has one.
    pub door: Option<Message>,
    /// The text of each option, by its id.
    #[serde(default)]
    pub option: Named<Message>,
}
}
