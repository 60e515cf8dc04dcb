//! The state of a live page: the journal, the screen, and what the views need to follow them.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;

use crate::browser::storage::Area;
use crate::browser::{history, page, speech, storage};
use crate::content::{Sentence, Words, fill};
use crate::reflection::{
    About, Answer, Backup, Before, Change, Invitation, Journal, Mention, Pace, Place, Position, Questionnaire, Record,
    Saved, Step, Way,
};

/// The handle that every view of a live page gets. It is small and copied freely.
#[derive(Clone, Copy)]
pub struct App {
    /// The words of this page.
    pub words: &'static Words,
    /// The screen that shows.
    pub step: RwSignal<Step>,
    /// The status of keeping.
    pub saved: RwSignal<Saved>,
    /// Changes whenever an answer was changed on the sheet, or by somebody else: another tab, or this tab before the page
    /// came back.
    pub changes: RwSignal<u32>,
    /// Whether this page can be read aloud by a voice on this device.
    pub has_voice: RwSignal<bool>,
}

/// What no view follows by itself. It lives as long as the page.
struct State {
    journal: RefCell<Journal<Area>>,
    /// The questions as this parent wishes to be asked.
    asked: Cell<&'static Questionnaire>,
    /// Whether this document is the sheet's own, from which every other screen is a page away.
    on_sheet_page: bool,
    /// The screens of this visit, by the counter of their history entry.
    trail: RefCell<Vec<Option<Step>>>,
    /// Where the open screen leads back to, if it was opened from beside the way.
    returning: RefCell<Option<Step>>,
    /// What the open question does when somebody else changed an answer.
    follow: RefCell<Option<Box<dyn Fn()>>>,
    /// What hears the browser's Back in place of the screens.
    on_back: RefCell<Option<Rc<dyn Fn()>>>,
}

