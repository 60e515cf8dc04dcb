//! Code splitting: what a page does not begin with is a chunk of its module, which is loaded once the page is ready.
//!
//! The released module is compiled as one and split by the builder (`src/bin/site/split.rs`). Module and chunk share memory
//! and table, so a function of the chunk is called like any other, once the chunk is there; until then [`loading`] shows in
//! its place. `public/boot.js` loads the chunk at every visit, whatever the person does, so that no request tells anything.
//! Natively and in quick builds nothing is split, and every function is there from the start.

use std::cell::Cell;

use super::app::App;
use super::components::blocks::{Node, attr, container, element, title};

/// Defines a function that draws a part, as a call of a function that lives in the chunk.
///
/// The splitter finds the import and the export that belong together by their names, and moves the export, with all that
/// only it calls, to the chunk that is named between the two `00`. The digits tell the functions of one chunk apart. A call
/// before the chunk is loaded traps: see [`is_loaded`].
macro_rules! in_chunk {
    ($digits:literal, $(#[$doc:meta])* $caller:ident => $callee:path) => {
        $(#[$doc])*
        fn $caller() -> $crate::pages::components::blocks::Node {
            #[cfg(all(feature = "split", target_arch = "wasm32"))]
            {
                use $crate::pages::components::blocks::Node;

                // Both sides are compiled together, so a part is the same pointer on both.
                #[link(wasm_import_module = "__wasm_split_placeholder__")]
                #[allow(improper_ctypes)]
                unsafe extern "C" {
                    #[link_name = concat!("__wasm_split_00chunk00_import_000000000000000000000000000000", $digits, "_draw")]
                    safe fn import() -> Node;
                }

                #[unsafe(export_name = concat!("__wasm_split_00chunk00_export_000000000000000000000000000000", $digits, "_draw"))]
                #[allow(improper_ctypes_definitions)]
                extern "C" fn export() -> Node {
                    $callee()
                }

                import()
            }
            #[cfg(not(all(feature = "split", target_arch = "wasm32")))]
            $callee()
        }
    };
}

pub(crate) use in_chunk;

thread_local! {
    static IS_LOADED: Cell<bool> = const { Cell::new(cfg!(not(all(feature = "split", target_arch = "wasm32")))) };
}

/// Returns whether the chunk of this page's module is loaded. Views follow [`App::has_chunk`].
pub fn is_loaded() -> bool {
    IS_LOADED.get()
}

/// Notes that the chunk is loaded from now on.
pub fn set_loaded() {
    IS_LOADED.set(true);
}

/// Shown in place of a part whose chunk is not loaded yet: it says so, and holds the ways to elsewhere.
pub fn loading(app: App, ways: Vec<Node>) -> Node {
    let said = element(
        "header",
        vec![attr("class", "step-head"), attr("data-loading", "")],
        vec![title(&app.catalog.app.common.loading)],
    );
    container("div", "step", std::iter::once(said).chain(ways).collect())
}
