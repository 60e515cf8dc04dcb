//! Actions of a parent on the site, by the `data-*` hooks of the design.

use std::collections::BTreeMap;
use std::ops::Deref;

use between_us::reflection::{Key, PREFIX};

use super::{Engine, Stage, Window, until};

/// Where the parent chooses to store answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageChoice {
    Device,
    Tab,
}

impl StorageChoice {
    fn value(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Tab => "tab",
        }
    }
}

/// The keys and values that the site has stored in the browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredKeys {
    pub device: BTreeMap<String, String>,
    pub tab: BTreeMap<String, String>,
}

impl StoredKeys {
    pub fn is_empty(&self) -> bool {
        self.device.is_empty() && self.tab.is_empty()
    }

    /// Returns the keys and stored values of the answers on the device.
    pub fn answers(&self) -> Vec<(String, String)> {
        let is_answer = |key: &str| matches!(Key::parse(key), Some(Key::Answer(..)));
        self.device.clone().into_iter().filter(|(key, _)| is_answer(key)).collect()
    }
}

/// A parent's visit in one window. It dereferences to its [`Window`].
pub struct Visit<'a> {
    window: Window<'a>,
    stage: &'a Stage,
}

impl<'a> Deref for Visit<'a> {
    type Target = Window<'a>;

    fn deref(&self) -> &Self::Target {
        &self.window
    }
}

impl<'a> Visit<'a> {
    pub fn new(stage: &'a Stage, window: Window<'a>) -> Self {
        Self { window, stage }
    }

    /// Opens a page in the language of this trial, such as `sheet/`.
    #[track_caller]
    pub fn open(&self, page: &str) {
        self.goto(&self.stage.site.url(&format!("{}/{page}", self.stage.locale)));
    }

    /// Returns from another site to a page that was left, such as `reflect/`, with the browser's Back. WebKitGTK's
    /// driver does not reach a page that Back reloads from another site, so the page is opened instead.
    #[track_caller]
    pub fn back_from_other_site(&self, page: &str) {
        if self.engine() == Engine::WebKit {
            self.open(page);
        } else {
            self.browser_back();
        }
    }

    /// Waits until the app is interactive and its lazily loaded parts are there.
    #[track_caller]
    pub fn ready(&self) {
        self.wait_for(READY);
    }

    /// Clicks the button that starts the app on the opening page.
    #[track_caller]
    pub fn begin(&self) {
        self.click("[data-action=begin]");
        self.ready();
    }

    /// Starts the app, skips the first question, chooses the storage, and continues to the pace screen.
    #[track_caller]
    pub fn begin_with_storage(&self, choice: StorageChoice) {
        self.begin();
        self.skip();
        self.wait_for_step("keep");
        self.choose_storage(choice);
        self.next();
        self.wait_for_step("pace");
    }

    /// Starts the app, answers the first question, chooses the storage, and continues to the pace screen.
    #[track_caller]
    pub fn answer_with_storage(&self, option: &str, choice: StorageChoice) {
        self.begin();
        self.choose("feelings-now", option);
        self.next();
        self.choose_storage(choice);
        self.next();
    }

    /// Returns the id of the current screen.
    #[track_caller]
    pub fn step(&self) -> String {
        let read = "return document.querySelector('[data-app][data-state=ready] [data-step]')?.dataset.step ?? null";
        until("a screen shows", || self.js(read, &[]))
    }

    /// Waits for this screen.
    #[track_caller]
    pub fn wait_for_step(&self, step: &str) {
        self.wait_for(&format!("{READY} [data-step='{step}']"));
    }

    /// Returns whether the screen is a question. The question's id is that of the screen.
    #[track_caller]
    pub fn is_question(&self) -> bool {
        self.has("[data-step] textarea[name$='.words']")
    }

    /// Uses a control of the app that leads to another screen, and returns the id of that screen.
    #[track_caller]
    pub fn go(&self, action: &str) -> String {
        let before = self.step();
        self.mark_navigation();
        self.click(&format!("[data-app] [data-action={action}]"));
        let step = until(&format!("{action} leads from {before} to another screen"), || {
            let step = self.step();
            (step != before).then_some(step)
        });
        self.wait_for_arrival();
        step
    }

