//! The pages: one file a page, and `components` for what pages share.

#[cfg(not(target_arch = "wasm32"))]
mod document;
mod page;

#[cfg(not(target_arch = "wasm32"))]
pub use document::{Asset, Assets, document};
pub use page::Page;
