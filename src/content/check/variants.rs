//! Checks the variants of messages: their names, and that those required by the structure exist.

use super::{did_you_mean, fail};
use crate::content::{Content, ContentError, Locale, Message, NAMED, Named, WEEK};
use crate::reflection::{AvailableFrom, ROLES, WISHES, WishRule};

/// The last week of pregnancy that is displayed.
const LAST_WEEK: u32 = 42;

/// Checks the rules of a theme or question `id`: every wish exists, every week is from 1 to 42, and every id is one of
/// its ideas or options (`within`) or its own id.
///
/// # Errors
///
/// Returns a [`ContentError`] for the first mistake.
pub fn structure(
    file: &str,
    id: &str,
    within: &[String],
    rules: [&Vec<WishRule>; 2],
    since: &[AvailableFrom],
) -> Result<(), ContentError> {
    for one in rules.into_iter().flatten() {
        if !WISHES.contains(&one.wish.as_str()) {
            let hint = did_you_mean(&one.wish, WISHES.into_iter());
            return fail(file, format!("`{id}` names the wish `{}`, which there is not{hint}", one.wish));
        }
    }
    if let Some(never) = since.iter().find(|since| !(1..=LAST_WEEK).contains(&since.week)) {
        return fail(file, format!("`since` of `{id}` names week {}, which there is not", never.week));
    }
    let named = rules.into_iter().flatten().flat_map(|one| &one.ids).chain(since.iter().flat_map(|one| &one.ids));
    match named.into_iter().find(|name| *name != id && !within.contains(name)) {
        None => Ok(()),
        Some(unknown) => {
            let hint = did_you_mean(unknown, within.iter().map(String::as_str));
            fail(file, format!("`{id}` names `{unknown}`, which is not in it{hint}"))
        }
    }
}

/// A message of a locale.
struct Entry<'a> {
    /// The key in the locale.
    key: String,
    /// The id of the question, option, theme or idea.
    of: &'a str,
    message: &'a Message,
    /// The variant that only messages of this kind may have.
    own_variant: Option<&'static str>,
}

/// Checks the variants of one locale.
///
/// # Errors
///
/// Returns a [`ContentError`] for the first mistake.
pub fn check(file: &str, content: &Content, locale: &Locale) -> Result<(), ContentError> {
    for theme in &content.questionnaire.themes {
        let text = &locale.theme[&theme.id];
        let key = format!("theme.{}", theme.id);
        let mut entries =
            own_entries(&key, &theme.id, [("warm", Some(&text.warm)), ("door", text.door.as_ref())], None);
        entries.extend(item_entries(&format!("{key}.idea"), &text.idea, Some(WEEK)));
        check_entries(file, &key, &entries, &theme.forms)?;
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
        let mut entries = own_entries(&key, &question.id, [("ask", Some(&text.ask))], Some(NAMED));
        entries.extend(own_entries(&key, &question.id, parts, None));
        entries.extend(item_entries(&format!("{key}.option"), &text.option, None));
        check_entries(file, &key, &entries, &question.forms)?;
    }
    Ok(())
}

/// Returns the entries of the fields of one theme or question, without those that are not written.
fn own_entries<'a, const N: usize>(
    key: &str,
    of: &'a str,
    parts: [(&str, Option<&'a Message>); N],
    own_variant: Option<&'static str>,
) -> Vec<Entry<'a>> {
    let written = parts.into_iter().filter_map(|(name, message)| Some((name, message?)));
    written.map(|(name, message)| Entry { key: format!("{key}.{name}"), of, message, own_variant }).collect()
}

/// Returns the entries of options or ideas.
fn item_entries<'a>(key: &str, named: &'a Named<Message>, own_variant: Option<&'static str>) -> Vec<Entry<'a>> {
    named.iter().map(|(of, message)| Entry { key: format!("{key}.{of}"), of, message, own_variant }).collect()
}

/// Checks that variants for a wish exist exactly where the structure requires them. Variants for a role may exist
/// anywhere.
fn check_entries(file: &str, key: &str, entries: &[Entry<'_>], wanted: &[WishRule]) -> Result<(), ContentError> {
    for Entry { key, of, message, own_variant } in entries {
        for (variant, _) in message.variants() {
            let is_wanted = wanted.iter().any(|one| one.wish == variant && one.ids.iter().any(|id| id == of));
            let is_wish = WISHES.contains(&variant);
            if is_wish && !is_wanted {
                return fail(
                    file,
                    format!("`{key}` has the form `{variant}`; name it in `forms` of questionnaire.toml"),
                );
            }
            if !is_wish && !ROLES.contains(&variant) && *own_variant != Some(variant) {
                let known = WISHES.into_iter().chain(ROLES).chain(*own_variant);
                return fail(
                    file,
                    format!("`{key}.{variant}` is no form that is read{}", did_you_mean(variant, known)),
                );
            }
        }
    }
    let is_written =
        |wish: &str, id: &str| entries.iter().any(|one| one.of == id && one.message.variant(wish).is_some());
    let asked_for = wanted.iter().flat_map(|one| one.ids.iter().map(|id| (one.wish.as_str(), id.as_str())));
    match asked_for.into_iter().find(|(wish, id)| !is_written(wish, id)) {
        Some((wish, id)) => {
            fail(file, format!("`{key}` lacks the form `{wish}` of `{id}`, which questionnaire.toml names"))
        }
        None => Ok(()),
    }
}