    /// Marks the document before a click that changes the screen. See [`Self::wait_for_arrival`].
    #[track_caller]
    pub fn mark_navigation(&self) {
        self.js::<()>("document.documentElement.dataset.leaving = ''", &[]);
    }

    /// Waits until the heading of the new screen has the focus, because keys typed before that are lost. Returns at
    /// once if the document was replaced, since loading a page moves no focus.
    #[track_caller]
    pub fn wait_for_arrival(&self) {
        let read = "return !('leaving' in document.documentElement.dataset)
            || !!document.activeElement?.matches('[data-app] h1')";
        until("the focus is on the heading", || self.js::<bool>(read, &[]).then_some(()));
    }

    /// Continues to the next screen.
    #[track_caller]
    pub fn next(&self) -> String {
        self.go("continue")
    }

    /// Skips the question or the door.
    #[track_caller]
    pub fn skip(&self) -> String {
        self.go("skip")
    }

    /// Goes to the previous screen with the page's own button.
    #[track_caller]
    pub fn back(&self) -> String {
        self.go("back")
    }

    /// Toggles an option.
    #[track_caller]
    pub fn choose(&self, question: &str, option: &str) {
        self.click(&label(&input(question, option)));
    }

    /// Returns whether an option is chosen.
    #[track_caller]
    pub fn has_chosen(&self, question: &str, option: &str) -> bool {
        self.has(&format!("{}:checked", input(question, option)))
    }

    /// Returns the text on the card of an option.
    #[track_caller]
    pub fn option_text(&self, question: &str, option: &str) -> String {
        self.text(&label(&input(question, option))).trim().to_owned()
    }

    /// Types into the free text of a question.
    #[track_caller]
    pub fn write(&self, question: &str, text: &str) {
        self.type_into(&format!("textarea[name='{question}.words']"), text);
    }

    /// Returns the free text of a question.
    #[track_caller]
    pub fn free_text(&self, question: &str) -> String {
        let field = format!("textarea[name='{question}.words']");
        self.wait_for(&field);
        self.js("return document.querySelector(arguments[0]).value", &[field.into()])
    }

    /// Toggles "I want to talk about this".
    #[track_caller]
    pub fn toggle_talk(&self, question: &str) {
        self.click(&label(&format!("input[name='{question}.talk']")));
    }

    /// Chooses the storage.
    #[track_caller]
    pub fn choose_storage(&self, choice: StorageChoice) {
        self.click(&label(&format!("input[name=keep][value={}]", choice.value())));
    }

    /// Waits for this save status.
    #[track_caller]
    pub fn wait_for_save_status(&self, status: &str) {
        self.wait_for(&format!("[data-saved='{status}']"));
    }

    /// Returns all keys and values that the site has stored in the browser.
    #[track_caller]
    pub fn stored(&self) -> StoredKeys {
        let read = "return [localStorage, sessionStorage].map((store) => Object.fromEntries(Object.entries(store)))";
        let [device, tab]: [BTreeMap<String, String>; 2] = self.js(read, &[]);
        let own = |store: BTreeMap<String, String>| store.into_iter().filter(|(key, _)| key.starts_with(PREFIX));
        StoredKeys { device: own(device).collect(), tab: own(tab).collect() }
    }

    /// Opens the sheet from the current screen.
    #[track_caller]
    pub fn open_sheet(&self) {
        self.click("[data-app] [data-action=sheet]");
        self.wait_for_step("sheet");
    }

    /// Returns the questions with a line on the sheet, in the order of the sheet.
    #[track_caller]
    pub fn sheet_lines(&self) -> Vec<String> {
        self.attributes("[data-sheet] [data-sheet-line]", "data-sheet-line")
    }

    /// Returns the text of a question's line.
    #[track_caller]
    pub fn sheet_line(&self, question: &str) -> String {
        self.text(&format!("[data-sheet-line='{question}']"))
    }
}

/// The app, once nothing in it waits for a lazily loaded chunk.
const READY: &str = "[data-app][data-state=ready]:not(:has([data-loading]))";

/// Returns the selector of an option's input.
fn input(question: &str, option: &str) -> String {
    format!("input[name='{question}'][value='{option}']")
}

/// Returns the selector of the card around an input.
fn label(input: &str) -> String {
    format!("[data-app] label:has({input})")
}
