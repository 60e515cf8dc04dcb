//! The words of one locale.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{did_you_mean, variants, wrong};
use crate::content::{Content, ContentError, HelpLine, HelpText, Locale, NAMED, QuestionText, ThemeText};
use crate::reflection::{Question, ROLES, Theme, WISHES};

/// The places that are filled in, by the key of the sentence in which they stand.
///
/// Languages differ in how a number changes the word it counts, so no sentence counts one: "Question 3 of 7", "still to
/// go: 2".
const PLACES: &[(&str, &[&str])] = &[
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

/// The only text that may be empty: it says that nobody has checked the words yet.
const MAY_BE_EMPTY: &str = "reviewed_by";

/// Checks one locale against the structure.
pub fn check(id: &str, locale: &Locale, content: &Content) -> Result<(), ContentError> {
    let file = &format!("locales/{id}.toml");
    let questionnaire = &content.questionnaire;
    same(file, "theme", questionnaire.themes.iter().map(|theme| theme.id.as_str()), locale.theme.keys())?;
    let themes = questionnaire.themes.iter().map(|theme| theme.id.as_str());
    same(file, "page.caregivers.element", themes, locale.page.caregivers.element.keys())?;
    same(
        file,
        "question",
        questionnaire.questions().map(|(_, question)| question.id.as_str()),
        locale.question.keys(),
    )?;
    for one in &questionnaire.themes {
        theme(file, one, &locale.theme[&one.id])?;
    }
    for (_, one) in questionnaire.questions() {
        question(file, one, &locale.question[&one.id])?;
    }
    about(file, content, locale)?;
    variants::check(file, content, locale)?;
    help(file, content, &locale.page.help)?;
    let caregivers = &locale.page.caregivers;
    three(file, "page.caregivers.brief.lines", &caregivers.brief.lines)?;
    three(file, "page.caregivers.poster.lines", &caregivers.poster.lines)?;
    let words = serde_json::to_value(locale).map_err(|error| ContentError(format!("{file}: {error}")))?;
    sentences(file, "", &words)
}

/// What the parent may say about themselves, by the ids of the core and of the structure.
fn about(file: &str, content: &Content, locale: &Locale) -> Result<(), ContentError> {
    let text = &locale.app.about;
    let options = WISHES.into_iter().chain(ROLES).chain(["number"]);
    same(file, "app.about.option", options, text.option.keys())?;
    let questions = || content.questionnaire.questions().map(|(_, question)| question);
    let offered = questions().filter_map(|question| question.offer.as_deref()).chain(["gentler", "number"]);
    same(file, "app.about.offer", offered, text.offer.keys())?;
    let themes = content.questionnaire.themes.iter().flat_map(|theme| &theme.leaves);
    let left_out = themes.chain(questions().flat_map(|question| question.leaves.iter().chain(&question.forms)));
    match left_out.map(|wished| &wished.wish).find(|wish| *wish != "gentler" && !text.leave_out.contains_key(wish)) {
        Some(missing) => wrong(file, format!("the key `app.about.leave_out.{missing}` is missing")),
        None => Ok(()),
    }
}

fn theme(file: &str, theme: &Theme, text: &ThemeText) -> Result<(), ContentError> {
    let key = format!("theme.{}", theme.id);
    door(file, &key, theme.door, text.door.is_some())?;
    same(file, &format!("{key}.idea"), theme.ideas.iter().map(String::as_str), text.idea.keys())?;
    match &text.caregiver {
        Some(caregiver) => three(file, &format!("{key}.caregiver.ask"), &caregiver.ask),
        None => wrong(file, format!("the key `{key}.caregiver` is missing")),
    }
}

fn question(file: &str, question: &Question, text: &QuestionText) -> Result<(), ContentError> {
    let key = format!("question.{}", question.id);
    door(file, &key, question.door, text.door.is_some())?;
    same(file, &format!("{key}.option"), question.options.iter().map(String::as_str), text.option.keys())
}

fn door(file: &str, key: &str, asked: bool, written: bool) -> Result<(), ContentError> {
    match (asked, written) {
        (true, false) => wrong(file, format!("the key `{key}.door` is missing")),
        (false, true) => wrong(file, format!("`{key}.door` is written, but questionnaire.toml has no `door` there")),
        _ => Ok(()),
    }
}

fn three(file: &str, key: &str, list: &[String]) -> Result<(), ContentError> {
    if list.len() == 3 { Ok(()) } else { wrong(file, format!("`{key}` has {} sentences, not three", list.len())) }
}

/// What help.toml names must have words. More words than that do no harm: a country may come and go.
fn help(file: &str, content: &Content, text: &HelpText) -> Result<(), ContentError> {
    let lines = || content.help.countries.iter().flat_map(|country| &country.lines);
    let of = |pick: fn(&HelpLine) -> Option<&String>| lines().filter_map(pick).collect::<BTreeSet<_>>();
    let wanted = [
        ("country", content.help.countries.iter().map(|country| &country.id).collect(), &text.country),
        ("purpose", of(|line| Some(&line.purpose)), &text.purpose),
        ("hours", of(|line| line.hours.as_ref()), &text.hours),
        ("cost", of(|line| line.cost.as_ref()), &text.cost),
    ];
    for (key, ids, words) in wanted {
        if let Some(id) = ids.into_iter().find(|id| !words.contains_key(id)) {
            return wrong(file, format!("the key `page.help.{key}.{id}` is missing; help.toml names it"));
        }
    }
    Ok(())
}

/// Checks that the words stand under the very ids of the structure.
fn same<'a>(
    file: &str,
    key: &str,
    wanted: impl Iterator<Item = &'a str>,
    found: impl Iterator<Item = &'a str>,
) -> Result<(), ContentError> {
    let (wanted, found): (BTreeSet<_>, BTreeSet<_>) = (wanted.collect(), found.collect());
    // A misspelt id is missing and unknown at once; said as unknown, it can be found in the file.
    if let Some(unknown) = found.difference(&wanted).next() {
        let hint = did_you_mean(unknown, wanted.difference(&found).copied());
        return wrong(file, format!("`{key}.{unknown}` is not in questionnaire.toml{hint}"));
    }
    match wanted.difference(&found).next() {
        Some(missing) => wrong(file, format!("the key `{key}.{missing}` is missing; questionnaire.toml names it")),
        None => Ok(()),
    }
}

