//! The bundle of the questions, which includes the sheet.
//!
//! Compiled for the browser only; `public/boot.js` calls its exports. See `src/pages/entry.rs`.

#![cfg_attr(target_arch = "wasm32", no_main)]
// `in_chunk!` declares the chunk by an import and an export.
#![allow(unsafe_code)]

use between_us::in_chunk;
use between_us::pages::Entry;
use between_us::pages::{reflect, sheet};
use between_us::start;
use wasm_bindgen::prelude::wasm_bindgen;

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

const ENTRY: Entry = Entry { other_screen, beside_paper, ..Entry::new(reflect::reflect) };

/// See [`start::start`].
#[wasm_bindgen]
pub fn start() -> bool {
    start::start(ENTRY)
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

/// Does nothing: the bundle runs in the browser only.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
