//! The bundle that reads and writes invitation links.
//!
//! Compiled for the browser only; `public/invite.js` calls its exports. It contains no views and no Leptos, which keeps
//! the opening page small.

#![cfg_attr(target_arch = "wasm32", no_main)]

use between_us::invite;
use wasm_bindgen::prelude::wasm_bindgen;

/// See [`invite::arrival`].
#[wasm_bindgen]
pub fn arrival(fragment: &str, today: &str, themes: &str, countries: &str) -> Vec<String> {
    invite::arrival(fragment, today, themes, countries)
}

/// See [`invite::invite`].
#[wasm_bindgen]
pub fn invite(
    practice: &str,
    day: &str,
    country: &str,
    first: &str,
    today: &str,
    themes: &str,
    countries: &str,
) -> Vec<String> {
    invite::invite(practice, day, country, first, today, themes, countries)
}

/// See [`invite::code`].
#[wasm_bindgen]
pub fn code(link: &str) -> Vec<String> {
    invite::code(link)
}

/// Does nothing: the bundle runs in the browser only.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
