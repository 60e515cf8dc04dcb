//! Who runs this copy, as it stands in `content/site.toml`.

use serde::Deserialize;

/// Who runs this copy, and what it starts with.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// The practice or person that runs this copy; empty for nobody in particular.
    pub name: String,
    /// How to reach them, as plain text; empty for not at all.
    pub contact: String,
    /// Where it will be served, such as `https://example.org/between-us/`, ending in `/`; empty while not known. Only
    /// link previews and the caregivers' plain link need it.
    pub base_url: String,
    /// The locale that `/` offers first.
    pub default_locale: String,
    /// The locales that are built, in the order in which they are offered.
    pub locales: Vec<String>,
    /// The country whose help stands first.
    pub default_country: String,
    /// The neutral address to which Exit leads: `https`, of a page that says nothing about the person.
    pub exit_address: String,
}
