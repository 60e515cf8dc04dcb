//! The talk at the table: what shows of a sheet while the phone lies between parent and caregiver.
//!
//! A [`Table`] holds a copy of the chosen lines and nothing else. Whatever a view does with it, no other part of the
//! journal can come to show.

use super::{Line, Questionnaire, Sheet};

/// The stops of the talk, in order: a welcome, the lines of the sheet one at a time, and what was agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    stops: Vec<Stop>,
}

/// What lies on the table at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// How it goes, before the first line.
    Welcome,
    /// One line of the sheet.
    Line {
        /// The line.
        line: Line,
        /// The id of the theme it belongs to.
        theme: String,
        /// How many lines of the same theme came before it, so that the caregiver is offered another question each time.
        turn: usize,
    },
    /// What was agreed, and who calls whom.
    Agreed,
}

impl Default for Table {
    /// A table with no line on it.
    fn default() -> Self {
        Self { stops: vec![Stop::Welcome, Stop::Agreed] }
    }
}

impl Table {
    /// Lays out a sheet: the lines in its order. The wish for a moment alone never comes here, since whoever is there reads
    /// along.
    pub fn of(questionnaire: &Questionnaire, sheet: &Sheet) -> Self {
        let mut stops = vec![Stop::Welcome];
        for line in sheet.lines() {
            let Some((theme, _)) = questionnaire.find(&line.question) else { continue };
            let same = |stop: &&Stop| matches!(stop, Stop::Line { theme: other, .. } if *other == theme.id);
            let turn = stops.iter().filter(same).count();
            stops.push(Stop::Line { line: line.clone(), theme: theme.id.clone(), turn });
        }
        stops.push(Stop::Agreed);
        Self { stops }
    }

    /// The stop at this place, counted from zero; the last one beyond it.
    pub fn stop(&self, at: usize) -> &Stop {
        self.stops.get(at).unwrap_or(&Stop::Agreed)
    }

    /// The place of the last stop, what was agreed.
    pub fn last(&self) -> usize {
        self.stops.len() - 1
    }

    /// How many stops have something to talk about. The one at place `n` is the `n`th.
    pub fn total(&self) -> usize {
        self.last() - 1
    }
}
