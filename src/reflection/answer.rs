//! The answer to one question: the chosen options, free text, and marks.

use super::stored_value::{Merge, encode, join_unknown, stored_value};

/// The id that stands for the free text in [`Answer::alone`], among the ids of options.
pub const FREE_TEXT: &str = "words";

stored_value! {
    /// A parent's answer to one question. Every field may be empty.
    pub struct Answer {
        /// The number of edits. It decides which of two versions is newer, so that no clock is needed.
        revision: u64,
        /// The ids of the chosen options, in the order of choosing. Unknown ids are preserved.
        pub chosen: Vec<String>,
        /// The free text, exactly as typed.
        pub free_text as "words": String,
        /// The mark "I want to talk about this". Marked lines come first on the sheet.
        pub talk: bool,
        /// `true` if the parent removed the answer from the sheet.
        pub off: bool,
        /// The ids of chosen options, or [`FREE_TEXT`], marked "only when we are alone". They are shown nowhere but in
        /// the questions.
        pub alone: Vec<String>,
        /// The ids of sensitive options that the parent confirmed on the sheet, which therefore shows them.
        pub shown: Vec<String>,
    }
}

impl Answer {
    /// Returns whether no option is chosen and the free text is blank.
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty() && self.free_text.trim().is_empty()
    }

    /// Returns whether this option is chosen.
    pub fn has(&self, option: &str) -> bool {
        self.chosen.iter().any(|chosen| chosen == option)
    }

    /// Selects or deselects an option. Deselecting also removes its marks.
    pub fn choose(&mut self, option: &str, on: bool) {
        set(&mut self.chosen, option, on);
        if !on {
            set(&mut self.alone, option, false);
            set(&mut self.shown, option, false);
        }
    }

    /// Selects this option and deselects the others in `among`. Chosen ids outside that list are preserved, because a
    /// newer version of the site may have written them.
    pub fn choose_only(&mut self, option: &str, among: &[String]) {
        for other in among {
            self.choose(other, other == option);
        }
    }

    /// Sets or clears the mark "only when we are alone" of an option.
    pub fn mark_alone(&mut self, option: &str, on: bool) {
        set(&mut self.alone, option, on);
    }

    /// Returns whether an option, or [`FREE_TEXT`], is marked "only when we are alone".
    pub fn is_marked_alone(&self, id: &str) -> bool {
        self.alone.iter().any(|marked| marked == id)
    }

    /// Returns the answer without everything marked "only when we are alone", and without those marks. Only this part
    /// may be shown outside the questions.
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

    /// Sets whether the sheet shows a sensitive option.
    pub fn mark_shown(&mut self, option: &str, on: bool) {
        set(&mut self.shown, option, on);
    }

    /// Increments the edit count.
    pub(super) fn bump_revision(&mut self) {
        self.revision = self.revision.saturating_add(1);
    }

    /// Returns the text to store.
    pub(super) fn encode(&self) -> String {
        encode(self)
    }

    /// Merges two versions as if they had equally many edits, so that the result contains both.
    pub(super) fn join(&self, other: &Self) -> Self {
        let revision = self.revision.max(other.revision);
        Self { revision, ..self.clone() }.merge(&Self { revision, ..other.clone() })
    }

    /// Returns an empty answer with the edit count of this one.
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
                    free_text: join_texts(&self.free_text, &other.free_text),
                    talk: self.talk || other.talk,
                    off: self.off && other.off,
                    alone: union(&self.alone, &other.alone),
                    // An option is shown only if both versions show it.
                    shown: first.shown.iter().filter(|id| second.shown.contains(id)).cloned().collect(),
                    unknown: join_unknown(&self.unknown, &other.unknown),
                };
                both.bump_revision();
                both
            }
        }
    }
}

/// Adds the id to the end of the list, or removes it. The list contains it at most once afterwards.
pub(super) fn set(list: &mut Vec<String>, id: &str, on: bool) {
    list.retain(|other| other != id);
    if on {
        list.push(id.to_owned());
    }
}

/// Returns the ids of both lists without duplicates. The result does not depend on the order of the arguments.
pub(super) fn union(one: &[String], other: &[String]) -> Vec<String> {
    let (first, second) = if one <= other { (one, other) } else { (other, one) };
    let mut all = first.to_vec();
    all.extend(second.iter().filter(|id| !first.contains(id)).cloned());
    all
}

/// Joins two texts with a blank line, or returns the one that contains the other. The result does not depend on the
/// order of the arguments.
pub(super) fn join_texts(one: &str, other: &str) -> String {
    if holds(one, other) {
        return one.to_owned();
    }
    if holds(other, one) {
        return other.to_owned();
    }
    let (first, second) = if one <= other { (one, other) } else { (other, one) };
    [first, "\n\n", second].concat()
}

/// Returns whether `text` contains `part`, in linear time (Knuth–Morris–Pratt).
///
/// [`str::contains`] would add a kilobyte to the WebAssembly.
pub fn holds(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    if part.len() > text.len() {
        return false;
    }
    // The failure table: for each byte of `part`, the length of the longest proper prefix that is a suffix ending
    // there.
    let mut failure: Vec<usize> = vec![0];
    for byte in part.iter().skip(1) {
        let matched = matched(part, &failure, failure.last().copied().unwrap_or_default(), *byte);
        failure.push(matched);
    }
    let mut at = 0;
    part.is_empty()
        || text.iter().any(|byte| {
            at = matched(part, &failure, at, *byte);
            at == part.len()
        })
}

/// Returns the number of bytes of `part` that match after this byte, given the number that matched `before` it.
fn matched(part: &[u8], failure: &[usize], mut before: usize, byte: u8) -> usize {
    loop {
        match part.get(before) {
            Some(next) if *next == byte => return before + 1,
            _ if before == 0 => return 0,
            _ => before = failure.get(before - 1).copied().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn holds_agrees_with_str_contains() {
        let texts = ["", "a", "b", "ab", "aab", "abab", "aaab", "abaab", "ababab", "äb", "ä", "baab"];
        for text in texts {
            for part in texts {
                assert_eq!(holds(text, part), text.contains(part), "{part:?} in {text:?}");
            }
        }
    }

    /// A quadratic search would not finish on these inputs.
    #[test]
    fn holds_takes_linear_time() {
        let text = "a".repeat(30_000_000);
        assert!(!holds(&text, &["a".repeat(15_000_000), "b".to_owned()].concat()));
        assert!(holds(&text, &"a".repeat(15_000_000)));
    }
}
