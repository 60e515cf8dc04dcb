//! What journeys stand on: engines and browsers, the served site, and what a parent does with a page.
//!
//! A journey speaks to a [`Visit`] in the words of a parent, and a visit speaks to the page through the hooks of the
//! design alone, never through its wording. All of it waits for what it expects, up to [`PATIENCE`], and nothing sleeps.

mod about;
pub mod browser;
mod engine;
mod frozen;
mod host;
mod journey;
mod outside;
mod site;
mod visit;
mod window;

use std::cell::Cell;
use std::sync::LazyLock;
use std::thread::sleep;
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;

pub use browser::close_all;
pub use engine::Engine;
pub use frozen::{FROZEN_LOCALE, frozen};
pub use host::{Host, Trouble};
pub use journey::{Journey, Stage, all_are_asked_for, keep_panics};
pub use site::{Asked, Site, built};
pub use visit::{Kept, StorageChoice, Visit};
pub use window::Window;

/// What the servers and the client of the drivers run on.
pub static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime can be started"));

/// How long to wait for what must come. It says nothing about how fast anything is.
const PATIENCE: Duration = Duration::from_secs(45);

thread_local! {
    static TIMES: Cell<u32> = const { Cell::new(1) };
}

/// Lets the journey that runs here wait this many times as long from now on; with 1, as long as others do.
pub fn be_patient(times: u32) {
    TIMES.set(times);
}

/// When waiting that begins now is in vain.
fn deadline() -> Instant {
    Instant::now() + PATIENCE * TIMES.get()
}

/// Waits until the probe finds something.
#[track_caller]
pub fn until<T>(what: &str, mut probe: impl FnMut() -> Option<T>) -> T {
    let deadline = deadline();
    loop {
        if let Some(found) = probe() {
            return found;
        }
        assert!(Instant::now() < deadline, "waited in vain: {what}");
        sleep(Duration::from_millis(10));
    }
}
