//! The backup file, read without ever failing: what it holds, or in which way it is not one of ours.
//!
//! `docs/backup.md` describes the file. `public/shell/files.js` writes it, so that saving works without the app.

use super::journal::{settled, sound};
use super::json;
use super::order::{is_key_before, sort};
use super::store::{Key, without_prefix};
use super::stored_value::decode;
use super::{Answer, ReflectionState};

/// The longest file that is looked at, in bytes: more than any browser keeps for one site.
pub const LONGEST: usize = 50_000_000;

/// The format that this version writes.
///
/// What each changed: 1. each value as a text; 2. objects as they are, so that people can read them.
const FILE_FORMAT: u64 = 2;

/// What a backup file holds, ready to be put back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backup {
    /// Every key with its value, as they were kept, the own data of a reflection before its answers.
    pub(super) values: Vec<(String, String)>,
    /// The number of values that cannot be read and were set aside.
    set_aside: usize,
}

/// Why a file cannot be used. None of it changes anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackupError {
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
    ///
    /// A value that cannot be read costs itself alone: it is set aside, under the key that the journal would move it to. What
    /// an editor or a mail puts around and between the parts of the file is passed over.
    ///
    /// # Errors
    ///
    /// Returns a [`BackupError`] if the file as a whole cannot be put back.
    pub fn read(text: &str) -> Result<Self, BackupError> {
        if text.len() > LONGEST {
            return Err(BackupError::TooLong);
        }
        let text = compact(text).ok_or(BackupError::Damaged)?;
        let file = split(&text).ok_or(BackupError::Damaged)?;
        let is = |known: &str, name: &str| json::text(known).as_deref() == Some(name);
        let member = |name: &str| file.iter().find(|(known, _)| is(known, name)).map(|(_, json)| *json);
        if member("between-us").and_then(json::text).as_deref() != Some("backup") {
            return Err(BackupError::Foreign);
        }
        match member("format").and_then(|json| json.parse::<u64>().ok()) {
            Some(1..=FILE_FORMAT) => {}
            Some(0) | None => return Err(BackupError::Damaged),
            Some(_) => return Err(BackupError::Newer),
        }
        let mut backup = Self::default();
        member("values").ok_or(BackupError::Damaged)?;
        for (_, values) in file.iter().filter(|(known, _)| is(known, "values")) {
            for (name, json) in split(values).ok_or(BackupError::Damaged)? {
                backup.take(name, json);
            }
        }
        while backup.tell_apart() {}
        backup.values = settled(backup.values, true);
        sort(&mut backup.values, &|one, other| is_key_before(&one.0, &other.0));
        match (backup.reflections().is_empty(), backup.set_aside) {
            (false, _) => Ok(backup),
            (true, 0) => Err(BackupError::Empty),
            (true, _) => Err(BackupError::Damaged),
        }
    }

    /// The number of values of the file that cannot be read. They are put back too, aside.
    pub fn set_aside(&self) -> usize {
        self.set_aside
    }

    /// The reflections in it that hold an answer, in the order in which they were begun.
    pub fn reflections(&self) -> Vec<SavedReflection> {
        let mut all: Vec<(u64, SavedReflection)> = Vec::new();
        let mut open = "";
        for (key, text) in &self.values {
            let Some(Key::State(id) | Key::Answer(id, _)) = Key::parse(key) else { continue };
            if open != id {
                open = id;
                all.push((0, SavedReflection { day: String::new(), answered: 0 }));
            }
            let Some((number, saved)) = all.last_mut() else { continue };
            if key.ends_with(id) {
                if let Ok(state) = decode::<ReflectionState>(text) {
                    (*number, saved.day) = (state.number, state.day);
                }
            } else if decode::<Answer>(text).is_ok_and(|answer| !answer.is_empty()) {
                saved.answered += 1;
            }
        }
        all.retain(|(_, saved)| saved.answered > 0);
        sort(&mut all, &|one, other| (one.0, &one.1.day) < (other.0, &other.1.day));
        all.into_iter().map(|(_, saved)| saved).collect()
    }

    /// Takes up a value, from the JSON texts of its name and itself: an object stands in the file as it is, anything else as a
    /// text.
    fn take(&mut self, name: &str, json: &str) {
        // The browser refused to read this value while the file was written.
        if json == "null" {
            return;
        }
        let key = json::text(name);
        let text = if json.starts_with('{') { Some(json.to_owned()) } else { json::text(json) };
        // A browser's database may end a key at such a sign.
        let ours = key.as_deref().filter(|key| !key.chars().any(char::is_control)).and_then(Key::parse);
        let value = ours.as_ref().and_then(|ours| sound(ours, text.as_deref()?));
        if let (Some(key), Some(value)) = (&key, value) {
            self.values.push((key.clone(), value));
        } else {
            let of: String = key.unwrap_or_default().chars().filter(|ch| !ch.is_control()).collect();
            self.put_aside(&of, text.unwrap_or_else(|| json.to_owned()));
        }
    }

    /// Sets a value aside that cannot stand under this key.
    fn put_aside(&mut self, of: &str, text: String) {
        self.set_aside += 1;
        let of = match Key::parse(of) {
            Some(Key::Quarantined(of) | Key::Staged(of)) => of,
            _ => without_prefix(of),
        };
        self.values.push((Key::Quarantined(of).name(), text));
    }

    /// Of two values under one key the second one is set aside. Tells whether there were any.
    fn tell_apart(&mut self) -> bool {
        let mut values = std::mem::take(&mut self.values);
        sort(&mut values, &|one, other| is_key_before(&one.0, &other.0));
        let before = self.set_aside;
        let mut last: Option<(String, String)> = None;
        for (key, text) in values {
            match &last {
                Some((known, other)) if *known == key => {
                    if *other != text {
                        let copy = (self.set_aside - before + 2).to_string();
                        self.put_aside(&[&key, ":", &copy].concat(), text);
                    }
                }
                _ => self.values.extend(last.replace((key, text))),
            }
        }
        self.values.extend(last);
        self.set_aside > before
    }
}

