//! What pages share.

pub mod blocks;
mod line;
mod marks;
pub mod motif;
mod nav;
mod safety;
mod status;

pub use line::{answer_text, line_text};
pub use marks::{marks, open_themes};
pub use nav::{bar, next, sheet_link, ways};
pub use safety::safety;
pub use status::status;
