//! Checks the texts of one locale.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{did_you_mean, fail, variants};
use crate::content::{Content, ContentError, HelpLine, HelpText, Locale, NAMED, QuestionText, ThemeText};
use crate::reflection::{Question, ROLES, Theme, WISHES};

/// The placeholders of messages, by key.
///
/// Plural rules differ between languages, so messages avoid a noun after a number: "Question 3 of 7", "still to go: 2".
const PLACEHOLDERS: &[(&str, &[&str])] = &[
    ("app.restore.holds", &["day", "n"]),
    ("app.ask.position", &["n", "total"]),
    ("app.ask.position_theme", &["n", "total"]),
    ("app.about.today", &["n"]),
    ("app.table.position", &["n", "total"]),
    ("page.frame.exit_count", &["n"]),
    ("page.help.languages", &["languages"]),
    ("page.help.checked", &["source", "date"]),
    ("page.help.please_check", &["source", "date"]),
    ("page.help.unchecked", &["source"]),
    ("page.caregivers.invite.message", &["link"]),
    ("page.opening.invitation.day", &["day"]),
];

/// The key of the only text that may be empty: it is empty while nobody has reviewed the texts.
const MAY_BE_EMPTY: &str = "reviewed_by";

/// Checks one locale against the structure.
///
/// # Errors
///
/// Returns a [`ContentError`] for the first mistake.
pub fn check(id: &str, locale: &Locale, content: &Content) -> Result<(), ContentError> {
    let file = &format!("locales/{id}.toml");
    let questionnaire = &content.questionnaire;
    check_ids(file, "theme", questionnaire.themes.iter().map(|theme| theme.id.as_str()), locale.theme.keys())?;
    let themes = questionnaire.themes.iter().map(|theme| theme.id.as_str());
    check_ids(file, "page.caregivers.element", themes, locale.page.caregivers.element.keys())?;
    check_ids(
        file,
        "question",
        questionnaire.questions().map(|(_, question)| question.id.as_str()),
        locale.question.keys(),
    )?;
    for one in &questionnaire.themes {
        check_theme(file, one, &locale.theme[&one.id])?;
    }
    for (_, one) in questionnaire.questions() {
        check_question(file, one, &locale.question[&one.id])?;
    }
    check_profile(file, content, locale)?;
    variants::check(file, content, locale)?;
    check_help(file, content, &locale.page.help)?;
    let caregivers = &locale.page.caregivers;
    check_three(file, "page.caregivers.brief.lines", &caregivers.brief.lines)?;
    check_three(file, "page.caregivers.poster.lines", &caregivers.poster.lines)?;
    let texts = serde_json::to_value(locale).map_err(|error| ContentError(format!("{file}: {error}")))?;
    check_texts(file, "", &texts)
}

/// Checks the texts of the profile against the wishes, roles and offers.
fn check_profile(file: &str, content: &Content, locale: &Locale) -> Result<(), ContentError> {
    let text = &locale.app.about;
    let options = WISHES.into_iter().chain(ROLES).chain(["number"]);
    check_ids(file, "app.about.option", options, text.option.keys())?;
    let questions = || content.questionnaire.questions().map(|(_, question)| question);
    let offered = questions().filter_map(|question| question.offer.as_deref()).chain(["gentler", "number"]);
    check_ids(file, "app.about.offer", offered, text.offer.keys())?;
    let themes = content.questionnaire.themes.iter().flat_map(|theme| &theme.leaves);
    let left_out = themes.chain(questions().flat_map(|question| question.leaves.iter().chain(&question.forms)));
    match left_out.map(|rule| &rule.wish).find(|wish| *wish != "gentler" && !text.leave_out.contains_key(wish)) {
        Some(missing) => fail(file, format!("the key `app.about.leave_out.{missing}` is missing")),
        None => Ok(()),
    }
}

fn check_theme(file: &str, theme: &Theme, text: &ThemeText) -> Result<(), ContentError> {
    let key = format!("theme.{}", theme.id);
    check_door(file, &key, theme.door, text.door.is_some())?;
    check_ids(file, &format!("{key}.idea"), theme.ideas.iter().map(String::as_str), text.idea.keys())?;
    match &text.caregiver {
        Some(caregiver) => check_three(file, &format!("{key}.caregiver.ask"), &caregiver.ask),
        None => fail(file, format!("the key `{key}.caregiver` is missing")),
    }
}

