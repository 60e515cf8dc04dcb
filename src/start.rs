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
    /// The mounted views, until they are unmounted.
    static MOUNTED: RefCell<Option<Box<dyn Any>>> = const { RefCell::new(None) };
}

/// Mounts the app in the live part of the page. Returns `false` if the page has none, or no catalog that can be read.
///
/// It may be called again after the page has received the catalog of another language: the app then continues in that
/// language, at the same screen, with everything that it has in memory.
pub fn start(entry: Entry) -> bool {
    let Some(root) = page::live_root() else { return false };
    let Some(catalog) = page::data("words").and_then(|data| Catalog::decode(&data)) else { return false };
    // The catalog lives as long as the page, and every view points into it.
    let catalog: &'static Catalog = Box::leak(Box::new(catalog));
    // Emptied and mounted in one task, so that neither nothing nor both are ever painted.
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

/// Shows the screens that waited for the chunk, which is loaded from now on. A placeholder that had the focus passes it on.
pub fn chunk_loaded() {
    let had_focus = page::has_focus("[data-loading]");
    if let Some(app) = App::current() {
        app.set_chunk_loaded();
    }
    if had_focus {
        leptos::prelude::request_animation_frame(page::focus_heading);
    }
}

/// Returns all stored values, and all that are in memory only, as a JSON list of keys and values in turn. `None` before
/// [`start`].
pub fn values() -> Option<String> {
    let values = App::current()?.with(|journal| journal.values());
    Some(json::list(values.iter().flat_map(|(key, value)| [key.as_str(), value])))
}

/// Keeps everything on this device, or in this tab. Returns `true` if all of it is stored there now.
pub fn keep(on_device: bool) -> bool {
    let choice = if on_device { StorageChoice::Device } else { StorageChoice::Tab };
    App::current().is_some_and(|app| app.keep(choice) && app.saved.get_untracked().is_kept())
}

/// Opens the screen that restores answers from a file.
pub fn restore() {
    if let Some(app) = App::current() {
        app.open_with_return(Step::Restore);
    }
}

/// Erases everything, in memory too.
pub fn erase() {
    if let Some(app) = App::current() {
        app.erase();
    }
}
