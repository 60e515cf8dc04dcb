//! The browser engines: which there are, how each is started, and what each cannot do.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
    /// WebKitGTK. It is not Safari: it shares the engine, and neither the storage rules nor the frame of iOS.
    WebKit,
}

impl Engine {
    /// All of them. When `CI=true`, each must be there.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// Its name in the names of trials.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Where the browser asks its makers for something of its own accord: hosts, and whatever belongs to them. Which of
    /// them, changes from one version to the next.
    pub fn makers(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["google.com", "googleapis.com", "gvt1.com"],
            Self::Firefox => {
                &["mozilla.com", "mozilla.net", "mozilla.org", "firefox.com", "safebrowsing.googleapis.com"]
            }
            Self::WebKit => &[],
        }
    }

    /// Whether all that it needs is installed.
    pub fn is_installed(self) -> bool {
        find(self.driver()).is_some()
            && match self {
                Self::Chromium => true,
                Self::Firefox => find("firefox").is_some() || find("firefox-esr").is_some(),
                Self::WebKit => find("Xvfb").is_some() && mini_browser().is_some(),
            }
    }

    fn driver(self) -> &'static str {
        match self {
            Self::Chromium => "chromedriver",
            Self::Firefox => "geckodriver",
            Self::WebKit => "WebKitWebDriver",
        }
    }

    /// Starts the driver at a free port, for a browser with this profile.
    pub fn start_driver(self, profile: &Path) -> Driver {
        let port = free_port();
        let mut command = Command::new(self.driver());
        command.arg(format!("--port={port}"));
        let mut children = Vec::new();
        match self {
            Self::Chromium => {}
            // Several Firefoxes at once need a port each for the protocol between driver and browser.
            Self::Firefox => {
                command.arg(format!("--marionette-port={}", free_port()));
                command.arg("--profile-root").arg(profile);
                command.env("MOZ_HEADLESS_WIDTH", SCREEN.0.to_string());
                command.env("MOZ_HEADLESS_HEIGHT", SCREEN.1.to_string());
            }
            Self::WebKit => {
                let (screen, display) = start_screen();
                children.push(screen);
                command.env("DISPLAY", display);
                command.env("GDK_BACKEND", "x11").env("LIBGL_ALWAYS_SOFTWARE", "1");
                write_gtk_settings(profile);
                command.env("XDG_CONFIG_HOME", profile);
                // Its sandbox needs what a container does not give, and the pages are our own.
                command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
            }
        }
        let driver = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        children.insert(0, driver.expect("the driver starts"));
        Driver { address: format!("http://127.0.0.1:{port}"), children }
    }

    /// What to ask the driver for: a fresh profile, no window on the screen, and nothing beyond this machine.
    pub fn capabilities(self, profile: &Path, proxy: &str) -> Value {
        let mut wanted = json!({
            "pageLoadStrategy": "normal",
            "proxy": { "proxyType": "manual", "httpProxy": proxy, "sslProxy": proxy },
        });
        let own = match self {
            Self::Chromium => json!({
                "browserName": "chrome",
                "goog:loggingPrefs": { "browser": "ALL" },
                "goog:chromeOptions": { "args": chromium_arguments(profile) },
            }),
            Self::Firefox => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": { "args": ["-headless"], "prefs": firefox_preferences() },
            }),
            Self::WebKit => json!({
                "browserName": "MiniBrowser",
                "webkitgtk:browserOptions": { "binary": mini_browser(), "args": ["--automation"] },
            }),
        };
        let all = wanted.as_object_mut().expect("an object was written");
        all.extend(own.as_object().expect("an object was written").clone());
        if self == Self::WebKit {
            // It sends requests to this machine through the proxy too, unless told otherwise.
            all["proxy"]["noProxy"] = json!(["127.0.0.1"]);
        }
        wanted
    }
}

fn chromium_arguments(profile: &Path) -> Vec<String> {
    let mut arguments: Vec<String> = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // Pages of its own that every window would load for its address bar.
        "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
        "--window-size=800,900",
        "--force-prefers-reduced-motion",
    ]
    .map(str::to_owned)
    .into();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    arguments
}

fn firefox_preferences() -> Value {
    json!({
        // Journeys open their windows by a script, see `Browser::open_window`.
        "dom.disable_open_during_load": false,
        "ui.prefersReducedMotion": 1,
        // What it asks its makers by itself.
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
        "app.update.disabledForTesting": true,
        "browser.safebrowsing.provider.mozilla.updateURL": "",
        "datareporting.policy.dataSubmissionEnabled": false,
        "services.settings.server": "data:,",
    })
}

/// The size of the screen that nobody sees, in pixels: it holds the largest window of any journey.
const SCREEN: (u32, u32) = (2600, 1700);

/// Writes the settings of GTK: no animations, and no padding in its windows, which would keep them wider than 334 pixels.
fn write_gtk_settings(profile: &Path) {
    let folder = profile.join("gtk-3.0");
    fs::create_dir_all(&folder).expect("a folder can be made");
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("a file can be written");
    write("gtk.css", "* { min-width: 0; padding: 0; margin: 0; }\n");
    write("settings.ini", "[Settings]\ngtk-enable-animations = false\n");
}

/// A running driver with what it needs, stopped when it is dropped.
pub struct Driver {
    pub address: String,
    children: Vec<Child>,
}

impl Drop for Driver {
    fn drop(&mut self) {
        for child in &mut self.children {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Starts a screen that nobody sees.
fn start_screen() -> (Child, String) {
    let mut command = Command::new("Xvfb");
    let screen = format!("{}x{}x24", SCREEN.0, SCREEN.1);
    command.args(["-displayfd", "1", "-screen", "0", &screen, "-nolisten", "tcp"]);
    let mut screen =
        command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the screen nobody sees starts");
    let mut number = String::new();
    let output = screen.stdout.take().expect("its output was asked for");
    BufReader::new(output).read_line(&mut number).expect("it names its display");
    (screen, format!(":{}", number.trim()))
}

/// A port that was free a moment ago: these drivers take none of their own choice.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
    listener.local_addr().expect("the port has a number").port()
}

/// A program that this machine finds by its name.
fn find(program: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// WebKitGTK's small browser, which stands where no search path leads.
fn mini_browser() -> Option<PathBuf> {
    let libraries =
        ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/libexec", "/usr/lib"];
    let versions = ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"];
    let paths = libraries.iter().flat_map(|library| versions.map(|version| Path::new(library).join(version)));
    paths.map(|folder| folder.join("MiniBrowser")).find(|path| path.is_file())
}
