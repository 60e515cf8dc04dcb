//! The backup file, read without ever failing: what it holds, or in which way it is not one of ours.
//!
//! `docs/backup.md` describes the file. `shell.js` writes it, so that saving works without the app.

use super::about::About;
use super::answer::Answer;
use super::kept::{Kept, Member, Unusable, decode, object};
use super::record::Record;
use super::store::Key;

/// The longest file that is looked at, in bytes: more than any browser keeps for one site.
pub const LONGEST: usize = 16_000_000;

/// The format that this version writes.
///
/// What each changed: 1. each value as a text; 2. objects as they are, so that people can read them.
const FILE_FORMAT: u64 = 2;

/// The most values that a file may hold: some hundred reflections.
const MOST: usize = 10_000;

/// How deep what is kept may be nested. Ours is nested twice.
const DEEPEST: usize = 32;

/// How a sign that no text of ours holds is written.
const NUL: &[u8] = b"\\u0000";

/// What a backup file holds, ready to be put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Every key with its value, as they were kept.
    pub(super) values: Vec<(String, String)>,
}

/// Why a file cannot be used. None of it changes anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is longer than any file of ours.
    TooLong,
    /// It is a file of another program.
    Foreign,
    /// A newer version of the site wrote it.
    Newer,
    /// It is one of ours and was damaged or changed, or it cannot be read at all.
    Damaged,
    /// It holds no answer.
    Empty,
}

/// A reflection in a backup file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedReflection {
    /// The day on which it was begun, as `2026-12-03`; empty if not known.
    pub day: String,
    /// How many questions have an answer.
    pub answered: usize,
}

impl Backup {
    /// Reads a file.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        if text.len() > LONGEST {
            return Err(Refusal::TooLong);
        }
        let file = object(text, MOST).ok_or(Refusal::Damaged)?;
        let member = |name: &str| file.iter().find(|(known, _)| known == name).map(|(_, json)| *json);
        if member("between-us") != Some("\"backup\"") {
            return Err(Refusal::Foreign);
        }
        match member("format").and_then(u64::read) {
            Some(1..=FILE_FORMAT) => {}
            Some(0) | None => return Err(Refusal::Damaged),
            Some(_) => return Err(Refusal::Newer),
        }
        let kept = member("values").and_then(|json| object(json, MOST)).ok_or(Refusal::Damaged)?;
        let mut values = Vec::new();
        for (key, json) in kept {
            // What the browser refused to read while the file was written.
            if json == "null" {
                continue;
            }
            let value = value(&key, json).ok_or(Refusal::Damaged)?;
            values.push((key, value));
        }
        let backup = Self { values };
        if backup.reflections().is_empty() { Err(Refusal::Empty) } else { Ok(backup) }
    }

    /// The reflections in it that hold an answer.
    pub fn reflections(&self) -> Vec<SavedReflection> {
        let mut all: Vec<(&str, SavedReflection)> = Vec::new();
        for (key, text) in &self.values {
            if let Some(Key::Answer(id, _)) = Key::parse(key)
                && decode::<Answer>(text).is_ok_and(|answer| !answer.is_empty())
            {
                match all.iter_mut().find(|(known, _)| *known == id) {
                    Some((_, saved)) => saved.answered += 1,
                    None => all.push((id, SavedReflection { day: self.day_of(id), answered: 1 })),
                }
            }
        }
        all.into_iter().map(|(_, saved)| saved).collect()
    }

    fn day_of(&self, id: &str) -> String {
        let record = Key::Record(id).name();
        let text = self.values.iter().find(|(key, _)| *key == record).map(|(_, text)| text);
        text.and_then(|text| decode::<Record>(text).ok()).map(|record| record.day).unwrap_or_default()
    }
}

/// The text that was kept under this key: an object stands in the file as it is, anything else as a text.
///
/// An object must be what it says it is. A text may be damage that was saved before it was moved aside; it is put back byte
/// for byte.
fn value(key: &str, json: &str) -> Option<String> {
    let parsed = Key::parse(key).filter(|_| !key.as_bytes().contains(&0))?;
    if matches!(parsed, Key::Staged(_)) {
        return None;
    }
    if json.starts_with('"') {
        return String::read(json);
    }
    let text = compact(json)?;
    let is_sound = !text.as_bytes().windows(NUL.len()).any(|signs| signs == NUL)
        && match parsed {
            Key::Answer(..) => is_usable::<Answer>(&text),
            Key::Record(_) => is_usable::<Record>(&text),
            Key::About => is_usable::<About>(&text),
            _ => true,
        };
    is_sound.then_some(text)
}

fn is_usable<T: Kept + Default>(text: &str) -> bool {
    !matches!(decode::<T>(text), Err(Unusable::Broken))
}

/// The JSON text of an object without the space between its parts, as it was kept; none where it is nested too deeply, or
/// no object.
fn compact(json: &str) -> Option<String> {
    let mut text = String::new();
    let (mut in_text, mut escaped, mut depth) = (false, false, 0_usize);
    for sign in json.chars() {
        if in_text {
            in_text = escaped || sign != '"';
            escaped = !escaped && sign == '\\';
        } else {
            match sign {
                ' ' | '\n' | '\r' | '\t' => continue,
                '"' => in_text = true,
                '{' | '[' => depth += 1,
                '}' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        if depth > DEEPEST {
            return None;
        }
        text.push(sign);
    }
    text.starts_with('{').then_some(text)
}
