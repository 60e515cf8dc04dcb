//! The forms of sentences: that they are known ones, and that each has what the structure asks for.

use super::{did_you_mean, wrong};
use crate::content::{Content, ContentError, Locale, Message, NAMED, Named, WEEK};
use crate::reflection::{AvailableFrom, ROLES, WISHES, WishRule};

/// The last week that is said.
const LAST_WEEK: u32 = 42;

/// Checks that what leaves, has forms, or waits for a week is there: an option, an idea, or the thing itself.
pub fn structure(
    file: &str,
    id: &str,
    within: &[String],
    wished: [&Vec<WishRule>; 2],
    since: &[AvailableFrom],
) -> Result<(), ContentError> {
    for one in wished.into_iter().flatten() {
        if !WISHES.contains(&one.wish.as_str()) {
            let hint = did_you_mean(&one.wish, WISHES.into_iter());
            return wrong(file, format!("`{id}` names the wish `{}`, which there is not{hint}", one.wish));
        }
    }
    if let Some(never) = since.iter().find(|since| !(1..=LAST_WEEK).contains(&since.week)) {
        return wrong(file, format!("`since` of `{id}` names week {}, which there is not", never.week));
    }
    let named = wished.into_iter().flatten().flat_map(|one| &one.ids).chain(since.iter().flat_map(|one| &one.ids));
    match named.into_iter().find(|name| *name != id && !within.contains(name)) {
        None => Ok(()),
        Some(unknown) => {
            let hint = did_you_mean(unknown, within.iter().map(String::as_str));
            wrong(file, format!("`{id}` names `{unknown}`, which is not in it{hint}"))
        }
    }
}

/// A sentence, and what it belongs to.
struct Spoken<'a> {
    key: String,
    /// The id of the question, option, theme or idea.
    of: &'a str,
    sentence: &'a Message,
    /// A form that only sentences of this kind may have.
    own_form: Option<&'static str>,
}

/// Checks the forms of one locale.
pub fn check(file: &str, content: &Content, locale: &Locale) -> Result<(), ContentError> {
    for theme in &content.questionnaire.themes {
        let text = &locale.theme[&theme.id];
        let key = format!("theme.{}", theme.id);
        let mut spoken = own(&key, &theme.id, [("warm", Some(&text.warm)), ("door", text.door.as_ref())], None);
        spoken.extend(each(&format!("{key}.idea"), &text.idea, Some(WEEK)));
        held_to(file, &key, &spoken, &theme.forms)?;
    }
    for (_, question) in content.questionnaire.questions() {
        let text = &locale.question[&question.id];
        let key = format!("question.{}", question.id);
        let parts = [
            ("hint", text.hint.as_ref()),
            ("line", Some(&text.line)),
            ("words", text.words.as_ref()),
            ("door", text.door.as_ref()),
        ];
        let mut spoken = own(&key, &question.id, [("ask", Some(&text.ask))], Some(NAMED));
        spoken.extend(own(&key, &question.id, parts, None));
        spoken.extend(each(&format!("{key}.option"), &text.option, None));
        held_to(file, &key, &spoken, &question.forms)?;
    }
    Ok(())
}

fn own<'a, const N: usize>(
    key: &str,
    of: &'a str,
    parts: [(&str, Option<&'a Message>); N],
    own_form: Option<&'static str>,
) -> Vec<Spoken<'a>> {
    let written = parts.into_iter().filter_map(|(name, sentence)| Some((name, sentence?)));
    written.map(|(name, sentence)| Spoken { key: format!("{key}.{name}"), of, sentence, own_form }).collect()
}

fn each<'a>(key: &str, named: &'a Named<Message>, own_form: Option<&'static str>) -> Vec<Spoken<'a>> {
    named.iter().map(|(of, sentence)| Spoken { key: format!("{key}.{of}"), of, sentence, own_form }).collect()
}

/// Forms for a wish stand exactly where the structure says that there are some. Forms for a role may stand anywhere.
fn held_to(file: &str, key: &str, spoken: &[Spoken<'_>], wanted: &[WishRule]) -> Result<(), ContentError> {
    for Spoken { key, of, sentence, own_form } in spoken {
        for (form, _) in sentence.variants() {
            let is_wanted = wanted.iter().any(|one| one.wish == form && one.ids.iter().any(|id| id == of));
            let is_wish = WISHES.contains(&form);
            if is_wish && !is_wanted {
                return wrong(file, format!("`{key}` has the form `{form}`; name it in `forms` of questionnaire.toml"));
            }
            if !is_wish && !ROLES.contains(&form) && *own_form != Some(form) {
                let known = WISHES.into_iter().chain(ROLES).chain(*own_form);
                return wrong(file, format!("`{key}.{form}` is no form that is read{}", did_you_mean(form, known)));
            }
        }
    }
    let is_written =
        |wish: &str, id: &str| spoken.iter().any(|one| one.of == id && one.sentence.variant(wish).is_some());
    let asked_for = wanted.iter().flat_map(|one| one.ids.iter().map(|id| (one.wish.as_str(), id.as_str())));
    match asked_for.into_iter().find(|(wish, id)| !is_written(wish, id)) {
        Some((wish, id)) => {
            wrong(file, format!("`{key}` lacks the form `{wish}` of `{id}`, which questionnaire.toml names"))
        }
        None => Ok(()),
    }
}
