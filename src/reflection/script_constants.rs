//! The constants that the app shares with the scripts in `public/`. The builder writes them into the scripts, so that each is
//! defined once, here in Rust.

/// Options of `Intl.DateTimeFormat`: western digits and the Gregorian calendar in every language, as on the telephone and
/// the appointment card.
pub const DATE_OPTIONS: [(&str, &str); 2] = [("numberingSystem", "latn"), ("calendar", "gregory")];

#[cfg(not(target_arch = "wasm32"))]
pub use native::script_constants;

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use super::DATE_OPTIONS;
    use crate::reflection::backup::{FILE_FORMAT, LONGEST};
    use crate::reflection::journal::erase_mark;
    use crate::reflection::number::{self, digit, is_hidden, normalize};
    use crate::reflection::profile::MIN_OWN_DIGITS;
    use crate::reflection::store::PREFIX;

    /// Returns every constant: its name in the scripts, where it is written between two pairs of underscores, and its value as
    /// JavaScript.
    pub fn script_constants() -> Vec<(&'static str, String)> {
        let options: Vec<String> = DATE_OPTIONS.iter().map(|(name, value)| format!("{name}: \"{value}\"")).collect();
        vec![
            ("KEY_PREFIX", PREFIX.to_owned()),
            ("BACKUP_FORMAT", FILE_FORMAT.to_string()),
            ("MAX_BACKUP_SIZE", LONGEST.to_string()),
            ("ERASE_MARK", erase_mark()),
            ("DATE_OPTIONS", options.join(", ")),
            ("WHITE_SPACE", character_class(char::is_whitespace)),
            ("HIDDEN_CHARACTERS", character_class(is_hidden)),
            ("OTHER_DIGITS", character_class(|ch| !ch.is_ascii() && digit(ch).is_some())),
            ("OTHER_HYPHENS", character_class(|ch| ch != '-' && normalize(ch) == '-')),
            ("MAX_NUMBER_LENGTH", number::SHOWN.to_string()),
            ("MIN_NUMBER_DIGITS", MIN_OWN_DIGITS.to_string()),
            ("MAX_PLUS_DIGITS", (number::WITH_PLUS + 1).to_string()),
            ("MAX_ZEROS_DIGITS", number::WITH_ZEROS.to_string()),
            ("MAX_NATIONAL_DIGITS", number::WITHIN.to_string()),
        ]
    }

    /// Returns the characters for which `contains` returns true, as the content of a character class in a regular expression with
    /// the flag `u`.
    fn character_class(contains: impl Fn(char) -> bool) -> String {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for ch in ('\0'..=char::MAX).filter(|ch| contains(*ch)) {
            let code = u32::from(ch);
            match ranges.last_mut() {
                Some((_, end)) if *end + 1 == code => *end = code,
                _ => ranges.push((code, code)),
            }
        }
        ranges
            .into_iter()
            .map(
                |(start, end)| {
                    if start == end { format!("\\u{{{start:x}}}") } else { format!("\\u{{{start:x}}}-\\u{{{end:x}}}") }
                },
            )
            .collect()
    }
}
