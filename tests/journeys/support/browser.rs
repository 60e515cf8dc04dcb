//! Running browsers. Starting one takes longer than most journeys, so they are handed from journey to journey; each
//! journey gets windows of its own, and an address of its own, and so finds nothing of the one before.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::net::TcpStream;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use thirtyfour::error::WebDriverResult;
use thirtyfour::{Capabilities, WebDriver, WindowHandle};
use tokio::time::timeout;

use super::engine::{Driver, Engine};
use super::outside::Outside;
use super::{PATIENCE, RUNTIME, until};

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

/// Hosts of a browser's makers that pages ask for fonts and scripts, and no browser by itself.
const PAGES_ASK: [&str; 3] = ["ajax.googleapis.com", "fonts.googleapis.com", "maps.googleapis.com"];

impl Browser {
    /// An idle browser of this engine, or a new one.
    pub fn take(engine: Engine) -> Self {
        // Journeys go through one engine after the other: those of another one are through.
        let (mut idle, through): (Vec<_>, Vec<_>) =
            IDLE.lock().unwrap().drain(..).partition(|browser| browser.engine == engine);
        let found = idle.pop();
        IDLE.lock().unwrap().append(&mut idle);
        through.into_iter().for_each(Self::close);
        // On a busy machine a driver now and then gives its browser up before it has started. WebKitGTK's also crashes at
        // that now and then, and its driver would wait for minutes.
        const TRIES: usize = 3;
        let mut failed = String::new();
        found
            .or_else(|| (0..TRIES).find_map(|_| Self::start(engine).map_err(|error| failed = error).ok()))
            .unwrap_or_else(|| panic!("{} does not start: {failed}", engine.name()))
    }

    fn start(engine: Engine) -> Result<Self, String> {
        // One at a time: a driver that starts beside another one now and then waits for its browser in vain.
        static START: Mutex<()> = Mutex::new(());
        let _one_at_a_time = START.lock().unwrap_or_else(PoisonError::into_inner);
        let outside = Outside::start();
        let profile = tempfile::tempdir().expect("a folder can be made");
        let driver = engine.start_driver(profile.path());
        let host = driver.address.trim_start_matches("http://");
        until("the driver answers", || TcpStream::connect(host).ok());
        let capabilities = engine.capabilities(profile.path(), &outside.address());
        let capabilities = Capabilities::from(capabilities.as_object().expect("an object").clone());
        let started = RUNTIME.block_on(async {
            timeout(PATIENCE * 2, async {
                let web = WebDriver::new(driver.address.clone(), capabilities).await?;
                let home = web.window().await?;
                WebDriverResult::Ok((web, home))
            })
            .await
        });
        let (web, home) = started.map_err(|late| late.to_string())?.map_err(|error| error.to_string())?;
        let current = RefCell::new(home.clone());
        Ok(Self { engine, outside, web, home, current, driver, _profile: profile })
    }

    /// Opens a window. It becomes the current one.
    ///
    /// A driver opens windows with all bars of a browser, which are never as narrow as a phone. Those that a page asks for
    /// have none. Chromium needs neither: it lets a page believe in any size.
    pub fn open_window(&self) -> WindowHandle {
        let handle = match self.engine {
            Engine::Chromium => RUNTIME.block_on(self.web_at(&self.home).new_window()).expect("a window opens"),
            Engine::Firefox | Engine::WebKit => self.open_bare_window(),
        };
        self.web_at(&handle);
        handle
    }

    fn open_bare_window(&self) -> WindowHandle {
        let windows = || RUNTIME.block_on(self.web.windows()).expect("it knows its windows");
        let before = windows();
        let web = self.web_at(&self.home);
        RUNTIME
            .block_on(async {
                // WebKit opens windows for a person's click only. No page may find an opener: a parent's has none.
                let open = "onclick = () => { open('about:blank', '', 'popup,noopener,width=390,height=844') }";
                web.execute(open, Vec::new()).await?;
                web.action_chain().move_to(9, 9).click().perform().await
            })
            .expect("the home page takes a click");
        until("a window opens", || windows().into_iter().find(|window| !before.contains(window)))
    }

    /// The client, after the switch to this window.
    pub fn web_at(&self, window: &WindowHandle) -> &WebDriver {
        if *self.current.borrow() != *window {
            RUNTIME.block_on(self.web.switch_to_window(window.clone())).expect("the window is there");
            self.current.replace(window.clone());
        }
        &self.web
    }

    /// The version of the browser.
    #[allow(dead_code)] // Only the benchmark does it.
    pub fn version(&self) -> String {
        let version = self.web.capabilities().get("browserVersion").and_then(|version| version.as_str());
        version.unwrap_or_default().to_owned()
    }

    /// The hosts beyond this machine that were asked for after this many requests, but for those of the browser's own makers.
    /// Of a request under TLS a proxy sees the host alone, so which host it is says all.
    pub fn strangers(&self, since: usize) -> BTreeSet<String> {
        let is_makers = |host: &str| {
            let belongs =
                |maker: &&str| host.strip_suffix(*maker).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
            !PAGES_ASK.contains(&host) && self.engine.makers().iter().any(belongs)
        };
        self.outside.hosts(since).into_iter().filter(|host| !is_makers(host)).collect()
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
