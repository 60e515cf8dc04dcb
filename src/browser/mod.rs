//! The thin shell around the browser: it reads, writes and listens, and decides nothing.

pub mod history;
pub mod page;
pub mod share;
pub mod storage;
