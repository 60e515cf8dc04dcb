//! Reads and writes invitation links.
//!
//! The parameters are in the URL fragment of the opening page, which browsers do not send to the server:
//! `#v=1&practice=De+Wieg&date=2026-12-03&country=nl&first=calm,talk`. Anybody can write such a link, so reading never
//! fails: unknown or invalid fields are left out with a [`Warning`]. Links that were handed out must keep working
//! (tests/fixtures/invitations.txt), so the meaning of a field never changes.
//!
//! An element id may precede the parameters (`#about-me&v=1&…`) or be the whole fragment. A country without a version
//! is a choice of help lines. Neither is an invitation.

mod decode;
mod practice;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::weeks::Day;
use practice::practice;

/// The version of new links. Earlier versions of the site read the fields they know of a later one.
const VERSION: &str = "1";

/// The characters that are percent-encoded: all but letters, digits, and the space, which becomes a plus.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b' ');

/// The maximum length of a fragment, in bytes. The longest possible link is shorter, even if percent-encoded three
/// times.
const MAX_LENGTH: usize = 4000;

/// A caregiver's invitation. Every field is optional. No field may contain markup, a web address or a telephone number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invitation {
    practice: String,
    day: String,
    country: String,
    themes: Vec<String>,
}

/// The reason why a part of an invitation was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The fragment is too long. None of it was read.
    TooLong,
    /// A field is unknown or malformed.
    Unknown,
    /// A field occurs more than once. The first was read.
    Twice,
    /// The name of the practice contains characters that names do not need, or a word that mixes scripts.
    Practice,
    /// The name of the practice has more than 80 characters.
    PracticeTooLong,
    /// The name of the practice contains a telephone number or a web address.
    Address,
    /// The day does not exist, or its format is unknown or ambiguous.
    Day,
    /// There are no help lines for the country.
    Country,
    /// A theme does not exist.
    Theme,
    /// A newer version of the site made the link. The fields that this version knows were read.
    Newer,
}

