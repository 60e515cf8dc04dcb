//! One window: what can be seen and done in any page.

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

/// A phone, in CSS pixels.
const PHONE: (u32, u32) = (390, 844);

/// A window of a browser. Commands go to it, whichever window was used last.
pub struct Window<'a> {
    browser: &'a Browser,
    handle: WindowHandle,
}

/// Waits until no event has come for a moment after which presses of Shift begin anew.
const QUIET: &str = "return new Promise((done) => {
        const names = ['focusin', 'selectionchange', 'scroll', 'pointerdown', 'blur'];
        let timer;
        const again = () => { clearTimeout(timer); timer = setTimeout(end, 300) };
        const end = () => { names.forEach((name) => removeEventListener(name, again, true)); done(true) };
        names.forEach((name) => addEventListener(name, again, true));
        again();
    })";

impl<'a> Window<'a> {
    /// Opens a window of the size of a phone, as far as the engine goes along.
    pub fn open(browser: &'a Browser) -> Self {
        let window = Self { browser, handle: browser.open_window() };
        window.resize(PHONE.0, PHONE.1);
        window
    }

    fn web(&self) -> &WebDriver {
        self.browser.web_at(&self.handle)
    }

    /// Closes it.
    #[allow(dead_code)] // Only the benchmark does it.
    pub fn close(self) {
        RUNTIME.block_on(self.web().close_window()).expect("the window closes");
    }

    /// Which engine draws it.
    pub fn engine(&self) -> Engine {
        self.browser.engine
    }

    /// Sets the size of what the page sees.
    #[track_caller]
    pub fn resize(&self, width: u32, height: u32) {
        if self.engine() == Engine::Chromium {
            let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": true });
            self.cdp("Emulation.setDeviceMetricsOverride", size);
        } else {
            let around = "return [outerWidth - innerWidth, outerHeight - innerHeight]";
            let inner = "return innerWidth === arguments[0] && innerHeight === arguments[1]";
            // Measured anew at each try: a bar of the browser's own may come, and is higher in a narrow window.
            until("the window has its size", || {
                let [beside, above]: [u32; 2] = self.js(around, &[]);
                let outer = self.web().set_window_rect(0, 0, width + beside, height + above);
                RUNTIME.block_on(outer).expect("the window takes a size");
                self.js::<bool>(inner, &[width.into(), height.into()]).then_some(())
            });
        }
    }

