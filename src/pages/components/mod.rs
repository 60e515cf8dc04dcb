//! What pages share.

mod line;
mod marks;
pub mod motif;
mod nav;
mod safety;
mod status;

pub use line::{answer_text, line_text};
pub use marks::marks;
pub use nav::{bar, sheet_link, ways};
pub use safety::safety;
pub use status::status;
