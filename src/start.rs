//! Where the wasm begins: what `boot.js` may call.

use std::any::Any;
use std::cell::RefCell;

use leptos::prelude::{GetUntracked, Set};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::browser::page;
use crate::content::Catalog;
use crate::pages::app::App;
use crate::pages::chunk;
use crate::pages::components::blocks::Node;
use crate::reflection::{Step, StorageChoice, json};

thread_local! {
    /// What is mounted, until it is taken away.
    static MOUNTED: RefCell<Option<Box<dyn Any>>> = const { RefCell::new(None) };
}

/// Takes over the live part of the page. Tells whether there was one, with its words.
///
/// It may be called again when the page has got the words of another language: the app then goes on in those, where it
/// was, with all that it has in memory.
#[wasm_bindgen]
pub fn start() -> bool {
    let Some((root, part)) = page::live_root() else { return false };
    let Some(catalog) = page::data("words").and_then(|data| Catalog::decode(&data)) else { return false };
    // The words live as long as the page, and every view points into them.
    let catalog: &'static Catalog = Box::leak(Box::new(catalog));
    // Emptied and mounted in one task, so that nobody ever sees neither or both.
    let had_focus = page::empty(&root);
    let before = App::current().map(|app| (app.step.get_untracked(), app.saved.get_untracked()));
    MOUNTED.take();
    let mounted = leptos::mount::mount_to(root.clone(), move || {
        let on_sheet_page = part == "sheet";
        let app = match before {
            Some((step, saved)) => App::in_language(catalog, step, saved),
            None => {
                let app = App::open(catalog, on_sheet_page);
                app.listen();
                app
            }
        };
        if on_sheet_page { sheet_page(app) } else { questions(app) }.view()
    });
    MOUNTED.set(Some(Box::new(mounted)));
    page::mark_ready(&root);
    if had_focus {
        page::focus_heading();
    }
    true
}

#[cfg(feature = "reflect")]
fn questions(app: App) -> Node {
    crate::pages::reflect::reflect(app)
}

/// A module without the questions runs on no page of theirs.
#[cfg(not(feature = "reflect"))]
fn questions(_: App) -> Node {
    crate::pages::components::blocks::nothing()
}

#[cfg(feature = "sheet")]
fn sheet_page(app: App) -> Node {
    crate::pages::table::sheet_page(app)
}

/// A module without the sheet's page runs on no such page.
#[cfg(not(feature = "sheet"))]
fn sheet_page(_: App) -> Node {
    crate::pages::components::blocks::nothing()
}

/// Shows what waited for the chunk, which is loaded now. A heading that had the focus passes it on.
#[wasm_bindgen]
pub fn chunk_loaded() {
    chunk::set_loaded();
    let had_focus = page::has_focus("[data-loading]");
    if let Some(app) = App::current() {
        app.has_chunk.set(true);
    }
    if had_focus {
        leptos::prelude::request_animation_frame(page::focus_heading);
    }
}

/// All that is kept, and all that is in memory only, as JSON: a list of keys and values in turn. None before [`start`].
#[wasm_bindgen]
pub fn values() -> Option<String> {
    let values = App::current()?.with(|journal| journal.values());
    Some(json::list(values.iter().flat_map(|(key, value)| [key.as_str(), value])))
}

/// Keeps everything on this device, or in this tab. Tells whether all is kept there now.
#[wasm_bindgen]
pub fn keep(on_device: bool) -> bool {
    let place = if on_device { StorageChoice::Device } else { StorageChoice::Tab };
    App::current().is_some_and(|app| app.keep(place) && app.saved.get_untracked().is_kept())
}

/// Opens the screen that puts answers back from a file.
#[wasm_bindgen]
pub fn restore() {
    if let Some(app) = App::current() {
        app.open_with_return(Step::Restore);
    }
}

/// Breaks the app, so that what happens then can be tested. Only a script can call it.
#[wasm_bindgen]
pub fn panic() {
    panic!("as asked for");
}

/// Erases everything, in memory too.
#[wasm_bindgen]
pub fn erase() {
    if let Some(app) = App::current() {
        app.erase();
    }
}
