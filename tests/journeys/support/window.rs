//! A browser window: reading and acting on any page.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use axum::http::Method;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::common::print::{PrintPage, PrintParameters};
use thirtyfour::error::{WebDriverErrorInner, WebDriverResult};
use thirtyfour::prelude::*;
use thirtyfour::{ElementId, Key, RequestData, SessionId, WebElement, WindowHandle};

use super::browser::Browser;
use super::{Engine, RUNTIME, deadline, until};

/// The viewport of a phone, in CSS pixels.
const PHONE: (u32, u32) = (390, 844);

/// A window of a browser. Commands switch to it first.
pub struct Window<'a> {
    browser: &'a Browser,
    handle: WindowHandle,
}

/// Resolves after 300 ms without any of the events that reset the count of Shift presses.
const QUIET: &str = "return new Promise((done) => {
        const names = ['focusin', 'selectionchange', 'scroll', 'pointerdown', 'blur'];
        let timer;
        const again = () => { clearTimeout(timer); timer = setTimeout(end, 300) };
        const end = () => { names.forEach((name) => removeEventListener(name, again, true)); done(true) };
        names.forEach((name) => addEventListener(name, again, true));
        again();
    })";

impl<'a> Window<'a> {
    /// Opens a window of the size of a phone, as far as the engine allows.
    pub fn open(browser: &'a Browser) -> Self {
        let window = Self { browser, handle: browser.open_window() };
        window.resize(PHONE.0, PHONE.1);
        window
    }

    fn web(&self) -> &WebDriver {
        self.browser.web_at(&self.handle)
    }

    /// Closes the window.
    #[allow(dead_code)] // Only used by the benchmark.
    pub fn close(self) {
        RUNTIME.block_on(self.web().close_window()).expect("the window closes");
    }

    /// Returns the engine of the browser.
    pub fn engine(&self) -> Engine {
        self.browser.engine
    }

    /// Sets the size of the viewport in CSS pixels.
    #[track_caller]
    pub fn resize(&self, width: u32, height: u32) {
        if self.engine() == Engine::Chromium {
            let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": true });
            self.cdp("Emulation.setDeviceMetricsOverride", size);
        } else {
            let around = "return [outerWidth - innerWidth, outerHeight - innerHeight]";
            let inner = "return innerWidth === arguments[0] && innerHeight === arguments[1]";
            // Measured at each attempt: a browser bar may appear, and is higher in a narrow window.
            until("the window has its size", || {
                let [beside, above]: [u32; 2] = self.js(around, &[]);
                let outer = self.web().set_window_rect(0, 0, width + beside, height + above);
                RUNTIME.block_on(outer).expect("the window takes a size");
                self.js::<bool>(inner, &[width.into(), height.into()]).then_some(())
            });
        }
    }

    /// Sends a command of the Chrome DevTools Protocol and returns its result.
    #[track_caller]
    pub fn cdp(&self, method: &str, parameters: Value) -> Value {
        RUNTIME.block_on(self.web().cdp().send_raw(method, parameters)).expect("Chromium accepts the command")
    }

    #[track_caller]
    pub fn goto(&self, url: &str) {
        RUNTIME.block_on(self.web().goto(url)).expect("the page loads");
    }

    #[track_caller]
    pub fn url(&self) -> String {
        RUNTIME.block_on(self.web().current_url()).expect("the page has an address").to_string()
    }

    #[track_caller]
    pub fn title(&self) -> String {
        RUNTIME.block_on(self.web().title()).expect("the page has a title")
    }

    /// Reloads the page. WebKitGTK's driver may return while the old document is still there, so the old one is marked.
    #[track_caller]
    pub fn reload(&self) {
        self.js::<()>("document.documentElement.dataset.old = ''", &[]);
        RUNTIME.block_on(self.web().refresh()).expect("the page loads again");
        until("the old document is gone", || (!self.has("[data-old]")).then_some(()));
    }

    /// Goes back in the browser's history.
    #[track_caller]
    pub fn browser_back(&self) {
        RUNTIME.block_on(self.web().back()).expect("the browser goes back");
    }

    /// Goes forward in the browser's history.
    #[track_caller]
    pub fn browser_forward(&self) {
        RUNTIME.block_on(self.web().forward()).expect("the browser goes forward");
    }

