//! The storage format of values: a JSON object with a format number.
//!
//! Unknown fields are preserved verbatim, so that an older version of the site does not lose what a newer one wrote. A
//! new field therefore needs no new format; a new meaning of an existing field does.

use super::json;

/// The format that this version writes. A value with a higher format is left unchanged.
///
/// 1. Readers of format 1 reject unknown fields as corrupt.
/// 2. Readers preserve unknown fields. Readers of format 1 leave a value of format 2 unchanged, because it is newer.
pub(super) const FORMAT: u64 = 2;

/// The reason why a stored value cannot be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DecodeError {
    /// A newer version of the site wrote it. It must be left unchanged.
    Newer,
    /// It is malformed. It is quarantined.
    Broken,
}

/// Fields that this version does not know: the JSON of the name and of the value of each.
pub(super) type Unknown = Vec<(String, String)>;

/// A value that is stored as a JSON object.
///
/// [`decode`] and [`encode`] work on these lists through dynamic dispatch, so that all types share their code.
pub(super) trait StoredValue {
    /// Returns the names of the known fields, as JSON strings with quotes.
    fn names(&self) -> &'static [&'static str];
    /// Returns the known fields in the order of [`StoredValue::names`], and the unknown ones.
    fn members(&self) -> (Vec<&dyn StoredField>, &Unknown);
    /// Returns the same fields as mutable references.
    fn members_mut(&mut self) -> (Vec<&mut dyn StoredField>, &mut Unknown);
}

/// A stored value that may exist in two versions, in two tabs or in two stores.
pub(super) trait Merge: StoredValue + Clone + Default + PartialEq {
    /// Merges two versions. The one with more edits wins; if the counts are equal, the result contains both.
    ///
    /// The merge is commutative, so that two tabs reach the same result.
    fn merge(&self, other: &Self) -> Self;
}

/// A field of a stored value.
pub(super) trait StoredField {
    /// Sets the field from its JSON. Returns `false` if the JSON has the wrong type.
    fn read_json(&mut self, json: &str) -> bool;
    /// Returns the JSON of the field, or `None` for the default value, which is not written.
    fn to_json(&self) -> Option<String>;
}

/// Decodes a stored value of this format or an earlier one.
///
/// # Errors
///
/// Returns a [`DecodeError`] if a newer version wrote the value, or if it is malformed.
pub(super) fn decode<T: StoredValue + Default>(text: &str) -> Result<T, DecodeError> {
    let mut value = T::default();
    set_fields(text, &mut value).map(|()| value)
}

fn set_fields(text: &str, value: &mut dyn StoredValue) -> Result<(), DecodeError> {
    let names = value.names();
    let (mut known, unknown) = value.members_mut();
    for (name, json) in members(text)? {
        if name == "format" {
            continue;
        }
        let name = json::quoted(&name);
        match names.iter().position(|known| *known == name).and_then(|at| known.get_mut(at)) {
            Some(field) => {
                if !field.read_json(json) {
                    return Err(DecodeError::Broken);
                }
            }
            None => unknown.push((name, json.to_owned())),
        }
    }
    Ok(())
}

/// Assigns a parsed value to its target. Returns `true` if there was a value.
pub(super) fn assign<T>(target: &mut T, parsed: Option<T>) -> bool {
    parsed.map(|value| *target = value).is_some()
}

/// Returns whether a newer version of the site wrote this value.
pub(super) fn is_newer(text: &str) -> bool {
    matches!(members(text), Err(DecodeError::Newer))
}

/// The maximum number of fields of a stored value. No value of this site comes near it.
const MAX_FIELDS: usize = 1000;

/// Returns the fields of a stored value of a known format.
fn members(text: &str) -> Result<Vec<(String, &str)>, DecodeError> {
    let members = object(text, MAX_FIELDS).ok_or(DecodeError::Broken)?;
    let format = members.iter().find(|(name, _)| name == "format");
    match format.and_then(|(_, json)| json.parse::<u64>().ok()) {
        Some(1..=FORMAT) => Ok(members),
        Some(0) | None => Err(DecodeError::Broken),
        Some(_) => Err(DecodeError::Newer),
    }
}

/// Encodes a value for storage.
pub(super) fn encode(value: &dyn StoredValue) -> String {
    let mut text = ["{\"format\":", &FORMAT.to_string()].concat();
    let (known, unknown) = value.members();
    for (name, field) in value.names().iter().zip(known) {
        if let Some(json) = field.to_json() {
            append(&mut text, name, &json);
        }
    }
    for (name, json) in unknown {
        append(&mut text, name, json);
    }
    text.push('}');
    text
}

/// Appends a field, given the JSON of its name and of its value.
fn append(out: &mut String, name: &str, json: &str) {
    for part in [",", name, ":", json] {
        out.push_str(part);
    }
}

/// Merges the unknown fields of two versions of a value. The result does not depend on the order of the arguments.
pub(super) fn join_unknown(one: &Unknown, other: &Unknown) -> Unknown {
    let (first, second) = if one >= other { (one, other) } else { (other, one) };
    let mut both = first.clone();
    both.extend(second.iter().filter(|(name, _)| first.iter().all(|(known, _)| known != name)).cloned());
    both
}

/// Returns the members of a JSON object in order: the name of each, and the JSON of its value. Returns `None` if the
/// text is not an object, has a duplicate name, or has more than `max` members.
pub(super) fn object(text: &str, max: usize) -> Option<Vec<(String, &str)>> {
    let members = json::members(text)?;
    if members.len() > max {
        return None;
    }
    // A quadratic search is fast enough for so few members. Sorting would add a kilobyte to the WebAssembly.
    let is_before = |at, name: &str| members.iter().take(at).any(|(other, _)| other == name);
    let is_duplicated = members.iter().enumerate().any(|(at, (name, _))| is_before(at, name));
    (!is_duplicated).then_some(members)
}

/// The maximum of a stored count. A higher number cannot come from counting and is read as 1, because near `u64::MAX`
/// no later edit could increment it.
const MAX_COUNT: u64 = 1_000_000_000_000;

impl StoredField for u64 {
    fn read_json(&mut self, json: &str) -> bool {
        assign(self, json.parse().ok().map(|number| if number > MAX_COUNT { 1 } else { number }))
    }

    fn to_json(&self) -> Option<String> {
        (*self != 0).then(|| self.to_string())
    }
}

impl StoredField for bool {
    fn read_json(&mut self, json: &str) -> bool {
        *self = json == "true";
        *self || json == "false"
    }

    fn to_json(&self) -> Option<String> {
        self.then(|| "true".to_owned())
    }
}

impl StoredField for String {
    fn read_json(&mut self, json: &str) -> bool {
        assign(self, json::text(json))
    }

    fn to_json(&self) -> Option<String> {
        if self.is_empty() { None } else { Some(json::quoted(self)) }
    }
}

impl StoredField for Vec<String> {
    fn read_json(&mut self, json: &str) -> bool {
        assign(self, json::texts(json))
    }

    fn to_json(&self) -> Option<String> {
        if self.is_empty() { None } else { Some(json::list(self.iter().map(String::as_str))) }
    }
}

/// Defines a struct that implements [`StoredValue`]. A field is stored under its own name, or under the name that
/// follows `as`.
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
            /// Fields that a newer version wrote, preserved verbatim.
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
            ) -> (
                Vec<&mut dyn $crate::reflection::stored_value::StoredField>,
                &mut $crate::reflection::stored_value::Unknown,
            ) {
                (vec![$(&mut self.$field),*], &mut self.unknown)
            }
        }
    };
}

pub(super) use stored_value;
