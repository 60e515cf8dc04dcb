//! What a parent does with the site, in the words of the design's hooks.

use std::collections::BTreeMap;
use std::ops::Deref;

use between_us::reflection::{Key, PREFIX};

use super::{Engine, Stage, Window, until};

/// Where to keep, as the parent chooses it.
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

/// What the browser keeps of ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    pub device: BTreeMap<String, String>,
    pub tab: BTreeMap<String, String>,
}

impl Kept {
    pub fn is_empty(&self) -> bool {
        self.device.is_empty() && self.tab.is_empty()
    }

    /// The answers that are kept on the device, as they stand.
    pub fn answers(&self) -> Vec<(String, String)> {
        let is_answer = |key: &str| matches!(Key::parse(key), Some(Key::Answer(..)));
        self.device.clone().into_iter().filter(|(key, _)| is_answer(key)).collect()
    }
}

/// A parent's visit in one window. It can do all that a window can.
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

    /// Opens a page of the language of this run, such as `sheet/`.
    #[track_caller]
    pub fn open(&self, page: &str) {
        self.goto(&self.stage.site.url(&format!("{}/{page}", self.stage.locale)));
    }

    /// Goes back from another site to a page that was left, such as `reflect/`. WebKitGTK's driver no longer reaches a page
    /// that Back loads anew from another site: there it is opened again.
    #[track_caller]
    pub fn back_from_elsewhere(&self, page: &str) {
        if self.engine() == Engine::WebKit {
            self.open(page);
        } else {
            self.browser_back();
        }
    }

    /// Waits until the live part of the page answers to input, and all of it is there.
    #[track_caller]
    pub fn ready(&self) {
        self.wait_for(READY);
    }

    /// Presses the one button of the opening page.
    #[track_caller]
    pub fn begin(&self) {
        self.click("[data-action=begin]");
        self.ready();
    }

    /// Begins, skips the first question, chooses where to keep, and stands at the choice of how far to go.
    #[track_caller]
    pub fn begin_and_keep(&self, place: StorageChoice) {
        self.begin();
        self.skip();
        self.at("keep");
        self.keep(place);
        self.next();
        self.at("pace");
    }

    /// Begins, answers the first question, chooses where to keep, and stands at the choice of how far to go.
    #[track_caller]
    pub fn answer_and_keep(&self, option: &str, place: StorageChoice) {
        self.begin();
        self.choose("feelings-now", option);
        self.next();
        self.keep(place);
        self.next();
    }

    /// The screen that shows.
    #[track_caller]
    pub fn step(&self) -> String {
        let read = "return document.querySelector('[data-app][data-state=ready] [data-step]')?.dataset.step ?? null";
        until("a screen shows", || self.js(read, &[]))
    }

    /// Waits for this screen.
    #[track_caller]
    pub fn at(&self, step: &str) {
        self.wait_for(&format!("{READY} [data-step='{step}']"));
    }

    /// Whether the screen is a question. Its id is the screen's.
    #[track_caller]
    pub fn is_question(&self) -> bool {
        self.has("[data-step] textarea[name$='.words']")
    }

    /// Uses a control of the app that leads to another screen, and tells which.
    #[track_caller]
    pub fn go(&self, action: &str) -> String {
        let before = self.step();
        self.is_leaving();
        self.click(&format!("[data-app] [data-action={action}]"));
        let step = until(&format!("{action} leads from {before} to another screen"), || {
            let step = self.step();
            (step != before).then_some(step)
        });
        self.has_arrived();
        step
    }

    /// Marks the page as one that a click is about to change. See [`Self::has_arrived`].
    #[track_caller]
    pub fn is_leaving(&self) {
        self.js::<()>("document.documentElement.dataset.leaving = ''", &[]);
    }

    /// Waits until the heading of a new screen has the focus, since what is typed before that goes nowhere. A page that was
    /// loaded anew moves no focus.
    #[track_caller]
    pub fn has_arrived(&self) {
        let read = "return !('leaving' in document.documentElement.dataset)
            || !!document.activeElement?.matches('[data-app] h1')";
        until("the focus is on the heading", || self.js::<bool>(read, &[]).then_some(()));
    }

    /// Goes on.
    #[track_caller]
    pub fn next(&self) -> String {
        self.go("continue")
    }

    /// Leaves the question open, or the door closed.
    #[track_caller]
    pub fn skip(&self) -> String {
        self.go("skip")
    }

    /// One step back, by the page's own button.
    #[track_caller]
    pub fn back(&self) -> String {
        self.go("back")
    }

    /// Chooses an option, or takes the choice back.
    #[track_caller]
    pub fn choose(&self, question: &str, option: &str) {
        self.click(&label(&input(question, option)));
    }

    /// Whether an option is chosen.
    #[track_caller]
    pub fn has_chosen(&self, question: &str, option: &str) -> bool {
        self.has(&format!("{}:checked", input(question, option)))
    }

    /// What an option says on its card.
    #[track_caller]
    pub fn says(&self, question: &str, option: &str) -> String {
        self.text(&label(&input(question, option))).trim().to_owned()
    }

    /// Adds own words.
    #[track_caller]
    pub fn write(&self, question: &str, words: &str) {
        self.type_into(&format!("textarea[name='{question}.words']"), words);
    }

    /// The own words as they stand in their field.
    #[track_caller]
    pub fn written(&self, question: &str) -> String {
        let field = format!("textarea[name='{question}.words']");
        self.wait_for(&field);
        self.js("return document.querySelector(arguments[0]).value", &[field.into()])
    }

    /// Marks "I want to talk about this", or takes the mark back.
    #[track_caller]
    pub fn talk(&self, question: &str) {
        self.click(&label(&format!("input[name='{question}.talk']")));
    }

    /// Chooses where to keep.
    #[track_caller]
    pub fn keep(&self, place: StorageChoice) {
        self.click(&label(&format!("input[name=keep][value={}]", place.value())));
    }

    /// Waits for this status of keeping.
    #[track_caller]
    pub fn saved_is(&self, status: &str) {
        self.wait_for(&format!("[data-saved='{status}']"));
    }

    /// All that the browser keeps of ours.
    #[track_caller]
    pub fn kept(&self) -> Kept {
        let read = "return [localStorage, sessionStorage].map((store) => Object.fromEntries(Object.entries(store)))";
        let [device, tab]: [BTreeMap<String, String>; 2] = self.js(read, &[]);
        let ours = |store: BTreeMap<String, String>| store.into_iter().filter(|(key, _)| key.starts_with(PREFIX));
        Kept { device: ours(device).collect(), tab: ours(tab).collect() }
    }

    /// Opens the sheet from the screen that shows.
    #[track_caller]
    pub fn to_sheet(&self) {
        self.click("[data-app] [data-action=sheet]");
        self.at("sheet");
    }

    /// The questions whose lines stand on the sheet, in its order.
    #[track_caller]
    pub fn sheet_lines(&self) -> Vec<String> {
        self.attributes("[data-sheet] [data-sheet-line]", "data-sheet-line")
    }

    /// What the line of a question says.
    #[track_caller]
    pub fn sheet_line(&self, question: &str) -> String {
        self.text(&format!("[data-sheet-line='{question}']"))
    }
}

/// The live part, once nothing in it waits for the chunk.
const READY: &str = "[data-app][data-state=ready]:not(:has([data-loading]))";

/// The input of an option.
fn input(question: &str, option: &str) -> String {
    format!("input[name='{question}'][value='{option}']")
}

/// The card around an input.
fn label(input: &str) -> String {
    format!("[data-app] label:has({input})")
}
