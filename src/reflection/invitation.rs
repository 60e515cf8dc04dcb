//! What an invitation link says, and the link that says it.
//!
//! All of it stands behind the `#` of the opening's address, so that no server ever sees it:
//! `#v=1&practice=De+Wieg&date=2026-12-03&country=nl&first=calm,talk`. Anybody can write such a link. So reading never
//! fails: what it does not know, or what is not as it ought to be, is left out, with a note that says so plainly. Every
//! link that was ever made has to work for ever (tests/fixtures/invitations.txt): no field is ever given a new meaning.
//!
//! A place on a page may stand before it (`#profile-me&v=1&…`), or alone. A country alone, without a version, is a choice of
//! help lines. Neither is an invitation.

mod practice;
mod unbend;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::weeks::Day;
use practice::practice;

/// The version of the links that are made. A version that only adds fields stays readable by those who came before it.
const VERSION: &str = "1";

/// What stands in a link as its code: all but letters, digits, and the space, which becomes a plus.
const CODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b' ');

/// How many bytes are looked at. The longest link that can be made has fewer, also after three programs have encoded it.
const LONGEST: usize = 4000;

/// What an invitation says. Everything in it may be missing, and nothing in it is ever markup, an address or a number to
/// call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invitation {
    practice: String,
    day: String,
    country: String,
    themes: Vec<String>,
}

/// What was left out of an invitation, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The link is too long to be one of ours: nothing of it was read.
    TooLong,
    /// A field that this version does not know, or that cannot be read.
    Unknown,
    /// A field stands there twice: the first counts.
    Twice,
    /// The name of the practice holds signs that no name needs, or a word that could deceive.
    Practice,
    /// The name of the practice has more than 80 characters.
    PracticeTooLong,
    /// The name of the practice holds a telephone number or an address of the web.
    Address,
    /// No day of the calendar.
    Day,
    /// A country without help lines here.
    Country,
    /// A theme that there is not.
    Theme,
    /// A newer version of the site made the link; what this one knows of it was read.
    Newer,
}

