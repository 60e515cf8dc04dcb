//! Reading aloud: only by a voice of this device in the page's language, and never longer than the screen.

use serde::Deserialize;

use crate::support::{Journey, Stage, Visit, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("listen_reads_what_shows_and_stops_at_the_next_step", reads).in_each_language(),
    Journey::new("listen_is_absent_without_a_voice_on_this_device", absent),
    Journey::new("listen_takes_the_readers_region_then_the_default_voice", which_voice),
    Journey::new("listen_reads_each_part_in_its_own_language_or_not_at_all", own_language).in_each_language(),
    Journey::new("listen_is_over_when_all_that_is_left_fails", fails),
    Journey::new("listen_leaves_another_page_that_speaks_alone", another_page),
    Journey::new("listen_stops_when_the_language_changes", language_changes),
];

/// A speech of ours in place of the browser's: it says nothing and writes down everything. Its voices come late, as they do
/// in some browsers. The journey speaks to it by events and by attributes, which reach every driver's scripts.
pub const SPEECH: &str = "
    const told = document.documentElement.dataset;
    const all = [], queue = [];
    let voices = [], cancelled = 0;
    const begin = () => queue[0]?.onstart?.();
    const speech = Object.assign(new EventTarget(), {
        getVoices: () => voices,
        speak(one) { all.push(one); queue.push(one); if (queue.length === 1) begin() },
        cancel() { queue.length = 0; cancelled += 1 },
    });
    Object.defineProperty(speech, 'speaking', { get: () => queue.length > 0 });
    Object.defineProperty(window, 'speechSynthesis', { value: speech, configurable: true });
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } };
    addEventListener('voices-come', () => {
        voices = JSON.parse(told.voices).map(([lang, localService, name = lang]) =>
            ({ lang, localService, name, default: name === 'default' }));
        speech.dispatchEvent(new Event('voiceschanged'));
    });
    addEventListener('one-ends', () => { queue.shift()?.onend?.(); begin() });
    addEventListener('one-fails', () => { queue.shift()?.onerror?.(); begin() });
    // Another page speaks: what waits in the queue before ours is not ours.
    addEventListener('other-speaks', () => { queue.push({}) });
    addEventListener('tell', () => {
        const read = all.map(({ text, voice }) =>
            ({ text: text.trim(), lang: voice.lang, name: voice.name, is_here: voice.localService }));
        told.said = JSON.stringify({ read, left: queue.length, cancelled });
    });";

/// Lets these voices come.
pub fn with_voices(visit: &Visit, voices: &[(&str, bool)]) {
    let voices = serde_json::to_string(voices).expect("it is plain");
    let body = "document.documentElement.dataset.voices = arguments[0]; dispatchEvent(new Event('voices-come'))";
    visit.js::<()>(body, &[voices.into()]);
}

/// What was read aloud.
#[derive(Deserialize)]
struct Read {
    text: String,
    lang: String,
    name: String,
    is_here: bool,
}

/// What the speech was told so far.
#[derive(Deserialize)]
struct Said {
    read: Vec<Read>,
    /// How much of it is still to be said.
    left: usize,
    cancelled: usize,
}

fn said(visit: &Visit) -> Said {
    let said: String = visit.js("dispatchEvent(new Event('tell')); return document.documentElement.dataset.said", &[]);
    serde_json::from_str(&said).expect("it tells what it was told")
}

fn reads(stage: &Stage) {
    stage.site.first(SPEECH);
    let visit = stage.visit();
    visit.begin();
    let own = format!("{}-XX", stage.locale);
    with_voices(&visit, &[("xx", true), (&own, false), (&own, true)]);
    visit.click("[data-app] [data-action=listen]");
    let read = said(&visit).read;
    let shown: Vec<String> = visit.js(
        "return [...document.querySelectorAll('[data-app] :is(h1, .hint, .choice > span)')].map((one) => one.textContent.trim())",
        &[],
    );
    let mut rest = read.iter();
    assert!(shown.iter().all(|text| rest.any(|other| other.text == *text)), "{shown:?} is not read in order");
    assert_eq!(read[0].text, visit.text("[data-app] h1").trim());
    assert!(read.iter().all(|one| one.is_here && one.lang == own), "a voice elsewhere hears the text");

    assert!(visit.has("h1[data-reading]"), "what is being read is marked");
    visit.js::<()>("dispatchEvent(new Event('one-ends'))", &[]);
    assert_eq!(visit.count("[data-reading]"), 1);
    assert!(visit.has(".hint[data-reading]"));

    visit.skip();
    let Said { cancelled, left, .. } = said(&visit);
    assert!(cancelled > 0 && left == 0, "it reads on at the next step");
    assert_eq!(visit.count("[data-reading]"), 0);

    visit.back();
    visit.at("feelings-now");
    visit.click("[data-app] [data-action=listen]");
    visit.click("[data-app] [data-action=listen]");
    assert_eq!(said(&visit).left, 0, "a second press stops it");
    visit.click("[data-app] [data-action=listen]");
    visit.js::<()>("dispatchEvent(new PageTransitionEvent('pagehide'))", &[]);
    assert_eq!(said(&visit).left, 0, "it reads on after the page is left");
}

