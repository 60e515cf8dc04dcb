//! Checks the content: the structure of the questions, and the texts against that structure.
//!
//! Every error message begins with the name of a file in `content/` and names the key.

use std::collections::BTreeSet;

use super::{Content, ContentError, Help, Site};
use crate::reflection::{FREE_TEXT, Kind, Question, Questionnaire, Step, dial};

mod catalog;
mod variants;

/// Checks that the structure is consistent, and that every locale has exactly the texts that it requires.
///
/// # Errors
///
/// Returns a [`ContentError`] for the first mistake.
pub fn check(content: &Content) -> Result<(), ContentError> {
    check_questionnaire(&content.questionnaire)?;
    check_help(&content.help)?;
    check_site(&content.site, &content.help)?;
    content.locales.iter().try_for_each(|(id, locale)| catalog::check(id, locale, content))
}

/// Checks the ids of the locales, which are also used as names of files and folders.
pub(super) fn locale_ids(site: &Site) -> Result<(), ContentError> {
    let file = "site.toml";
    if site.locales.is_empty() {
        return fail(file, "`locales` names no language");
    }
    check_unique(file, "locales", site.locales.iter().map(String::as_str))?;
    site.locales.iter().try_for_each(|id| check_id(file, "locales", id))?;
    if !site.locales.contains(&site.default_locale) {
        return fail(file, format!("`default_locale` is `{}`, which is not in `locales`", site.default_locale));
    }
    Ok(())
}

/// Returns a hint with the known name most similar to `name` (Jaro–Winkler similarity above 0.8), or an empty string.
pub(super) fn did_you_mean<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    known
        .map(|known| (strsim::jaro_winkler(name, known), known))
        .filter(|(similarity, _)| *similarity > 0.8)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map_or_else(String::new, |(_, known)| format!("; did you mean `{known}`?"))
}

fn check_questionnaire(questionnaire: &Questionnaire) -> Result<(), ContentError> {
    let file = "questionnaire.toml";
    if questionnaire.themes.is_empty() {
        return fail(file, "`theme` is empty");
    }
    check_unique(file, "theme", questionnaire.themes.iter().map(|theme| theme.id.as_str()))?;
    check_unique(file, "theme.question", questionnaire.questions().map(|(_, question)| question.id.as_str()))?;
    for theme in &questionnaire.themes {
        check_id(file, "theme", &theme.id)?;
        if theme.questions.is_empty() {
            return fail(file, format!("the theme `{}` has no `question`", theme.id));
        }
        check_unique(file, &format!("ideas of `{}`", theme.id), theme.ideas.iter().map(String::as_str))?;
        if theme.ideas.len() != 3 {
            return fail(file, format!("the theme `{}` has {} `ideas`, not three", theme.id, theme.ideas.len()));
        }
        variants::structure(file, &theme.id, &theme.ideas, [&theme.leaves, &theme.forms], &theme.since)?;
    }
    questionnaire.questions().try_for_each(|(_, question)| check_question(file, question))
}

fn check_question(file: &str, question: &Question) -> Result<(), ContentError> {
    let Question { id, kind, options, sensitive, .. } = question;
    check_id(file, "theme.question", id)?;
    if Step::is_taken(id) {
        return fail(file, format!("the question `{id}` has the name of another screen; choose another `id`"));
    }
    if (*kind == Kind::FreeText) != options.is_empty() {
        return fail(
            file,
            match kind {
                Kind::FreeText => format!("the question `{id}` has `options`, but its `kind` is for own words only"),
                Kind::One | Kind::Many => format!("the question `{id}` has no `options`, but its `kind` asks for some"),
            },
        );
    }
    check_unique(file, &format!("options of `{id}`"), options.iter().map(String::as_str))?;
    options.iter().try_for_each(|option| check_id(file, &format!("options of `{id}`"), option))?;
    if options.iter().any(|option| option == FREE_TEXT) {
        return fail(file, format!("`options` of `{id}` names `{FREE_TEXT}`, which stands for own words"));
    }
    variants::structure(file, id, options, [&question.leaves, &question.forms], &question.since)?;
    match sensitive.iter().find(|option| !options.contains(option)) {
        None => Ok(()),
        Some(unknown) => {
            let hint = did_you_mean(unknown, options.iter().map(String::as_str));
            fail(file, format!("`sensitive` of `{id}` names `{unknown}`, which is not in its `options`{hint}"))
        }
    }
}

