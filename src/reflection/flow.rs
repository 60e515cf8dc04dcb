//! The order of the screens of the reflect page.

use super::store::PROFILE;
use super::{Pace, Question, Questionnaire, Theme};

/// A screen of the reflect page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A question, by its id.
    Question(String),
    /// The door in front of a theme or a question, by the id of that theme or question. A door is a screen on which the
    /// parent chooses to enter or to skip.
    Door(String),
    /// The first line of the parent's sheet, and the choice where to store the answers.
    Keep,
    /// The choice how many more questions to answer.
    Pace,
    /// The overview of the themes.
    Themes,
    /// The list of all answers.
    Answers,
    /// The parent's profile and wishes.
    AboutMe,
    /// The list of reflections, where the parent opens an earlier one or begins a new one.
    Reflections,
    /// Restoring a backup file.
    Restore,
    /// The sheet. The reflect page shows it itself while nothing is stored, because another document could not read it.
    Sheet,
}

/// The position of a question, as shown to the parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// Within the flow that the parent chose.
    Flow {
        /// The position, counted from 1.
        n: usize,
        /// The number of questions in the flow.
        total: usize,
    },
    /// Within its theme, for a question that is not part of the short flow.
    Theme {
        /// The position, counted from 1.
        n: usize,
        /// The number of questions in the theme.
        total: usize,
    },
}

/// The flow through the screens. It depends on the chosen pace, and on whether the parent has chosen where to store the
/// answers.
#[derive(Clone, Copy, Debug)]
pub struct Flow<'a> {
    /// The questions to ask.
    pub questionnaire: &'a Questionnaire,
    /// The chosen pace; `None` until chosen.
    pub pace: Option<Pace>,
    /// `true` if the parent has not yet chosen where to store the answers.
    pub undecided: bool,
}

/// The prefix of the ids of doors.
const DOOR: &str = "door-";

/// The screens other than questions and doors, each with its id.
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
    /// Returns the id of the screen, as used in `data-step` and in stored values.
    pub fn id(&self) -> String {
        match self {
            Self::Question(id) => id.clone(),
            Self::Door(id) => [DOOR, id].concat(),
            screen => SCREENS.iter().find(|(_, other)| other == screen).map_or("", |(id, _)| id).to_owned(),
        }
    }

    /// Returns whether an id is reserved for another screen or another stored value, so that no question may have it.
    pub fn is_taken(id: &str) -> bool {
        id == PROFILE || id.starts_with(DOOR) || SCREENS.iter().any(|(screen, _)| *screen == id)
    }

    /// Returns whether a returning visitor resumes at this screen.
    pub fn resumes(&self) -> bool {
        !matches!(self, Self::AboutMe | Self::Reflections | Self::Restore | Self::Sheet)
    }
}

impl<'a> Flow<'a> {
    /// Returns the first screen.
    pub fn first(&self) -> Step {
        self.questionnaire.themes.first().map_or(Step::Themes, |theme| Step::Question(theme.first().id.clone()))
    }

    /// Returns the screen with this id, or `None` if this version does not know it.
    pub fn find(&self, id: &str) -> Option<Step> {
        if let Some(target) = id.strip_prefix(DOOR) {
            let theme = self.questionnaire.theme(target).is_some_and(|theme| theme.door);
            let question = self.questionnaire.find(target).is_some_and(|(_, question)| question.door);
            return (theme || question).then(|| Step::Door(target.to_owned()));
        }
        if let Some((_, screen)) = SCREENS.iter().find(|(screen, _)| *screen == id) {
            return Some(screen.clone());
        }
        self.questionnaire.find(id).map(|(_, question)| Step::Question(question.id.clone()))
    }

    /// Returns the screen after this one, when the parent continues.
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

    /// Returns the screen after this door, when the parent skips it. `door` is the id of its theme or question.
    pub fn leave(&self, door: &str) -> Step {
        match self.questionnaire.themes.iter().position(|theme| theme.id == door) {
            Some(index) => self.theme_at(index + 1),
            None => self.after(door),
        }
    }

    /// Returns the screen before this one in the order of the questions. Used when the browser history does not contain
    /// the screen that the parent came from.
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
        let before = at.and_then(|at| all[..at].iter().rev().find(|question| self.is_in_flow(question)));
        before.map_or_else(|| self.first(), |question| Step::Question(question.id.clone()))
    }

    /// Returns the screen that opens a theme: its door if it has one, otherwise its first question.
    pub fn into_theme(&self, theme: &Theme) -> Step {
        if theme.door { Step::Door(theme.id.clone()) } else { Step::Question(theme.first().id.clone()) }
    }

    /// Returns the screen that opens a question: its door if it has one, otherwise the question itself.
    pub fn into_question(&self, question: &Question) -> Step {
        if question.door { Step::Door(question.id.clone()) } else { Step::Question(question.id.clone()) }
    }

    /// Returns the screen that opens the next question of the same theme, or `None` if this question is the last or
    /// unknown.
    pub fn more(&self, id: &str) -> Option<Step> {
        let (theme, _) = self.questionnaire.find(id)?;
        let at = theme.questions.iter().position(|question| question.id == id)?;
        theme.questions.get(at + 1).map(|question| self.into_question(question))
    }

    /// Returns the position of the question with this id, or `None` if it is unknown.
    pub fn position(&self, id: &str) -> Option<Position> {
        let (theme, question) = self.questionnaire.find(id)?;
        if !self.is_in_flow(question) {
            let at = theme.questions.iter().position(|other| other.id == id)?;
            return Some(Position::Theme { n: at + 1, total: theme.questions.len() });
        }
        let in_flow = || self.questionnaire.questions().filter(|(_, question)| self.is_in_flow(question));
        let at = in_flow().position(|(_, question)| question.id == id)?;
        Some(Position::Flow { n: at + 1, total: in_flow().count() })
    }

    fn after_first(&self, id: &str) -> Step {
        match (self.undecided, self.pace) {
            (true, None) => Step::Keep,
            (false, None) => Step::Pace,
            // The pace is already known here. An open storage choice is offered again before the overview.
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
            // An open storage choice is offered again before the overview. It is never required.
            None if self.undecided => Step::Keep,
            None => Step::Themes,
        }
    }

    fn is_in_flow(&self, question: &Question) -> bool {
        self.pace == Some(Pace::Long) || self.questionnaire.themes.iter().any(|theme| theme.first().id == question.id)
    }
}
