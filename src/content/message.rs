//! Messages with variants: for a wish or the role of the parent, with the baby's nickname, or with the week.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

use serde::de::{self, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Flat, Strings};

/// The name of the variant with the baby's nickname in the placeholder `{baby}`.
pub const NAMED: &str = "named";
/// The name of the variant for when the week of pregnancy is known.
pub const WEEK: &str = "week";

/// A message. In a locale it is a string, or a table of its `text` and its variants:
/// `{ text = "Looking ahead", no-later = "Today" }`.
///
/// It dereferences to the neutral text.
///
/// It is stored and serialised as one string: the text, then the name and text of each variant, with a separator that
/// no text contains. So a message without variants has no overhead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message(String);

/// The separator between the parts: U+001F, the unit separator.
const SEPARATOR: char = '\u{1f}';

impl Message {
    fn new(text: &str, variants: &BTreeMap<String, String>) -> Self {
        let mut whole = text.to_owned();
        for (name, variant) in variants {
            for part in [name, variant] {
                whole.push(SEPARATOR);
                whole.push_str(part);
            }
        }
        Self(whole)
    }

    /// Returns the variant with this name, if there is one.
    pub fn variant(&self, name: &str) -> Option<&str> {
        let mut parts = self.0.split(SEPARATOR).skip(1);
        while let (Some(other), variant) = (parts.next(), parts.next()) {
            if other == name {
                return variant;
            }
        }
        None
    }

    /// Returns the first of these variants that exists, or the neutral text if none does. See
    /// [`Profile::variants`](crate::reflection::Profile::variants).
    pub fn resolve(&self, variants: &[&str]) -> &str {
        variants.iter().find_map(|name| self.variant(name)).unwrap_or(self)
    }

    /// Returns the name and text of every variant.
    pub fn variants(&self) -> impl Iterator<Item = (&str, &str)> {
        let parts: Vec<&str> = self.0.split(SEPARATOR).skip(1).collect();
        (0..parts.len() / 2).map(move |at| (parts[at * 2], parts[at * 2 + 1]))
    }
}

/// Formats the neutral text.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl Deref for Message {
    type Target = str;

    fn deref(&self) -> &str {
        self.0.split(SEPARATOR).next().unwrap_or_default()
    }
}

impl Flat for Message {
    fn lay(&self, out: &mut Vec<String>) {
        self.0.lay(out);
    }

    fn take(from: &mut Strings) -> Self {
        Self(Flat::take(from))
    }
}

impl<'de> Deserialize<'de> for Message {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct TextOrVariants;

        impl<'de> Visitor<'de> for TextOrVariants {
            type Value = Message;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a sentence, or a table of `text` and its forms")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Message, E> {
                Ok(Message(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<Message, A::Error> {
                let mut variants = BTreeMap::new();
                while let Some((name, variant)) = table.next_entry::<String, String>()? {
                    variants.insert(name, variant);
                }
                let text = variants.remove("text").ok_or_else(|| de::Error::missing_field("text"))?;
                Ok(Message::new(&text, &variants))
            }
        }

        from.deserialize_any(TextOrVariants)
    }
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.variants().next().is_none() {
            return to.serialize_str(self);
        }
        let mut table = to.serialize_map(None)?;
        table.serialize_entry("text", &**self)?;
        for (name, variant) in self.variants() {
            table.serialize_entry(name, variant)?;
        }
        table.end()
    }
}
