//! Words as a flat list of strings, in the order of their fields.
//!
//! The app reads its words this way, and not as JSON objects, because a reader of objects costs a fifth of the wasm
//! (measured: docs/architecture.md). The builder lays the words out and the app takes them up by one and the same
//! definition, so the two cannot differ.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What can be laid out as strings and taken up again.
pub trait Flat {
    /// Appends all its strings.
    fn lay(&self, out: &mut Vec<String>);
    /// Takes up as many strings as [`Flat::lay`] appended. Where strings are missing, words are empty.
    fn take(from: &mut Strings) -> Self;
}

/// Strings to take words from.
pub type Strings = std::vec::IntoIter<String>;

impl Flat for String {
    fn lay(&self, out: &mut Vec<String>) {
        out.push(self.clone());
    }

    // Some two hundred fields take one each: a call is smaller than what it does.
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

/// How many things follow: never more than there are strings, so that damaged words cannot ask for more room than there is.
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

/// Things by their id: a table in a content file.
#[derive(Clone, Debug)]
pub struct Named<T>(Vec<(String, T)>);

impl<T> Named<T> {
    /// The thing with this id.
    pub fn get(&self, id: &str) -> Option<&T> {
        self.0.iter().find(|(key, _)| key == id).map(|(_, value)| value)
    }

    /// Every id with its thing.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Every id.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| key.as_str())
    }

    /// Whether there is a thing with this id.
    pub fn contains_key(&self, id: &str) -> bool {
        self.get(id).is_some()
    }

    /// Every thing, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(|(_, value)| value)
    }
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// Looks up what the content check has made sure of.
impl<T> std::ops::Index<&str> for Named<T> {
    type Output = T;

    fn index(&self, id: &str) -> &T {
        self.get(id).expect("the content check holds every id against the questionnaire")
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

/// Defines sections of words: each a struct that is read strictly from TOML, and that is [`Flat`].
macro_rules! texts {
    ($(
        $(#[$about:meta])*
        pub struct $name:ident { $($(#[$field_about:meta])* pub $field:ident: $kind:ty,)* }
    )*) => {$(
        $(#[$about])*
        #[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$field_about])* pub $field: $kind,)* }

        impl $crate::content::Flat for $name {
            fn lay(&self, out: &mut Vec<String>) {
                $(self.$field.lay(out);)*
            }

            // Taken up where it belongs, and not copied there from a place of its own (measured: docs/architecture.md).
            #[inline(never)]
            fn take(from: &mut $crate::content::Strings) -> Self {
                Self { $($field: $crate::content::Flat::take(from),)* }
            }
        }
    )*};
}

pub(crate) use texts;
