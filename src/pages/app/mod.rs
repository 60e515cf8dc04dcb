//! The state of a live page: the journal, the current screen, and the signals that the views track.
//!
//! - `steps`: navigation between screens.
//! - `keeping`: choosing where to store the answers, erasing, restoring, and switching between reflections.
//! - `listening`: event listeners.
//! - `arrival`: invitations.

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

/// The handle that every view of a live page receives. It is cheap to copy.
#[derive(Clone, Copy)]
pub struct App {
    /// The texts of this page, in its language.
    pub catalog: &'static Catalog,
    /// The current screen.
    pub step: RwSignal<Step>,
    /// The save status.
    pub saved: RwSignal<SaveStatus>,
    /// Incremented by [`App::notify`] when an answer changes elsewhere than on its own screen: on the sheet, in another
    /// tab, or while this page was in the back/forward cache.
    pub changes: RwSignal<u32>,
    /// True if this device has a voice that can read this page aloud.
    pub has_voice: RwSignal<bool>,
    /// True once the chunk of this page's bundle is loaded.
    pub has_chunk: RwSignal<bool>,
}

/// The state that views do not track. It lives as long as the page.
struct State {
    journal: RefCell<Journal<WebStorage>>,
    /// The questions for this parent (see [`questionnaire_for`]).
    asked: Cell<&'static Questionnaire>,
    /// The functions of this page's bundle.
    entry: Entry,
    /// True once the chunk of the bundle is loaded.
    has_chunk: Cell<bool>,
    /// The screens of this visit, each with the counter of its history entry.
    trail: RefCell<Vec<(u32, Step)>>,
    /// The return target of the open screen, if it was opened from outside the flow.
    returning: RefCell<Option<Step>>,
    /// The callback of the open screen for changes made elsewhere.
    external_change: RefCell<Option<Box<dyn Fn()>>>,
    /// The callback that handles the browser's Back and Forward instead of the screens.
    on_back: RefCell<Option<Rc<dyn Fn()>>>,
}

/// The fragment that opens the reflect page at the profile.
pub const ABOUT_ME: &str = "#about-me";
/// The fragment that opens the reflect page at restoring a backup file.
pub const RESTORE: &str = "#restore";

/// Returns the rest of a fragment that begins with `place` ([`ABOUT_ME`] or [`RESTORE`]), or `None` if it does not. The
/// rest is an invitation, or empty.
fn behind<'a>(hash: &'a str, place: &str) -> Option<&'a str> {
    let rest = hash.strip_prefix(place)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('&') }
}

thread_local! {
    static STATE: OnceCell<State> = const { OnceCell::new() };
    /// The handle in the current language; `None` before [`App::open`].
    static APP: Cell<Option<App>> = const { Cell::new(None) };
}

/// Calls `read` with the state of the page.
///
/// # Panics
///
/// Panics before [`App::open`].
fn state<T>(read: impl FnOnce(&State) -> T) -> T {
    STATE.with(|state| read(state.get().expect("a live page opens its app before it draws anything")))
}

