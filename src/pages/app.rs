//! The state of a live page: the journal, the screen, and what the views need to follow them.

use leptos::prelude::*;

use crate::browser::storage::Area;
use crate::browser::{history, page, storage};
use crate::content::{Words, fill};
use crate::reflection::{Answer, Change, Journal, Pace, Place, Position, Record, Saved, Step, Way};

/// The handle that every view of a live page gets. It is small and copied freely.
#[derive(Clone, Copy)]
pub struct App {
    /// The words of this page.
    pub words: &'static Words,
    journal: StoredValue<Journal<Area>>,
    /// Whether this document is the sheet's own, from which every other screen is a page away.
    on_sheet_page: bool,
    /// The screen that shows.
    pub step: RwSignal<Step>,
    /// The status of keeping.
    pub saved: RwSignal<Saved>,
    /// Changes whenever somebody else changed an answer: another tab, or this tab before the page came back.
    pub outside: RwSignal<u32>,
    /// The screens of this visit, by the counter of their history entry.
    trail: StoredValue<Vec<Option<Step>>>,
    /// Whether the open question was opened from all answers, to which it then leads back.
    pub returning: RwSignal<bool>,
}

impl App {
    /// Opens the journal and finds the screen to begin with. Writes nothing.
    pub fn open(words: &'static Words, on_sheet_page: bool) -> Self {
        let journal = Journal::open(Area::Device, Area::Tab, page::random);
        let saved = journal.saved();
        let way = Way { questionnaire: &words.questionnaire, pace: journal.record().pace, undecided: false };
        let kept = way.find(&journal.record().step).filter(|step| *step != Step::Sheet);
        let step = if on_sheet_page { Step::Sheet } else { kept.unwrap_or_else(|| way.first()) };
        Self {
            words,
            journal: StoredValue::new(journal),
            on_sheet_page,
            step: RwSignal::new(step),
            saved: RwSignal::new(saved),
            outside: RwSignal::new(0),
            trail: StoredValue::new(Vec::new()),
            returning: RwSignal::new(false),
        }
    }

    /// Runs this with the journal.
    pub fn with<T>(self, look: impl FnOnce(&Journal<Area>) -> T) -> T {
        self.journal.with_value(look)
    }

    /// The answer to this question as it stands; an empty one if there is none.
    pub fn answer(self, question: &str) -> Answer {
        self.with(|journal| journal.answer(question).cloned().unwrap_or_default())
    }

    /// Changes an answer, and gives it back as it then stands.
    pub fn edit(self, question: &str, change: impl FnOnce(&mut Answer)) -> Answer {
        let changed = self.change(|journal| journal.edit(question, change));
        self.heard(changed);
        self.answer(question)
    }

    /// Changes the reflection's own data.
    pub fn note(self, change: impl FnOnce(&mut Record)) {
        let changed = self.change(|journal| journal.note(change));
        self.heard(changed);
    }

    /// Keeps everything at this place from now on.
    pub fn keep(self, place: Place) {
        let kept = self.change(|journal| journal.keep(place));
        if kept && place == Place::Device {
            storage::ask_to_persist();
        }
    }

    /// Erases everything, in memory too, and begins anew.
    pub fn erase(self) {
        self.change(Journal::erase);
        self.start_anew();
    }