    /// Returns the page printed on A4 as a PDF. WebKitGTK's driver has no command for it.
    #[track_caller]
    pub fn print(&self) -> Vec<u8> {
        if self.engine() == Engine::Chromium {
            // Only the DevTools Protocol honours the size and margins that the style sheet sets.
            let pdf = self.cdp("Page.printToPDF", json!({ "preferCSSPageSize": true }));
            return BASE64_STANDARD.decode(pdf["data"].as_str().expect("Chromium prints")).expect("the PDF is base64");
        }
        let page = PrintPage { width: 21.0, height: 29.7 };
        let parameters = PrintParameters { page, ..PrintParameters::default() };
        RUNTIME.block_on(self.web().print_page(parameters)).expect("the browser prints")
    }

    /// Returns the text of the printed page, with a form feed at the end of each sheet.
    #[track_caller]
    pub fn printed_text(&self) -> String {
        let reader =
            Command::new("pdftotext").args(["-layout", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut reader = reader.expect("pdftotext (Debian's poppler-utils) is installed");
        reader.stdin.take().expect("its input is piped").write_all(&self.print()).expect("pdftotext reads its input");
        let text = reader.wait_with_output().expect("pdftotext ends").stdout;
        String::from_utf8(text).expect("pdftotext writes UTF-8")
    }

    /// Writes a screenshot of the viewport to a file, as a PNG.
    #[track_caller]
    pub fn screenshot(&self, path: &Path) {
        RUNTIME.block_on(self.web().screenshot(path)).expect("the screenshot is written");
    }

    /// Runs the body of a function in the page and returns its result.
    ///
    /// A script that runs while the page navigates is run again in the new page: Firefox answers it with `null`.
    #[track_caller]
    pub fn js<T: DeserializeOwned>(&self, body: &str, arguments: &[Value]) -> T {
        let deadline = deadline();
        loop {
            let result = RUNTIME.block_on(self.web().execute(body, arguments.to_vec())).expect("the script runs");
            match result.convert() {
                Ok(value) => return value,
                Err(_) if result.json().is_null() && Instant::now() < deadline => {}
                Err(error) => panic!("the script returns another type: {error}"),
            }
        }
    }

    /// Returns Chromium's log of the pages since the last call: console messages, refusals and errors.
    #[track_caller]
    pub fn browser_log(&self) -> Vec<String> {
        let log: Vec<Value> =
            RUNTIME.block_on(async { self.web().cmd(BrowserLog).await?.value() }).expect("Chromium returns its log");
        log.iter().map(Value::to_string).collect()
    }

    /// Returns the number of cookies of the page.
    #[track_caller]
    pub fn cookies(&self) -> usize {
        RUNTIME.block_on(self.web().get_all_cookies()).expect("the browser lists its cookies").len()
    }

    /// Returns the number of elements that match.
    #[track_caller]
    pub fn count(&self, css: &str) -> usize {
        self.js("return document.querySelectorAll(arguments[0]).length", &[css.into()])
    }

    /// Returns whether an element matches.
    #[track_caller]
    pub fn has(&self, css: &str) -> bool {
        self.count(css) > 0
    }

    /// Waits for an element that matches.
    #[track_caller]
    pub fn wait_for(&self, css: &str) {
        until(css, || self.has(css).then_some(()));
    }

    /// Returns the rendered text of the first element that matches.
    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        self.wait_for(css);
        self.js("return document.querySelector(arguments[0]).innerText", &[css.into()])
    }

    /// Returns an attribute of every element that matches.
    #[track_caller]
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        let body = "return [...document.querySelectorAll(arguments[0])].map((one) => one.getAttribute(arguments[1]))";
        self.js(body, &[css.into(), name.into()])
    }

    /// Returns whether the first element that matches is visible.
    #[track_caller]
    pub fn is_visible(&self, css: &str) -> bool {
        let body = "const one = document.querySelector(arguments[0]);
            return !!one && one.checkVisibility({ opacityProperty: true, visibilityProperty: true })";
        self.js(body, &[css.into()])
    }

