//! All that a person reads, typed. The words themselves stand in `content/`, so that no Rust is needed to change one.

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

/// Fills the places in a sentence: `fill("{n} of {total}", &[("n", "3"), ("total", "7")])` is `3 of 7`.
///
/// A place that is not named stays as it stands, so that a slip in a locale shows and loses nothing.
pub fn fill(sentence: &str, places: &[(&str, &str)]) -> String {
    let mut pieces = sentence.split('{');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece
            .split_once('}')
            .and_then(|(name, rest)| Some((places.iter().find(|(place, _)| *place == name)?.1, rest)))
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
