//! The texts of one locale, read from `content/locales/<locale>.toml`.
//!
//! Every key is required unless documented as optional, and unknown keys are rejected. The error names the key.

use serde::{Deserialize, Serialize};

use super::flat::texts;
use super::{AppText, Message, Named, PageText};

/// All texts of one locale.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locale {
    /// The language's own name, such as `Nederlands`.
    pub name: String,
    /// The writing direction.
    pub dir: Direction,
    /// The professional who reviewed the texts and speaks this language; empty while nobody has.
    pub reviewed_by: String,
    /// The name of the site in this language, such as `Tussen ons`.
    pub brand: String,
    /// The texts of each theme, by its id.
    pub theme: Named<ThemeText>,
    /// The texts of each question, by its id.
    pub question: Named<QuestionText>,
    /// The texts of the interactive screens.
    pub app: AppText,
    /// The texts of the prerendered pages and of the page layout.
    pub page: PageText,
}

/// A writing direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// Returns the value of the `dir` attribute.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

texts! {
/// The texts of one theme.
pub struct ThemeText {
    /// The title of the theme: concrete, two to four words.
    pub title: String,
    /// One warm sentence that introduces it.
    pub warm: Message,
    /// Three small ideas by their ids. They suit everybody, and none promises an outcome.
    pub idea: Named<Message>,
    /// The text of the door of a theme: what follows, and that skipping it is fine. `None` if the theme has no door.
    pub door: Option<Message>,
    /// Help for the caregiver to talk about the theme. The data block of the reflect page omits it.
    pub caregiver: Option<CaregiverText>,
}

/// Help for a caregiver to talk about one theme.
pub struct CaregiverText {
    /// Three open questions, ready to ask.
    pub ask: Vec<String>,
    /// A suggestion what to be curious about. It never interprets an answer.
    pub curious: String,
}

/// The texts of one question.
pub struct QuestionText {
    /// The question itself; the heading of its screen.
    pub ask: Message,
    /// An optional short sentence below it.
    pub hint: Option<Message>,
    /// The lead of the answer on the sheet, such as `When I think of the baby`, without a colon.
    pub line: Message,
    /// The label of the field for free text, if the default one does not fit.
    pub words: Option<Message>,
    /// The text of the door; `None` if the question has no door.
    pub door: Option<Message>,
    /// The text of each option, by its id.
    #[serde(default)]
    pub option: Named<Message>,
}
}
