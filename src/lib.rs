//! Between Us: a quiet moment about the bond with the baby.

pub mod content;
pub mod pages;
pub mod reflection;
