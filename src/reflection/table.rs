//! The table: the sheet one line at a time, for a talk with the phone between parent and caregiver.
//!
//! A [`Table`] contains a copy of the lines of the sheet and nothing else, so that its view cannot show any other part
//! of the journal.

use super::{Line, Questionnaire, Sheet};

/// The stops of the talk, in order: a welcome, each line of the sheet, and the agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    stops: Vec<Stop>,
}

/// One stop of the talk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The explanation before the first line.
    Welcome,
    /// One line of the sheet.
    Line {
        /// The line.
        line: Line,
        /// The id of the theme it belongs to.
        theme: String,
        /// The number of earlier lines of the same theme. It selects a different open question for the caregiver each
        /// time.
        turn: usize,
    },
    /// The agreement between parent and caregiver, and who calls whom.
    Agreed,
}

impl Default for Table {
    /// Creates a table without lines.
    fn default() -> Self {
        Self { stops: vec![Stop::Welcome, Stop::Agreed] }
    }
}

impl Table {
    /// Creates the table of a sheet, with the lines in its order. The line for a moment alone is left out, because
    /// everybody in the room can read the table.
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

    /// Returns the stop at this index, counted from 0; the last stop if the index is out of range.
    pub fn stop(&self, at: usize) -> &Stop {
        self.stops.get(at).unwrap_or(&Stop::Agreed)
    }

    /// Returns the index of the last stop, [`Stop::Agreed`].
    pub fn last(&self) -> usize {
        self.stops.len() - 1
    }

    /// Returns the number of lines. The line at index `n` is the `n`th, because the welcome has index 0.
    pub fn total(&self) -> usize {
        self.last() - 1
    }
}
