//! The bundle of the questions, which includes the sheet.
//!
//! Compiled for the browser only; `public/boot.js` calls its exports. See `src/pages/entry.rs`.

#![cfg_attr(target_arch = "wasm32", no_main)]
// `in_chunk!` declares the chunk by an import and an export.
#![allow(unsafe_code)]

use between_us::in_chunk;
use between_us::pages::Entry;
use between_us::pages::{reflect, sheet};

in_chunk! {
    "01",
    /// Renders the current screen, if it is not one that the page can start with.
    other_screen => reflect::other_screen
}

in_chunk! {
    "03",
    /// Renders the controls beside the paper.
    beside_paper => sheet::beside_paper
}

between_us::export_app!(Entry { other_screen, beside_paper, ..Entry::new(reflect::reflect) });

/// Does nothing: the bundle runs in the browser only.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
