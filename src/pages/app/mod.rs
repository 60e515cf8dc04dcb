//! The state of a live page: the journal, the screen, and what the views need to follow them.
//!
//! - `steps`: which screen shows, and how the parent gets from one to another.
//! - `keeping`: keeping, erasing and putting back.
//! - `listening`: what the app hears from the browser.
//! - `arrival`: what a caregiver's link brings.

mod arrival;
mod keeping;
mod listening;
mod steps;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;

use self::arrival::arrive;
use crate::browser::storage::WebStorage;
use crate::browser::{history, page, speech};
use crate::content::{Catalog, Message};
use crate::pages::Entry;
use crate::reflection::{
    Answer, Change, Flow, Invitation, Journal, Profile, Questionnaire, ReflectionState, SaveStatus, Step,
};

/// The handle that every view of a live page gets. It is small and copied freely.
#[derive(Clone, Copy)]
pub struct App {
    /// The words of this page.
    pub catalog: &'static Catalog,
    /// The screen that shows.
    pub step: RwSignal<Step>,
    /// The status of keeping.
    pub saved: RwSignal<SaveStatus>,
    /// Changes whenever an answer was changed on the sheet, or by somebody else: another tab, or this tab before the page
    /// came back.
    pub changes: RwSignal<u32>,
    /// Whether this page can be read aloud by a voice on this device.
    pub has_voice: RwSignal<bool>,
    /// True once the chunk of this page's module is loaded.
    pub has_chunk: RwSignal<bool>,
}

/// What no view follows by itself. It lives as long as the page.
struct State {
    journal: RefCell<Journal<WebStorage>>,
    /// The questions as this parent wishes to be asked.
    asked: Cell<&'static Questionnaire>,
    /// The functions of this page's bundle.
    entry: Entry,
    /// True once the chunk of the bundle is loaded.
    has_chunk: Cell<bool>,
    /// The screens of this visit, each with the counter of its history entry.
    trail: RefCell<Vec<(u32, Step)>>,
    /// Where the open screen leads back to, if it was opened from beside the way.
    returning: RefCell<Option<Step>>,
    /// What the open question does when somebody else changed an answer.
    external_change: RefCell<Option<Box<dyn Fn()>>>,
    /// What hears the browser's Back in place of the screens.
    on_back: RefCell<Option<Rc<dyn Fn()>>>,
}

/// What the address of the questions ends in when it is opened for what the parent says about themselves.
pub const ABOUT_ME: &str = "#about-me";
/// The same for putting answers back from a file.
pub const RESTORE: &str = "#restore";

/// What stands in an address behind this place; none if it has another place or none. An invitation may stand behind one.
fn behind<'a>(hash: &'a str, place: &str) -> Option<&'a str> {
    let behind = hash.strip_prefix(place)?;
    if behind.is_empty() { Some(behind) } else { behind.strip_prefix('&') }
}

thread_local! {
    static STATE: OnceCell<State> = const { OnceCell::new() };
    /// The handle in the language that shows; none before the page has opened its app.
    static APP: Cell<Option<App>> = const { Cell::new(None) };
}

fn state<T>(look: impl FnOnce(&State) -> T) -> T {
    STATE.with(|state| look(state.get().expect("a live page opens its app before it draws anything")))
}

impl App {
    /// Opens the journal and finds the screen to begin with. Writes nothing but an invitation that has arrived, and that
    /// only where the parent has chosen to keep. A page does this once.
    pub fn open(catalog: &'static Catalog, entry: Entry) -> Self {
        let mut journal = Journal::open(WebStorage::Device, WebStorage::Tab, page::random);
        let invitation = arrive(catalog, &mut journal);
        page::set_country(invitation.country());
        let asked = asked(catalog, journal.profile(), &invitation);
        let flow = Flow { questionnaire: asked, pace: journal.state().pace, undecided: false };
        let kept = flow.find(&journal.state().step).filter(Step::resumes).unwrap_or_else(|| flow.first());
        // Other pages lead here with this in its address.
        let hash = page::hash();
        let is_at = |place: &str| behind(&hash, place).is_some();
        let (step, returning) = if entry.is_sheet_page {
            (Step::Sheet, None)
        } else if is_at(ABOUT_ME) {
            (Step::AboutMe, Some(Step::Sheet))
        } else if is_at(RESTORE) {
            (Step::Restore, None)
        } else {
            (kept, None)
        };
        let saved = journal.saved();
        STATE.with(|state| {
            state.get_or_init(|| State {
                journal: RefCell::new(journal),
                asked: Cell::new(asked),
                entry,
                has_chunk: Cell::new(!entry.is_split),
                trail: RefCell::default(),
                returning: RefCell::new(returning),
                external_change: RefCell::default(),
                on_back: RefCell::default(),
            });
        });
        let app = Self::handle(catalog, step, saved);
        app.mark_unkept();
        app
    }

    /// The app that is open on this page, if it is.
    pub fn current() -> Option<Self> {
        APP.get()
    }

    /// The same app in another language, at the same screen. The handle from before goes with the views that use it.
    pub fn in_language(catalog: &'static Catalog, step: Step, saved: SaveStatus) -> Self {
        speech::stop();
        state(|state| state.external_change.take());
        let app = Self::handle(catalog, step, saved);
        app.refresh_questions();
        app.set_title(&app.step.get_untracked());
        app
    }

