//! Journeys, and what each gets to stand on.

use std::any::Any;
use std::cell::RefCell;
use std::env;
use std::fs::{self, File};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::path::Path;
use std::sync::LazyLock;
use std::time::Instant;

use between_us::content::Content;
use libtest_mimic::{Failed, Trial};

use super::browser::Browser;
use super::engine::Engine;
use super::site::Site;
use super::{Visit, Window, be_patient};

/// How long each journey of this run took, in seconds.
static TIMES: LazyLock<File> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("journeys");
    fs::create_dir_all(&folder).expect("a folder can be made");
    File::create(folder.join("times")).expect("a file can be made")
});

/// The languages of the site. The first is that of the journeys that go in one alone.
fn locales() -> &'static [String] {
    static LOCALES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        Content::load(&content).expect("the content holds").site.locales
    });
    &LOCALES
}

/// One behaviour of the whole site, in a real browser.
#[derive(Clone, Copy)]
pub struct Journey {
    pub name: &'static str,
    in_each_language: bool,
    go: fn(&Stage),
    /// The engines that cannot do it, each with the reason.
    not_in: &'static [(Engine, &'static str)],
    /// Whether it runs only when the command names it.
    only_by_name: bool,
    /// Whether something that it needs besides an engine is missing on this machine.
    is_missing: fn() -> bool,
}

impl Journey {
    /// A journey in one language.
    pub const fn new(name: &'static str, go: fn(&Stage)) -> Self {
        Self { name, in_each_language: false, go, not_in: &[], only_by_name: false, is_missing: || false }
    }

    /// The same in every language.
    pub const fn in_each_language(self) -> Self {
        Self { in_each_language: true, ..self }
    }

    /// The same without engines that cannot do it.
    pub const fn not_in(self, engines: &'static [(Engine, &'static str)]) -> Self {
        Self { not_in: engines, ..self }
    }

    /// The same, but only where the command names it: it takes long, and proves nothing that others do not.
    pub const fn only_by_name(self) -> Self {
        Self { only_by_name: true, ..self }
    }

    /// The same, for what needs more than an engine.
    pub const fn needs(self, is_missing: fn() -> bool) -> Self {
        Self { is_missing, ..self }
    }

    /// Whether an engine cannot do it.
    pub fn has_exceptions(&self) -> bool {
        !self.not_in.is_empty()
    }

    /// The trials: this journey in every engine and language. One that cannot run shows as ignored, never as passed.
    pub fn trials(self, engine: Engine) -> impl Iterator<Item = Trial> {
        let locales = if self.in_each_language { locales() } else { &locales()[..1] };
        locales.iter().map(move |locale| self.trial(engine, locale))
    }

    fn trial(self, engine: Engine, locale: &'static str) -> Trial {
        let mut name = format!("{}::{}", engine.name(), self.name);
        if self.in_each_language {
            name = format!("{name}_{locale}");
        }
        let exception = self.exception(engine);
        let is_missing = !engine.is_installed();
        let must_be_there = env::var_os("CI").is_some_and(|ci| ci == "true");
        let is_asked_for = all_are_asked_for()
            || !self.in_each_language
            || self.engine_for(locale) == engine
            || env::args().any(|argument| argument.ends_with(&format!("_{locale}")));
        let is_named = !self.only_by_name || env::args().any(|argument| argument.contains(self.name));
        let own_name = name.clone();
        let trial = Trial::test(name, move || {
            if is_missing {
                return Err(Failed::from(format!("{} or its driver is not installed", engine.name())));
            }
            self.run(engine, locale, &own_name)
        });
        match exception {
            Some(reason) => trial.with_ignored_flag(true).with_kind(reason),
            None if !is_asked_for => trial.with_ignored_flag(true).with_kind("JOURNEYS=all runs it"),
            None => {
                let is_missing = is_missing || is_named && (self.is_missing)();
                trial.with_ignored_flag(!is_named || is_missing && !must_be_there)
            }
        }
    }

    /// Why the engine cannot do it.
    fn exception(&self, engine: Engine) -> Option<&'static str> {
        self.not_in.iter().find(|(other, _)| *other == engine).map(|(_, reason)| *reason)
    }

    /// The engine that does it in this language: each has one, and the first one also does what the others cannot.
    fn engine_for(&self, locale: &str) -> Engine {
        let at = locales().iter().position(|other| other == locale).expect("it is a language of the site");
        let engine = Engine::ALL[at % Engine::ALL.len()];
        if self.exception(engine).is_some() { Engine::ALL[0] } else { engine }
    }

    fn run(self, engine: Engine, locale: &'static str, name: &str) -> Result<(), Failed> {
        let began = Instant::now();
        // On a busy machine a driver loses a window or a key now and then, and what a journey waits for then never comes. Such
        // a journey has one more try, in another browser, and what went wrong is told. What it found is a failure at once.
        let result = self.go_on_a_stage(engine, locale, name).or_else(|failed| {
            let message = failed.message().unwrap_or_default();
            if ![DRIVER, WAITED].iter().any(|what| message.contains(what)) {
                return Err(failed);
            }
            eprintln!("{name} has one more try: {message}");
            self.go_on_a_stage(engine, locale, name)
        });
        let seconds = began.elapsed().as_secs_f64();
        // For whoever wonders what takes long. Where it cannot be written, nothing is lost.
        let _ = writeln!(&*TIMES, "{seconds:6.1} {name}{}", if result.is_ok() { "" } else { " FAILED" });
        result
    }

    fn go_on_a_stage(self, engine: Engine, locale: &'static str, name: &str) -> Result<(), Failed> {
        let stage = Stage { browser: Browser::take(engine), site: Site::start(), locale };
        be_patient(1);
        let went = catch_unwind(AssertUnwindSafe(|| (self.go)(&stage)));
        let Stage { browser, .. } = stage;
        match went {
            Ok(()) => {
                browser.give_back();
                Ok(())
            }
            Err(panic) => {
                browser.keep_evidence(name);
                browser.close();
                Err(Failed::from(last_panic(&*panic)))
            }
        }
    }
}

/// What stands in a message about something that the driver could not do.
const DRIVER: &str = "WebDriverError";

/// The beginning of the message of [`super::until`] when its time has run out.
const WAITED: &str = "waited in vain";

/// Whether everything is to run that may: `JOURNEYS=all`.
pub fn all_are_asked_for() -> bool {
    env::var_os("JOURNEYS").is_some_and(|which| which == "all")
}

/// What a journey stands on: a browser, and the site at an address of its own.
pub struct Stage {
    pub browser: Browser,
    pub site: Site,
    /// The language of this run.
    pub locale: &'static str,
}

impl Stage {
    /// Whether the run is in the language of the journeys that go in one alone.
    pub fn is_first_language(&self) -> bool {
        self.locale == locales()[0]
    }

    /// A window on the opening page.
    pub fn visit(&self) -> Visit<'_> {
        let visit = Visit::new(self, Window::open(&self.browser));
        visit.open("");
        visit
    }
}

thread_local! {
    static LAST_PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Keeps the place and message of a panic for the report, in place of printing it among the results.
pub fn keep_panics() {
    set_hook(Box::new(|panic| LAST_PANIC.with(|last| *last.borrow_mut() = panic.to_string())));
}

fn last_panic(panic: &(dyn Any + Send)) -> String {
    let last = LAST_PANIC.take();
    if last.is_empty() { format!("a panic of type {:?}", panic.type_id()) } else { last }
}