    /// Clicks the first element that matches, once it exists and is interactable.
    #[track_caller]
    pub fn click(&self, css: &str) {
        // WebKitGTK's driver computes the click position before a new screen has moved its focus, and then misses the
        // element. A page that is navigating never answers this script; finding the element then reports the error.
        const TWO_FRAMES: &str = "return new Promise((done) => {
            setTimeout(done, 100); requestAnimationFrame(() => requestAnimationFrame(done)) })";
        self.retry(css, async |element| {
            if self.engine() == Engine::WebKit {
                let _ = self.web().execute(TWO_FRAMES, Vec::new()).await;
            }
            // Drivers scroll only to elements outside the viewport, and would otherwise click the bar at its bottom.
            element.scroll_into_view().await?;
            element.click().await
        });
    }

    /// Double-clicks the first element that matches, without a delay.
    #[track_caller]
    pub fn click_twice(&self, css: &str) {
        let clicked = RUNTIME.block_on(async {
            let element = self.web().find(By::Css(css)).await?;
            element.scroll_into_view().await?;
            let rushed = self.web().action_chain_with_delay(None, Some(Duration::ZERO));
            rushed.move_to_element_center(&element).click().click().perform().await
        });
        clicked.unwrap_or_else(|error| panic!("{css}: {}", short_message(&error)));
    }

    /// Types into the first element that matches.
    #[track_caller]
    pub fn type_into(&self, css: &str, text: &str) {
        // WebKitGTK's driver rejects empty text.
        if !text.is_empty() {
            self.retry(css, async |element| element.send_keys(text).await);
        }
    }

    #[track_caller]
    fn retry(&self, css: &str, act: impl AsyncFn(&WebElement) -> WebDriverResult<()>) {
        let web = self.web();
        let mut last = None;
        let deadline = deadline();
        while Instant::now() < deadline {
            let acted = RUNTIME.block_on(async { act(&web.find(By::Css(css)).await?).await });
            match acted {
                Ok(()) => return,
                Err(error) if is_transient(&error) => last = Some(error),
                Err(error) => panic!("{css}: {}", short_message(&error)),
            }
        }
        panic!("{css}: {}", last.map_or_else(String::new, |error| short_message(&error)));
    }

    /// Presses keys one after the other, wherever the focus is.
    #[track_caller]
    pub fn keys(&self, keys: &str) {
        RUNTIME.block_on(self.web().action_chain().send_keys(keys).perform()).expect("the keys are pressed");
    }

    #[track_caller]
    pub fn press(&self, key: Key) {
        self.keys(&char::from(key).to_string());
    }

    /// Waits until the events of the previous action have passed: the page counts no presses of Shift next to them,
    /// because screen readers cause the same pattern.
    #[track_caller]
    pub fn wait_until_quiet(&self) {
        self.js::<bool>(QUIET, &[]);
    }

    /// Presses Shift three times, without a delay.
    #[track_caller]
    pub fn shift_three_times(&self) {
        self.wait_until_quiet();
        self.keys(&char::from(Key::Shift).to_string().repeat(3));
    }

    /// Presses keys while another one is held down, wherever the focus is.
    #[track_caller]
    pub fn chord(&self, held: Key, keys: &str) {
        let chord = self.web().action_chain().key_down(held.clone()).send_keys(keys).key_up(held);
        RUNTIME.block_on(chord.perform()).expect("the keys are pressed");
    }

    /// Clicks the first element that matches while Shift is held down.
    #[track_caller]
    pub fn shift_click(&self, css: &str) {
        let clicked = RUNTIME.block_on(async {
            let element = self.web().find(By::Css(css)).await?;
            element.scroll_into_view().await?;
            let chain = self.web().action_chain().key_down(Key::Shift);
            chain.click_element(&element).key_up(Key::Shift).perform().await
        });
        clicked.unwrap_or_else(|error| panic!("{css}: {}", short_message(&error)));
    }

    /// Holds a key down until it has repeated this many times, wherever the focus is.
    #[track_caller]
    pub fn hold_key(&self, key: Key, times: usize) {
        let held = (0..times).fold(self.web().action_chain(), |chain, _| chain.key_down(key.clone()));
        RUNTIME.block_on(held.key_up(key).perform()).expect("the key is held");
    }

    /// Returns the computed role and name of every visible element that matches, as exposed to assistive technology.
    #[track_caller]
    pub fn roles_and_names(&self, css: &str) -> Vec<(String, String)> {
        self.compute_roles_and_names(
            "return [...document.querySelectorAll(arguments[0])].filter((one) => one.checkVisibility())",
            css,
        )
    }

    /// Returns the computed role and name of the focused element, if any. It uses `activeElement`, because without a
    /// desktop no window of WebKitGTK is active, and `:focus` matches nothing there.
    #[track_caller]
    pub fn focused_role_and_name(&self) -> Option<(String, String)> {
        self.compute_roles_and_names(
            "return [document.activeElement].filter((one) => one && one !== document.body)",
            "the focus",
        )
        .pop()
    }

    #[track_caller]
    fn compute_roles_and_names(&self, elements: &str, css: &str) -> Vec<(String, String)> {
        let deadline = deadline();
        loop {
            let result = RUNTIME.block_on(async {
                let mut found = Vec::new();
                for element in self.web().execute(elements, vec![css.into()]).await?.elements()? {
                    found.push((self.computed(&element, "role").await?, self.computed(&element, "label").await?));
                }
                WebDriverResult::Ok(found)
            });
            match result {
                Ok(found) => return found,
                Err(error) if is_transient(&error) && Instant::now() < deadline => {}
                Err(error) => panic!("{css}: {}", short_message(&error)),
            }
        }
    }

    async fn computed(&self, element: &WebElement, what: &'static str) -> WebDriverResult<String> {
        self.web().cmd(Computed { what, element: element.element_id() }).await?.value()
    }

    /// Returns whether the focus is on an element that matches.
    #[track_caller]
    pub fn focus_is_on(&self, css: &str) -> bool {
        self.js("return !!document.activeElement?.matches(arguments[0])", &[css.into()])
    }

    /// Presses Tab until the focus is on an element that matches, or Shift+Tab where all of these precede the focus.
    /// After the last control of a page the focus moves to the browser, and not every driver returns it.
    #[track_caller]
    pub fn tab_to(&self, css: &str) {
        const MAX_TABS: usize = 90;
        const POSITION: &str = "const focus = document.activeElement;
            if (focus.matches(arguments[0])) return 'here';
            const all = [...document.querySelectorAll(arguments[0])];
            const before = (one) => one.compareDocumentPosition(focus) & Node.DOCUMENT_POSITION_FOLLOWING;
            return focus !== document.body && all.length > 0 && all.every(before) ? 'before' : 'after'";
        for _ in 0..MAX_TABS {
            match self.js::<String>(POSITION, &[css.into()]).as_str() {
                "here" => return,
                "before" => {
                    let keys = self.web().action_chain().key_down(Key::Shift).key_down(Key::Tab);
                    RUNTIME.block_on(keys.key_up(Key::Tab).key_up(Key::Shift).perform()).expect("the keys are pressed");
                }
                _ => self.press(Key::Tab),
            }
        }
        panic!("Tab does not lead to {css}");
    }
}

