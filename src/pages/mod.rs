//! The pages: one file a page, and `components` for what pages share.
//!
//! The static pages, and what stands on a live page before the app does, are drawn natively (`document`). The app
//! (`app`, `reflect`, `sheet`, `table`) is the same code on both sides, but mounted in the browser only.

pub mod app;
mod chunk;
mod components;
mod entry;
mod page;
#[cfg(not(target_arch = "wasm32"))]
mod prerendered;
pub mod reflect;
pub mod sheet;
pub mod table;

pub use components::blocks::{Node, nothing};
pub use entry::Entry;
pub use page::{Bundle, Page};
#[cfg(not(target_arch = "wasm32"))]
pub use prerendered::{Asset, Assets, BundleFiles, OFFLINE, document, not_found};
