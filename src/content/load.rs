//! Reads `content/` from disk.

use std::fmt;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::ops::Range;
use std::path::Path;

use serde::de::DeserializeOwned;

use super::{Help, Locale, Site, check};
use crate::reflection::Questionnaire;

/// All of `content/`, read and checked.
#[derive(Clone, Debug)]
pub struct Content {
    /// The structure of the questions.
    pub questionnaire: Questionnaire,
    /// The words, by locale id, in the order of `site.toml`.
    pub locales: Vec<(String, Locale)>,
    /// Help by country.
    pub help: Help,
    /// Who runs this copy.
    pub site: Site,
}

/// What is wrong with a content file: one plain sentence that names the file and the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentError(pub String);

impl fmt::Display for ContentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ContentError {}

impl Content {
    /// Reads and checks the folder `content/`.
    pub fn load(dir: &Path) -> Result<Self, ContentError> {
        // Whoever looks for the file is helped by the folder in front of its name; the checks know only what is in it.
        Self::load_from(dir).map_err(|error| ContentError(format!("{}/{error}", dir.display())))
    }

    fn load_from(dir: &Path) -> Result<Self, ContentError> {
        let site: Site = read(dir, "site.toml")?;
        // The ids of the locales become names of files: they are checked before anything is opened by them.
        check::locale_ids(&site)?;
        let locales = site.locales.iter().map(|id| Ok((id.clone(), read(dir, &format!("locales/{id}.toml"))?)));
        let content = Self {
            questionnaire: read(dir, "questionnaire.toml")?,
            locales: locales.collect::<Result<_, _>>()?,
            help: read(dir, "help.toml")?,
            site,
        };
        check(&content)?;
        Ok(content)
    }

    /// The locale that people of this country read, to stand beside the locale `id`; none when `id` is one of theirs, or
    /// when none of theirs is built.
    pub fn beside(&self, id: &str, country: &str) -> Option<(&str, &Locale)> {
        let country = self.help.countries.iter().find(|known| known.id == country)?;
        if country.languages.iter().any(|language| language == id) {
            return None;
        }
        let built = |language: &String| self.locales.iter().find(|(built, _)| built == language);
        country.languages.iter().find_map(built).map(|(id, locale)| (id.as_str(), locale))
    }
}

/// The largest source that is read, in bytes. The words of a language are a fiftieth of it.
const LARGEST: u64 = 10 * 1024 * 1024;

/// Reads a source of the site, and nothing that is no ordinary file: opening a pipe or a device could wait for ever, and some
/// have no end.
///
/// # Errors
///
/// Fails where it cannot be read, is no file, or is larger than any source.
pub fn read_source(path: &Path) -> io::Result<Vec<u8>> {
    // Looked at before it is opened: a pipe is open only once somebody writes to it.
    if !path.metadata()?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let mut bytes = Vec::new();
    // What the system says of its size may be wrong; what comes is counted.
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::new(ErrorKind::FileTooLarge, format!("it is larger than {LARGEST} bytes")));
    }
    Ok(bytes)
}

/// Reads one file. Messages begin with its name.
fn read<T: DeserializeOwned>(dir: &Path, file: &str) -> Result<T, ContentError> {
    let text = read_source(&dir.join(file)).and_then(|bytes| {
        String::from_utf8(bytes).map_err(|_| io::Error::new(ErrorKind::InvalidData, "it is no text in UTF-8"))
    });
    let text = text.map_err(|error| {
        ContentError(match error.kind() {
            ErrorKind::NotFound => format!("{file} is missing"),
            _ => format!("{file} cannot be read: {error}"),
        })
    })?;
    let parsed = toml::Deserializer::parse(&text).map_err(|error| {
        let place = place(file, &text, error.span());
        ContentError(format!("{place} is not valid TOML: {}", error.message()))
    })?;
    serde_path_to_error::deserialize(parsed).map_err(|error| {
        let place = place(file, &text, error.inner().span());
        let key = error.path().to_string();
        ContentError(format!("{place}: {}", reason(&key, error.inner().message())))
    })
}

/// The file, with the line where that is known.
fn place(file: &str, text: &str, span: Option<Range<usize>>) -> String {
    match span.and_then(|span| text.get(..span.start)) {
        Some(before) => format!("{file}, line {}", before.matches('\n').count() + 1),
        None => file.to_owned(),
    }
}

/// Says what serde found wrong at `key` in the words of somebody who writes TOML, not Rust.
fn reason(key: &str, message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let name = quoted.next().unwrap_or_default();
    let inside = if key == "." { String::new() } else { format!("{key}.") };
    if message.starts_with("missing field") {
        format!("the key `{inside}{name}` is missing")
    } else if message.starts_with("unknown field") {
        // The path names the unknown key itself where the parser had gone as far as its value.
        let inside = inside.strip_suffix(&format!("{name}.")).unwrap_or(&inside);
        format!("`{inside}{name}` is no known key{}", check::did_you_mean(name, quoted))
    } else if message.starts_with("unknown variant") {
        format!(
            "`{key}` cannot be `{name}`, only {}",
            quoted.map(|known| format!("`{known}`")).collect::<Vec<_>>().join(" or ")
        )
    } else {
        format!("`{key}`: {message}")
    }
}
