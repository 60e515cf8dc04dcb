//! What is drawn once, by the builder: the pages that are text alone, and what stands on a live page before the app.

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

pub use document::{Asset, Assets, BundleFiles, OFFLINE, document};
pub use not_found::not_found;

use leptos::prelude::AnyView;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::custom::custom_attribute;

use super::Page;
use super::components::{Safety, own_number, safety};
use crate::content::{Content, Locale, SafetyBeside, SafetyNumbers};

/// Where a fixed page is drawn: which page, in which language, out of which content.
#[derive(Clone, Copy)]
struct PageContext<'a> {
    content: &'a Content,
    /// The id of the locale, such as `nl`.
    id: &'a str,
    locale: &'a Locale,
    page: Page,
}

impl PageContext<'_> {
    /// The way from this page to the root of the site, such as `../../`.
    fn root(&self) -> &'static str {
        if self.page.path().is_empty() { "../" } else { "../../" }
    }

    /// The safety text in the country's language, where that is not this page's.
    fn safety_beside(&self) -> Option<SafetyBeside> {
        self.content.beside(self.id, &self.content.site.default_country).map(SafetyBeside::new)
    }

    /// The numbers of the safety text in this copy's country.
    fn safety_numbers(&self) -> SafetyNumbers {
        let home = &self.content.site.default_country;
        let country = self.content.help.countries.iter().find(|country| country.id == *home);
        country.map(SafetyNumbers::of).unwrap_or_default()
    }

    /// The safety text. `help` is the way to the help page, where there is one to go to; `movement` tells whether it speaks
    /// of the baby's movements.
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

    /// The ids of all themes, with blanks between them, as `public/invite.js` hands them on.
    fn theme_ids(&self) -> String {
        self.content.questionnaire.themes.iter().map(|theme| theme.id.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// The codes of all countries, in the same way.
    fn country_ids(&self) -> String {
        self.content.help.countries.iter().map(|country| country.id.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// The way from this page to another one in the same language.
    fn to(&self, page: Page) -> String {
        let up = if self.page.path().is_empty() { "" } else { "../" };
        let way = [up, page.path()].concat();
        if way.is_empty() { "./".to_owned() } else { way }
    }
}

/// The attribute by which a form tells browsers not to complete what is typed in it.
fn no_suggestions() -> impl Attribute {
    custom_attribute("writingsuggestions", "false")
}
