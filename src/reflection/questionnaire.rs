//! The structure of the questions: themes, questions, kinds and options, without a single word that a person reads.
//!
//! It is read from `content/questionnaire.toml`. The words stand in `content/locales/`, under the same ids.

use serde::{Deserialize, Serialize};

/// All themes, in the order in which the short way walks them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Questionnaire {
    /// The themes in order; the first question of the first theme opens the reflection.
    #[serde(rename = "theme")]
    pub themes: Vec<Theme>,
}

/// One theme: a first question, which belongs to the short way, and more for who wants to go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// The id under which the words, the picture and the stored place are found, such as `feelings`.
    pub id: String,
    /// Whether everybody is asked at a door, go in or leave it, before the first question shows.
    #[serde(default)]
    pub door: bool,
    /// The questions in order; the first is the theme's first question.
    #[serde(rename = "question")]
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The id under which the answer is stored and the words are found, such as `feelings-now`.
    pub id: String,
    /// How it is answered. Words of one's own are possible with every kind.
    pub kind: Kind,
    /// The ids of the options, in the order shown; the order says nothing about them.
    #[serde(default)]
    pub options: Vec<String>,
    /// Whether it is offered at a door of its own, because it is not everybody's to open.
    #[serde(default)]
    pub door: bool,
    /// Whether the safety text stands on its screen, because it touches on movement.
    #[serde(default)]
    pub movement: bool,
    /// Whether each chosen option can be marked "only when we are alone".
    #[serde(default)]
    pub agenda: bool,
    /// Options that stay off the sheet until they are ticked again there.
    #[serde(default)]
    pub sensitive: Vec<String>,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// At most one option.
    One,
    /// Any number of options.
    Many,
    /// Own words only.
    Words,
}

impl Questionnaire {
    /// Every question in order, with its theme.
    pub fn questions(&self) -> impl Iterator<Item = (&Theme, &Question)> {
        self.themes.iter().flat_map(|theme| theme.questions.iter().map(move |question| (theme, question)))
    }

    /// The question with this id, with its theme.
    pub fn find(&self, id: &str) -> Option<(&Theme, &Question)> {
        self.questions().find(|(_, question)| question.id == id)
    }

    /// The theme with this id.
    pub fn theme(&self, id: &str) -> Option<&Theme> {
        self.themes.iter().find(|theme| theme.id == id)
    }
}

impl Theme {
    /// The question that belongs to the short way.
    ///
    /// Every theme has one: the content check refuses a theme without questions.
    pub fn first(&self) -> &Question {
        &self.questions[0]
    }
}
