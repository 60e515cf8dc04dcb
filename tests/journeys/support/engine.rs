//! Browser engines: how each is started, and its vendor's hosts.

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
    /// WebKitGTK. It shares its engine with Safari, but not the storage rules and browser chrome of iOS.
    WebKit,
}

impl Engine {
    /// All engines. With `CI=true` each must be installed.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// Returns the prefix of trial names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Returns the hosts, including subdomains, that the browser contacts without a page asking for them. The exact
    /// list changes between versions.
    pub fn vendor_hosts(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["google.com", "googleapis.com", "gvt1.com"],
            Self::Firefox => {
                &["mozilla.com", "mozilla.net", "mozilla.org", "firefox.com", "safebrowsing.googleapis.com"]
            }
            Self::WebKit => &[],
        }
    }

    /// Returns whether the driver and everything it needs are installed.
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

    /// Starts the driver on a free port, for a browser with this profile.
    pub fn start_driver(self, profile: &Path) -> Driver {
        let port = free_port();
        let mut command = Command::new(self.driver());
        command.arg(format!("--port={port}"));
        let mut children = Vec::new();
        match self {
            Self::Chromium => {}
            // Each Firefox needs its own port for the protocol between driver and browser (Marionette).
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
                // Its sandbox needs privileges that a container does not grant, and only our own pages are loaded.
                command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
            }
        }
        let driver = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        children.insert(0, driver.expect("the driver starts"));
        Driver { address: format!("http://127.0.0.1:{port}"), children }
    }

    /// Returns the capabilities to request: a fresh profile, headless, with all requests beyond this machine sent to
    /// the proxy.
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
            // WebKitGTK sends requests to this machine through the proxy too, unless configured otherwise.
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
        // Internal pages that every window would load for its address bar.
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
        // Journeys open windows from a script, see `Browser::open_window`.
        "dom.disable_open_during_load": false,
        "ui.prefersReducedMotion": 1,
        // Requests that Firefox sends to its vendor by itself.
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
        "app.update.disabledForTesting": true,
        "browser.safebrowsing.provider.mozilla.updateURL": "",
        "datareporting.policy.dataSubmissionEnabled": false,
        "services.settings.server": "data:,",
    })
}

/// Size of the virtual screen in pixels. It fits the largest window of any journey.
const SCREEN: (u32, u32) = (2600, 1700);

/// Writes GTK settings: no animations, and no padding in windows, which would make them wider than 334 pixels.
fn write_gtk_settings(profile: &Path) {
    let folder = profile.join("gtk-3.0");
    fs::create_dir_all(&folder).expect("a folder can be made");
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("a file can be written");
    write("gtk.css", "* { min-width: 0; padding: 0; margin: 0; }\n");
    write("settings.ini", "[Settings]\ngtk-enable-animations = false\n");
}

/// A running driver and its helper processes, killed on drop.
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

/// Starts a virtual screen and returns its process and display name.
fn start_screen() -> (Child, String) {
    let mut command = Command::new("Xvfb");
    let screen = format!("{}x{}x24", SCREEN.0, SCREEN.1);
    command.args(["-displayfd", "1", "-screen", "0", &screen, "-nolisten", "tcp"]);
    let mut screen = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("Xvfb starts");
    let mut number = String::new();
    let output = screen.stdout.take().expect("its output is piped");
    BufReader::new(output).read_line(&mut number).expect("Xvfb prints the number of its display");
    (screen, format!(":{}", number.trim()))
}

/// Returns a port that was free a moment ago: these drivers cannot choose a free port themselves.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
    listener.local_addr().expect("the port has a number").port()
}

/// Returns the path of a program on `PATH`.
fn find(program: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// Returns the path of WebKitGTK's MiniBrowser, which is installed outside `PATH`.
fn mini_browser() -> Option<PathBuf> {
    let libraries =
        ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/libexec", "/usr/lib"];
    let versions = ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"];
    let paths = libraries.iter().flat_map(|library| versions.map(|version| Path::new(library).join(version)));
    paths.map(|folder| folder.join("MiniBrowser")).find(|path| path.is_file())
}
