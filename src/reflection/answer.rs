//! One answer: what was chosen, own words, and marks.

use super::stored_value::{Merge, encode, join_unknown, stored_value};

/// Own words, among the options that are marked "only when we are alone".
pub const FREE_TEXT: &str = "words";

stored_value! {
    /// What a parent left at one question. Every part may be empty, and an empty answer says nothing.
    pub struct Answer {
        /// Counts the edits, so that of two tabs the one that went further is known without a clock.
        revision: u64,
        /// The ids of the chosen options, in the order of choosing. Ids that this version does not know are kept.
        pub chosen: Vec<String>,
        /// Own words, just as they were typed.
        pub free_text as "words": String,
        /// "I want to talk about this": leads the sheet.
        pub talk: bool,
        /// Taken off the sheet.
        pub off: bool,
        /// Chosen options, and [`FREE_TEXT`], that are for a moment alone: they never show outside the questions.
        pub alone: Vec<String>,
        /// Sensitive options that were ticked again on the sheet and so may stand there by name.
        pub shown: Vec<String>,
    }
}

impl Answer {
    /// Whether nothing was chosen and nothing written.
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty() && self.free_text.trim().is_empty()
    }

    /// Whether this option is chosen.
    pub fn has(&self, option: &str) -> bool {
        self.chosen.iter().any(|chosen| chosen == option)
    }

    /// Chooses the option, or takes the choice back, with the marks that hang on it.
    pub fn choose(&mut self, option: &str, on: bool) {
        set(&mut self.chosen, option, on);
        if !on {
            set(&mut self.alone, option, false);
            set(&mut self.shown, option, false);
        }
    }

    /// Chooses this option of the listed ones alone. Ids outside the list are kept: they are not ours to drop.
    pub fn choose_only(&mut self, option: &str, among: &[String]) {
        for other in among {
            self.choose(other, other == option);
        }
    }

    /// Marks an option "only when we are alone", or takes the mark back.
    pub fn mark_alone(&mut self, option: &str, on: bool) {
        set(&mut self.alone, option, on);
    }

    /// Whether an option, or [`FREE_TEXT`], is marked "only when we are alone".
    pub fn is_marked_alone(&self, id: &str) -> bool {
        self.alone.iter().any(|marked| marked == id)
    }

    /// The answer as far as it may leave the questions: without the options, and own words, that are marked "only when we
    /// are alone", and without the marks.
    pub fn without_alone(&self) -> Self {
        let mut rest = self.clone();
        for marked in std::mem::take(&mut rest.alone) {
            rest.choose(&marked, false);
            if marked == FREE_TEXT {
                rest.free_text.clear();
            }
        }
        rest
    }

    /// Lets a sensitive option stand on the sheet, or not.
    pub fn mark_shown(&mut self, option: &str, on: bool) {
        set(&mut self.shown, option, on);
    }

    /// Counts one more edit.
    pub(super) fn bump_revision(&mut self) {
        self.revision = self.revision.saturating_add(1);
    }

    /// The text to keep.
    pub(super) fn encode(&self) -> String {
        encode(self)
    }

    /// Joins two versions, however often either was edited: nothing of either is lost.
    pub(super) fn join(&self, other: &Self) -> Self {
        let revision = self.revision.max(other.revision);
        Self { revision, ..self.clone() }.merge(&Self { revision, ..other.clone() })
    }

    /// An empty answer that goes on counting from this one.
    pub(super) fn cleared(&self) -> Self {
        Self { revision: self.revision, ..Self::default() }
    }
}

impl Merge for Answer {
    fn merge(&self, other: &Self) -> Self {
        match self.revision.cmp(&other.revision) {
            std::cmp::Ordering::Greater => self.clone(),
            std::cmp::Ordering::Less => other.clone(),
            std::cmp::Ordering::Equal if self == other => self.clone(),
            std::cmp::Ordering::Equal => {
                let (first, second) = if self.shown <= other.shown { (self, other) } else { (other, self) };
                let mut both = Self {
                    revision: self.revision,
                    chosen: union(&self.chosen, &other.chosen),
                    free_text: both_wordings(&self.free_text, &other.free_text),
                    talk: self.talk || other.talk,
                    off: self.off && other.off,
                    alone: union(&self.alone, &other.alone),
                    // What one of the two kept off the sheet stays off it.
                    shown: first.shown.iter().filter(|id| second.shown.contains(id)).cloned().collect(),
                    unknown: join_unknown(&self.unknown, &other.unknown),
                };
                both.bump_revision();
                both
            }
        }
    }
}

/// Adds the id to the list once, or removes it.
pub(super) fn set(list: &mut Vec<String>, id: &str, on: bool) {
    list.retain(|other| other != id);
    if on {
        list.push(id.to_owned());
    }
}

/// The ids of both lists, each once, in an order that does not depend on which list came first.
pub(super) fn union(one: &[String], other: &[String]) -> Vec<String> {
    let (first, second) = if one <= other { (one, other) } else { (other, one) };
    let mut all = first.to_vec();
    all.extend(second.iter().filter(|id| !first.contains(id)).cloned());
    all
}

/// Both wordings, unless one already holds the other.
pub(super) fn both_wordings(one: &str, other: &str) -> String {
    if holds(one, other) {
        return one.to_owned();
    }
    if holds(other, one) {
        return other.to_owned();
    }
    let (first, second) = if one <= other { (one, other) } else { (other, one) };
    [first, "\n\n", second].concat()
}

/// Returns whether a text contains another one, in linear time (Knuth, Morris and Pratt). The search of the standard library
/// costs the wasm a kilobyte.
pub fn holds(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    if part.len() > text.len() {
        return false;
    }
    // For each byte of the part: how long a beginning of the part ends with it.
    let mut ends: Vec<usize> = vec![0];
    for byte in part.iter().skip(1) {
        let matched = matched(part, &ends, ends.last().copied().unwrap_or_default(), *byte);
        ends.push(matched);
    }
    let mut at = 0;
    part.is_empty()
        || text.iter().any(|byte| {
            at = matched(part, &ends, at, *byte);
            at == part.len()
        })
}

/// The number of bytes of the part that match after this byte, given the number before it.
fn matched(part: &[u8], ends: &[usize], mut before: usize, byte: u8) -> usize {
    loop {
        match part.get(before) {
            Some(next) if *next == byte => return before + 1,
            _ if before == 0 => return 0,
            _ => before = ends.get(before - 1).copied().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn a_part_is_found_wherever_it_stands_and_nowhere_else() {
        let texts = ["", "a", "b", "ab", "aab", "abab", "aaab", "abaab", "ababab", "äb", "ä", "baab"];
        for text in texts {
            for part in texts {
                assert_eq!(holds(text, part), text.contains(part), "{part:?} in {text:?}");
            }
        }
    }

    /// Looked at from every place anew, these take more steps than a computer makes in a year.
    #[test]
    fn a_long_text_of_one_letter_is_searched_once() {
        let text = "a".repeat(30_000_000);
        assert!(!holds(&text, &["a".repeat(15_000_000), "b".to_owned()].concat()));
        assert!(holds(&text, &"a".repeat(15_000_000)));
    }
}
