//! The functions and flags that the entry point of a bundle supplies to the app.

use super::Node;
use super::app::App;
use super::sheet::languages::Other;

/// The functions that differ between bundles. The library reaches them through these pointers only, so that no bundle
/// links the screens of another one.
#[derive(Clone, Copy)]
pub struct Entry {
    /// Renders the live part of the page.
    pub page: fn(App) -> Node,
    /// Renders the current screen of the reflect page, if it is one that the page does not start with.
    pub other_screen: fn() -> Node,
    /// Renders both halves of the table.
    pub table: fn() -> Node,
    /// Renders the tools beside the paper on the sheet.
    pub beside_paper: fn() -> Node,
    /// Returns the language of the caregiver, if it is not the parent's own.
    pub other_language: fn(App) -> Option<Other>,
    /// Renders the choice of the caregiver's language, under a legend.
    pub language_chooser: fn(App, &str) -> Node,
    /// True if this is the bundle of the sheet's own page.
    pub is_sheet_page: bool,
    /// True if the chunk is a file of its own, which is loaded after the page is ready.
    pub is_split: bool,
}

impl Entry {
    /// Creates an entry that renders `page` only, without functions of a chunk.
    pub const fn new(page: fn(App) -> Node) -> Self {
        Self {
            page,
            other_screen: super::nothing,
            table: super::nothing,
            beside_paper: super::nothing,
            other_language: |_| None,
            language_chooser: |_, _| super::nothing(),
            is_sheet_page: false,
            is_split: cfg!(feature = "split"),
        }
    }
}
