//! Reads the `content/` folder from disk.

use std::fmt;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::ops::Range;
use std::path::Path;

use serde::de::DeserializeOwned;

use super::{Help, Locale, Site, check};
use crate::reflection::Questionnaire;

/// The checked contents of the `content/` folder.
#[derive(Clone, Debug)]
pub struct Content {
    /// The structure of the questions.
    pub questionnaire: Questionnaire,
    /// The locales by id, in the order of `site.toml`.
    pub locales: Vec<(String, Locale)>,
    /// The help lines by country.
    pub help: Help,
    /// The settings of this deployment.
    pub site: Site,
}

/// An error in a content file: one plain sentence that names the file and the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentError(pub String);

impl fmt::Display for ContentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ContentError {}

impl Content {
    /// Reads and checks the `content/` folder.
    ///
    /// # Errors
    ///
    /// Returns a [`ContentError`] for the first file that cannot be read, is not valid TOML, or fails the content
    /// check.
    pub fn load(dir: &Path) -> Result<Self, ContentError> {
        // Prefix the folder, because the checks name files relative to it.
        Self::load_from(dir).map_err(|error| ContentError(format!("{}/{error}", dir.display())))
    }

    fn load_from(dir: &Path) -> Result<Self, ContentError> {
        let site: Site = read(dir, "site.toml")?;
        // Locale ids are used as file names, so they are checked before any file is opened.
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

    /// Returns the first built locale of a country, with its id, for display next to the locale `id`. Returns `None` if
    /// `id` is a locale of the country, or if none of its locales is built.
    pub fn beside(&self, id: &str, country: &str) -> Option<(&str, &Locale)> {
        let country = self.help.countries.iter().find(|known| known.id == country)?;
        if country.languages.iter().any(|language| language == id) {
            return None;
        }
        let built = |language: &String| self.locales.iter().find(|(built, _)| built == language);
        country.languages.iter().find_map(built).map(|(id, locale)| (id.as_str(), locale))
    }
}

/// The maximum size of a source file, in bytes. A locale has about a fiftieth of it.
const MAX_SIZE: u64 = 10 * 1024 * 1024;

/// Reads a source file of the site. Only regular files are read, because opening a pipe or a device can block forever,
/// and some are endless.
///
/// # Errors
///
/// Returns an error if the file cannot be read, is not a regular file, or is larger than 10 MiB.
pub fn read_source(path: &Path) -> io::Result<Vec<u8>> {
    // Checked before opening, because opening a pipe blocks until somebody writes to it.
    if !path.metadata()?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let mut bytes = Vec::new();
    // The reported size may be wrong, so the bytes are counted.
    File::open(path)?.take(MAX_SIZE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_SIZE {
        return Err(io::Error::new(ErrorKind::FileTooLarge, format!("it is larger than {MAX_SIZE} bytes")));
    }
    Ok(bytes)
}

/// Reads and parses one TOML file. Error messages begin with its name.
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
        let location = location(file, &text, error.span());
        ContentError(format!("{location} is not valid TOML: {}", error.message()))
    })?;
    serde_path_to_error::deserialize(parsed).map_err(|error| {
        let location = location(file, &text, error.inner().span());
        let key = error.path().to_string();
        ContentError(format!("{location}: {}", reason(&key, error.inner().message())))
    })
}

/// Returns the name of the file, with the line if it is known.
fn location(file: &str, text: &str, span: Option<Range<usize>>) -> String {
    match span.and_then(|span| text.get(..span.start)) {
        Some(before) => format!("{file}, line {}", before.matches('\n').count() + 1),
        None => file.to_owned(),
    }
}

/// Translates a serde error message at `key` into terms of TOML.
fn reason(key: &str, message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let name = quoted.next().unwrap_or_default();
    let inside = if key == "." { String::new() } else { format!("{key}.") };
    if message.starts_with("missing field") {
        format!("the key `{inside}{name}` is missing")
    } else if message.starts_with("unknown field") {
        // The path ends with the unknown key if the parser had reached its value.
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
