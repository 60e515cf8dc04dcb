//! Reads backup files.
//!
//! `docs/backup.md` describes the format. `public/shell/files.js` writes the file, so that saving works without the
//! app.

use super::journal::{apply_staged, sanitize};
use super::json;
use super::order::{is_key_before, sort};
use super::store::{Key, without_prefix};
use super::stored_value::decode;
use super::{Answer, ReflectionState};

/// The maximum size of a backup file, in bytes. It exceeds the storage quota of a site in every browser.
pub const LONGEST: usize = 50_000_000;

/// The newest format that this version reads.
///
/// 1. Each value is a JSON string.
/// 2. Values that are JSON objects are embedded as objects, so that people can read the file.
pub(super) const FILE_FORMAT: u64 = 2;

/// The contents of a backup file, ready to be restored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backup {
    /// The stored keys and values. The state of a reflection comes right before its answers.
    pub(super) values: Vec<(String, String)>,
    /// The number of quarantined values.
    set_aside: usize,
}

/// The reason why a file cannot be restored. Nothing has changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackupError {
    /// The file is larger than [`LONGEST`].
    TooLong,
    /// The file is not a backup of this site.
    Foreign,
    /// A newer version of the site wrote the file.
    Newer,
    /// The file cannot be parsed, or it has no readable answer and at least one damaged value.
    Damaged,
    /// The file contains no answer.
    Empty,
}

/// The summary of a reflection in a backup file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedReflection {
    /// The day on which it was begun, `YYYY-MM-DD`; empty if unknown.
    pub day: String,
    /// The number of questions with an answer.
    pub answered: usize,
}

impl Backup {
    /// Reads a backup file from its text.
    ///
    /// A value that cannot be decoded does not fail the file: it is quarantined, under the key that the journal would
    /// use. Text around the JSON object, white space and line breaks that a mail program or an editor added are
    /// ignored.
    ///
    /// # Errors
    ///
    /// Returns a [`BackupError`] if the file as a whole cannot be restored.
    pub fn read(text: &str) -> Result<Self, BackupError> {
        if text.len() > LONGEST {
            return Err(BackupError::TooLong);
        }
        let text = compact(text).ok_or(BackupError::Damaged)?;
        let file = split(&text).ok_or(BackupError::Damaged)?;
        let is_named = |known: &str, name: &str| json::text(known).as_deref() == Some(name);
        let member = |name: &str| file.iter().find(|(known, _)| is_named(known, name)).map(|(_, json)| *json);
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
        for (_, values) in file.iter().filter(|(known, _)| is_named(known, "values")) {
            for (name, json) in split(values).ok_or(BackupError::Damaged)? {
                backup.add_value(name, json);
            }
        }
        while backup.quarantine_duplicates() {}
        backup.values = apply_staged(backup.values, true);
        sort(&mut backup.values, &|one, other| is_key_before(&one.0, &other.0));
        match (backup.reflections().is_empty(), backup.set_aside) {
            (false, _) => Ok(backup),
            (true, 0) => Err(BackupError::Empty),
            (true, _) => Err(BackupError::Damaged),
        }
    }

    /// Returns the number of values of the file that cannot be decoded. They are restored into quarantine.
    pub fn set_aside(&self) -> usize {
        self.set_aside
    }

    /// Returns the reflections that have at least one answer, in the order in which they were begun.
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

    /// Adds a value, given the JSON of its key and of itself. A value is a JSON object, or a string that contains its
    /// text.
    fn add_value(&mut self, name: &str, json: &str) {
        // `null` marks a value that the browser could not read when the file was written.
        if json == "null" {
            return;
        }
        let key = json::text(name);
        let text = if json.starts_with('{') { Some(json.to_owned()) } else { json::text(json) };
        // Control characters are rejected because a browser's database may cut a key off at one.
        let ours = key.as_deref().filter(|key| !key.chars().any(char::is_control)).and_then(Key::parse);
        let value = ours.as_ref().and_then(|ours| sanitize(ours, text.as_deref()?));
        if let (Some(key), Some(value)) = (&key, value) {
            self.values.push((key.clone(), value));
        } else {
            let of: String = key.unwrap_or_default().chars().filter(|ch| !ch.is_control()).collect();
            self.quarantine(&of, text.unwrap_or_else(|| json.to_owned()));
        }
    }

    /// Quarantines a value that cannot be stored under this key.
    fn quarantine(&mut self, of: &str, text: String) {
        self.set_aside += 1;
        let of = match Key::parse(of) {
            Some(Key::Quarantined(of) | Key::Staged(of)) => of,
            _ => without_prefix(of),
        };
        self.values.push((Key::Quarantined(of).name(), text));
    }

    /// Quarantines the second of two different values with the same key. Returns `true` if there were any.
    ///
    /// The new quarantine keys may collide in turn, so it is called until it returns `false`.
    fn quarantine_duplicates(&mut self) -> bool {
        let mut values = std::mem::take(&mut self.values);
        sort(&mut values, &|one, other| is_key_before(&one.0, &other.0));
        let before = self.set_aside;
        let mut last: Option<(String, String)> = None;
        for (key, text) in values {
            match &last {
                Some((known, other)) if *known == key => {
                    if *other != text {
                        let copy = (self.set_aside - before + 2).to_string();
                        self.quarantine(&[&key, ":", &copy].concat(), text);
                    }
                }
                _ => self.values.extend(last.replace((key, text))),
            }
        }
        self.values.extend(last);
        self.set_aside > before
    }
}

/// Scans JSON byte by byte and tracks whether the position is inside a string literal.
#[derive(Default)]
struct StringScanner {
    is_open: bool,
    is_escaped: bool,
}

impl StringScanner {
    /// Advances by one byte. Returns whether the byte belongs to a string literal, including its quotes.
    fn advance(&mut self, byte: u8) -> bool {
        let was_open = self.is_open;
        self.is_open = if was_open { self.is_escaped || byte != b'"' } else { byte == b'"' };
        self.is_escaped = was_open && !self.is_escaped && byte == b'\\';
        was_open || self.is_open
    }
}

/// Returns the first JSON object in a text, without insignificant white space, trailing commas and byte order marks,
/// and without the text before and after it. Raw line breaks are removed everywhere, because mail programs insert them
/// into strings too; the file writes its own as `\n`. Returns `None` if the object does not end.
fn compact(text: &str) -> Option<String> {
    let from = text.bytes().position(|byte| byte == b'{')?;
    let mut object = String::new();
    let (mut scanner, mut depth) = (StringScanner::default(), 0_usize);
    for ch in text.get(from..)?.chars() {
        if matches!(ch, '\r' | '\n') {
            continue;
        }
        if !scanner.advance(u8::try_from(ch).unwrap_or_default()) {
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

/// Splits a compact JSON object into its members: the JSON of each name and value. Only brackets and quotes are
/// examined, so that a malformed value does not affect the others. Returns `None` if a member has no colon.
fn split(object: &str) -> Option<Vec<(&str, &str)>> {
    let inner = object.strip_prefix('{')?.strip_suffix('}')?;
    let (mut scanner, mut depth, mut from, mut colon) = (StringScanner::default(), 0_usize, 0, None);
    let mut all = Vec::new();
    for (at, byte) in inner.bytes().chain([b',']).enumerate() {
        if scanner.advance(byte) {
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
