//! Prerendering, by the builder only: the static pages, and the content of a live page before the app runs.

mod assets;
mod caregivers;
mod catalog;
mod changed;
mod document;
mod exit;
mod help;
mod layout;
mod live;
mod not_found;
mod opening;
mod prose;
mod questions;

pub use assets::{Asset, Assets, BundleFiles, OFFLINE};
pub use document::document;
pub use not_found::not_found;

use leptos::prelude::AnyView;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::custom::custom_attribute;

use super::Page;
use super::components::{Safety, own_number, safety};
use crate::content::{Content, Locale, SafetyBeside, SafetyNumbers};

/// The context in which a page is rendered: the page, its language and the content of the site.
#[derive(Clone, Copy)]
struct PageContext<'a> {
    content: &'a Content,
    /// The id of the locale, such as `nl`.
    id: &'a str,
    locale: &'a Locale,
    page: Page,
}

impl PageContext<'_> {
    /// Returns the relative path from this page to the root of the site, such as `../../`.
    fn root(&self) -> &'static str {
        if self.page.path().is_empty() { "../" } else { "../../" }
    }

    /// Returns the safety text in the country's language, if that is not the language of this page.
    fn safety_beside(&self) -> Option<SafetyBeside> {
        self.content.beside(self.id, &self.content.site.default_country).map(SafetyBeside::new)
    }

    /// Returns the numbers of the safety text for the site's country, or none if the content lacks that country.
    fn safety_numbers(&self) -> SafetyNumbers {
        let home = &self.content.site.default_country;
        let country = self.content.help.countries.iter().find(|country| country.id == *home);
        country.map(SafetyNumbers::of).unwrap_or_default()
    }

    /// Renders the safety text. `help` is the address of the help page, or `None` on that page itself; `movement`
    /// includes the text about the baby's movements.
    fn safety(&self, help: Option<&'static str>, movement: bool) -> AnyView {
        let (numbers, beside) = (self.safety_numbers(), self.safety_beside());
        let drawn = safety(Safety {
            labels: &self.locale.page.help.safety,
            numbers: &numbers,
            beside: beside.as_ref(),
            help,
            own_number: Some(own_number(&self.locale.app.about.own_number)),
            other_carries: false,
            movement,
        });
        drawn.view()
    }

    /// Returns the ids of all themes, separated by spaces, which `public/invite.js` passes to the bundle.
    fn theme_ids(&self) -> String {
        self.content.questionnaire.themes.iter().map(|theme| theme.id.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Returns the ids of all countries, separated by spaces.
    fn country_ids(&self) -> String {
        self.content.help.countries.iter().map(|country| country.id.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Returns the relative address of another page in the same language.
    fn to(&self, page: Page) -> String {
        let up = if self.page.path().is_empty() { "" } else { "../" };
        let way = [up, page.path()].concat();
        if way.is_empty() { "./".to_owned() } else { way }
    }
}

/// Returns the attribute that disables the writing suggestions of browsers in a form.
fn no_suggestions() -> impl Attribute {
    custom_attribute("writingsuggestions", "false")
}
