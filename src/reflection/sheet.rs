//! What goes along to the caregiver, as one semantic value: screen, print and plain text are formatters of it.

use super::{Answer, Journal, Question, Questionnaire, Store};

/// How many lines "Please start here" holds at most.
const START: usize = 3;
/// How many more lines page one holds at most.
const PAGE: usize = 7;

/// The sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The lines to start with, at most three. The lines marked "to talk about" lead.
    pub start: Vec<Line>,
    /// The lines after them on page one, at most seven.
    pub also: Vec<Line>,
    /// The rest.
    pub more: Vec<Line>,
    /// The line "I'd like a moment alone with you", which the parent added by itself: no mark on an answer puts it here.
    pub alone: bool,
    /// The questions whose line was taken off.
    pub removed: Vec<String>,
    /// Sensitive options that stay off until ticked, each with its question.
    pub withheld: Vec<Choice>,
    /// What was agreed, and who calls whom, as they were written at the table; empty before.
    pub agreed: [String; 2],
}

/// One line of the sheet: what was left at one question, as far as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The id of the question.
    pub question: String,
    /// The ids of the options that stand on it, in the order of the questionnaire.
    pub chosen: Vec<String>,
    /// Own words, without the blank space around them.
    pub free_text: String,
    /// Whether it is marked "to talk about".
    pub talk: bool,
}

/// A sensitive option, chosen but not for everybody's eyes unless ticked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The id of the question.
    pub question: String,
    /// The id of the option.
    pub option: String,
    /// Whether it was ticked and so stands on the sheet.
    pub shown: bool,
}

impl Sheet {
    /// Draws up the sheet of a journal, without what the parent wishes for nothing about.
    pub fn of<S: Store>(questionnaire: &Questionnaire, journal: &Journal<S>) -> Self {
        let asked = questionnaire.for_parent(journal.profile());
        let state = journal.state();
        let mut sheet = Self::draw_up(&asked, |question| journal.answer(question), state.alone);
        sheet.agreed = [&state.agreed, &state.calls].map(|words| words.trim().to_owned());
        sheet
    }

    /// Draws up the sheet from the answers. `alone` tells whether the parent added the line for a moment alone.
    ///
    /// Parts marked "only when we are alone" are removed before anything else is looked at, so that the sheet is the one of
    /// somebody who never left them.
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
        // Within the marked and the unmarked lines the order of the questions stays.
        let (marked, unmarked): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| line.talk);
        let mut lines = marked.into_iter().chain(unmarked);
        sheet.start.extend(lines.by_ref().take(START));
        sheet.also.extend(lines.by_ref().take(PAGE));
        sheet.more.extend(lines);
        sheet
    }

    /// Its groups in their order: to start with, also on page one, the rest. Each has its lines, and tells whether the line
    /// for a moment alone follows them.
    pub fn groups(&self) -> [(&[Line], bool); 3] {
        [(&self.start, self.alone), (&self.also, false), (&self.more, false)]
    }

    /// Every line, in the order of the sheet.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.start.iter().chain(&self.also).chain(&self.more)
    }

    /// Whether there is nothing on it and nothing that could be put back.
    pub fn is_empty(&self) -> bool {
        !self.alone && !self.has_lines() && self.removed.is_empty() && self.withheld.is_empty()
    }

    /// Returns whether it has a line of an answer, so that there is something to lay on the table.
    pub fn has_lines(&self) -> bool {
        self.lines().next().is_some()
    }
}

/// The line of one answer without its parts for a moment alone; none when nothing of it may be shown.
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

/// The chosen sensitive options of one question.
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
