//! The bundle of the sheet page, which includes the table.
//!
//! Compiled for the browser only; `public/boot.js` calls its exports. See `src/pages/entry.rs`.

#![cfg_attr(target_arch = "wasm32", no_main)]
// `in_chunk!` declares the chunk by an import and an export.
#![allow(unsafe_code)]

use between_us::in_chunk;
use between_us::pages::Entry;
use between_us::pages::sheet::languages;
use between_us::pages::{sheet, table};

in_chunk! {
    "02",
    /// Renders both halves of the table.
    both_halves => table::both_halves
}

in_chunk! {
    "03",
    /// Renders the controls beside the paper.
    beside_paper => sheet::beside_paper
}

between_us::export_app!(Entry {
    table: both_halves,
    beside_paper,
    other_language: languages::find_other,
    language_chooser: languages::render_chooser,
    is_sheet_page: true,
    ..Entry::new(table::sheet_page)
});

/// Does nothing: the bundle runs in the browser only.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
