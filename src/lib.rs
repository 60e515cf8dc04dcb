//! Between Us: reflective questions for expectant parents about the bond with the baby, and a summary sheet for the
//! talk with their caregiver. It is not a test and gives no score.
//!
//! # Modules
//!
//! Each module depends only on modules further down in this list:
//!
//! - `server` (native only): the preview server, and the table of response headers that every host sends.
//! - [`start`]: the functions that the app exports to JavaScript: mounting, reading all values, saving, erasing.
//! - [`pages`]: one file for each page. The builder prerenders the static pages; the questions, the sheet and the table
//!   run in the browser.
//! - [`browser`]: thin wrappers around storage, history, focus and sharing, without the app's logic.
//! - [`invite`]: reads and writes invitation links. It depends on [`reflection`] only.
//! - [`content`]: the types of all user-visible texts. The texts are in the folder `content/` of the repository.
//! - [`reflection`]: the domain logic: the questionnaire, the stored values, the order of the screens, the sheet.
//!
//! # Entry points
//!
//! - `src/bin/site`: the builder and preview server. It compiles the bundles below to WebAssembly and renders
//!   every page to HTML.
//! - `src/bin/reflect.rs`: the bundle of the questions. Its exports call [`start`].
//! - `src/bin/sheet.rs`: the bundle of the sheet and the table. Its exports call [`start`].
//! - `src/bin/invite.rs`: the bundle of invitations. Its exports call [`invite`].
//!
//! # Other packages in `src`
//!
//! - `src/macros`: the procedural macro `view!`, in which the live screens are written.
//! - `src/stubs`: replacements for dependencies of Leptos that this app links but never calls (`[patch.crates-io]`).

pub mod browser;
pub mod content;
pub mod invite;
pub mod pages;
pub mod reflection;
#[cfg(not(target_arch = "wasm32"))]
pub mod server;
pub mod start;

// Half the size of Rust's default WebAssembly allocator.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
