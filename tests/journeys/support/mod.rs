//! Shared code of the journeys: engines and browsers, the served site, and the actions of a parent on a page.
//!
//! A journey uses the methods of a [`Visit`], which find elements by the `data-*` hooks of the design only, never by
//! visible text. Methods wait for what they expect, for at most [`TIMEOUT`], and do not sleep for a fixed time.

pub mod browser;
mod engine;
mod frozen;
mod host;
mod journey;
mod profile;
mod proxy;
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
pub use host::{Fault, Host};
pub use journey::{Journey, Stage, record_panics, runs_everything};
pub use site::{RecordedRequest, Site, built};
pub use visit::{StorageChoice, StoredKeys, Visit};
pub use window::Window;

/// The runtime of the servers and of the WebDriver client.
pub static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime can be started"));

/// The longest wait for an expected condition. It is not a performance limit.
const TIMEOUT: Duration = Duration::from_secs(45);

thread_local! {
    static TIMEOUT_FACTOR: Cell<u32> = const { Cell::new(1) };
}

/// The beginning of the message of a wait that timed out.
pub const TIMED_OUT: &str = "timed out waiting";

/// Multiplies the timeout of waits in the current journey by this factor. 1 restores the default.
pub fn multiply_timeout(factor: u32) {
    TIMEOUT_FACTOR.set(factor);
}

/// Returns the time at which a wait that starts now fails.
fn deadline() -> Instant {
    Instant::now() + TIMEOUT * TIMEOUT_FACTOR.get()
}

/// Waits until the probe returns a value.
///
/// # Panics
///
/// Panics with [`TIMED_OUT`] and `what` if the probe returns nothing in time.
#[track_caller]
pub fn until<T>(what: &str, mut probe: impl FnMut() -> Option<T>) -> T {
    let deadline = deadline();
    loop {
        if let Some(found) = probe() {
            return found;
        }
        assert!(Instant::now() < deadline, "{TIMED_OUT}: {what}");
        sleep(Duration::from_millis(10));
    }
}
