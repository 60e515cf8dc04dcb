//! The sheet: the summary for the caregiver, independent of its format. Screen, print and plain text format it.

use super::{Answer, Journal, Question, Questionnaire, Store};

/// The maximum number of lines under "Please start here".
const START: usize = 3;
/// The maximum number of further lines on page one.
const PAGE: usize = 7;

/// The summary of a reflection for the caregiver.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The lines to start with, at most three. Lines marked "I want to talk about this" come first.
    pub start: Vec<Line>,
    /// The further lines on page one, at most seven.
    pub also: Vec<Line>,
    /// The remaining lines.
    pub more: Vec<Line>,
    /// `true` if the parent added the line "I'd like a moment alone with you". Marks on answers never add it.
    pub alone: bool,
    /// The ids of the questions whose lines the parent removed.
    pub removed: Vec<String>,
    /// The chosen sensitive options, which the sheet shows only once confirmed.
    pub withheld: Vec<Choice>,
    /// The texts of what was agreed and of who calls whom; empty until written at the table.
    pub agreed: [String; 2],
}

/// One line of the sheet: the part of the answer to one question that may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The id of the question.
    pub question: String,
    /// The ids of the shown options, in the order of the questionnaire.
    pub chosen: Vec<String>,
    /// The free text, trimmed.
    pub free_text: String,
    /// `true` if it is marked "I want to talk about this".
    pub talk: bool,
}

/// A chosen sensitive option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The id of the question.
    pub question: String,
    /// The id of the option.
    pub option: String,
    /// `true` if the parent confirmed it, so that the sheet shows it.
    pub shown: bool,
}

impl Sheet {
    /// Creates the sheet of the open reflection, without the questions and options that the wishes of the parent
    /// remove.
    pub fn of<S: Store>(questionnaire: &Questionnaire, journal: &Journal<S>) -> Self {
        let asked = questionnaire.for_parent(journal.profile());
        let state = journal.state();
        let mut sheet = Self::draw_up(&asked, |question| journal.answer(question), state.alone);
        sheet.agreed = [&state.agreed, &state.calls].map(|text| text.trim().to_owned());
        sheet
    }

    /// Creates the sheet from answers by question id. `alone` is whether the parent added the line for a moment alone.
    ///
    /// Everything marked "only when we are alone" is removed first, so that the sheet is the same as if the parent had
    /// never chosen it.
    pub fn draw_up<'a>(
        questionnaire: &Questionnaire,
        answer: impl Fn(&str) -> Option<&'a Answer>,
        alone: bool,
    ) -> Self {
        let mut sheet = Self { alone, ..Self::default() };
        let mut lines = Vec::new();
        for (_, question) in questionnaire.questions() {
            let Some(answer) = answer(&question.id).map(Answer::without_alone).filter(|answer| !answer.is_empty())
            else {
                continue;
            };
            if answer.off {
                sheet.removed.push(question.id.clone());
                continue;
            }
            sheet.withheld.extend(sensitive(question, &answer));
            lines.extend(line(question, &answer));
        }
        // Marked lines come first. Within both groups the order of the questions is preserved.
        let (marked, unmarked): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| line.talk);
        let mut lines = marked.into_iter().chain(unmarked);
        sheet.start.extend(lines.by_ref().take(START));
        sheet.also.extend(lines.by_ref().take(PAGE));
        sheet.more.extend(lines);
        sheet
    }

    /// Returns the groups in order: [`Sheet::start`], [`Sheet::also`] and [`Sheet::more`], each with its lines and with
    /// whether the line for a moment alone follows them.
    pub fn groups(&self) -> [(&[Line], bool); 3] {
        [(&self.start, self.alone), (&self.also, false), (&self.more, false)]
    }

    /// Returns every line, in the order of the sheet.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.start.iter().chain(&self.also).chain(&self.more)
    }

    /// Returns whether the sheet has no lines, and none that the parent could add or confirm.
    pub fn is_empty(&self) -> bool {
        !self.alone && !self.has_lines() && self.removed.is_empty() && self.withheld.is_empty()
    }

    /// Returns whether the sheet has the line of at least one answer, without which the table is not offered.
    pub fn has_lines(&self) -> bool {
        self.lines().next().is_some()
    }
}

/// Returns the line of an answer, or `None` if no part of it may be shown. The answer must not have parts for a moment
/// alone.
fn line(question: &Question, answer: &Answer) -> Option<Line> {
    let may_show = |option: &&String| {
        answer.has(option) && (!question.sensitive.contains(option) || answer.shown.contains(option))
    };
    let chosen: Vec<String> = question.options.iter().filter(may_show).cloned().collect();
    let free_text = answer.free_text.trim().to_owned();
    (!chosen.is_empty() || !free_text.is_empty()).then(|| Line {
        question: question.id.clone(),
        chosen,
        free_text,
        talk: answer.talk,
    })
}

/// Returns the chosen sensitive options of one question.
fn sensitive(question: &Question, answer: &Answer) -> Vec<Choice> {
    let listed = question.sensitive.iter().filter(|option| answer.has(option));
    listed
        .map(|option| Choice {
            question: question.id.clone(),
            option: option.clone(),
            shown: answer.shown.contains(option),
        })
        .collect()
}
