//! Running browsers. Starting one takes longer than most journeys, so they are handed from journey to journey; each
//! journey gets windows of its own, and an address of its own, and so finds nothing of the one before.

use std::cell::RefCell;
use std::net::TcpStream;
use std::path::Path;
use std::sync::Mutex;

use thirtyfour::{Capabilities, WebDriver, WindowHandle};

use super::engine::{Driver, Engine};
use super::outside::Outside;
use super::{RUNTIME, until};

static IDLE: Mutex<Vec<Browser>> = Mutex::new(Vec::new());

/// A running browser.
pub struct Browser {
    pub engine: Engine,
    /// What it asks beyond this machine.
    pub outside: Outside,
    web: WebDriver,
    /// The window that stays, empty, while journeys come and go.
    home: WindowHandle,
    /// The window that commands go to.
    current: RefCell<WindowHandle>,
    // In this order: the driver ends before its browser's profile is removed.
    driver: Driver,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// An idle browser of this engine, or a new one.
    pub fn take(engine: Engine) -> Self {
        let mut idle = IDLE.lock().unwrap();
        let found = idle.iter().position(|browser| browser.engine == engine).map(|at| idle.swap_remove(at));
        drop(idle);
        found.unwrap_or_else(|| Self::start(engine))
    }

    fn start(engine: Engine) -> Self {
        let outside = Outside::start();
        let profile = tempfile::tempdir().expect("a folder can be made");
        let driver = engine.start_driver();
        let host = driver.address.trim_start_matches("http://");
        until("the driver answers", || TcpStream::connect(host).ok());
        let capabilities = engine.capabilities(profile.path(), &outside.address());
        let capabilities = Capabilities::from(capabilities.as_object().expect("an object").clone());
        let web = RUNTIME.block_on(WebDriver::new(driver.address.clone(), capabilities));
        let web = web.unwrap_or_else(|error| panic!("{} does not start: {error}", engine.name()));
        let home = RUNTIME.block_on(web.window()).expect("it has a window");
        let current = RefCell::new(home.clone());
        Self { engine, outside, web, home, current, driver, _profile: profile }
    }

    /// Opens a window. It becomes the current one.
    pub fn open_window(&self) -> WindowHandle {
        let handle = RUNTIME.block_on(self.web.new_window()).expect("a window opens");
        self.web_at(&handle);
        handle
    }

    /// The client, after the switch to this window.
    pub fn web_at(&self, window: &WindowHandle) -> &WebDriver {
        if *self.current.borrow() != *window {
            RUNTIME.block_on(self.web.switch_to_window(window.clone())).expect("the window is there");
            self.current.replace(window.clone());
        }
        &self.web
    }

    /// Keeps what the current window shows for whoever looks into a failure.
    pub fn keep_evidence(&self, name: &str) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("journeys");
        let base = folder.join(name.replace("::", "-"));
        let _ = std::fs::create_dir_all(folder);
        let _ = RUNTIME.block_on(self.web.screenshot(&base.with_extension("png")));
        if let Ok(source) = RUNTIME.block_on(self.web.source()) {
            let _ = std::fs::write(base.with_extension("html"), source);
        }
    }

    /// Closes the journey's windows and leaves the browser to the next one.
    pub fn give_back(self) {
        let windows = RUNTIME.block_on(self.web.windows()).expect("it knows its windows");
        for window in windows.iter().filter(|window| **window != self.home) {
            RUNTIME.block_on(self.web_at(window).close_window()).expect("the window closes");
        }
        self.web_at(&self.home.clone());
        IDLE.lock().unwrap().push(self);
    }

    /// Ends it.
    pub fn close(self) {
        let Self { web, driver, .. } = self;
        // A browser that hangs ends with its driver.
        let _ = RUNTIME.block_on(web.quit());
        drop(driver);
    }
}

/// Ends every idle browser.
pub fn close_all() {
    let idle = std::mem::take(&mut *IDLE.lock().unwrap());
    idle.into_iter().for_each(Browser::close);
}