    /// How the parent may go on from here.
    pub fn way(self) -> Way<'static> {
        let (pace, undecided) = self.with(|journal| (journal.record().pace, journal.place().is_none()));
        Way { questionnaire: &self.words.questionnaire, pace, undecided }
    }

    /// Chooses how far to go, and goes on.
    pub fn choose_pace(self, pace: Pace) {
        self.note(|record| record.pace = Some(pace));
        self.go(self.way().next(&Step::Pace));
    }

    /// Goes on to the next screen, or back to all answers if the question was opened from there.
    pub fn next(self) {
        let step = self.step.get_untracked();
        let next = if self.returning.get_untracked() { Step::Answers } else { self.way().next(&step) };
        self.go(next);
    }

    /// Opens a screen as a new entry of the history.
    pub fn go(self, step: Step) {
        if self.on_sheet_page {
            let id = step.id();
            self.note(|record| record.step = id);
            return page::go("../reflect/");
        }
        let counter = history::counter().unwrap_or(0) + 1;
        history::push(counter);
        self.remember(counter, step.clone());
        self.show(step);
    }

    /// Opens a question from all answers.
    pub fn go_and_return(self, step: Step) {
        self.go(step);
        self.returning.set(true);
    }

    /// One step back: through the history where this visit came from somewhere, else by the order of the questions.
    pub fn back(self) {
        let counter = history::counter().unwrap_or(0);
        let known =
            counter > 0 && self.trail.with_value(|trail| matches!(trail.get(counter as usize - 1), Some(Some(_))));
        if known {
            history::back();
        } else {
            self.show(self.way().previous(&self.step.get_untracked()));
        }
    }

    /// Whether there is anywhere to go back to.
    pub fn is_first(self, step: &Step) -> bool {
        *step == self.way().first()
    }

    /// Listens to the browser: its Back and Forward, other tabs, and the page coming back from the cache.
    pub fn listen(self) {
        let counter = history::counter().unwrap_or(0);
        history::replace(counter);
        self.remember(counter, self.step.get_untracked());
        page::listen("popstate", move |_: web_sys::PopStateEvent| {
            let Some(counter) = history::counter() else { return };
            let step = self.trail.with_value(|trail| trail.get(counter as usize).cloned().flatten());
            self.show(step.unwrap_or_else(|| self.way().previous(&self.step.get_untracked())));
        });
        page::listen("storage", move |event: web_sys::StorageEvent| {
            let (key, value) = (event.key(), event.new_value());
            let changed = self.change(|journal| journal.hear(key.as_deref(), value.as_deref()));
            self.heard(changed);
        });
        page::listen("pageshow", move |event: web_sys::PageTransitionEvent| {
            if event.persisted() {
                let changed = self.change(Journal::reread);
                self.heard(changed);
            }
        });
    }

    /// The title for a screen: the position, or nothing but the name of the whole.
    pub fn title(self, step: &Step) -> String {
        let brand = &self.words.brand;
        match step {
            Step::Question(id) => match self.position(id) {
                Some(position) => [&position, " · ", brand].concat(),
                None => brand.clone(),
            },
            _ => brand.clone(),
        }
    }

    /// Where a question stands, in words.
    pub fn position(self, question: &str) -> Option<String> {
        let (sentence, n, total) = match self.way().position(question)? {
            Position::Way { n, total } => (&self.words.app.ask.position, n, total),
            Position::Theme { n, total } => (&self.words.app.ask.position_theme, n, total),
        };
        Some(fill(sentence, &[("n", &n.to_string()), ("total", &total.to_string())]))
    }

    fn show(self, step: Step) {
        self.returning.set(false);
        page::set_title(&self.title(&step));
        if self.with(|journal| journal.record().step != step.id()) {
            let id = step.id();
            self.note(|record| record.step = id);
        }
        self.step.set(step);
        // The new heading is there only after the view has followed the signal.
        request_animation_frame(page::focus_heading);
    }

    fn remember(self, counter: u32, step: Step) {
        self.trail.update_value(|trail| {
            trail.truncate(counter as usize);
            trail.resize(counter as usize, None);
            trail.push(Some(step));
        });
    }

    fn change<T>(self, change: impl FnOnce(&mut Journal<Area>) -> T) -> T {
        let changed = self.journal.try_update_value(change).expect("the journal lives as long as the page");
        let saved = self.with(Journal::saved);
        if saved != self.saved.get_untracked() {
            self.saved.set(saved);
        }
        changed
    }

    fn heard(self, change: Change) {
        match change {
            Change::None => {}
            Change::Answer(_) | Change::All => self.outside.update(|count| *count += 1),
            Change::Erased => self.start_anew(),
        }
    }

    fn start_anew(self) {
        self.outside.update(|count| *count += 1);
        self.trail.set_value(Vec::new());
        let first = self.way().first();
        self.remember(history::counter().unwrap_or(0), first.clone());
        page::set_title(&self.title(&first));
        self.returning.set(false);
        self.step.set(first);
    }
}