fn check_help(help: &Help) -> Result<(), ContentError> {
    let file = "help.toml";
    check_unique(file, "country", help.countries.iter().map(|country| country.id.as_str()))?;
    for country in &help.countries {
        let id = &country.id;
        check_id(file, "country", id)?;
        if country.emergency.is_empty() {
            return fail(file, format!("`emergency` of the country `{id}` is empty"));
        }
        country
            .emergency
            .iter()
            .try_for_each(|number| check_number(file, &format!("`emergency` of the country `{id}`"), number))?;
        for line in &country.lines {
            let name = &line.name;
            line.numbers
                .iter()
                .try_for_each(|number| check_number(file, &format!("`numbers` of `{name}` in `{id}`"), number))?;
            if !line.source.starts_with("https://") {
                return fail(file, format!("`source` of `{name}` in `{id}` does not begin with https://"));
            }
            if line.safety.is_some() && line.numbers.is_empty() {
                return fail(file, format!("`{name}` in `{id}` has `safety`, but no `numbers` to call"));
            }
            if line.checked.as_deref().is_some_and(|date| !is_date(date)) {
                return fail(file, format!("`checked` of `{name}` in `{id}` is no day such as 2026-11-01"));
            }
        }
    }
    Ok(())
}

/// Checks that a number is dialled exactly as displayed: a single number, without other or invisible characters.
fn check_number(file: &str, key: &str, number: &str) -> Result<(), ContentError> {
    if dial(number).is_some_and(|(shown, _)| shown == number) {
        return Ok(());
    }
    let seen: String = number.chars().map(|ch| if ch.is_control() { ' ' } else { ch }).collect();
    fail(
        file,
        format!(
            "{key} has {seen:?}, which no telephone dials as it stands; one number, in plain digits, nothing beside it"
        ),
    )
}

fn check_site(site: &Site, help: &Help) -> Result<(), ContentError> {
    let file = "site.toml";
    let Site { name, contact, base_url, exit_address, default_country, .. } = site;
    for (key, value) in [("name", name), ("contact", contact)] {
        if value.chars().count() > MAX_LENGTH || value.chars().any(char::is_control) || value.trim() != value {
            return fail(
                file,
                format!("`{key}` is `{value}`; one line, at most {MAX_LENGTH} letters, no space around it"),
            );
        }
    }
    let is_base = is_address(base_url) && base_url.ends_with('/') && !base_url.contains(['?', '#']);
    if !base_url.is_empty() && !is_base {
        return fail(file, format!("`base_url` is `{base_url}`; it begins with https:// and ends with /, or is empty"));
    }
    if !is_address(exit_address) {
        return fail(
            file,
            format!("`exit_address` is `{exit_address}`; it is a full address that begins with https://"),
        );
    }
    if !help.countries.iter().any(|country| country.id == *default_country) {
        return fail(file, format!("`default_country` is `{default_country}`, for which help.toml has no `country`"));
    }
    Ok(())
}

/// The maximum length of the name and the contact of the operator, in characters. Both are in the footer of every page.
const MAX_LENGTH: usize = 120;

/// Returns whether this is an absolute `https` URL: a host name with a dot, and no characters that a URL must escape.
fn is_address(text: &str) -> bool {
    let is_allowed = |letter: char| letter.is_ascii_graphic() && !"\"'<>\\^`{|}".contains(letter);
    let host = text.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    text.chars().all(is_allowed) && host.split('.').count() > 1 && host.split('.').all(|part| !part.is_empty())
}

/// Checks the characters of an id. Ids are used in file names, storage keys and URLs, so they must not need escaping.
fn check_id(file: &str, key: &str, id: &str) -> Result<(), ContentError> {
    let is_allowed = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if id.starts_with(|first: char| first.is_ascii_lowercase()) && id.chars().all(is_allowed) {
        return Ok(());
    }
    fail(file, format!("`{key}` has the id `{id}`; small letters, digits and hyphens only, a letter first"))
}

/// Checks that no id occurs more than once.
fn check_unique<'a>(file: &str, key: &str, ids: impl Iterator<Item = &'a str>) -> Result<(), ContentError> {
    let mut seen = BTreeSet::new();
    match ids.into_iter().find(|id| !seen.insert(*id)) {
        None => Ok(()),
        Some(duplicate) => fail(file, format!("{key} has `{duplicate}` twice")),
    }
}

/// Returns whether this is an existing day, written `YYYY-MM-DD`, in the years 2000 to 2999.
fn is_date(date: &str) -> bool {
    let has_format = date.len() == 10
        && date.bytes().enumerate().all(|(at, ch)| match at {
            4 | 7 => ch == b'-',
            _ => ch.is_ascii_digit(),
        });
    has_format && date.parse::<jiff::civil::Date>().is_ok_and(|day| (2000..3000).contains(&day.year()))
}

/// Returns an error that names the file.
fn fail(file: &str, reason: impl std::fmt::Display) -> Result<(), ContentError> {
    Err(ContentError(format!("{file}: {reason}")))
}
