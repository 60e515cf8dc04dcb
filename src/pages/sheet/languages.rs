//! The languages of the sheet: the parent's, and the one that the caregiver reads.

use std::cell::RefCell;

use crate::browser::{fetch, page};
use crate::content::{Catalog, Language};
use crate::pages::app::App;
use crate::pages::components::blocks::{Attr, Node, attr, element, focus_next, nothing, text};
use crate::pages::components::view;

thread_local! {
    /// The catalogs of the other languages that have arrived.
    static ARRIVED: RefCell<Vec<(&'static str, &'static Catalog)>> = const { RefCell::new(Vec::new()) };
}

/// A language other than the parent's, with its catalog.
#[derive(Clone, Copy)]
pub struct Other {
    /// The language.
    pub language: &'static Language,
    /// Its texts of the sheet and the table.
    pub catalog: &'static Catalog,
}

impl Other {
    /// Returns an element with text in this language.
    pub fn text(self, tag: &'static str, class: &'static str, labels: &str) -> Node {
        element(tag, self.attributes(class), vec![text(labels)])
    }

    /// Returns the attributes of an element in this language.
    pub fn attributes(self, class: &str) -> Vec<Attr> {
        let mut attributes = spoken(self.language);
        attributes.push(attr("class", class));
        attributes
    }
}

/// Returns the attributes of an element in a language.
pub fn spoken(language: &Language) -> Vec<Attr> {
    vec![attr("lang", &language.id), attr("dir", &language.dir)]
}

/// Loads the catalogs of the other languages: that of the country is part of the page, the others are files.
///
/// All of them are fetched on every visit of the sheet, whatever the parent answered or chose. So the requests reveal
/// nothing, and the table starts without one, even offline. A language whose file does not arrive is not offered.
pub fn take_up(app: App) {
    let catalog: &'static Catalog = app.catalog;
    if let Some(country) = page::data("beside") {
        arrive(&catalog.caregiver_reads, &country);
    }
    for language in catalog.languages.iter().skip(1).filter(|language| find(&language.id).is_none()) {
        fetch::text(&language.file, &language.integrity, move |encoded| {
            arrive(&language.id, &encoded);
            // The page may have changed its language meanwhile.
            App::current().into_iter().for_each(App::notify);
        });
    }
}

fn arrive(id: &'static str, encoded: &str) {
    if let Some(catalog) = Catalog::decode(encoded) {
        // The catalog lives as long as the page, because views borrow from it.
        ARRIVED.with_borrow_mut(|arrived| arrived.push((id, Box::leak(Box::new(catalog)))));
    }
}

fn find(id: &str) -> Option<&'static Catalog> {
    ARRIVED.with_borrow(|arrived| arrived.iter().find(|(other, _)| *other == id).map(|(_, catalog)| *catalog))
}

fn named(app: App, id: &str) -> Option<Other> {
    let language = app.catalog.languages.iter().find(|language| language.id == id)?;
    find(id).map(|catalog| Other { language, catalog })
}

/// Returns the language that the caregiver reads, if it is not the parent's own: what was chosen, else the country's.
/// Only the bundle of the sheet's own page has other languages.
pub fn other(app: App) -> Option<Other> {
    (app.entry().other_language)(app)
}

/// Supplies [`other`] in the bundle of the sheet's own page.
pub fn find_other(app: App) -> Option<Other> {
    named(app, &reads(app))
}

/// Returns the id of the language that the caregiver reads.
fn reads(app: App) -> String {
    let chosen = app.with(|journal| journal.state().caregiver_reads.clone());
    let is_here = |id: &String| app.catalog.languages.first().is_some_and(|own| own.id == *id) || find(id).is_some();
    if is_here(&chosen) { chosen } else { app.catalog.caregiver_reads.clone() }
}

/// Returns the choice of the language that the caregiver reads. Each language is named in itself.
pub fn chooser(app: App, legend: &str) -> Node {
    (app.entry().language_chooser)(app, legend)
}

/// Supplies [`chooser`] in the bundle of the sheet's own page.
pub fn render_chooser(app: App, legend: &str) -> Node {
    if app.catalog.languages.len() < 2 {
        return nothing();
    }
    let offered = move || {
        let reads = reads(app);
        let mut languages = app.catalog.languages.iter();
        let own = languages.next();
        let all = own.into_iter().chain(languages.filter(|language| find(&language.id).is_some()));
        all.map(|language| offer(app, language, language.id == reads)).collect::<Vec<_>>()
    };
    view! {
        <Choices class="choices" legend={legend}>
            <div class="tools">{offered}</div>
        </Choices>
    }
}

fn offer(app: App, language: &'static Language, pressed: bool) -> Node {
    let choose = move |_| {
        app.edit_state(&mut |record| record.caregiver_reads.clone_from(&language.id));
        app.notify();
        let again = ["[data-language=", &language.id, "]"].concat();
        focus_next(again);
    };
    let pressed = if pressed { "true" } else { "false" };
    view! {
        <button
            class="tool" type="button" data-language={&language.id} aria-pressed={pressed}
            on:click={choose} {..spoken(language)}
        >
            {&language.name}
        </button>
    }
}