impl App {
    /// Opens the journal and finds the first screen to show. A page calls it once.
    ///
    /// Stores nothing but a new invitation, and that only if the parent has chosen where to store the answers.
    pub fn open(catalog: &'static Catalog, entry: Entry) -> Self {
        let mut journal = Journal::open(WebStorage::Device, WebStorage::Tab, page::random);
        let invitation = arrive(catalog, &mut journal);
        page::set_country(invitation.country());
        let questionnaire = questionnaire_for(catalog, journal.profile(), &invitation);
        let flow = Flow { questionnaire, pace: journal.state().pace, undecided: false };
        let resumed = flow.find(&journal.state().step).filter(Step::resumes).unwrap_or_else(|| flow.first());
        // Other pages link to a screen of this one by a fragment.
        let hash = page::hash();
        let is_at = |place: &str| behind(&hash, place).is_some();
        let (step, returning) = if entry.is_sheet_page {
            (Step::Sheet, None)
        } else if is_at(ABOUT_ME) {
            (Step::AboutMe, Some(Step::Sheet))
        } else if is_at(RESTORE) {
            (Step::Restore, None)
        } else {
            (resumed, None)
        };
        let saved = journal.saved();
        STATE.with(|state| {
            state.get_or_init(|| State {
                journal: RefCell::new(journal),
                asked: Cell::new(questionnaire),
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

    /// Returns the app of this page, or `None` before [`App::open`].
    pub fn current() -> Option<Self> {
        APP.get()
    }

    /// Returns the same app in another language, at the same screen. The previous handle is disposed with the views
    /// that use it.
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

    /// Records that the chunk is loaded.
    pub fn set_chunk_loaded(self) {
        state(|state| state.has_chunk.set(true));
        self.has_chunk.set(true);
    }

    /// Calls `read` with the journal and returns its result.
    pub fn with<T>(self, read: impl FnOnce(&Journal<WebStorage>) -> T) -> T {
        state(|state| read(&state.journal.borrow()))
    }

    /// Returns the current answer to this question; an empty one if there is none.
    pub fn answer(self, question: &str) -> Answer {
        self.with(|journal| journal.answer(question).cloned().unwrap_or_default())
    }

    /// Returns whether a newer version of the site wrote the answer to this question, so that this version cannot read
    /// it.
    pub fn is_newer(self, question: &str) -> bool {
        self.with(|journal| journal.is_newer(question))
    }

    /// Returns whether this question has an answer, including one written by a newer version of the site.
    pub fn is_answered(self, question: &str) -> bool {
        self.with(|journal| journal.is_answered(question))
    }

    /// Edits an answer and returns it. The edit is discarded if another tab has erased the journal in the meantime.
    pub fn edit(self, question: &str, change: &mut dyn FnMut(&mut Answer)) -> Answer {
        let changed = self.change(|journal| journal.edit(question, change));
        self.apply_change(&changed);
        self.answer(question)
    }

    /// Edits the state of the open reflection.
    pub fn edit_state(self, change: &mut dyn FnMut(&mut ReflectionState)) {
        let changed = self.change(|journal| journal.edit_state(change));
        self.apply_change(&changed);
    }

    /// Edits the profile. The change takes effect at once, on every screen.
    pub fn edit_profile(self, change: &mut dyn FnMut(&mut Profile)) {
        let wishes = |journal: &Journal<WebStorage>| journal.profile().wishes.clone();
        let before = self.with(wishes);
        match self.change(|journal| journal.edit_profile(change)) {
            Change::Profile if self.with(wishes) == before => {}
            Change::Profile => self.refresh_questions(),
            changed => self.apply_change(&changed),
        }
    }

    /// Resolves a message to the variant for this parent's profile.
    pub fn resolve(self, message: &'static Message) -> &'static str {
        self.with(|journal| message.resolve(&journal.profile().variants()))
    }

    /// Returns the text of an option for this parent, from this catalog; its id if the catalog does not contain it.
    pub fn option<'a>(self, catalog: &'static Catalog, question: &str, option: &'a str) -> &'a str {
        let text = catalog.question.get(question).and_then(|text| text.option.get(option));
        text.map_or(option, |text| self.resolve(text))
    }

    /// Returns the current week of pregnancy, or `None` if it is unknown.
    pub fn week(self) -> Option<u32> {
        self.with(|journal| journal.profile().week(&page::today()))
    }

    /// Changes the journal, and updates the save status and `data-unkept`.
    fn change<T>(self, change: impl FnOnce(&mut Journal<WebStorage>) -> T) -> T {
        let changed = state(|state| change(&mut state.journal.borrow_mut()));
        let saved = self.with(Journal::saved);
        if saved != self.saved.get_untracked() {
            self.saved.set(saved);
        }
        self.mark_unkept();
        changed
    }

    /// Sets `data-unkept` on the document while leaving it would lose something, so that `shell.js` asks for
    /// confirmation.
    fn mark_unkept(self) {
        page::mark("data-unkept", self.with(Journal::is_unkept).then_some(""));
    }

    /// Updates the views after a change of the journal.
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

    /// Updates the questions from the current profile and invitation.
    fn refresh_questions(self) {
        let questionnaire = self.with(|journal| questionnaire_for(self.catalog, journal.profile(), &self.invitation()));
        state(|state| state.asked.set(questionnaire));
    }

    /// Resets the page to its first screen after everything was erased.
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

/// Returns the questions for this parent: without those that their wishes remove, and with the themes of the invitation
/// first.
///
/// Like the catalog, the questions live as long as the page, because views borrow from them. Wishes change rarely, so
/// little memory is leaked.
fn questionnaire_for(catalog: &'static Catalog, profile: &Profile, invitation: &Invitation) -> &'static Questionnaire {
    if profile.wishes.is_empty() && invitation.themes().is_empty() {
        return &catalog.questionnaire;
    }
    let mut questionnaire = catalog.questionnaire.for_parent(profile);
    questionnaire.put_first(invitation.themes());
    Box::leak(Box::new(questionnaire))
}