    fn handle(catalog: &'static Catalog, step: Step, saved: SaveStatus) -> Self {
        let app = Self {
            catalog,
            step: RwSignal::new(step),
            saved: RwSignal::new(saved),
            changes: RwSignal::new(0),
            has_voice: RwSignal::new(speech::has_voice()),
            has_chunk: RwSignal::new(state(|state| state.has_chunk.get())),
        };
        APP.set(Some(app));
        app
    }

    /// Returns what the entry point of this page's bundle supplies.
    pub fn entry(self) -> Entry {
        state(|state| state.entry)
    }

    /// Notes that the chunk is loaded.
    pub fn set_chunk_loaded(self) {
        state(|state| state.has_chunk.set(true));
        self.has_chunk.set(true);
    }

    /// Runs this with the journal.
    pub fn with<T>(self, look: impl FnOnce(&Journal<WebStorage>) -> T) -> T {
        state(|state| look(&state.journal.borrow()))
    }

    /// The answer to this question as it stands; an empty one if there is none.
    pub fn answer(self, question: &str) -> Answer {
        self.with(|journal| journal.answer(question).cloned().unwrap_or_default())
    }

    /// Whether a newer version of the site wrote the answer to this question, which cannot be read here.
    pub fn is_newer(self, question: &str) -> bool {
        self.with(|journal| journal.is_newer(question))
    }

    /// Whether this question has an answer, whoever wrote it.
    pub fn is_answered(self, question: &str) -> bool {
        self.with(|journal| journal.is_answered(question))
    }

    /// Changes an answer, and gives it back as it then stands.
    pub fn edit(self, question: &str, change: &mut dyn FnMut(&mut Answer)) -> Answer {
        let changed = self.change(|journal| journal.edit(question, change));
        self.apply_change(&changed);
        self.answer(question)
    }

    /// Changes the reflection's own data.
    pub fn edit_state(self, change: &mut dyn FnMut(&mut ReflectionState)) {
        let changed = self.change(|journal| journal.edit_state(change));
        self.apply_change(&changed);
    }

    /// Changes what the parent said about themselves. It holds at once, on every screen.
    pub fn edit_profile(self, change: &mut dyn FnMut(&mut Profile)) {
        let wishes = |journal: &Journal<WebStorage>| journal.profile().wishes.clone();
        let before = self.with(wishes);
        match self.change(|journal| journal.edit_profile(change)) {
            Change::Profile if self.with(wishes) == before => {}
            Change::Profile => self.refresh_questions(),
            changed => self.apply_change(&changed),
        }
    }

    /// A sentence in the form that this parent reads.
    pub fn resolve(self, sentence: &'static Message) -> &'static str {
        self.with(|journal| sentence.resolve(&journal.profile().variants()))
    }

    /// What an option says to this parent, in these words; its id if this version does not know it.
    pub fn option<'a>(self, catalog: &'static Catalog, question: &str, option: &'a str) -> &'a str {
        let text = catalog.question.get(question).and_then(|text| text.option.get(option));
        text.map_or(option, |text| self.resolve(text))
    }

    /// The week of pregnancy today, if it is known.
    pub fn week(self) -> Option<u32> {
        self.with(|journal| journal.profile().week(&page::today()))
    }

    fn change<T>(self, change: impl FnOnce(&mut Journal<WebStorage>) -> T) -> T {
        let changed = state(|state| change(&mut state.journal.borrow_mut()));
        let saved = self.with(Journal::saved);
        if saved != self.saved.get_untracked() {
            self.saved.set(saved);
        }
        self.mark_unkept();
        changed
    }

    /// Marks the document while something would be lost with it, so that `shell.js` asks before it is left.
    fn mark_unkept(self) {
        page::mark("data-unkept", self.with(Journal::is_unkept).then_some(""));
    }

    fn apply_change(self, change: &Change) {
        match change {
            Change::None => {}
            Change::Answer(_) | Change::State => self.notify(),
            Change::Profile | Change::All => {
                self.refresh_questions();
                self.show_again();
                self.notify();
            }
            Change::Erased => self.restart(),
        }
    }

    /// Takes up what the parent wishes for, or no longer does.
    fn refresh_questions(self) {
        let asked = self.with(|journal| asked(self.catalog, journal.profile(), &self.invitation()));
        state(|state| state.asked.set(asked));
    }

    fn restart(self) {
        self.refresh_questions();
        state(|state| {
            state.trail.take();
            state.returning.take();
            state.external_change.take();
        });
        let first = if self.entry().is_sheet_page { Step::Sheet } else { self.flow().first() };
        self.remember(history::counter().unwrap_or(0), first.clone());
        self.set_title(&first);
        self.step.set(first);
        self.notify();
    }
}

/// The questions as this parent wishes to be asked. They live as long as the page, as the words do, since views point into
/// them; a change of wishes is rare enough.
fn asked(catalog: &'static Catalog, about: &Profile, invitation: &Invitation) -> &'static Questionnaire {
    if about.wishes.is_empty() && invitation.themes().is_empty() {
        return &catalog.questionnaire;
    }
    let mut asked = catalog.questionnaire.for_parent(about);
    asked.put_first(invitation.themes());
    Box::leak(Box::new(asked))
}