/// What the address of the questions ends in when it is opened for what the parent says about themselves.
pub const ABOUT_ME: &str = "#about-me";
/// The same for putting answers back from a file.
pub const RESTORE: &str = "#restore";

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
    pub fn open(words: &'static Words, on_sheet_page: bool) -> Self {
        let mut journal = Journal::open(Area::Device, Area::Tab, page::random);
        let invitation = arrive(words, &mut journal);
        page::set_country(invitation.country());
        let asked = asked(words, journal.about(), &invitation);
        let way = Way { questionnaire: asked, pace: journal.record().pace, undecided: false };
        let kept = way.find(&journal.record().step).filter(|step| *step != Step::Sheet);
        let kept = kept.unwrap_or_else(|| way.first());
        // Other pages lead here with this in its address.
        let hash = page::hash();
        let (step, returning) = if on_sheet_page {
            (Step::Sheet, None)
        } else if hash == ABOUT_ME {
            (Step::AboutMe, Some(Step::Sheet))
        } else if hash == RESTORE {
            (Step::Restore, None)
        } else {
            (kept, None)
        };
        let saved = journal.saved();
        STATE.with(|state| {
            state.get_or_init(|| State {
                journal: RefCell::new(journal),
                asked: Cell::new(asked),
                on_sheet_page,
                trail: RefCell::default(),
                returning: RefCell::new(returning),
                follow: RefCell::default(),
                on_back: RefCell::default(),
            });
        });
        Self::handle(words, step, saved)
    }

    /// The app that is open on this page, if it is.
    pub fn current() -> Option<Self> {
        APP.get()
    }

    /// The same app in another language, at the same screen. The handle from before goes with the views that use it.
    pub fn reworded(words: &'static Words, step: Step, saved: Saved) -> Self {
        state(|state| state.follow.take());
        let app = Self::handle(words, step, saved);
        app.ask_anew();
        app.set_title(&app.step.get_untracked());
        app
    }

    fn handle(words: &'static Words, step: Step, saved: Saved) -> Self {
        let app = Self {
            words,
            step: RwSignal::new(step),
            saved: RwSignal::new(saved),
            changes: RwSignal::new(0),
            has_voice: RwSignal::new(speech::has_voice()),
        };
        APP.set(Some(app));
        app
    }

    /// Runs this with the journal.
    pub fn with<T>(self, look: impl FnOnce(&Journal<Area>) -> T) -> T {
        state(|state| look(&state.journal.borrow()))
    }

    /// The answer to this question as it stands; an empty one if there is none.
    pub fn answer(self, question: &str) -> Answer {
        self.with(|journal| journal.answer(question).cloned().unwrap_or_default())
    }

    /// Changes an answer, and gives it back as it then stands.
    pub fn edit(self, question: &str, change: &mut dyn FnMut(&mut Answer)) -> Answer {
        let changed = self.change(|journal| journal.edit(question, change));
        self.heard(&changed);
        self.answer(question)
    }

    /// Changes the reflection's own data.
    pub fn note(self, change: &mut dyn FnMut(&mut Record)) {
        let changed = self.change(|journal| journal.note(change));
        self.heard(&changed);
    }

    /// Changes what the parent said about themselves. It holds at once, on every screen.
    pub fn edit_about(self, change: &mut dyn FnMut(&mut About)) {
        let wishes = |journal: &Journal<Area>| journal.about().wishes.clone();
        let before = self.with(wishes);
        match self.change(|journal| journal.edit_about(change)) {
            Change::About if self.with(wishes) == before => {}
            Change::About => self.ask_anew(),
            changed => self.heard(&changed),
        }
    }

    /// A sentence in the form that this parent reads.
    pub fn say(self, sentence: &'static Sentence) -> &'static str {
        self.with(|journal| sentence.said(&journal.about().forms()))
    }

    /// What an option says to this parent, in these words; its id if this version does not know it.
    pub fn option<'a>(self, words: &'static Words, question: &str, option: &'a str) -> &'a str {
        let text = words.question.get(question).and_then(|text| text.option.get(option));
        text.map_or(option, |text| self.say(text))
    }

    /// The week of pregnancy today, if it is known.
    pub fn week(self) -> Option<u32> {
        self.with(|journal| journal.about().week(&page::today()))
    }

    /// What the caregiver's link said, as far as it is still of use.
    pub fn invitation(self) -> Invitation {
        self.with(|journal| said(self.words, &journal.record().invitation))
    }

    /// Takes the invitation away. The order of the questions stays as it is until the page is opened again.
    pub fn dismiss(self) {
        self.note(&mut |record| record.invitation.clear());
        history::replace(history::counter().unwrap_or(0), ".");
        page::set_country("");
        self.tell();
    }

    /// Keeps everything at this place from now on.
    pub fn keep(self, place: Place) {
        // By its day the parent tells this reflection from later ones.
        self.note(&mut |record| {
            if record.day.is_empty() {
                record.day = page::today();
            }
        });
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

    /// Begins a new reflection beside the earlier ones. Nothing happens where that cannot be kept.
    pub fn begin_again(self) {
        if self.change(|journal| journal.begin_new(&page::today())) {
            self.go(self.way().first());
        }
    }

    /// Opens another reflection at all its answers. Nothing happens where that cannot be kept.
    pub fn open_reflection(self, id: &str) {
        if self.change(|journal| journal.open_reflection(id)) {
            self.go(Step::Answers);
        }
    }

    /// Erases one reflection.
    pub fn erase_reflection(self, id: &str) {
        self.change(|journal| journal.erase_reflection(id));
        self.tell();
    }

    /// Erases one answer.
    pub fn erase_answer(self, question: &str) {
        self.change(|journal| journal.erase_answer(question));
        self.tell();
    }

    /// Adds a backup to what is kept, or puts it in its place. Gives what stood there before, or nothing where that did
    /// not work.
    pub fn restore(self, backup: &Backup, replace: bool) -> Option<Before> {
        let before = self.change(|journal| journal.restore(backup, replace));
        self.ask_anew();
        self.tell();
        before
    }

    /// Puts everything back as it stood before. Tells whether that worked.
    pub fn take_back(self, before: &Before) -> bool {
        let taken = self.change(|journal| journal.take_back(before));
        self.ask_anew();
        self.tell();
        taken
    }

    /// How the parent may go on from here.
    pub fn way(self) -> Way<'static> {
        let (pace, undecided) = self.with(|journal| (journal.record().pace, journal.place().is_none()));
        Way { questionnaire: state(|state| state.asked.get()), pace, undecided }
    }

    /// Chooses how far to go, and goes on.
    pub fn choose_pace(self, pace: Pace) {
        self.note(&mut |record| record.pace = Some(pace));
        self.go(self.way().next(&Step::Pace));
    }

    /// Goes on: to the next screen, or back to where the open one was opened from.
    pub fn next(self) {
        let step = self.step.get_untracked();
        let returning = state(|state| state.returning.borrow().clone());
        match (step, returning) {
            // Behind a door stands what was meant to be opened.
            (door @ Step::Door(_), returning) => self.open_screen(self.way().next(&door), returning),
            (_, Some(from)) => self.go(from),
            (step, None) => self.go(self.way().next(&step)),
        }
    }

    /// Leaves a door closed, and goes on.
    pub fn leave(self, door: &str) {
        let from = state(|state| state.returning.borrow().clone());
        self.go(from.unwrap_or_else(|| self.way().leave(door)));
    }

    /// Takes up a wish at a door, so that nobody is asked about what lies behind it, and goes on.
    pub fn leave_out(self, door: &str, wish: &str) {
        let next = self.way().leave(door);
        self.edit_about(&mut |about| about.wish(wish, true));
        let from = state(|state| state.returning.borrow().clone());
        self.go(from.unwrap_or(next));
    }

    /// Whether the open screen was opened from beside the way, and leads back there.
    pub fn is_returning(self) -> bool {
        state(|state| state.returning.borrow().is_some())
    }

    /// Opens a screen as a new entry of the history.
    pub fn go(self, step: Step) {
        self.open_screen(step, None);
    }

    /// Opens a screen from beside the way; going on from it leads back here.
    pub fn go_and_return(self, step: Step) {
        self.open_screen(step, Some(self.step.get_untracked()));
    }

    fn open_screen(self, step: Step, returning: Option<Step>) {
        if state(|state| state.on_sheet_page) {
            if step == Step::AboutMe {
                return page::go(&["../reflect/", ABOUT_ME].concat());
            }
            self.note(&mut |record| record.step = step.id());
            return page::go("../reflect/");
        }
        let counter = history::counter().unwrap_or(0) + 1;
        history::push(counter);
        self.remember(counter, step.clone());
        self.show(step, returning);
    }

    /// One step back: through the history where this visit came from somewhere, else by the order of the questions.
    pub fn back(self) {
        let before = history::counter().and_then(|counter| counter.checked_sub(1));
        if before.and_then(visited).is_some() {
            history::back();
        } else {
            self.show(self.way().previous(&self.step.get_untracked()), None);
        }
    }

    /// Whether this is the very first screen, from which nothing leads back.
    pub fn is_first(self, step: &Step) -> bool {
        *step == self.way().first()
    }

    /// Lets the open question follow what somebody else changes.
    pub fn follow(self, follow: impl Fn() + 'static) {
        state(|state| *state.follow.borrow_mut() = Some(Box::new(follow)));
    }

    /// Lets this hear the browser's Back and Forward, for a page whose entries of the history are not its screens.
    pub fn on_back(self, heard: impl Fn() + 'static) {
        state(|state| *state.on_back.borrow_mut() = Some(Rc::new(heard)));
    }

    /// Tells the views that an answer was changed elsewhere than on its own screen.
    pub fn tell(self) {
        self.changes.update(|count| *count += 1);
        state(|state| state.follow.borrow().iter().for_each(|follow| follow()));
    }

    /// Listens to the browser: its Back and Forward, other tabs, and the page coming back from the cache.
    pub fn listen(self) {
        let counter = history::counter().unwrap_or(0);
        // Until the parent has chosen where to keep, the address alone knows of an invitation.
        let hash = page::hash();
        let stays = hash != ABOUT_ME && self.saved.get_untracked() == Saved::Undecided;
        history::replace(counter, if stays { &hash } else { "." });
        self.remember(counter, self.step.get_untracked());
        hear("popstate", |app, _: web_sys::PopStateEvent| {
            if let Some(heard) = state(|state| state.on_back.borrow().clone()) {
                return heard();
            }
            let Some(counter) = history::counter() else { return };
            let step = visited(counter).unwrap_or_else(|| app.way().previous(&app.step.get_untracked()));
            app.show(step, None);
        });
        hear("storage", |app, event: web_sys::StorageEvent| {
            let (key, value) = (event.key(), event.new_value());
            let changed = app.change(|journal| journal.hear(key.as_deref(), value.as_deref()));
            app.heard(&changed);
        });
        // A browser would read on while another page shows.
        hear("pagehide", |_, _: web_sys::PageTransitionEvent| speech::stop());
        speech::on_voices(|| {
            if let Some(app) = App::current() {
                app.has_voice.set(speech::has_voice());
            }
        });
        // A page that comes back, from the cache or from behind another tab, may have missed what another tab did.
        for event in ["pageshow", "visibilitychange"] {
            hear(event, |app, _: web_sys::Event| {
                let changed = app.change(Journal::reread);
                app.heard(&changed);
                app.try_again();
            });
        }
        // Where something could not be kept, each touch is a moment to try again: nothing needs to be typed anew.
        hear("click", |app, _: web_sys::Event| app.try_again());
    }

    fn try_again(self) {
        if self.saved.get_untracked() == Saved::Failed {
            self.change(Journal::retry);
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

    /// The title names the position of a question, and nothing else.
    fn set_title(self, step: &Step) {
        let position = match step {
            Step::Question(id) => self.position(id),
            _ => None,
        };
        let brand = &self.words.brand;
        page::set_title(&position.map_or_else(|| brand.clone(), |position| [&position, " · ", brand].concat()));
    }

    fn show(self, step: Step, returning: Option<Step>) {
        speech::stop();
        // What a parent wishes for nothing about may lie behind them in the history.
        let step = self.way().find(&step.id()).unwrap_or(Step::Themes);
        state(|state| {
            state.returning.replace(returning);
            state.follow.take();
        });
        self.set_title(&step);
        let id = step.id();
        // Who comes back another day goes on with the questions, not with this.
        if !matches!(step, Step::AboutMe | Step::Reflections | Step::Restore)
            && self.with(|journal| journal.record().step != id)
        {
            self.note(&mut |record| record.step.clone_from(&id));
        }
        self.step.set(step);
        // The new heading is there only after the view has followed the signal.
        request_animation_frame(page::focus_heading);
    }

    fn remember(self, counter: u32, step: Step) {
        state(|state| {
            let mut trail = state.trail.borrow_mut();
            trail.resize(counter as usize, None);
            trail.push(Some(step));
        });
    }

    fn change<T>(self, change: impl FnOnce(&mut Journal<Area>) -> T) -> T {
        let changed = state(|state| change(&mut state.journal.borrow_mut()));
        let saved = self.with(Journal::saved);
        if saved != self.saved.get_untracked() {
            self.saved.set(saved);
        }
        changed
    }

    fn heard(self, change: &Change) {
        match change {
            Change::None => {}
            Change::Answer(_) => self.tell(),
            Change::About | Change::All => {
                self.ask_anew();
                self.show_anew();
                self.tell();
            }
            Change::Erased => self.start_anew(),
        }
    }

    /// Takes up what the parent wishes for, or no longer does.
    fn ask_anew(self) {
        let asked = self.with(|journal| asked(self.words, journal.about(), &self.invitation()));
        state(|state| state.asked.set(asked));
    }

    /// Draws the open screen in the words that hold now.
    pub fn show_anew(self) {
        let step = self.step.get_untracked();
        let open = self.way().find(&step.id()).unwrap_or(Step::Themes);
        self.step.set(open);
    }

    fn start_anew(self) {
        self.ask_anew();
        state(|state| {
            state.trail.take();
            state.returning.take();
            state.follow.take();
        });
        let here = state(|state| state.on_sheet_page);
        let first = if here { Step::Sheet } else { self.way().first() };
        self.remember(history::counter().unwrap_or(0), first.clone());
        self.set_title(&first);
        self.step.set(first);
        self.tell();
    }
}

/// Listens for as long as the page lives, in whichever language it shows by then.
fn hear<E: wasm_bindgen::JsCast + 'static>(event: &str, heard: fn(App, E)) {
    page::listen(event, move |event| {
        if let Some(app) = App::current() {
            heard(app, event);
        }
    });
}

/// The questions as this parent wishes to be asked. They live as long as the page, as the words do, since views point into
/// them; a change of wishes is rare enough.
fn asked(words: &'static Words, about: &About, invitation: &Invitation) -> &'static Questionnaire {
    if about.wishes.is_empty() && invitation.themes().is_empty() {
        return &words.questionnaire;
    }
    let mut asked = words.questionnaire.for_parent(about);
    asked.put_first(invitation.themes());
    Box::leak(Box::new(asked))
}

/// What an invitation says. Which countries there is help for, the help page alone knows.
fn said(words: &Words, fragment: &str) -> Invitation {
    let known = |name: Mention<'_>| match name {
        Mention::Theme(id) => words.questionnaire.theme(id).is_some(),
        Mention::Country(_) => true,
    };
    Invitation::read(fragment, &known).0
}

/// Takes over the invitation in the address, if it brings something new, and gives back the one that holds.
fn arrive(words: &Words, journal: &mut Journal<Area>) -> Invitation {
    let before = said(words, &journal.record().invitation);
    let is_on_way = journal.record().pace.is_some();
    let Some(arrived) = said(words, &page::hash()).arriving(&before, is_on_way) else { return before };
    journal.note(&mut |record| record.invitation = arrived.fragment());
    arrived
}

/// The screen that an entry of the history showed in this visit.
fn visited(counter: u32) -> Option<Step> {
    state(|state| state.trail.borrow().get(counter as usize).cloned().flatten())
}
