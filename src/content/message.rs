//! A sentence that may have other forms: for a wish of the parent, for who they are, or with the baby's nickname.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

use serde::de::{self, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Flat, Strings};

/// The form that names the baby by its nickname, in the place `{baby}`.
pub const NAMED: &str = "named";
/// The form for when the week is known.
pub const WEEK: &str = "week";

/// A sentence. In a locale it stands as plain text, or as a table of its `text` and its forms:
/// `{ text = "Looking ahead", no-later = "Today" }`.
///
/// Wherever a form is not asked for, or not written, it is the neutral text.
///
/// It is held, and laid out, as one string: the text, then each form's name and words, a sign between that no text has.
/// So a plain sentence costs no byte more than its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message(String);

/// The sign between the parts.
const BETWEEN: char = '\u{1f}';

impl Message {
    fn new(text: &str, forms: &BTreeMap<String, String>) -> Self {
        let mut whole = text.to_owned();
        for (name, form) in forms {
            for part in [name, form] {
                whole.push(BETWEEN);
                whole.push_str(part);
            }
        }
        Self(whole)
    }

    /// The form with this name, if it is written.
    pub fn variant(&self, name: &str) -> Option<&str> {
        let mut parts = self.0.split(BETWEEN).skip(1);
        while let (Some(other), form) = (parts.next(), parts.next()) {
            if other == name {
                return form;
            }
        }
        None
    }

    /// The first of these forms that is written; the neutral text if none is.
    pub fn resolve(&self, forms: &[&str]) -> &str {
        forms.iter().find_map(|name| self.variant(name)).unwrap_or(self)
    }

    /// Every form's name with its words.
    pub fn variants(&self) -> impl Iterator<Item = (&str, &str)> {
        let parts: Vec<&str> = self.0.split(BETWEEN).skip(1).collect();
        (0..parts.len() / 2).map(move |at| (parts[at * 2], parts[at * 2 + 1]))
    }
}

/// The neutral text, here and below.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl Deref for Message {
    type Target = str;

    fn deref(&self) -> &str {
        self.0.split(BETWEEN).next().unwrap_or_default()
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
        struct TextOrForms;

        impl<'de> Visitor<'de> for TextOrForms {
            type Value = Message;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a sentence, or a table of `text` and its forms")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Message, E> {
                Ok(Message(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<Message, A::Error> {
                let mut forms = BTreeMap::new();
                while let Some((name, form)) = table.next_entry::<String, String>()? {
                    forms.insert(name, form);
                }
                let text = forms.remove("text").ok_or_else(|| de::Error::missing_field("text"))?;
                Ok(Message::new(&text, &forms))
            }
        }

        from.deserialize_any(TextOrForms)
    }
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.variants().next().is_none() {
            return to.serialize_str(self);
        }
        let mut table = to.serialize_map(None)?;
        table.serialize_entry("text", &**self)?;
        for (name, form) in self.variants() {
            table.serialize_entry(name, form)?;
        }
        table.end()
    }
}
