//! Help by country, as it stands in `content/help.toml`: numbers and facts, no prose.

use serde::Deserialize;

/// Help in every country that is known.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Help {
    /// The countries; their names stand in the locales.
    #[serde(rename = "country")]
    pub countries: Vec<Country>,
}

/// Help in one country.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// ISO 3166 code in lower case, such as `nl`, or `eu` for elsewhere in the European Union.
    pub id: String,
    /// What is spoken there, as locale ids, such as `["nl", "fr", "de"]`; also those that are not built.
    #[serde(default)]
    pub languages: Vec<String>,
    /// The emergency numbers, as one says them, such as `112`.
    pub emergency: Vec<String>,
    /// The lines in order.
    #[serde(default, rename = "line")]
    pub lines: Vec<HelpLine>,
}

/// A part of the safety text for which a country has a line of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SafetyPart {
    /// Not wanting to live any more, or hurting oneself or somebody.
    Life,
    /// Not being safe: advice.
    Home,
}

/// One help line.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HelpLine {
    /// Its own name.
    pub name: String,
    /// Its numbers, as one says them; may be empty for a directory on the web.
    #[serde(default)]
    pub numbers: Vec<String>,
    /// What it is for: a key of `page.help.purpose` in the locales.
    pub purpose: String,
    /// The part of the safety text in which it stands; left out for all others.
    #[serde(default)]
    pub safety: Option<SafetyPart>,
    /// When it answers: a key of `page.help.hours`.
    #[serde(default)]
    pub hours: Option<String>,
    /// What it costs: a key of `page.help.cost`.
    #[serde(default)]
    pub cost: Option<String>,
    /// Whether it has a chat on its site.
    #[serde(default)]
    pub chat: bool,
    /// Languages it speaks besides the country's own, by their own names.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Where the facts were found: an `https` address.
    pub source: String,
    /// The day on which somebody last checked them there, `YYYY-MM-DD`; left out while nobody has.
    #[serde(default)]
    pub checked: Option<String>,
}

impl Help {
    /// The lines whose numbers nobody has checked at their source, each with its country.
    pub fn unchecked(&self) -> impl Iterator<Item = (&Country, &HelpLine)> {
        let lines = self.countries.iter().flat_map(|country| country.lines.iter().map(move |line| (country, line)));
        lines.filter(|(_, line)| line.checked.is_none())
    }
}

impl Country {
    /// The lines of a part of the safety text that have a number to dial.
    pub fn safety_lines(&self, part: SafetyPart) -> impl Iterator<Item = &HelpLine> {
        self.lines.iter().filter(move |line| line.safety == Some(part) && !line.dialable().is_empty())
    }
}

impl HelpLine {
    /// The numbers that may be shown and dialled: none while nobody has checked them at their source.
    pub fn dialable(&self) -> &[String] {
        if self.checked.is_some() { &self.numbers } else { &[] }
    }
}
