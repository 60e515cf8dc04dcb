//! The thin shell around the browser: it reads, writes and listens, and decides nothing.

pub mod element;
pub mod fetch;
pub mod history;
pub mod page;
mod promise;
pub mod share;
pub mod speech;
pub mod storage;