/// Checks every sentence: it is written, and has exactly the places that are filled in.
fn sentences(file: &str, key: &str, value: &Value) -> Result<(), ContentError> {
    let inside = |name: &str| if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") };
    match value {
        Value::Object(entries) => entries.iter().try_for_each(|(name, value)| sentences(file, &inside(name), value)),
        Value::Array(list) => {
            list.iter().enumerate().try_for_each(|(n, value)| sentences(file, &format!("{key}[{n}]"), value))
        }
        Value::String(sentence) => {
            if sentence.trim().is_empty() && key != MAY_BE_EMPTY {
                return wrong(file, format!("`{key}` is empty"));
            }
            let is_named = key.ends_with(&format!(".{NAMED}"));
            let listed = PLACES.iter().find(|(of, _)| *of == key).map(|(_, places)| *places);
            let filled = listed.unwrap_or(if is_named { &["baby"] } else { &[] });
            let written = places(sentence);
            if let Some(missing) = filled.iter().find(|place| !written.contains(*place)) {
                return wrong(file, format!("`{key}` lacks `{{{missing}}}`, which is filled in"));
            }
            match written.iter().find(|place| !filled.contains(place)) {
                Some(unknown) => wrong(file, format!("`{key}` has `{{{unknown}}}`, which nothing fills in")),
                None => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// What stands between braces.
fn places(sentence: &str) -> Vec<&str> {
    sentence.split('{').skip(1).map(|rest| rest.split_once('}').map_or(rest, |(place, _)| place)).collect()
}