/// Follows where a JSON text is within a text, byte by byte.
#[derive(Default)]
struct Quotes {
    is_open: bool,
    is_escaped: bool,
}

impl Quotes {
    /// Takes the next byte. Tells whether it belongs to a text, quotes included.
    fn hold(&mut self, byte: u8) -> bool {
        let was_open = self.is_open;
        self.is_open = if was_open { self.is_escaped || byte != b'"' } else { byte == b'"' };
        self.is_escaped = was_open && !self.is_escaped && byte == b'\\';
        was_open || self.is_open
    }
}

/// The first object in a text, without what is not of it: space and commas that mean nothing, a mark of the byte order, what a
/// mail says before and after it, and line ends, which mail puts within texts too; ours stand there as `\n`. None where it
/// does not end.
fn compact(text: &str) -> Option<String> {
    let from = text.bytes().position(|byte| byte == b'{')?;
    let mut object = String::new();
    let (mut quotes, mut depth) = (Quotes::default(), 0_usize);
    for ch in text.get(from..)?.chars() {
        if matches!(ch, '\r' | '\n') {
            continue;
        }
        if !quotes.hold(u8::try_from(ch).unwrap_or_default()) {
            match ch {
                '{' | '[' => depth += 1,
                '}' | ']' => {
                    depth = depth.checked_sub(1)?;
                    if object.ends_with(',') {
                        object.pop();
                    }
                }
                ch if ch.is_whitespace() || ch == '\u{feff}' => continue,
                _ => {}
            }
        }
        object.push(ch);
        if depth == 0 {
            return Some(object);
        }
    }
    None
}

/// The members of a compact JSON object: the JSON texts of the name and of the value of each. It looks at brackets and quotes
/// alone, so that a value that cannot be read is passed over like any other.
fn split(object: &str) -> Option<Vec<(&str, &str)>> {
    let inner = object.strip_prefix('{')?.strip_suffix('}')?;
    let (mut quotes, mut depth, mut from, mut colon) = (Quotes::default(), 0_usize, 0, None);
    let mut all = Vec::new();
    for (at, byte) in inner.bytes().chain([b',']).enumerate() {
        if quotes.hold(byte) {
            continue;
        }
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b':' if depth == 0 && colon.is_none() => colon = Some(at),
            b',' if depth == 0 => {
                if at > from {
                    let colon = colon.take()?;
                    all.push((inner.get(from..colon)?, inner.get(colon + 1..at)?));
                }
                from = at + 1;
            }
            _ => {}
        }
    }
    Some(all)
}
