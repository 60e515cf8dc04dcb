//! The structure of the questions: themes, questions, kinds and options, without a single word that a person reads.
//!
//! It is read from `content/questionnaire.toml`. The words stand in `content/locales/`, under the same ids.

use serde::{Deserialize, Serialize};

use super::Profile;

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
    /// The ids of the small ideas, in the order shown while no week is known.
    #[serde(default)]
    pub ideas: Vec<String>,
    /// What leaves when a parent wishes for nothing about it: ideas, or the theme itself by its own id.
    #[serde(default)]
    pub leaves: Vec<WishRule>,
    /// Ideas that have a form of their own for a wish.
    #[serde(default)]
    pub forms: Vec<WishRule>,
    /// Ideas that cannot be before a week.
    #[serde(default)]
    pub since: Vec<AvailableFrom>,
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
    /// What leaves when a parent wishes for nothing about it: options, or the question itself by its own id.
    #[serde(default)]
    pub leaves: Vec<WishRule>,
    /// What has a form of its own for a wish: options, or the question itself by its own id.
    #[serde(default)]
    pub forms: Vec<WishRule>,
    /// Options that cannot be before a week.
    #[serde(default)]
    pub since: Vec<AvailableFrom>,
    /// What the parent may say about themselves and that first matters here: a key of `app.profile.offer`.
    #[serde(default)]
    pub offer: Option<String>,
}

/// What one wish of a parent is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WishRule {
    /// One of [`WISHES`](super::WISHES).
    pub wish: String,
    /// The ids of what it is about.
    pub ids: Vec<String>,
}

/// What cannot be before a week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AvailableFrom {
    /// The first week in which it can be, in whole weeks of pregnancy.
    pub week: u32,
    /// The ids of what it is about.
    pub ids: Vec<String>,
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
    #[serde(rename = "words")]
    FreeText,
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

    /// The questions as this parent wishes to be asked: without what they want nothing about. What stays keeps its order.
    pub fn for_parent(&self, profile: &Profile) -> Self {
        let leaves = |list: &[WishRule], id: &String| {
            list.iter().any(|wished| profile.wishes(&wished.wish) && wished.ids.contains(id))
        };
        let mut all = self.clone();
        for theme in &mut all.themes {
            theme.ideas.retain(|idea| !leaves(&theme.leaves, idea));
            theme.questions.retain(|question| !leaves(&question.leaves, &question.id));
            for question in &mut theme.questions {
                let Question { options, sensitive, leaves: list, .. } = question;
                options.retain(|option| !leaves(list, option));
                sensitive.retain(|option| !leaves(list, option));
            }
        }
        all.themes.retain(|theme| !theme.questions.is_empty() && !leaves(&theme.leaves, &theme.id));
        all
    }

    /// Puts these themes behind the first one, in this order. The first stays, because its question is on the screen
    /// before anything is known of an invitation.
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

    /// The ideas in this week: those whose time has come lead, and those that cannot be yet are left out. With no week
    /// all of them, in their own order.
    pub fn ideas_in(&self, week: Option<u32>) -> Vec<&String> {
        let begins = |idea: &String| first_week(&self.since, idea);
        let has_come = |idea: &&String| week.is_some() && begins(idea) > 0;
        let mut ideas: Vec<&String> = self.ideas.iter().filter(has_come).collect();
        ideas.extend(self.ideas.iter().filter(|idea| !has_come(idea)));
        ideas.retain(|idea| week.is_none_or(|week| begins(idea) <= week));
        ideas
    }
}

impl Question {
    /// Whether this option can be in this week; with no week it can.
    pub fn can_be(&self, option: &str, week: Option<u32>) -> bool {
        week.is_none_or(|week| first_week(&self.since, option) <= week)
    }

    /// Whether the question itself speaks of what this wish is about.
    pub fn speaks_of(&self, wish: &str) -> bool {
        self.forms.iter().any(|wished| wished.wish == wish && wished.ids.contains(&self.id))
    }
}

/// The first week in which this can be.
fn first_week(list: &[AvailableFrom], id: &str) -> u32 {
    list.iter().find(|since| since.ids.iter().any(|other| other == id)).map_or(0, |since| since.week)
}