/// Requests a computed accessibility property of an element: `role` or `label`.
#[derive(Debug)]
struct Computed {
    what: &'static str,
    element: ElementId,
}

impl FormatRequestData for Computed {
    fn format_request(&self, session: &SessionId) -> RequestData {
        RequestData::new(Method::GET, format!("session/{session}/element/{}/computed{}", self.element, self.what))
    }
}

/// Requests Chromium's log since the last request.
#[derive(Debug)]
struct BrowserLog;

impl FormatRequestData for BrowserLog {
    fn format_request(&self, session: &SessionId) -> RequestData {
        RequestData::new(Method::POST, format!("session/{session}/se/log")).add_body(json!({ "type": "browser" }))
    }
}

/// Returns whether a retry may succeed, because the page was still rendering.
fn is_transient(error: &WebDriverError) -> bool {
    matches!(
        error.as_inner(),
        WebDriverErrorInner::NoSuchElement(_)
            | WebDriverErrorInner::StaleElementReference(_)
            | WebDriverErrorInner::ElementNotInteractable(_)
            | WebDriverErrorInner::ElementClickIntercepted(_)
    )
}

/// Returns the message of an error, without the stack of the driver.
fn short_message(error: &WebDriverError) -> String {
    let text = error.to_string();
    text.split("Stacktrace").next().unwrap_or_default().trim_end().to_owned()
}
