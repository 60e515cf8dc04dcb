//! The definition of a journey, and how it is run.

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
use super::{TIMED_OUT, Visit, Window, multiply_timeout};

/// The file that receives the duration of each journey of this run, in seconds.
static DURATIONS: LazyLock<File> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("journeys");
    fs::create_dir_all(&folder).expect("a folder can be made");
    File::create(folder.join("times")).expect("a file can be made")
});

/// Returns the languages of the site. Journeys that run in one language use the first.
fn locales() -> &'static [String] {
    static LOCALES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        Content::load(&content).expect("the content is valid").site.locales
    });
    &LOCALES
}

/// A test of one behaviour of the whole site in a real browser.
#[derive(Clone, Copy)]
pub struct Journey {
    pub name: &'static str,
    in_each_language: bool,
    body: fn(&Stage),
    /// Engines that cannot run it, each with the reason.
    not_in: &'static [(Engine, &'static str)],
    /// If set, it runs only when the command line names it.
    only_by_name: bool,
    /// Returns whether a requirement besides the engine is missing on this machine.
    is_missing: fn() -> bool,
}

impl Journey {
    /// Creates a journey that runs in one language.
    pub const fn new(name: &'static str, body: fn(&Stage)) -> Self {
        Self { name, in_each_language: false, body, not_in: &[], only_by_name: false, is_missing: || false }
    }

    /// Runs the journey in every language.
    pub const fn in_each_language(self) -> Self {
        Self { in_each_language: true, ..self }
    }

    /// Excludes engines that cannot run the journey.
    pub const fn not_in(self, engines: &'static [(Engine, &'static str)]) -> Self {
        Self { not_in: engines, ..self }
    }

    /// Runs the journey only when the command line names it: it takes long and proves nothing that others do not.
    pub const fn only_by_name(self) -> Self {
        Self { only_by_name: true, ..self }
    }

    /// Adds a requirement besides the engine.
    pub const fn needs(self, is_missing: fn() -> bool) -> Self {
        Self { is_missing, ..self }
    }

    /// Returns whether some engine cannot run it.
    pub fn has_exceptions(&self) -> bool {
        !self.not_in.is_empty()
    }

    /// Returns the trials of this journey in an engine, one for each language. A trial that cannot run is reported as
    /// ignored, never as passed.
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
        let is_required = env::var_os("CI").is_some_and(|ci| ci == "true");
        let is_requested = runs_everything()
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
            None if !is_requested => trial.with_ignored_flag(true).with_kind("JOURNEYS=all runs it"),
            None => {
                let is_missing = is_missing || is_named && (self.is_missing)();
                trial.with_ignored_flag(!is_named || is_missing && !is_required)
            }
        }
    }

    /// Returns why the engine cannot run it.
    fn exception(&self, engine: Engine) -> Option<&'static str> {
        self.not_in.iter().find(|(other, _)| *other == engine).map(|(_, reason)| *reason)
    }

    /// Returns the engine that runs a language by default. Languages are distributed over the engines; the first engine
    /// replaces one that cannot run the journey.
    fn engine_for(&self, locale: &str) -> Engine {
        let at = locales().iter().position(|other| other == locale).expect("the site has the language");
        let engine = Engine::ALL[at % Engine::ALL.len()];
        if self.exception(engine).is_some() { Engine::ALL[0] } else { engine }
    }

    fn run(self, engine: Engine, locale: &'static str, name: &str) -> Result<(), Failed> {
        let began = Instant::now();
        // On a busy machine a driver occasionally loses a window or a key press, and the journey times out. After such
        // an error it has one more try in another browser, and the error is printed. Any other failure is final.
        let result = self.run_once(engine, locale, name).or_else(|failed| {
            let message = failed.message().unwrap_or_default();
            if !DRIVER.iter().chain([&TIMED_OUT]).any(|what| message.contains(what)) {
                return Err(failed);
            }
            eprintln!("{name} has one more try: {message}");
            self.run_once(engine, locale, name)
        });
        let seconds = began.elapsed().as_secs_f64();
        // Durations are informational, so a write error is ignored.
        let _ = writeln!(&*DURATIONS, "{seconds:6.1} {name}{}", if result.is_ok() { "" } else { " FAILED" });
        result
    }

    fn run_once(self, engine: Engine, locale: &'static str, name: &str) -> Result<(), Failed> {
        let stage = Stage { browser: Browser::take(engine), site: Site::start(), locale };
        multiply_timeout(1);
        let result = catch_unwind(AssertUnwindSafe(|| (self.body)(&stage)));
        let Stage { browser, .. } = stage;
        match result {
            Ok(()) => {
                browser.give_back();
                Ok(())
            }
            Err(panic) => {
                browser.save_evidence(name);
                browser.close();
                Err(Failed::from(last_panic(&*panic)))
            }
        }
    }
}

/// The texts that identify errors of the driver: of the client, and of a command that the driver did not finish in time.
const DRIVER: [&str; 2] = ["WebDriverError", "Operation timed out"];

/// Returns whether all trials are requested, with `JOURNEYS=all`.
pub fn runs_everything() -> bool {
    env::var_os("JOURNEYS").is_some_and(|which| which == "all")
}

/// The environment of a journey: a browser, and the site at an origin of its own.
pub struct Stage {
    pub browser: Browser,
    pub site: Site,
    /// The language of this trial.
    pub locale: &'static str,
}

impl Stage {
    /// Returns whether the trial uses the language of journeys that run in one language only.
    pub fn is_first_language(&self) -> bool {
        self.locale == locales()[0]
    }

    /// Opens a window on the opening page.
    pub fn visit(&self) -> Visit<'_> {
        let visit = Visit::new(self, Window::open(&self.browser));
        visit.open("");
        visit
    }
}

thread_local! {
    static LAST_PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Records the location and message of each panic for the report, instead of printing it among the results.
pub fn record_panics() {
    set_hook(Box::new(|panic| LAST_PANIC.with(|last| *last.borrow_mut() = panic.to_string())));
}

fn last_panic(panic: &(dyn Any + Send)) -> String {
    let last = LAST_PANIC.take();
    if last.is_empty() { format!("a panic of type {:?}", panic.type_id()) } else { last }
}
