//! Which screen comes after which.

use super::store::PROFILE;
use super::{Pace, Question, Questionnaire, Theme};

/// A screen of the reflect page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A question, by its id.
    Question(String),
    /// The door in front of a theme or a question, by that one's id.
    Door(String),
    /// The first line of the own sheet, and where to keep.
    Keep,
    /// How much further to go.
    Pace,
    /// The overview of the themes.
    Themes,
    /// All answers.
    Answers,
    /// What the parent may say about themselves, and wish for.
    AboutMe,
    /// The reflections of this journal: an earlier one to open, a new one to begin.
    Reflections,
    /// Putting answers back from a file.
    Restore,
    /// The sheet, drawn in place while nothing is kept, because another document would know nothing of it.
    Sheet,
}

/// Where a question stands, for the parent to see. Counted from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// On the way the parent chose.
    Flow { n: usize, total: usize },
    /// In its theme, for a question beside the short way.
    Theme { n: usize, total: usize },
}

/// The way through the questions: it depends on how far the parent wants to go, and on whether it is still open where
/// to keep.
#[derive(Clone, Copy, Debug)]
pub struct Flow<'a> {
    /// The questions.
    pub questionnaire: &'a Questionnaire,
    /// How far the parent wants to go; none until chosen.
    pub pace: Option<Pace>,
    /// Whether the parent has not said yet where to keep.
    pub undecided: bool,
}

const DOOR: &str = "door-";

/// The screens beside questions and doors, each with its id.
pub static SCREENS: [(&str, Step); 8] = [
    ("keep", Step::Keep),
    ("pace", Step::Pace),
    ("themes", Step::Themes),
    ("answers", Step::Answers),
    ("about-me", Step::AboutMe),
    ("reflections", Step::Reflections),
    ("restore", Step::Restore),
    ("sheet", Step::Sheet),
];

impl Step {
    /// The id under which the screen is known to `data-step` and to what is kept.
    pub fn id(&self) -> String {
        match self {
            Self::Question(id) => id.clone(),
            Self::Door(id) => [DOOR, id].concat(),
            screen => SCREENS.iter().find(|(_, other)| other == screen).map_or("", |(id, _)| id).to_owned(),
        }
    }

    /// Returns whether no question can have this id, because another screen or another stored value has it, or may have it.
    pub fn is_taken(id: &str) -> bool {
        id == PROFILE || id.starts_with(DOOR) || SCREENS.iter().any(|(screen, _)| *screen == id)
    }

    /// Whether who comes back another day goes on with this screen. The others lie beside the questions.
    pub fn resumes(&self) -> bool {
        !matches!(self, Self::AboutMe | Self::Reflections | Self::Restore | Self::Sheet)
    }
}

impl<'a> Flow<'a> {
    /// The very first screen.
    pub fn first(&self) -> Step {
        self.questionnaire.themes.first().map_or(Step::Themes, |theme| Step::Question(theme.first().id.clone()))
    }

    /// The screen with this id; none if this version does not know it.
    pub fn find(&self, id: &str) -> Option<Step> {
        if let Some(behind) = id.strip_prefix(DOOR) {
            let theme = self.questionnaire.theme(behind).is_some_and(|theme| theme.door);
            let question = self.questionnaire.find(behind).is_some_and(|(_, question)| question.door);
            return (theme || question).then(|| Step::Door(behind.to_owned()));
        }
        if let Some((_, screen)) = SCREENS.iter().find(|(screen, _)| *screen == id) {
            return Some(screen.clone());
        }
        self.questionnaire.find(id).map(|(_, question)| Step::Question(question.id.clone()))
    }

    /// The screen after this one, when the parent goes on.
    pub fn next(&self, step: &Step) -> Step {
        match step {
            Step::Question(id) if *step == self.first() => self.after_first(id),
            Step::Question(id) => self.after(id),
            Step::Door(id) => match self.questionnaire.theme(id) {
                Some(theme) => Step::Question(theme.first().id.clone()),
                None => Step::Question(id.clone()),
            },
            Step::Keep if self.pace.is_none() => Step::Pace,
            Step::Keep => Step::Themes,
            Step::Pace => match self.questionnaire.themes.first() {
                Some(theme) => self.after(&theme.first().id),
                None => Step::Themes,
            },
            Step::AboutMe | Step::Reflections => Step::Themes,
            Step::Restore => Step::Answers,
            Step::Themes => Step::Answers,
            Step::Answers | Step::Sheet => Step::Sheet,
        }
    }

