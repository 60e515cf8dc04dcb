//! How a value is kept: a JSON object with a format, some of whose members this version may not know.
//!
//! A member that is not known is kept in the text it was written with, so that an older version of the site loses nothing
//! of what a newer one wrote. A new member therefore needs no new format; a new meaning of an old member does.

use super::json;

/// The format that this version writes. A value of a higher one is left untouched.
///
/// What each format changed:
/// 1. the first one. Its readers take a member that they do not know for damage.
/// 2. members that are not known are kept. A reader of the first format sees a newer one and leaves the value alone.
pub(super) const FORMAT: u64 = 2;

/// Why a kept value cannot be used as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unusable {
    /// A newer version of the site wrote it: to be left as it is.
    Newer,
    /// It cannot be read: to be moved aside.
    Broken,
}

/// Members that this version does not know: the JSON texts of the name and of the value of each.
pub(super) type Unknown = Vec<(String, String)>;

/// What is kept as a JSON object.
pub(super) trait Kept {
    /// Takes up a member from its JSON text. Tells whether its type is the right one.
    fn take(&mut self, name: &str, json: &str) -> bool;
    /// Appends every member that differs from its default.
    fn lay(&self, out: &mut String);
}

/// What two tabs, or two copies of a store, can hold in two versions.
pub(super) trait Merge: Kept + Clone + Default + PartialEq {
    /// Both versions together: what was edited more often stands; on a tie both do.
    ///
    /// It does not matter which of the two is asked, so that two tabs come to the same.
    fn merge(&self, other: &Self) -> Self;
}

/// The value of a member.
pub(super) trait Member: Sized {
    /// Reads it from its JSON text.
    fn read(json: &str) -> Option<Self>;
    /// Its JSON text; none for the default, which is not written.
    fn text(&self) -> Option<String>;
}

/// Reads a kept value of this format or an earlier one, telling a newer one from a broken one.
pub(super) fn decode<T: Kept + Default>(text: &str) -> Result<T, Unusable> {
    let mut value = T::default();
    take_all(text, &mut value).map(|()| value)
}

fn take_all(text: &str, value: &mut dyn Kept) -> Result<(), Unusable> {
    for (name, json) in members(text)? {
        if name != "format" && !value.take(&name, json) {
            return Err(Unusable::Broken);
        }
    }
    Ok(())
}

/// Whether a newer version of the site wrote this.
pub(super) fn is_newer(text: &str) -> bool {
    matches!(members(text), Err(Unusable::Newer))
}

/// More members than any value of ours has.
const MOST: usize = 1000;

fn members(text: &str) -> Result<Vec<(String, &str)>, Unusable> {
    let members = object(text, MOST).ok_or(Unusable::Broken)?;
    let format = members.iter().find(|(name, _)| name == "format");
    match format.and_then(|(_, json)| json.parse::<u64>().ok()) {
        Some(1..=FORMAT) => Ok(members),
        Some(0) | None => Err(Unusable::Broken),
        Some(_) => Err(Unusable::Newer),
    }
}

/// Writes a value to be kept.
pub(super) fn encode(value: &dyn Kept) -> String {
    let mut text = ["{\"format\":", &FORMAT.to_string()].concat();
    value.lay(&mut text);
    text.push('}');
    text
}

/// Appends a member: the JSON texts of its name and of its value, if it has one.
pub(super) fn append(out: &mut String, name: &str, json: Option<&str>) {
    if let Some(json) = json {
        for part in [",", name, ":", json] {
            out.push_str(part);
        }
    }
}

/// What two versions of a value know beyond this version, in an order that does not depend on which came first.
pub(super) fn join_unknown(one: &Unknown, other: &Unknown) -> Unknown {
    let (first, second) = if one >= other { (one, other) } else { (other, one) };
    let mut both = first.clone();
    both.extend(second.iter().filter(|(name, _)| first.iter().all(|(known, _)| known != name)).cloned());
    both
}

/// The members of a JSON object, in their order, each with its JSON text; none where it is no object, where a name comes
/// twice, or where there are more members than this.
pub(super) fn object(text: &str, most: usize) -> Option<Vec<(String, &str)>> {
    let members = json::members(text)?;
    if members.len() > most {
        return None;
    }
    // Few enough for this, and sorting would cost the wasm a kilobyte.
    let is_twice = (1..members.len()).any(|at| members[..at].iter().any(|(name, _)| *name == members[at].0));
    (!is_twice).then_some(members)
}

/// More than anything here is ever counted to. A higher number was made up; it counts as one, since beyond the highest number
/// no edit could go any further.
const MOST_COUNTED: u64 = 1_000_000_000_000;

impl Member for u64 {
    fn read(json: &str) -> Option<Self> {
        json.parse().ok().map(|number| if number > MOST_COUNTED { 1 } else { number })
    }

    fn text(&self) -> Option<String> {
        (*self != 0).then(|| self.to_string())
    }
}

impl Member for bool {
    fn read(json: &str) -> Option<Self> {
        match json {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    fn text(&self) -> Option<String> {
        self.then(|| "true".to_owned())
    }
}

impl Member for String {
    fn read(json: &str) -> Option<Self> {
        json::text(json)
    }

    fn text(&self) -> Option<String> {
        if self.is_empty() { None } else { Some(json::quoted(self)) }
    }
}

impl Member for Vec<String> {
    fn read(json: &str) -> Option<Self> {
        json::texts(json)
    }

    fn text(&self) -> Option<String> {
        if self.is_empty() { None } else { Some(json::list(self.iter().map(String::as_str))) }
    }
}

/// Defines a struct that is [`Kept`]: its fields are the members that this version knows.
macro_rules! kept {
    (
        $(#[$about:meta])*
        $seen:vis struct $name:ident {
            $($(#[$field_about:meta])* $field_seen:vis $field:ident: $kind:ty,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        $seen struct $name {
            $($(#[$field_about])* $field_seen $field: $kind,)*
            /// Members that a newer version wrote, kept as they are.
            pub(in crate::reflection) unknown: $crate::reflection::kept::Unknown,
        }

        impl $crate::reflection::kept::Kept for $name {
            fn take(&mut self, name: &str, json: &str) -> bool {
                $(if name == stringify!($field) {
                    let read = $crate::reflection::kept::Member::read(json);
                    return read.map(|value| self.$field = value).is_some();
                })*
                self.unknown.push(($crate::reflection::json::quoted(name), json.to_owned()));
                true
            }

            fn lay(&self, out: &mut String) {
                use $crate::reflection::kept::{Member, append};
                $(append(out, concat!('"', stringify!($field), '"'), self.$field.text().as_deref());)*
                for (name, json) in &self.unknown {
                    append(out, name, Some(json));
                }
            }
        }
    };
}

pub(super) use kept;
