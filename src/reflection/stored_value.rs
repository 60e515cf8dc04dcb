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
pub(super) enum DecodeError {
    /// A newer version of the site wrote it: to be left as it is.
    Newer,
    /// It cannot be read: to be moved aside.
    Broken,
}

/// Members that this version does not know: the JSON texts of the name and of the value of each.
pub(super) type Unknown = Vec<(String, String)>;

/// What is kept as a JSON object.
///
/// [`decode`] and [`encode`] go by these lists, so that one function serves all kinds of values.
pub(super) trait StoredValue {
    /// The JSON texts of the names of the members that this version knows.
    fn names(&self) -> &'static [&'static str];
    /// Those members, in the same order, and all others.
    fn members(&self) -> (Vec<&dyn StoredField>, &Unknown);
    /// The same, to be changed.
    fn members_mut(&mut self) -> (Vec<&mut dyn StoredField>, &mut Unknown);
}

/// A stored value of which two tabs, or two copies of a store, can hold two versions.
pub(super) trait Merge: StoredValue + Clone + Default + PartialEq {
    /// Both versions together: what was edited more often stands; on a tie both do.
    ///
    /// It does not matter which of the two is asked, so that two tabs come to the same.
    fn merge(&self, other: &Self) -> Self;
}

/// The value of a member.
pub(super) trait StoredField {
    /// Takes it up from its JSON text. Tells whether its type is the right one.
    fn take(&mut self, json: &str) -> bool;
    /// Its JSON text; none for the default, which is not written.
    fn text(&self) -> Option<String>;
}

/// Reads a kept value of this format or an earlier one, telling a newer one from a broken one.
pub(super) fn decode<T: StoredValue + Default>(text: &str) -> Result<T, DecodeError> {
    let mut value = T::default();
    take_all(text, &mut value).map(|()| value)
}

fn take_all(text: &str, value: &mut dyn StoredValue) -> Result<(), DecodeError> {
    let names = value.names();
    let (mut known, unknown) = value.members_mut();
    for (name, json) in members(text)? {
        if name == "format" {
            continue;
        }
        let name = json::quoted(&name);
        match names.iter().position(|known| *known == name).and_then(|at| known.get_mut(at)) {
            Some(member) => {
                if !member.take(json) {
                    return Err(DecodeError::Broken);
                }
            }
            None => unknown.push((name, json.to_owned())),
        }
    }
    Ok(())
}

/// Puts what was read in its place. Tells whether there was anything.
pub(super) fn assign<T>(place: &mut T, read: Option<T>) -> bool {
    read.map(|value| *place = value).is_some()
}

/// Whether a newer version of the site wrote this.
pub(super) fn is_newer(text: &str) -> bool {
    matches!(members(text), Err(DecodeError::Newer))
}

/// More members than any value of ours has.
const MOST: usize = 1000;

fn members(text: &str) -> Result<Vec<(String, &str)>, DecodeError> {
    let members = object(text, MOST).ok_or(DecodeError::Broken)?;
    let format = members.iter().find(|(name, _)| name == "format");
    match format.and_then(|(_, json)| json.parse::<u64>().ok()) {
        Some(1..=FORMAT) => Ok(members),
        Some(0) | None => Err(DecodeError::Broken),
        Some(_) => Err(DecodeError::Newer),
    }
}

/// Writes a value to be kept.
pub(super) fn encode(value: &dyn StoredValue) -> String {
    let mut text = ["{\"format\":", &FORMAT.to_string()].concat();
    let (known, unknown) = value.members();
    for (name, member) in value.names().iter().zip(known) {
        if let Some(json) = member.text() {
            append(&mut text, name, &json);
        }
    }
    for (name, json) in unknown {
        append(&mut text, name, json);
    }
    text.push('}');
    text
}

/// Appends a member: the JSON texts of its name and of its value.
fn append(out: &mut String, name: &str, json: &str) {
    for part in [",", name, ":", json] {
        out.push_str(part);
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
    let is_before = |at, name: &str| members.iter().take(at).any(|(other, _)| other == name);
    let is_twice = members.iter().enumerate().any(|(at, (name, _))| is_before(at, name));
    (!is_twice).then_some(members)
}

/// More than anything here is ever counted to. A higher number was made up; it counts as one, since beyond the highest number
/// no edit could go any further.
const MOST_COUNTED: u64 = 1_000_000_000_000;

impl StoredField for u64 {
    fn take(&mut self, json: &str) -> bool {
        assign(self, json.parse().ok().map(|number| if number > MOST_COUNTED { 1 } else { number }))
    }

    fn text(&self) -> Option<String> {
        (*self != 0).then(|| self.to_string())
    }
}

impl StoredField for bool {
    fn take(&mut self, json: &str) -> bool {
        *self = json == "true";
        *self || json == "false"
    }

    fn text(&self) -> Option<String> {
        self.then(|| "true".to_owned())
    }
}

impl StoredField for String {
    fn take(&mut self, json: &str) -> bool {
        assign(self, json::text(json))
    }

    fn text(&self) -> Option<String> {
        if self.is_empty() { None } else { Some(json::quoted(self)) }
    }
}

impl StoredField for Vec<String> {
    fn take(&mut self, json: &str) -> bool {
        assign(self, json::texts(json))
    }

    fn text(&self) -> Option<String> {
        if self.is_empty() { None } else { Some(json::list(self.iter().map(String::as_str))) }
    }
}

/// Defines a struct that is a [`StoredValue`]. Its fields are the members that this version knows. A member is stored
/// under the name of its field, or under the name that follows `as`.
macro_rules! stored_value {
    (@key $field:ident) => {
        concat!('"', stringify!($field), '"')
    };
    (@key $field:ident $key:literal) => {
        concat!('"', $key, '"')
    };
    (
        $(#[$meta:meta])*
        $seen:vis struct $name:ident {
            $($(#[$field_meta:meta])* $field_seen:vis $field:ident $(as $key:literal)?: $kind:ty,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        $seen struct $name {
            $($(#[$field_meta])* $field_seen $field: $kind,)*
            /// Members that a newer version wrote, kept as they are.
            pub(in crate::reflection) unknown: $crate::reflection::stored_value::Unknown,
        }

        impl $crate::reflection::stored_value::StoredValue for $name {
            fn names(&self) -> &'static [&'static str] {
                &[$(stored_value!(@key $field $($key)?)),*]
            }

            fn members(
                &self,
            ) -> (Vec<&dyn $crate::reflection::stored_value::StoredField>, &$crate::reflection::stored_value::Unknown) {
                (vec![$(&self.$field),*], &self.unknown)
            }

            fn members_mut(
                &mut self,
            ) -> (Vec<&mut dyn $crate::reflection::stored_value::StoredField>, &mut $crate::reflection::stored_value::Unknown) {
                (vec![$(&mut self.$field),*], &mut self.unknown)
            }
        }
    };
}

pub(super) use stored_value;
