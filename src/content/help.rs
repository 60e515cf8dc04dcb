//! Help lines by country, read from `content/help.toml`: numbers and facts without prose.

use serde::Deserialize;

/// The help lines of all countries.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Help {
    /// The countries. Their names are in the locales.
    #[serde(rename = "country")]
    pub countries: Vec<Country>,
}

/// The help lines of one country.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// The ISO 3166-1 alpha-2 code in lower case, such as `nl`, or `eu` for the rest of the European Union.
    pub id: String,
    /// The languages of the country as locale ids, such as `["nl", "fr", "de"]`, including locales that are not built.
    #[serde(default)]
    pub languages: Vec<String>,
    /// The emergency numbers as displayed, such as `112`.
    pub emergency: Vec<String>,
    /// The help lines in order.
    #[serde(default, rename = "line")]
    pub lines: Vec<HelpLine>,
}

/// A part of the safety text that lists help lines of the country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SafetyPart {
    /// Suicidal thoughts, or the urge to harm oneself or somebody else.
    Life,
    /// Advice for parents who are not safe at home.
    Home,
}

/// A help line.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HelpLine {
    /// The name of the line.
    pub name: String,
    /// The telephone numbers as displayed; empty for an online directory.
    #[serde(default)]
    pub numbers: Vec<String>,
    /// The purpose, as a key of `page.help.purpose` in the locales.
    pub purpose: String,
    /// The part of the safety text that lists it, if any.
    #[serde(default)]
    pub safety: Option<SafetyPart>,
    /// The opening hours, as a key of `page.help.hours`.
    #[serde(default)]
    pub hours: Option<String>,
    /// The cost of a call, as a key of `page.help.cost`.
    #[serde(default)]
    pub cost: Option<String>,
    /// `true` if its site offers a chat.
    #[serde(default)]
    pub chat: bool,
    /// The languages it speaks besides those of the country, by their native names.
    #[serde(default)]
    pub languages: Vec<String>,
    /// The source of these facts, an `https` URL.
    pub source: String,
    /// The day on which somebody last checked the facts at the source, `YYYY-MM-DD`; `None` while nobody has.
    #[serde(default)]
    pub checked: Option<String>,
}

impl Help {
    /// Returns the lines that nobody has checked at their source, each with its country.
    pub fn unchecked(&self) -> impl Iterator<Item = (&Country, &HelpLine)> {
        let lines = self.countries.iter().flat_map(|country| country.lines.iter().map(move |line| (country, line)));
        lines.filter(|(_, line)| line.checked.is_none())
    }
}

impl Country {
    /// Returns the lines for a part of the safety text that have a number to dial.
    pub fn safety_lines(&self, part: SafetyPart) -> impl Iterator<Item = &HelpLine> {
        self.lines.iter().filter(move |line| line.safety == Some(part) && !line.dialable().is_empty())
    }
}

impl HelpLine {
    /// Returns the numbers that may be displayed and dialled; none while nobody has checked them at their source.
    pub fn dialable(&self) -> &[String] {
        if self.checked.is_some() { &self.numbers } else { &[] }
    }
}
