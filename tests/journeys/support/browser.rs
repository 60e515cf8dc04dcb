//! A pool of running browsers. Starting one takes longer than most journeys, so journeys reuse them. Each journey gets
//! its own windows and its own origin, so it sees no state of the previous one.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::net::TcpStream;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use thirtyfour::error::WebDriverResult;
use thirtyfour::{Capabilities, WebDriver, WindowHandle};
use tokio::time::timeout;

use super::engine::{Driver, Engine};
use super::proxy::RefusingProxy;
use super::{RUNTIME, TIMEOUT, until};

static IDLE: Mutex<Vec<Browser>> = Mutex::new(Vec::new());

/// A running browser.
pub struct Browser {
    pub engine: Engine,
    /// The proxy that records requests to hosts beyond this machine.
    pub proxy: RefusingProxy,
    web: WebDriver,
    /// An empty window that stays open between journeys.
    home: WindowHandle,
    /// The window that receives commands.
    current: RefCell<WindowHandle>,
    // Fields drop in declaration order: the driver must end before the profile of its browser is removed.
    driver: Driver,
    _profile: tempfile::TempDir,
}

/// Hosts of browser vendors that pages request fonts and scripts from. Browsers themselves do not request them.
const REQUESTED_BY_PAGES: [&str; 3] = ["ajax.googleapis.com", "fonts.googleapis.com", "maps.googleapis.com"];

impl Browser {
    /// Returns an idle browser of this engine, or starts one.
    pub fn take(engine: Engine) -> Self {
        // Trials are ordered by engine, so idle browsers of other engines are no longer needed.
        let (mut idle, others): (Vec<_>, Vec<_>) =
            IDLE.lock().unwrap().drain(..).partition(|browser| browser.engine == engine);
        let found = idle.pop();
        IDLE.lock().unwrap().append(&mut idle);
        others.into_iter().for_each(Self::close);
        // On a busy machine a driver occasionally gives up before its browser has started. WebKitGTK's driver also
        // occasionally crashes then, and would otherwise wait for minutes.
        const TRIES: usize = 3;
        let mut failed = String::new();
        found
            .or_else(|| (0..TRIES).find_map(|_| Self::start(engine).map_err(|error| failed = error).ok()))
            .unwrap_or_else(|| panic!("{} does not start: {failed}", engine.name()))
    }

    fn start(engine: Engine) -> Result<Self, String> {
        // Start one at a time: a driver that starts beside another occasionally waits for its browser forever.
        static START: Mutex<()> = Mutex::new(());
        let _one_at_a_time = START.lock().unwrap_or_else(PoisonError::into_inner);
        let proxy = RefusingProxy::start();
        let profile = tempfile::tempdir().expect("a folder can be made");
        let driver = engine.start_driver(profile.path());
        let host = driver.address.trim_start_matches("http://");
        until("the driver answers", || TcpStream::connect(host).ok());
        let capabilities = engine.capabilities(profile.path(), &proxy.address());
        let capabilities = Capabilities::from(capabilities.as_object().expect("an object").clone());
        let started = RUNTIME.block_on(async {
            timeout(TIMEOUT * 2, async {
                let web = WebDriver::new(driver.address.clone(), capabilities).await?;
                let home = web.window().await?;
                WebDriverResult::Ok((web, home))
            })
            .await
        });
        let (web, home) = started.map_err(|late| late.to_string())?.map_err(|error| error.to_string())?;
        let current = RefCell::new(home.clone());
        Ok(Self { engine, proxy, web, home, current, driver, _profile: profile })
    }

    /// Opens a window and makes it the current one.
    ///
    /// Windows opened by a driver have all browser bars and cannot be as narrow as a phone. Popups opened by a page
    /// have no bars. Chromium needs neither: it emulates any viewport size.
    pub fn open_window(&self) -> WindowHandle {
        let handle = match self.engine {
            Engine::Chromium => RUNTIME.block_on(self.web_at(&self.home).new_window()).expect("a window opens"),
            Engine::Firefox | Engine::WebKit => self.open_bare_window(),
        };
        self.web_at(&handle);
        handle
    }

    fn open_bare_window(&self) -> WindowHandle {
        let windows = || RUNTIME.block_on(self.web.windows()).expect("the browser lists its windows");
        let before = windows();
        let web = self.web_at(&self.home);
        RUNTIME
            .block_on(async {
                // WebKit opens popups only on a user's click. `noopener`, because a page that a parent opens has no
                // opener either.
                let open = "onclick = () => { open('about:blank', '', 'popup,noopener,width=390,height=844') }";
                web.execute(open, Vec::new()).await?;
                web.action_chain().move_to(9, 9).click().perform().await
            })
            .expect("the home page takes a click");
        until("a window opens", || windows().into_iter().find(|window| !before.contains(window)))
    }

    /// Switches to this window and returns the client.
    pub fn web_at(&self, window: &WindowHandle) -> &WebDriver {
        if *self.current.borrow() != *window {
            RUNTIME.block_on(self.web.switch_to_window(window.clone())).expect("the window exists");
            self.current.replace(window.clone());
        }
        &self.web
    }

    /// Returns the version of the browser.
    #[allow(dead_code)] // Only used by the benchmark.
    pub fn version(&self) -> String {
        let version = self.web.capabilities().get("browserVersion").and_then(|version| version.as_str());
        version.unwrap_or_default().to_owned()
    }

    /// Returns the hosts beyond this machine in the requests after the first `since` ones, without those of the
    /// browser's vendor. Under TLS the proxy sees only the host name.
    pub fn foreign_hosts(&self, since: usize) -> BTreeSet<String> {
        let is_of_vendor = |host: &str| {
            let belongs =
                |vendor: &&str| host.strip_suffix(*vendor).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
            !REQUESTED_BY_PAGES.contains(&host) && self.engine.vendor_hosts().iter().any(belongs)
        };
        self.proxy.hosts(since).into_iter().filter(|host| !is_of_vendor(host)).collect()
    }

    /// Saves a screenshot and the source of the current window for the analysis of a failure.
    pub fn save_evidence(&self, name: &str) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("journeys");
        let base = folder.join(name.replace("::", "-"));
        let _ = std::fs::create_dir_all(folder);
        let _ = RUNTIME.block_on(self.web.screenshot(&base.with_extension("png")));
        if let Ok(source) = RUNTIME.block_on(self.web.source()) {
            let _ = std::fs::write(base.with_extension("html"), source);
        }
    }

    /// Closes the windows of the journey and returns the browser to the pool.
    pub fn give_back(self) {
        let windows = RUNTIME.block_on(self.web.windows()).expect("the browser lists its windows");
        for window in windows.iter().filter(|window| **window != self.home) {
            RUNTIME.block_on(self.web_at(window).close_window()).expect("the window closes");
        }
        self.web_at(&self.home.clone());
        IDLE.lock().unwrap().push(self);
    }

    /// Quits the browser.
    pub fn close(self) {
        let Self { web, driver, .. } = self;
        // If the browser hangs, it ends with its driver.
        let _ = RUNTIME.block_on(web.quit());
        drop(driver);
    }
}

/// Quits every idle browser.
pub fn close_all() {
    let idle = std::mem::take(&mut *IDLE.lock().unwrap());
    idle.into_iter().for_each(Browser::close);
}
