//! The whole HTML document of a page, as text.

use super::Page;
use crate::content::Content;

/// A built file that pages point to.
#[derive(Clone, Debug, Default)]
pub struct Asset {
    /// Its path from the root of the site, such as `assets/style-3f2a9c01.css`.
    pub path: String,
    /// The value for the `integrity` attribute, such as `sha384-…`.
    pub integrity: String,
}

/// The built files that pages point to.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The one style sheet.
    pub style: Asset,
    /// `public/shell.js`: the small script that every page runs in its head (exit, erase, save without wasm).
    pub shell: Asset,
    /// `public/boot.js` joined with the generated bindings: the module that starts the app on live pages.
    pub boot: Asset,
    /// The app itself.
    pub wasm: Asset,
    /// The icon, SVG.
    pub icon: Asset,
    /// The web app manifest of each locale, by its id.
    pub manifest: Vec<(String, Asset)>,
}

/// The document of `page` in the locale with this id, or of the language picker at `/` when `None`.
pub fn document(page: Option<Page>, locale: &str, _content: &Content, _assets: &Assets) -> String {
    format!("<!DOCTYPE html><title>{locale}{page:?}</title>")
}
