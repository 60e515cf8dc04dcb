//! Thin wrappers around browser APIs, without the app's logic.

pub mod element;
pub mod fetch;
pub mod history;
pub mod page;
mod promise;
pub mod share;
pub mod speech;
pub mod storage;
