//! The functions that the entry points of the two app bundles export to `public/boot.js`.

use std::any::Any;
use std::cell::RefCell;

use leptos::prelude::GetUntracked;

use crate::browser::page;
use crate::content::Catalog;
use crate::pages::Entry;
use crate::pages::app::App;
use crate::reflection::{Step, StorageChoice, json};

thread_local! {
    /// The handle of the mounted views. Dropping it unmounts them.
    static MOUNTED: RefCell<Option<Box<dyn Any>>> = const { RefCell::new(None) };
}

/// Mounts the app in the live part of the page. Returns `false` if the page has none, or no readable catalog.
///
/// May be called again after the page has received the catalog of another language: the app then continues in that
/// language, at the same screen, with everything that it has in memory.
pub fn start(entry: Entry) -> bool {
    let Some(root) = page::live_root() else { return false };
    let Some(catalog) = page::data("words").and_then(|data| Catalog::decode(&data)) else { return false };
    // Leaked, since every view borrows from the catalog for as long as the page is open.
    let catalog: &'static Catalog = Box::leak(Box::new(catalog));
    // Emptied and mounted in one task, so that the browser never paints an empty page or both contents.
    let had_focus = page::empty(&root);
    let before = App::current().map(|app| (app.step.get_untracked(), app.saved.get_untracked()));
    MOUNTED.take();
    let mounted = leptos::mount::mount_to(root.clone(), move || {
        let app = match before {
            Some((step, saved)) => App::in_language(catalog, step, saved),
            None => {
                let app = App::open(catalog, entry);
                app.listen();
                app
            }
        };
        (entry.page)(app).view()
    });
    MOUNTED.set(Some(Box::new(mounted)));
    page::mark_ready(&root);
    if had_focus {
        page::focus_heading();
    }
    true
}

/// Replaces the placeholders by the screens of the loaded chunk. If a placeholder had the focus, the heading gets it.
pub fn chunk_loaded() {
    let had_focus = page::has_focus("[data-loading]");
    if let Some(app) = App::current() {
        app.set_chunk_loaded();
    }
    if had_focus {
        leptos::prelude::request_animation_frame(page::focus_heading);
    }
}

/// Returns all values, stored or in memory only, as a JSON array of alternating keys and values. Returns `None` before
/// [`start`].
pub fn values() -> Option<String> {
    let values = App::current()?.with(|journal| journal.values());
    Some(json::list(values.iter().flat_map(|(key, value)| [key.as_str(), value])))
}

/// Stores all values on this device, or in this tab only. Returns `true` if all of them are stored now.
pub fn keep(on_device: bool) -> bool {
    let choice = if on_device { StorageChoice::Device } else { StorageChoice::Tab };
    App::current().is_some_and(|app| app.keep(choice) && app.saved.get_untracked().is_kept())
}

/// Opens the screen that restores answers from a backup file.
pub fn restore() {
    if let Some(app) = App::current() {
        app.open_with_return(Step::Restore);
    }
}

/// Erases all values, both stored and in memory.
pub fn erase() {
    if let Some(app) = App::current() {
        app.erase();
    }
}

/// Exports the functions of this module to JavaScript, in the entry point of a bundle, whose [`Entry`] is given.
#[macro_export]
macro_rules! export_app {
    ($entry:expr) => {
        /// The exports, by the names that `public/boot.js` uses.
        mod exports {
            use wasm_bindgen::prelude::wasm_bindgen;
            use $crate::start;

            use super::*;

            /// See [`start::start`].
            #[wasm_bindgen]
            pub fn start() -> bool {
                start::start($entry)
            }

            /// See [`start::chunk_loaded`].
            #[wasm_bindgen]
            pub fn chunk_loaded() {
                start::chunk_loaded();
            }

            /// See [`start::values`].
            #[wasm_bindgen]
            pub fn values() -> Option<String> {
                start::values()
            }

            /// See [`start::keep`].
            #[wasm_bindgen]
            pub fn keep(on_device: bool) -> bool {
                start::keep(on_device)
            }

            /// See [`start::restore`].
            #[wasm_bindgen]
            pub fn restore() {
                start::restore();
            }

            /// See [`start::erase`].
            #[wasm_bindgen]
            pub fn erase() {
                start::erase();
            }

            /// Panics, so that the journeys can test the screen that is shown after an error.
            #[wasm_bindgen]
            pub fn panic() {
                panic!("as asked for");
            }
        }
    };
}
