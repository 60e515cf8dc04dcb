//! The built files that pages link to.

use crate::pages::Bundle;

/// The script that registers the service worker, and repairs a page that is older than the site. Its name never
/// changes, so that a page whose other files are gone still finds it; for the same reason no page checks its integrity.
pub const OFFLINE: &str = "offline.js";

/// A built file to which pages link.
#[derive(Clone, Debug, Default)]
pub struct Asset {
    /// The path from the root of the site, such as `assets/style-3f2a9c01.css`.
    pub path: String,
    /// The value for the `integrity` attribute, such as `sha384-…`.
    pub integrity: String,
}

/// The files of a bundle: the script that a page starts, and the WebAssembly that the script fetches.
#[derive(Clone, Debug)]
pub struct BundleFiles {
    /// `public/boot.js` joined with the generated bindings.
    pub boot: Asset,
    /// The WebAssembly module.
    pub wasm: Asset,
    /// The WebAssembly module that `boot` fetches once the page is ready, if the bundle is split.
    pub chunk: Option<Asset>,
}

/// The built files to which pages link.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The style sheet of every page.
    pub style: Asset,
    /// The additional style sheet of some pages (`Page::needs_extra_css`).
    pub apart: Asset,
    /// The parts in `public/shell` joined: the script that every page runs in its head (exit, erase, save without
    /// WebAssembly).
    pub shell: Asset,
    /// `public/lost.js`: the script of the document for unknown addresses.
    pub lost: Asset,
    /// The bundles of the app.
    pub bundles: Vec<(Bundle, BundleFiles)>,
    /// The icon as SVG.
    pub icon: Asset,
    /// The icon as PNG, for Apple's home screens.
    pub touch_icon: Asset,
    /// The image for previews of links, as PNG.
    pub preview: Asset,
    /// The web app manifest of each locale, by its id.
    pub manifest: Vec<(String, Asset)>,
    /// The catalog that shows the sheet in a second language, for each locale by its id.
    pub beside: Vec<(String, Asset)>,
}

impl Assets {
    /// Returns the files of a bundle, or `None` before it is built.
    pub fn bundle(&self, bundle: Bundle) -> Option<&BundleFiles> {
        self.bundles.iter().find(|(other, _)| *other == bundle).map(|(_, files)| files)
    }
}