fn check_question(file: &str, question: &Question, text: &QuestionText) -> Result<(), ContentError> {
    let key = format!("question.{}", question.id);
    check_door(file, &key, question.door, text.door.is_some())?;
    check_ids(file, &format!("{key}.option"), question.options.iter().map(String::as_str), text.option.keys())
}

/// Checks that a door has a text exactly if the structure has that door.
fn check_door(file: &str, key: &str, required: bool, exists: bool) -> Result<(), ContentError> {
    match (required, exists) {
        (true, false) => fail(file, format!("the key `{key}.door` is missing")),
        (false, true) => fail(file, format!("`{key}.door` is written, but questionnaire.toml has no `door` there")),
        _ => Ok(()),
    }
}

/// Checks that a list has three texts.
fn check_three(file: &str, key: &str, list: &[String]) -> Result<(), ContentError> {
    if list.len() == 3 { Ok(()) } else { fail(file, format!("`{key}` has {} sentences, not three", list.len())) }
}

/// Checks that every id in `help.toml` has a text. Unused texts are allowed, because countries may be added and
/// removed.
fn check_help(file: &str, content: &Content, text: &HelpText) -> Result<(), ContentError> {
    let lines = || content.help.countries.iter().flat_map(|country| &country.lines);
    let of = |pick: fn(&HelpLine) -> Option<&String>| lines().filter_map(pick).collect::<BTreeSet<_>>();
    let wanted = [
        ("country", content.help.countries.iter().map(|country| &country.id).collect(), &text.country),
        ("purpose", of(|line| Some(&line.purpose)), &text.purpose),
        ("hours", of(|line| line.hours.as_ref()), &text.hours),
        ("cost", of(|line| line.cost.as_ref()), &text.cost),
    ];
    for (key, ids, texts) in wanted {
        if let Some(id) = ids.into_iter().find(|id| !texts.contains_key(id)) {
            return fail(file, format!("the key `page.help.{key}.{id}` is missing; help.toml names it"));
        }
    }
    Ok(())
}

/// Checks that the texts have exactly the ids of the structure.
fn check_ids<'a>(
    file: &str,
    key: &str,
    wanted: impl Iterator<Item = &'a str>,
    found: impl Iterator<Item = &'a str>,
) -> Result<(), ContentError> {
    let (wanted, found): (BTreeSet<_>, BTreeSet<_>) = (wanted.collect(), found.collect());
    // A misspelt id is both unknown and missing. It is reported as unknown, because that name is in the file.
    if let Some(unknown) = found.difference(&wanted).next() {
        let hint = did_you_mean(unknown, wanted.difference(&found).copied());
        return fail(file, format!("`{key}.{unknown}` is not in questionnaire.toml{hint}"));
    }
    match wanted.difference(&found).next() {
        Some(missing) => fail(file, format!("the key `{key}.{missing}` is missing; questionnaire.toml names it")),
        None => Ok(()),
    }
}

/// Checks that every text is not empty and has exactly the placeholders of its key.
fn check_texts(file: &str, key: &str, value: &Value) -> Result<(), ContentError> {
    let inside = |name: &str| if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") };
    match value {
        Value::Object(entries) => entries.iter().try_for_each(|(name, value)| check_texts(file, &inside(name), value)),
        Value::Array(list) => {
            list.iter().enumerate().try_for_each(|(n, value)| check_texts(file, &format!("{key}[{n}]"), value))
        }
        Value::String(text) => {
            if text.trim().is_empty() && key != MAY_BE_EMPTY {
                return fail(file, format!("`{key}` is empty"));
            }
            let is_named = key.ends_with(&format!(".{NAMED}"));
            let listed = PLACEHOLDERS.iter().find(|(of, _)| *of == key).map(|(_, names)| *names);
            let expected = listed.unwrap_or(if is_named { &["baby"] } else { &[] });
            let found = placeholders(text);
            if let Some(missing) = expected.iter().find(|name| !found.contains(*name)) {
                return fail(file, format!("`{key}` lacks `{{{missing}}}`, which is filled in"));
            }
            match found.iter().find(|name| !expected.contains(name)) {
                Some(unknown) => fail(file, format!("`{key}` has `{{{unknown}}}`, which nothing fills in")),
                None => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// Returns the names of the placeholders in a text.
fn placeholders(text: &str) -> Vec<&str> {
    text.split('{').skip(1).map(|rest| rest.split_once('}').map_or(rest, |(name, _)| name)).collect()
}
