//! Serialises texts as a flat list of strings, in the order of their fields.
//!
//! The app does not read JSON objects, because a deserialiser for them would add a fifth to the WebAssembly (measured:
//! docs/architecture.md). The builder writes the list and the app reads it by the same definition, so the two cannot
//! differ.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value that can be serialised as a list of strings.
pub trait Flat {
    /// Appends the strings of the value.
    fn lay(&self, out: &mut Vec<String>);
    /// Reads the value by consuming as many strings as [`Flat::lay`] appended. Missing strings are read as empty.
    fn take(from: &mut Strings) -> Self;
}

/// An iterator over the strings of a list.
pub type Strings = std::vec::IntoIter<String>;

impl Flat for String {
    fn lay(&self, out: &mut Vec<String>) {
        out.push(self.clone());
    }

    // About two hundred fields call this. A call is smaller than the inlined body.
    #[inline(never)]
    fn take(from: &mut Strings) -> Self {
        from.next().unwrap_or_default()
    }
}

impl Flat for bool {
    fn lay(&self, out: &mut Vec<String>) {
        out.push(if *self { "1" } else { "" }.to_owned());
    }

    fn take(from: &mut Strings) -> Self {
        !String::take(from).is_empty()
    }
}

/// Reads the number of items that follow, limited to the number of remaining strings, so that a corrupt list cannot
/// cause a huge allocation.
#[inline(never)]
fn length(from: &mut Strings) -> usize {
    String::take(from).parse().unwrap_or(0).min(from.len())
}

impl<T: Flat> Flat for Vec<T> {
    fn lay(&self, out: &mut Vec<String>) {
        out.push(self.len().to_string());
        self.iter().for_each(|item| item.lay(out));
    }

    fn take(from: &mut Strings) -> Self {
        (0..length(from)).map(|_| T::take(from)).collect()
    }
}

impl<T: Flat> Flat for Option<T> {
    fn lay(&self, out: &mut Vec<String>) {
        self.is_some().lay(out);
        self.iter().for_each(|item| item.lay(out));
    }

    fn take(from: &mut Strings) -> Self {
        bool::take(from).then(|| T::take(from))
    }
}

/// Values by id: a table in a content file.
#[derive(Clone, Debug)]
pub struct Named<T>(Vec<(String, T)>);

impl<T> Named<T> {
    /// Returns the value with this id.
    pub fn get(&self, id: &str) -> Option<&T> {
        self.0.iter().find(|(key, _)| key == id).map(|(_, value)| value)
    }

    /// Returns every id with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Returns every id.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| key.as_str())
    }

    /// Returns whether there is a value with this id.
    pub fn contains_key(&self, id: &str) -> bool {
        self.get(id).is_some()
    }

    /// Returns a mutable reference to every value.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(|(_, value)| value)
    }
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// Returns the value with this id. The content check ensures that it exists.
///
/// # Panics
///
/// Panics if there is no value with this id.
impl<T> std::ops::Index<&str> for Named<T> {
    type Output = T;

    fn index(&self, id: &str) -> &T {
        self.get(id).expect("the content check ensures that every id exists")
    }
}

impl<T: Flat> Flat for Named<T> {
    fn lay(&self, out: &mut Vec<String>) {
        out.push(self.0.len().to_string());
        for (key, value) in &self.0 {
            key.lay(out);
            value.lay(out);
        }
    }

    fn take(from: &mut Strings) -> Self {
        Self((0..length(from)).map(|_| (String::take(from), T::take(from))).collect())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let table = std::collections::BTreeMap::deserialize(from)?;
        Ok(Self(table.into_iter().collect()))
    }
}

impl<T: Serialize> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.iter())
    }
}

/// Defines structs of texts that reject unknown keys in TOML and implement [`Flat`].
macro_rules! texts {
    ($(
        $(#[$meta:meta])*
        pub struct $name:ident { $($(#[$field_meta:meta])* pub $field:ident: $kind:ty,)* }
    )*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$field_meta])* pub $field: $kind,)* }

        impl $crate::content::Flat for $name {
            fn lay(&self, out: &mut Vec<String>) {
                $(self.$field.lay(out);)*
            }

            // Prevents a copy of each struct from a temporary (measured: docs/architecture.md).
            #[inline(never)]
            fn take(from: &mut $crate::content::Strings) -> Self {
                Self { $($field: $crate::content::Flat::take(from),)* }
            }
        }
    )*};
}

pub(crate) use texts;
