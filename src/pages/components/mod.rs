//! Components that pages share.

pub mod blocks;
mod directive;
mod field;
mod line;
mod listen;
mod marks;
pub mod motif;
pub mod nav;
mod safety;
mod status;

/// Markup for live screens.
pub use between_us_macros::view;
pub use field::writing;
pub use line::{NEXT, answer_text, chosen_text, line_text, own_words, said_text};
pub use listen::listen;
pub use marks::{marks, open_themes};
pub use nav::{bar, links, menu, next};
pub use safety::own_safety;
#[cfg(not(target_arch = "wasm32"))]
pub use safety::{Safety, own_number, safety};
pub use status::{plain_status, status};
