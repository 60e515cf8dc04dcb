//! The structure of the questions: themes, questions, kinds and options, without user-visible text.
//!
//! It is read from `content/questionnaire.toml`. The texts are in `content/locales/`, under the same ids.

use serde::{Deserialize, Serialize};

use super::Profile;

/// All themes, in the order in which they are asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Questionnaire {
    /// The themes in order. The first question of the first theme is the first screen of a reflection.
    #[serde(rename = "theme")]
    pub themes: Vec<Theme>,
}

/// A theme: a first question, which is part of the short flow, and further questions for the long one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// The id of the texts, the picture and the stored step, such as `feelings`.
    pub id: String,
    /// `true` if a door precedes the first question: a screen on which the parent enters the theme or skips it.
    #[serde(default)]
    pub door: bool,
    /// The ids of the small ideas, in the order displayed while no week is known.
    #[serde(default)]
    pub ideas: Vec<String>,
    /// The ideas that a wish removes, or the theme itself by its own id.
    #[serde(default)]
    pub leaves: Vec<WishRule>,
    /// The ideas that have a message variant for a wish.
    #[serde(default)]
    pub forms: Vec<WishRule>,
    /// The ideas that are available only from a week on.
    #[serde(default)]
    pub since: Vec<AvailableFrom>,
    /// The questions in order; there is at least one. The first belongs to the short flow.
    #[serde(rename = "question")]
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The id of the texts and of the stored answer, such as `feelings-now`.
    pub id: String,
    /// The kind of answer. Every kind also allows free text.
    pub kind: Kind,
    /// The ids of the options, in the order displayed. The order has no meaning.
    #[serde(default)]
    pub options: Vec<String>,
    /// `true` if the question has its own door, because not every parent wants to see it.
    #[serde(default)]
    pub door: bool,
    /// `true` if its screen shows the safety text, because the question concerns the baby's movements.
    #[serde(default)]
    pub movement: bool,
    /// `true` if each chosen option can be marked "only when we are alone".
    #[serde(default)]
    pub agenda: bool,
    /// The options that the sheet shows only after the parent confirms them there.
    #[serde(default)]
    pub sensitive: Vec<String>,
    /// The options that a wish removes, or the question itself by its own id.
    #[serde(default)]
    pub leaves: Vec<WishRule>,
    /// The options that have a message variant for a wish, or the question itself by its own id.
    #[serde(default)]
    pub forms: Vec<WishRule>,
    /// The options that are available only from a week on.
    #[serde(default)]
    pub since: Vec<AvailableFrom>,
    /// The part of the profile that first matters at this question, as a key of `app.about.offer`. The screen links to
    /// it.
    #[serde(default)]
    pub offer: Option<String>,
}

/// The items that one wish of a parent affects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WishRule {
    /// One of [`WISHES`](super::WISHES).
    pub wish: String,
    /// The ids of the affected items.
    pub ids: Vec<String>,
}

/// The items that are available only from a week of pregnancy on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AvailableFrom {
    /// The first week, in completed weeks of pregnancy.
    pub week: u32,
    /// The ids of the items.
    pub ids: Vec<String>,
}

/// The kind of answer to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// At most one option.
    One,
    /// Any number of options.
    Many,
    /// Free text only.
    #[serde(rename = "words")]
    FreeText,
}

impl Questionnaire {
    /// Returns every question in order, with its theme.
    pub fn questions(&self) -> impl Iterator<Item = (&Theme, &Question)> {
        self.themes.iter().flat_map(|theme| theme.questions.iter().map(move |question| (theme, question)))
    }

    /// Returns the question with this id and its theme.
    pub fn find(&self, id: &str) -> Option<(&Theme, &Question)> {
        self.questions().find(|(_, question)| question.id == id)
    }

    /// Returns the questionnaire for a parent, without the themes, questions, options and ideas that their wishes
    /// remove. The order is preserved.
    pub fn for_parent(&self, profile: &Profile) -> Self {
        let is_removed = |list: &[WishRule], id: &String| {
            list.iter().any(|rule| profile.wishes(&rule.wish) && rule.ids.contains(id))
        };
        let mut all = self.clone();
        for theme in &mut all.themes {
            theme.ideas.retain(|idea| !is_removed(&theme.leaves, idea));
            theme.questions.retain(|question| !is_removed(&question.leaves, &question.id));
            for question in &mut theme.questions {
                let Question { options, sensitive, leaves: list, .. } = question;
                options.retain(|option| !is_removed(list, option));
                sensitive.retain(|option| !is_removed(list, option));
            }
        }
        all.themes.retain(|theme| !theme.questions.is_empty() && !is_removed(&theme.leaves, &theme.id));
        all
    }

    /// Moves these themes right after the first one, in this order. The first theme stays in place, because its
    /// question is displayed before an invitation is read. Unknown ids are ignored.
    pub fn put_first(&mut self, ids: &[String]) {
        let mut to = 1;
        for id in ids {
            if let Some(from) = self.themes.iter().position(|theme| theme.id == *id).filter(|from| *from >= to) {
                let theme = self.themes.remove(from);
                self.themes.insert(to, theme);
                to += 1;
            }
        }
    }

    /// Returns the theme with this id.
    pub fn theme(&self, id: &str) -> Option<&Theme> {
        self.themes.iter().find(|theme| theme.id == id)
    }
}

impl Theme {
    /// Returns the first question, which is part of the short flow.
    ///
    /// # Panics
    ///
    /// Panics if the theme has no questions, which the content check rejects.
    pub fn first(&self) -> &Question {
        &self.questions[0]
    }

    /// Returns the ids of the ideas for a week of pregnancy: first those that become available from some week on, then
    /// the others. Ideas that are not yet available are left out. Without a week it returns all, in their own order.
    pub fn ideas_in(&self, week: Option<u32>) -> Vec<&String> {
        let starts = |idea: &String| first_week(&self.since, idea);
        let is_due = |idea: &&String| week.is_some() && starts(idea) > 0;
        let mut ideas: Vec<&String> = self.ideas.iter().filter(is_due).collect();
        ideas.extend(self.ideas.iter().filter(|idea| !is_due(idea)));
        ideas.retain(|idea| week.is_none_or(|week| starts(idea) <= week));
        ideas
    }
}

impl Question {
    /// Returns whether an option is available in this week; always `true` without a week.
    pub fn can_be(&self, option: &str, week: Option<u32>) -> bool {
        week.is_none_or(|week| first_week(&self.since, option) <= week)
    }

    /// Returns whether the question itself has a message variant for this wish.
    pub fn speaks_of(&self, wish: &str) -> bool {
        self.forms.iter().any(|rule| rule.wish == wish && rule.ids.contains(&self.id))
    }
}

/// Returns the first week in which an item is available; 0 if it always is.
fn first_week(list: &[AvailableFrom], id: &str) -> u32 {
    list.iter().find(|since| since.ids.iter().any(|other| other == id)).map_or(0, |since| since.week)
}