/// What is asked about when a link names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup<'a> {
    /// Whether there is a theme with this id.
    Theme(&'a str),
    /// Whether there is help for the country with this code.
    Country(&'a str),
}

/// Tells whether what a link names is known here.
pub type Known<'a> = &'a dyn Fn(Lookup<'_>) -> bool;

impl Invitation {
    /// Reads what stands behind the `#`, with it or without, however it was bent on its way. Never fails.
    pub fn read(fragment: &str, known: Known<'_>) -> (Self, Vec<Warning>) {
        let mut invitation = Self::default();
        let mut notes = Vec::new();
        if fragment.len() > LONGEST {
            return (invitation, vec![Warning::TooLong]);
        }
        let fields = unbend::fields(fragment);
        // By itself it is a choice of help lines.
        if let [(name, _)] = &fields[..]
            && name == b"country"
        {
            return (invitation, notes);
        }
        let is_american = fields.iter().any(|(name, value)| name == b"country" && value == b"us");
        let mut seen: Vec<&[u8]> = Vec::new();
        for (name, value) in &fields {
            if seen.contains(&&name[..]) {
                notes.push(Warning::Twice);
                continue;
            }
            seen.push(name);
            notes.extend(match (str::from_utf8(name), str::from_utf8(value)) {
                (Ok("practice"), Ok(value)) => invitation.take("practice", &value.replace('+', " "), known),
                // What stands around a day or an id is none of it.
                (Ok(name), Ok(value)) => {
                    let value = value.trim_matches(|ch: char| !ch.is_ascii_alphanumeric());
                    if name == "date" && is_american && is_ambiguous(value) {
                        Some(Warning::Day)
                    } else {
                        invitation.take(name, value, known)
                    }
                }
                _ => Some(Warning::Unknown),
            });
        }
        (invitation, notes)
    }

    /// Makes an invitation of what somebody typed or chose. What cannot stand in one is left out, with a note.
    pub fn make(practice: &str, day: &str, country: &str, themes: &str, known: Known<'_>) -> (Self, Vec<Warning>) {
        let mut invitation = Self::default();
        let typed = [("practice", practice), ("date", day), ("country", country), ("first", themes)];
        let typed = typed.into_iter().filter(|(_, value)| !value.trim().is_empty());
        let notes = typed.filter_map(|(name, value)| invitation.take(name, value.trim(), known)).collect();
        (invitation, notes)
    }

    /// What stands behind the `#` of a link that says this; empty when there is nothing to say.
    pub fn fragment(&self) -> String {
        // All signs of a name are written as their codes, so that no messenger takes a dot for the end of the link.
        let practice = utf8_percent_encode(&self.practice, CODED).to_string().replace(' ', "+");
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

    /// Whether it says nothing. A link without an invitation is just as good.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The name of the practice, to be shown as plain text in a direction of its own; empty for none.
    pub fn practice(&self) -> &str {
        &self.practice
    }

    /// The day of the appointment, `YYYY-MM-DD`; empty for none.
    pub fn day(&self) -> &str {
        &self.day
    }

    /// The day of the appointment unless it lies before `today`, `YYYY-MM-DD`.
    pub fn day_from(&self, today: &str) -> &str {
        // Days that are written this way follow each other as their letters do.
        if self.day.as_str() < today { "" } else { &self.day }
    }

    /// The code of the country whose help comes first; empty for none.
    pub fn country(&self) -> &str {
        &self.country
    }

    /// The ids of the themes to put first, each once, in their order.
    pub fn themes(&self) -> &[String] {
        &self.themes
    }

    /// What holds once this invitation has arrived where `before` held; nothing if it brings nothing new. A later one takes
    /// the place of an earlier. Whoever is on the way already keeps the order of the questions, and takes over the rest.
    pub fn arriving(mut self, before: &Self, is_on_way: bool) -> Option<Self> {
        if self.is_empty() {
            return None;
        }
        if is_on_way {
            self.themes.clone_from(&before.themes);
        }
        (self != *before).then_some(self)
    }

    /// Takes up one field, or says why not.
    fn take(&mut self, name: &str, value: &str, known: Known<'_>) -> Option<Warning> {
        match name {
            "v" => (value != VERSION).then(|| {
                if value.bytes().all(|digit| digit.is_ascii_digit()) { Warning::Newer } else { Warning::Unknown }
            }),
            "practice" => match practice(value) {
                Ok(name) => {
                    self.practice = name;
                    None
                }
                Err(note) => Some(note),
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
            "first" => self.put_first(value, known),
            _ => Some(Warning::Unknown),
        }
    }

    fn put_first(&mut self, ids: &str, known: Known<'_>) -> Option<Warning> {
        let mut note = None;
        for id in ids.split(',') {
            if !known(Lookup::Theme(id)) {
                note = Some(Warning::Theme);
            } else if !self.themes.iter().any(|other| other == id) {
                self.themes.push(id.to_owned());
            }
        }
        note
    }
}

/// Whether this is a country's code: two small letters.
fn is_code(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|letter| letter.is_ascii_lowercase())
}

/// A day of this century, `YYYY-MM-DD`, from that or from the day first, as practice software writes it: with hyphens,
/// slashes or full stops.
fn day(text: &str) -> Option<String> {
    let parts = parts_of_day(text)?;
    let [one, two, three] = &parts[..] else { return None };
    let (year, month, day) = if one.len() == 4 && two.len() == 2 && three.len() == 2 {
        (one, two, three)
    } else if three.len() == 4 {
        (three, two, one)
    } else {
        // A year of two digits, or a link that was cut off.
        return None;
    };
    let two = |part: &&str| [if part.len() == 1 { "-0" } else { "-" }, part].concat();
    let day = [*year, &two(month), &two(day)].concat();
    (day.len() == 10 && day.starts_with("20") && day.parse::<Day>().is_ok()).then_some(day)
}

/// Returns whether a day with slashes is another day where the month is written first.
fn is_ambiguous(text: &str) -> bool {
    let is_month = |part: &&str| part.len() <= 2 && **part < *"13";
    text.contains('/')
        && parts_of_day(text).is_some_and(|parts| {
            parts.last().is_some_and(|year| year.len() == 4) && parts[..2].iter().all(is_month) && parts[0] != parts[1]
        })
}

/// The three numbers of a day, parted by the same sign.
fn parts_of_day(text: &str) -> Option<Vec<&str>> {
    let ch = text.chars().find(|ch| matches!(ch, '-' | '/' | '.'))?;
    let parts: Vec<&str> = text.split(ch).collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
    (parts.len() == 3 && parts.iter().all(is_number)).then_some(parts)
}
