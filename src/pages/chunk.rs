//! Code splitting: the screens that a page does not start with are a chunk of its bundle.
//!
//! A released bundle is compiled as one module and split by the builder (`src/bin/site/split.rs`). Module and chunk
//! share memory and function table, so a function of the chunk is called like any other once the chunk is loaded. Until
//! then, [`loading`] is shown in its place. `public/boot.js` loads the chunk at every visit, whatever the person does,
//! so that the request reveals nothing. Natively and in quick builds nothing is split, and every function is there from
//! the start.

use super::app::App;
use super::components::blocks::{Node, attr, container, element, title};

/// Defines a function of an entry point that renders a part of a screen and whose code belongs to the chunk.
///
/// The splitter pairs import and export by their names, and moves the export, with everything that only it calls, to
/// the chunk named between the two `00`. The digits distinguish the functions of one chunk. A call before the chunk is
/// loaded traps: see [`App::has_chunk`].
#[macro_export]
macro_rules! in_chunk {
    ($digits:literal, $(#[$doc:meta])* $caller:ident => $callee:path) => {
        $(#[$doc])*
        fn $caller() -> $crate::pages::Node {
            #[cfg(feature = "split")]
            {
                // Both sides are compiled together, so a node is the same pointer on both.
                #[link(wasm_import_module = "__wasm_split_placeholder__")]
                #[allow(improper_ctypes)]
                unsafe extern "C" {
                    #[link_name = concat!("__wasm_split_00chunk00_import_000000000000000000000000000000", $digits, "_draw")]
                    safe fn import() -> $crate::pages::Node;
                }

                #[unsafe(export_name = concat!("__wasm_split_00chunk00_export_000000000000000000000000000000", $digits, "_draw"))]
                #[allow(improper_ctypes_definitions)]
                extern "C" fn export() -> $crate::pages::Node {
                    $callee()
                }

                import()
            }
            #[cfg(not(feature = "split"))]
            $callee()
        }
    };
}

/// Returns the placeholder of a part whose chunk is not loaded yet: a heading that says so, and `links` to other
/// screens.
pub fn loading(app: App, links: Vec<Node>) -> Node {
    let heading = element(
        "header",
        vec![attr("class", "step-head"), attr("data-loading", "")],
        vec![title(&app.catalog.app.common.loading)],
    );
    container("div", "step", std::iter::once(heading).chain(links).collect())
}
