//! Between Us: a quiet moment about the bond with the baby, and the talk that follows from it.
//!
//! A map of the crate. Dependencies point one way, downwards in this list:
//!
//! - `bin/site` (the binary): builds this library to wasm, draws every page to HTML, and serves the result.
//! - [`pages`]: one file a page. The static pages are drawn by the builder; the questions and the sheet run here, in the
//!   browser.
//! - [`browser`]: the thin shell around storage, history, focus, sharing. It decides nothing.
//! - [`content`]: the words, typed. The words themselves stand in `content/`, at the top of the repository.
//! - [`reflection`]: the pure core. What is asked, what is kept and how, which screen follows, what the sheet holds.
//!
//! Three bundles are compiled for the browser, each from a thin entry point with its exports: `bin/reflect` and `bin/sheet`,
//! whose exports are in [`start`], and `bin/invite`, whose exports are in [`invite`].

pub mod browser;
pub mod content;
pub mod invite;
pub mod pages;
pub mod reflection;
#[cfg(not(target_arch = "wasm32"))]
pub mod server;
pub mod start;

// The usual allocator of Rust is made for large programs. This one is half its size.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
