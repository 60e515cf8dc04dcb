//! Reading aloud: only by a voice of this device in the page's language, and never longer than the screen.

use serde::Deserialize;

use crate::support::{Journey, Stage, Visit, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("listen_reads_what_shows_and_stops_at_the_next_step", reads).in_each_language(),
    Journey::new("listen_is_absent_without_a_voice_on_this_device", absent),
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
        voices = JSON.parse(told.voices).map(([lang, localService]) => ({ lang, localService, name: lang }));
        speech.dispatchEvent(new Event('voiceschanged'));
    });
    addEventListener('one-ends', () => { queue.shift()?.onend?.(); begin() });
    addEventListener('tell', () => {
        const read = all.map(({ text, voice }) => ({ text: text.trim(), lang: voice.lang, is_here: voice.localService }));
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
