//! The types of all user-visible texts. The texts are in the `content/` folder, so that changing one requires no Rust.

mod app;
mod caregivers;
mod catalog;
#[cfg(not(target_arch = "wasm32"))]
mod check;
mod flat;
mod help;
#[cfg(not(target_arch = "wasm32"))]
mod load;
mod locale;
mod message;
mod page;
mod plain;
#[cfg(not(target_arch = "wasm32"))]
mod policy;
mod sheet;
mod site;

pub use app::*;
pub use caregivers::*;
pub use catalog::{Catalog, Language};
#[cfg(not(target_arch = "wasm32"))]
pub use check::check;
pub use flat::{Flat, Named, Strings};
pub use help::{Country, Help, HelpLine, SafetyPart};
#[cfg(not(target_arch = "wasm32"))]
pub use load::{Content, ContentError, read_source};
pub use locale::{CaregiverText, Direction, Locale, QuestionText, ThemeText};
pub use message::{Message, NAMED, WEEK};
pub use page::*;
pub use plain::plain_sheet;
#[cfg(not(target_arch = "wasm32"))]
pub use policy::{POLICY, POLICY_META};
pub use sheet::*;
pub use site::Site;

/// Replaces the placeholders in a text: `fill("{n} of {total}", &[("n", "3"), ("total", "7")])` returns `3 of 7`.
///
/// A placeholder without a value is not replaced, so that a mistake in a locale is visible and no text is lost.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut pieces = template.split('{');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece
            .split_once('}')
            .and_then(|(name, rest)| Some((values.iter().find(|(known, _)| *known == name)?.1, rest)))
        {
            Some((value, rest)) => {
                filled += value;
                filled += rest;
            }
            None => {
                filled.push('{');
                filled += piece;
            }
        }
    }
    filled
}
