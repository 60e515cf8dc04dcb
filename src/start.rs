//! Where the wasm begins: what `boot.js` may call.

use std::cell::Cell;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::browser::page;
use crate::content::Words;
use crate::pages::app::App;
use crate::pages::components::blocks::Part;
use crate::pages::sheet::sheet;

thread_local! {
    static APP: Cell<Option<App>> = const { Cell::new(None) };
}

/// Takes over the live part of the page. Tells whether there was one, with its words.
#[wasm_bindgen]
pub fn start() -> bool {
    let Some((root, part)) = page::live_root() else { return false };
    let Some(words) = page::data().and_then(|data| Words::decode(&data)) else { return false };
    // The words live as long as the page, and every view points into them.
    let words: &'static Words = Box::leak(Box::new(words));
    // Emptied and mounted in one task, so that nobody ever sees neither or both.
    let had_focus = page::empty(&root);
    let mounted = leptos::mount::mount_to(root.clone(), move || {
        let on_sheet_page = part == "sheet";
        let app = App::open(words, on_sheet_page);
        APP.set(Some(app));
        app.listen();
        if on_sheet_page { sheet(app) } else { questions(app) }.view()
    });
    mounted.forget();
    page::mark_ready(&root);
    if had_focus {
        page::focus_heading();
    }
    true
}

#[cfg(feature = "reflect")]
fn questions(app: App) -> Part {
    crate::pages::reflect::reflect(app)
}

/// A module without the questions runs on no page of theirs.
#[cfg(not(feature = "reflect"))]
fn questions(_: App) -> Part {
    crate::pages::components::blocks::nothing()
}

/// All that is kept, and all that is in memory only, as JSON: a list of keys and values in turn. None before [`start`].
#[wasm_bindgen]
pub fn values() -> Option<String> {
    let values = APP.get()?.with(|journal| journal.values());
    let flat: Vec<String> = values.into_iter().flat_map(|(key, value)| [key, value]).collect();
    serde_json::to_string(&flat).ok()
}

/// Erases everything, in memory too.
#[wasm_bindgen]
pub fn erase() {
    if let Some(app) = APP.get() {
        app.erase();
    }
}
