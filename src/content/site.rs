//! The settings of this deployment, read from `content/site.toml`.

use serde::Deserialize;

/// The settings of this deployment: its operator, addresses and defaults.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// The practice or person that operates the site; may be empty.
    pub name: String,
    /// Contact details of the operator, as plain text; may be empty.
    pub contact: String,
    /// The base URL, such as `https://example.org/between-us/`, ending in `/`; empty while unknown. Only link previews
    /// and the link on the caregivers' page need it.
    pub base_url: String,
    /// The id of the locale that `/` offers first.
    pub default_locale: String,
    /// The ids of the locales that are built, in the order in which they are offered.
    pub locales: Vec<String>,
    /// The id of the country whose help lines come first.
    pub default_country: String,
    /// The URL that Exit opens: an `https` page that reveals nothing about the visitor.
    pub exit_address: String,
}