/// An id from a link, to be looked up in the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup<'a> {
    /// The id of a theme.
    Theme(&'a str),
    /// The code of a country with help lines.
    Country(&'a str),
}

/// Returns whether the content has the theme or country.
pub type Known<'a> = &'a dyn Fn(Lookup<'_>) -> bool;

impl Invitation {
    /// Reads a URL fragment, with or without the `#`, also one that mail programs or messengers altered. Returns the
    /// valid part and a warning for each part that was left out.
    pub fn read(fragment: &str, known: Known<'_>) -> (Self, Vec<Warning>) {
        let mut invitation = Self::default();
        let mut warnings = Vec::new();
        if fragment.len() > MAX_LENGTH {
            return (invitation, vec![Warning::TooLong]);
        }
        let fields = decode::fields(fragment);
        // A country alone is a choice of help lines.
        if let [(name, _)] = &fields[..]
            && name == b"country"
        {
            return (invitation, warnings);
        }
        let is_american = fields.iter().any(|(name, value)| name == b"country" && value == b"us");
        let mut seen: Vec<&[u8]> = Vec::new();
        for (name, value) in &fields {
            if seen.contains(&&name[..]) {
                warnings.push(Warning::Twice);
                continue;
            }
            seen.push(name);
            warnings.extend(match (str::from_utf8(name), str::from_utf8(value)) {
                (Ok("practice"), Ok(value)) => invitation.set_field("practice", &value.replace('+', " "), known),
                // Punctuation around a day or an id belongs to the surrounding text.
                (Ok(name), Ok(value)) => {
                    let value = value.trim_matches(|ch: char| !ch.is_ascii_alphanumeric());
                    if name == "date" && is_american && is_ambiguous(value) {
                        Some(Warning::Day)
                    } else {
                        invitation.set_field(name, value, known)
                    }
                }
                _ => Some(Warning::Unknown),
            });
        }
        (invitation, warnings)
    }

    /// Creates an invitation from the fields of the form. Empty fields are skipped. Invalid ones are left out with a
    /// warning.
    pub fn make(practice: &str, day: &str, country: &str, themes: &str, known: Known<'_>) -> (Self, Vec<Warning>) {
        let mut invitation = Self::default();
        let typed = [("practice", practice), ("date", day), ("country", country), ("first", themes)];
        let typed = typed.into_iter().filter(|(_, value)| !value.trim().is_empty());
        let warnings = typed.filter_map(|(name, value)| invitation.set_field(name, value.trim(), known)).collect();
        (invitation, warnings)
    }

    /// Returns the URL fragment of this invitation without the `#`; empty for an empty invitation.
    pub fn fragment(&self) -> String {
        // Punctuation is encoded too, because messengers end a link at a dot.
        let practice = utf8_percent_encode(&self.practice, ENCODED).to_string().replace(' ', "+");
        let fields = [
            ("&practice=", &practice),
            ("&date=", &self.day),
            ("&country=", &self.country),
            ("&first=", &self.themes.join(",")),
        ];
        let mut fragment = String::new();
        for (name, value) in fields {
            if !value.is_empty() {
                fragment += name;
                fragment += value;
            }
        }
        if fragment.is_empty() { fragment } else { ["v=", VERSION, &fragment].concat() }
    }

    /// Returns whether no field is set.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns the name of the practice; empty for none. Display it as plain text with its own direction
    /// (`dir="auto"`).
    pub fn practice(&self) -> &str {
        &self.practice
    }

    /// Returns the day of the appointment, `YYYY-MM-DD`; empty for none.
    pub fn day(&self) -> &str {
        &self.day
    }

    /// Returns the day of the appointment, `YYYY-MM-DD`; empty for none or if it is before `today`.
    pub fn day_from(&self, today: &str) -> &str {
        // Days in this format sort lexically.
        if self.day.as_str() < today { "" } else { &self.day }
    }

    /// Returns the code of the country whose help lines come first; empty for none.
    pub fn country(&self) -> &str {
        &self.country
    }

    /// Returns the ids of the themes to ask first, in order, without duplicates.
    pub fn themes(&self) -> &[String] {
        &self.themes
    }

    /// Returns the invitation that replaces `before`, or `None` if this one is empty or changes nothing.
    ///
    /// A parent who has already started (`has_started`) keeps the order of the questions, so the themes of `before`
    /// stay.
    pub fn arriving(mut self, before: &Self, has_started: bool) -> Option<Self> {
        if self.is_empty() {
            return None;
        }
        if has_started {
            self.themes.clone_from(&before.themes);
        }
        (self != *before).then_some(self)
    }

    /// Sets one field, or returns why it is left out.
    fn set_field(&mut self, name: &str, value: &str, known: Known<'_>) -> Option<Warning> {
        match name {
            "v" => (value != VERSION).then(|| {
                if value.bytes().all(|digit| digit.is_ascii_digit()) { Warning::Newer } else { Warning::Unknown }
            }),
            "practice" => match practice(value) {
                Ok(name) => {
                    self.practice = name;
                    None
                }
                Err(warning) => Some(warning),
            },
            "date" => match day(value) {
                Some(day) => {
                    self.day = day;
                    None
                }
                None => Some(Warning::Day),
            },
            "country" if is_code(value) && known(Lookup::Country(value)) => {
                value.clone_into(&mut self.country);
                None
            }
            "country" => Some(Warning::Country),
            "first" => self.add_themes(value, known),
            _ => Some(Warning::Unknown),
        }
    }

    fn add_themes(&mut self, ids: &str, known: Known<'_>) -> Option<Warning> {
        let mut warning = None;
        for id in ids.split(',') {
            if !known(Lookup::Theme(id)) {
                warning = Some(Warning::Theme);
            } else if !self.themes.iter().any(|other| other == id) {
                self.themes.push(id.to_owned());
            }
        }
        warning
    }
}

/// Returns whether this has the form of a country code: two lower-case letters.
fn is_code(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|letter| letter.is_ascii_lowercase())
}

/// Parses a day of this century and returns it as `YYYY-MM-DD`. It may be written year first or day first, with
/// hyphens, slashes or full stops, as practice software does.
fn day(text: &str) -> Option<String> {
    let parts = parts_of_day(text)?;
    let [one, two, three] = &parts[..] else { return None };
    let (year, month, day) = if one.len() == 4 && two.len() == 2 && three.len() == 2 {
        (one, two, three)
    } else if three.len() == 4 {
        (three, two, one)
    } else {
        // A two-digit year, or a truncated link.
        return None;
    };
    let two = |part: &&str| [if part.len() == 1 { "-0" } else { "-" }, part].concat();
    let day = [*year, &two(month), &two(day)].concat();
    (day.len() == 10 && day.starts_with("20") && day.parse::<Day>().is_ok()).then_some(day)
}

/// Returns whether a day with slashes also has a different meaning month first, as in the United States.
fn is_ambiguous(text: &str) -> bool {
    let is_month = |part: &&str| part.len() <= 2 && **part < *"13";
    text.contains('/')
        && parts_of_day(text).is_some_and(|parts| {
            parts.last().is_some_and(|year| year.len() == 4) && parts[..2].iter().all(is_month) && parts[0] != parts[1]
        })
}

/// Splits a day into its three numbers, which must have the same separator.
fn parts_of_day(text: &str) -> Option<Vec<&str>> {
    let separator = text.chars().find(|ch| matches!(ch, '-' | '/' | '.'))?;
    let parts: Vec<&str> = text.split(separator).collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
    (parts.len() == 3 && parts.iter().all(is_number)).then_some(parts)
}
