//! The pages of the site: one module per page, and `components` for what they share.
//!
//! The builder renders the static pages, and the content of the live pages before the app is mounted (`prerendered`).
//! The app (`app`, `reflect`, `sheet`, `table`) also compiles natively, but is mounted in the browser only.

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