fn absent(stage: &Stage) {
    stage.site.first(SPEECH);
    let visit = stage.visit();
    visit.begin();
    for voices in [&[][..], &[("nl-NL", false)], &[("en-GB", true), ("nds-NL", true)]] {
        with_voices(&visit, voices);
        assert!(!visit.has("[data-action=listen]"), "{voices:?} is no voice for it");
    }
    with_voices(&visit, &[("nl_NL", true)]);
    until("the voice is found", || visit.has("[data-action=listen]").then_some(()));
}

/// These voices, each with its language and its name; the one called `default` is the platform's.
fn with_named(visit: &Visit, voices: &[(&str, &str)]) {
    let voices: Vec<_> = voices.iter().map(|(lang, name)| (lang, true, name)).collect();
    let voices = serde_json::to_string(&voices).expect("it is plain");
    let body = "document.documentElement.dataset.voices = arguments[0]; dispatchEvent(new Event('voices-come'))";
    visit.js::<()>(body, &[voices.into()]);
}

fn tell(visit: &Visit, event: &str) {
    visit.js::<()>("dispatchEvent(new Event(arguments[0]))", &[event.into()]);
}

fn press(visit: &Visit) {
    visit.click("[data-app] [data-action=listen]");
}

fn which_voice(stage: &Stage) {
    stage.site.first(SPEECH);
    let visit = stage.visit();
    visit.begin();
    let [there, here] = ["ZZ", "XX"].map(|region| format!("{}-{region}", stage.locale));
    let prefers = "Object.defineProperty(navigator, 'languages', { configurable: true, value: [arguments[0]] })";
    visit.js::<()>(prefers, &[here.as_str().into()]);
    let spoken = |voices: &[(&str, &str)]| {
        with_named(&visit, voices);
        press(&visit);
        let name = said(&visit).read.pop().expect("something is read").name;
        press(&visit);
        name
    };
    assert_eq!(spoken(&[(&there, "first"), (&there, "default"), (&here, "region")]), "region");
    assert_eq!(spoken(&[(&there, "first"), (&there, "default")]), "default");
    assert_eq!(spoken(&[(&there, "first"), (&there, "second")]), "first");
}

fn own_language(stage: &Stage) {
    stage.site.first(SPEECH);
    let visit = stage.visit();
    visit.begin_and_keep(crate::support::StorageChoice::Device);
    visit.next();
    visit.on_to("contact-notice");
    let own = format!("{}-XX", stage.locale);
    let others = "return [...document.querySelectorAll('[data-step] .safety [lang]')].map((one) => one.lang)";
    let others: Vec<String> = visit.js(others, &[]);
    with_voices(&visit, &[(&own, true)]);
    press(&visit);
    assert!(said(&visit).read.iter().all(|one| one.lang == own));
    press(&visit);
    for other in others {
        let voice = format!("{other}-XX");
        with_voices(&visit, &[(&own, true), (&voice, true)]);
        press(&visit);
        let part = visit.text("[data-step] .safety [lang] li").trim().to_owned();
        let read = said(&visit).read;
        assert!(read.iter().any(|one| one.lang == voice && one.text == part), "{part} is not read in {other}");
        press(&visit);
    }
}

fn fails(stage: &Stage) {
    stage.site.first(SPEECH);
    let visit = stage.visit();
    visit.begin();
    with_voices(&visit, &[(stage.locale, true)]);
    press(&visit);
    while said(&visit).left > 0 {
        assert!(visit.has("[data-reading]"), "it looks as if nothing were read");
        tell(&visit, "one-fails");
    }
    assert_eq!(visit.count("[data-reading]"), 0, "it looks as if something were read");
    let before = said(&visit).read.len();
    press(&visit);
    assert_eq!(said(&visit).read.len(), 2 * before, "a press after that reads again");
}

fn another_page(stage: &Stage) {
    stage.site.first(SPEECH);
    let visit = stage.visit();
    visit.begin();
    with_voices(&visit, &[(stage.locale, true)]);
    tell(&visit, "other-speaks");
    press(&visit);
    assert!(!said(&visit).read.is_empty(), "what another page says is taken for ours");
    press(&visit);
    assert_eq!(said(&visit).cancelled, 0, "what another page says is cancelled");
    tell(&visit, "one-ends");
    let Said { left, cancelled, .. } = said(&visit);
    assert!(left == 0 && cancelled == 1, "what was stopped is read after all");
    assert_eq!(visit.count("[data-reading]"), 0);
    tell(&visit, "other-speaks");
    visit.skip();
    assert_eq!(said(&visit).cancelled, 1, "a step cancels what another page says");
}

fn language_changes(stage: &Stage) {
    stage.site.first(SPEECH);
    let visit = stage.visit();
    visit.begin();
    with_voices(&visit, &[(stage.locale, true)]);
    press(&visit);
    let other = if stage.locale == "en" { "nl" } else { "en" };
    visit.click(&format!("header [hreflang={other}], .languages [hreflang={other}]"));
    visit.wait_for(&format!("html[lang={other}]"));
    visit.ready();
    until("it is quiet", || (said(&visit).left == 0).then_some(()));
}
