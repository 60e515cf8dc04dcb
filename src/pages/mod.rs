//! The pages: one file a page, and `components` for what pages share.
//!
//! The static pages, and what stands on a live page before the app does, are drawn natively (`document`). The app
//! (`app`, `reflect`, `sheet`, `table`) is the same code on both sides, but mounted in the browser only.

pub mod app;
pub(crate) mod chunk;
pub(crate) mod components;
mod page;
#[cfg(not(target_arch = "wasm32"))]
mod prerendered;
#[cfg(feature = "reflect")]
pub mod reflect;
pub mod sheet;
#[cfg(feature = "sheet")]
pub mod table;

pub use page::{Module, Page};
#[cfg(not(target_arch = "wasm32"))]
pub use prerendered::{Asset, Assets, ModuleFiles, OFFLINE, document, not_found};
