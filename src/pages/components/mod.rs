//! What pages share.

mod line;
pub mod motif;
mod nav;
mod safety;
mod status;

pub use line::{answer_text, line_text};
pub use nav::{bar, sheet_link, ways};
pub use safety::safety;
pub use status::status;