    /// A command of Chromium's own protocol.
    #[track_caller]
    pub fn cdp(&self, method: &str, parameters: Value) -> Value {
        RUNTIME.block_on(self.web().cdp().send_raw(method, parameters)).expect("Chromium does as told")
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

    /// Loads the page again. WebKitGTK's driver may return while the old document is still there, so the old one is marked.
    #[track_caller]
    pub fn reload(&self) {
        self.js::<()>("document.documentElement.dataset.old = ''", &[]);
        RUNTIME.block_on(self.web().refresh()).expect("the page loads again");
        until("the old document is gone", || (!self.has("[data-old]")).then_some(()));
    }

    /// The browser's Back.
    #[track_caller]
    pub fn browser_back(&self) {
        RUNTIME.block_on(self.web().back()).expect("the browser goes back");
    }

    /// The browser's Forward.
    #[track_caller]
    pub fn browser_forward(&self) {
        RUNTIME.block_on(self.web().forward()).expect("the browser goes forward");
    }

    /// What the browser would print on A4, as a PDF. WebKitGTK's driver has no command for it.
    #[track_caller]
    pub fn print(&self) -> Vec<u8> {
        if self.engine() == Engine::Chromium {
            // Its own protocol alone takes the size and margins that the style sheet asks for.
            let pdf = self.cdp("Page.printToPDF", json!({ "preferCSSPageSize": true }));
            return BASE64_STANDARD.decode(pdf["data"].as_str().expect("Chromium prints")).expect("it is base64");
        }
        let page = PrintPage { width: 21.0, height: 29.7 };
        let parameters = PrintParameters { page, ..PrintParameters::default() };
        RUNTIME.block_on(self.web().print_page(parameters)).expect("the browser prints")
    }

    /// The text of what the browser would print, with a form feed at the end of each page.
    #[track_caller]
    pub fn printed_text(&self) -> String {
        let reader =
            Command::new("pdftotext").args(["-layout", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut reader = reader.expect("pdftotext (Debian's poppler-utils) reads the print");
        reader.stdin.take().expect("it reads").write_all(&self.print()).expect("it reads on");
        let text = reader.wait_with_output().expect("it ends").stdout;
        String::from_utf8(text).expect("it writes text")
    }

    /// Writes what shows to a file, as a PNG.
    #[track_caller]
    pub fn picture(&self, path: &Path) {
        RUNTIME.block_on(self.web().screenshot(path)).expect("the picture is written");
    }

    /// Runs the body of a function in the page and gives back what it returns.
    ///
    /// A script that meets a page on its way to another one is run again there: Firefox answers it with nothing.
    #[track_caller]
    pub fn js<T: DeserializeOwned>(&self, body: &str, arguments: &[Value]) -> T {
        let deadline = deadline();
        loop {
            let result = RUNTIME.block_on(self.web().execute(body, arguments.to_vec())).expect("the script runs");
            match result.convert() {
                Ok(value) => return value,
                Err(_) if result.json().is_null() && Instant::now() < deadline => {}
                Err(error) => panic!("the script returns something else: {error}"),
            }
        }
    }

    /// What Chromium itself has written down about the pages so far: their console, and what it refused or found wrong.
    #[track_caller]
    pub fn browser_log(&self) -> Vec<String> {
        let log: Vec<Value> =
            RUNTIME.block_on(async { self.web().cmd(BrowserLog).await?.value() }).expect("Chromium tells its log");
        log.iter().map(Value::to_string).collect()
    }

    /// How many cookies the page has.
    #[track_caller]
    pub fn cookies(&self) -> usize {
        RUNTIME.block_on(self.web().get_all_cookies()).expect("the browser knows its cookies").len()
    }

    /// How many elements match.
    #[track_caller]
    pub fn count(&self, css: &str) -> usize {
        self.js("return document.querySelectorAll(arguments[0]).length", &[css.into()])
    }

    /// Whether an element matches.
    #[track_caller]
    pub fn has(&self, css: &str) -> bool {
        self.count(css) > 0
    }

    /// Waits for an element that matches.
    #[track_caller]
    pub fn wait_for(&self, css: &str) {
        until(css, || self.has(css).then_some(()));
    }

    /// The text of the first element that matches, as it is shown.
    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        self.wait_for(css);
        self.js("return document.querySelector(arguments[0]).innerText", &[css.into()])
    }

    /// An attribute of every element that matches.
    #[track_caller]
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        let body = "return [...document.querySelectorAll(arguments[0])].map((one) => one.getAttribute(arguments[1]))";
        self.js(body, &[css.into(), name.into()])
    }

    /// Whether the element that matches can be seen.
    #[track_caller]
    pub fn sees(&self, css: &str) -> bool {
        let body = "const one = document.querySelector(arguments[0]);
            return !!one && one.checkVisibility({ opacityProperty: true, visibilityProperty: true })";
        self.js(body, &[css.into()])
    }

    /// Clicks the first element that matches, once it is there and takes a click.
    #[track_caller]
    pub fn click(&self, css: &str) {
        // WebKitGTK's driver reckons where to click before a new screen has moved its focus, and then clicks beside it. A page
        // on its way to another one never answers; that shows at the element.
        const REST: &str = "return new Promise((done) => {
            setTimeout(done, 100); requestAnimationFrame(() => requestAnimationFrame(done)) })";
        self.act(css, async |element| {
            if self.engine() == Engine::WebKit {
                let _ = self.web().execute(REST, Vec::new()).await;
            }
            // Drivers scroll only to what is out of the window, and would click the bar at its foot.
            element.scroll_into_view().await?;
            element.click().await
        });
    }

    /// Clicks twice in the same place, as fast as two clicks can be.
    #[track_caller]
    pub fn click_twice(&self, css: &str) {
        let clicked = RUNTIME.block_on(async {
            let element = self.web().find(By::Css(css)).await?;
            element.scroll_into_view().await?;
            let rushed = self.web().action_chain_with_delay(None, Some(Duration::ZERO));
            rushed.move_to_element_center(&element).click().click().perform().await
        });
        clicked.unwrap_or_else(|error| panic!("{css}: {}", brief(&error)));
    }

    /// Types into the first element that matches.
    #[track_caller]
    pub fn type_into(&self, css: &str, text: &str) {
        // WebKitGTK's driver takes no empty text.
        if !text.is_empty() {
            self.act(css, async |element| element.send_keys(text).await);
        }
    }

    #[track_caller]
    fn act(&self, css: &str, act: impl AsyncFn(&WebElement) -> WebDriverResult<()>) {
        let web = self.web();
        let mut last = None;
        let deadline = deadline();
        while Instant::now() < deadline {
            let acted = RUNTIME.block_on(async { act(&web.find(By::Css(css)).await?).await });
            match acted {
                Ok(()) => return,
                Err(error) if passes(&error) => last = Some(error),
                Err(error) => panic!("{css}: {}", brief(&error)),
            }
        }
        panic!("{css}: {}", last.map_or_else(String::new, |error| brief(&error)));
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

    /// Waits until the page has told all of the step before, which would make presses of Shift those of a screen reader.
    #[track_caller]
    pub fn rests(&self) {
        self.js::<bool>(QUIET, &[]);
    }

    /// Presses Shift three times, as fast as keys can be pressed.
    #[track_caller]
    pub fn shift_three_times(&self) {
        self.rests();
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
        clicked.unwrap_or_else(|error| panic!("{css}: {}", brief(&error)));
    }

    /// Holds a key down until it was sent this many times, wherever the focus is.
    #[track_caller]
    pub fn hold(&self, key: Key, times: usize) {
        let held = (0..times).fold(self.web().action_chain(), |chain, _| chain.key_down(key.clone()));
        RUNTIME.block_on(held.key_up(key).perform()).expect("the key is held");
    }

    /// What the browser tells assistive technology of every element that matches and can be seen: its role and its name.
    #[track_caller]
    pub fn heard(&self, css: &str) -> Vec<(String, String)> {
        self.heard_of("return [...document.querySelectorAll(arguments[0])].filter((one) => one.checkVisibility())", css)
    }

    /// The same of the one element that has the focus, if one has. Without a desktop around it no window of WebKitGTK is the
    /// foremost one, so `:focus` matches nothing there.
    #[track_caller]
    pub fn heard_at_focus(&self) -> Option<(String, String)> {
        self.heard_of("return [document.activeElement].filter((one) => one && one !== document.body)", "the focus")
            .pop()
    }

    #[track_caller]
    fn heard_of(&self, elements: &str, css: &str) -> Vec<(String, String)> {
        let deadline = deadline();
        loop {
            let asked = RUNTIME.block_on(async {
                let mut heard = Vec::new();
                for element in self.web().execute(elements, vec![css.into()]).await?.elements()? {
                    heard.push((self.computed(&element, "role").await?, self.computed(&element, "label").await?));
                }
                WebDriverResult::Ok(heard)
            });
            match asked {
                Ok(heard) => return heard,
                Err(error) if passes(&error) && Instant::now() < deadline => {}
                Err(error) => panic!("{css}: {}", brief(&error)),
            }
        }
    }

    async fn computed(&self, element: &WebElement, what: &'static str) -> WebDriverResult<String> {
        self.web().cmd(Computed { what, element: element.element_id() }).await?.value()
    }

    /// Whether the focus is on an element that matches.
    #[track_caller]
    pub fn focus_is_on(&self, css: &str) -> bool {
        self.js("return !!document.activeElement?.matches(arguments[0])", &[css.into()])
    }

    /// Presses Tab until the focus is on an element that matches; backwards where all of these stand before the focus. Past
    /// its last control a page hands the focus to the browser, and not every driver gives it back.
    #[track_caller]
    pub fn tab_to(&self, css: &str) {
        const FAR: usize = 90;
        const WHERE: &str = "const focus = document.activeElement;
            if (focus.matches(arguments[0])) return 'here';
            const all = [...document.querySelectorAll(arguments[0])];
            const before = (one) => one.compareDocumentPosition(focus) & Node.DOCUMENT_POSITION_FOLLOWING;
            return focus !== document.body && all.length > 0 && all.every(before) ? 'before' : 'after'";
        for _ in 0..FAR {
            match self.js::<String>(WHERE, &[css.into()]).as_str() {
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

/// Asks what the browser computes of an element for assistive technology: `role` or `label`.
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

/// Asks for Chromium's log since it was last asked for.
#[derive(Debug)]
struct BrowserLog;

impl FormatRequestData for BrowserLog {
    fn format_request(&self, session: &SessionId) -> RequestData {
        RequestData::new(Method::POST, format!("session/{session}/se/log")).add_body(json!({ "type": "browser" }))
    }
}

/// Whether an error may be gone at the next try: the page was just being drawn.
fn passes(error: &WebDriverError) -> bool {
    matches!(
        error.as_inner(),
        WebDriverErrorInner::NoSuchElement(_)
            | WebDriverErrorInner::StaleElementReference(_)
            | WebDriverErrorInner::ElementNotInteractable(_)
            | WebDriverErrorInner::ElementClickIntercepted(_)
    )
}

/// What an error says, without the driver's own stack.
fn brief(error: &WebDriverError) -> String {
    let text = error.to_string();
    text.split("Stacktrace").next().unwrap_or_default().trim_end().to_owned()
}