    /// The screen after this one, when the parent leaves a door closed.
    pub fn leave(&self, door: &str) -> Step {
        match self.questionnaire.themes.iter().position(|theme| theme.id == door) {
            Some(index) => self.theme_at(index + 1),
            None => self.after(door),
        }
    }

    /// The screen before this one in the order of the questions, for when it is not known where the parent came from.
    pub fn previous(&self, step: &Step) -> Step {
        let all: Vec<&Question> = self.questionnaire.questions().map(|(_, question)| question).collect();
        let at = match step {
            Step::Question(id) => all.iter().position(|question| question.id == *id),
            Step::Door(id) => all.iter().position(|question| {
                question.id == *id || self.questionnaire.theme(id).is_some_and(|theme| theme.first().id == question.id)
            }),
            Step::Keep | Step::Pace => return self.first(),
            Step::Themes | Step::Answers | Step::Sheet | Step::AboutMe | Step::Reflections | Step::Restore => {
                return Step::Themes;
            }
        };
        let before = at.and_then(|at| all[..at].iter().rev().find(|question| self.is_on_way(question)));
        before.map_or_else(|| self.first(), |question| Step::Question(question.id.clone()))
    }

    /// The way into a theme: its door if it has one, else its first question.
    pub fn into_theme(&self, theme: &Theme) -> Step {
        if theme.door { Step::Door(theme.id.clone()) } else { Step::Question(theme.first().id.clone()) }
    }

    /// The way to a question: its own door if it has one.
    pub fn into_question(&self, question: &Question) -> Step {
        if question.door { Step::Door(question.id.clone()) } else { Step::Question(question.id.clone()) }
    }

    /// The next question in the theme of the question with this id, if there is one.
    pub fn more(&self, id: &str) -> Option<Step> {
        let (theme, _) = self.questionnaire.find(id)?;
        let at = theme.questions.iter().position(|question| question.id == id)?;
        theme.questions.get(at + 1).map(|question| self.into_question(question))
    }

    /// Where the question with this id stands.
    pub fn position(&self, id: &str) -> Option<Position> {
        let (theme, question) = self.questionnaire.find(id)?;
        if !self.is_on_way(question) {
            let at = theme.questions.iter().position(|other| other.id == id)?;
            return Some(Position::Theme { n: at + 1, total: theme.questions.len() });
        }
        let on_way = || self.questionnaire.questions().filter(|(_, question)| self.is_on_way(question));
        let at = on_way().position(|(_, question)| question.id == id)?;
        Some(Position::Flow { n: at + 1, total: on_way().count() })
    }

    fn after_first(&self, id: &str) -> Step {
        match (self.undecided, self.pace) {
            (true, None) => Step::Keep,
            (false, None) => Step::Pace,
            // Who comes back to the first question goes on from it; where to keep is asked again before the overview.
            (_, Some(_)) => self.after(id),
        }
    }

    fn after(&self, id: &str) -> Step {
        let themes = &self.questionnaire.themes;
        let Some(index) = themes.iter().position(|theme| theme.questions.iter().any(|question| question.id == id))
        else {
            return Step::Themes;
        };
        let goes_deeper = self.pace == Some(Pace::Long) || themes[index].first().id != id;
        match self.more(id) {
            Some(deeper) if goes_deeper => deeper,
            _ => self.theme_at(index + 1),
        }
    }

    fn theme_at(&self, index: usize) -> Step {
        match self.questionnaire.themes.get(index) {
            Some(theme) => self.into_theme(theme),
            // A missed choice is asked again before the overview, never forced.
            None if self.undecided => Step::Keep,
            None => Step::Themes,
        }
    }

    fn is_on_way(&self, question: &Question) -> bool {
        self.pace == Some(Pace::Long) || self.questionnaire.themes.iter().any(|theme| theme.first().id == question.id)
    }
}
