//! Reading aloud: only by a voice of this device in the page's language, and never longer than the screen.

use crate::support::{Engine, Journey, Stage, Visit, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("listen_reads_what_shows_and_stops_at_the_next_step", reads)
        .in_each_language()
        .not_in(&[(Engine::WebKit, "WebKitGTK has no speech")]),
    Journey::new("listen_is_absent_without_a_voice_on_this_device", absent)
        .not_in(&[(Engine::WebKit, "WebKitGTK has no speech")]),
];

/// Puts a speech of ours in place of the browser's, with these voices: it says nothing and writes down everything. Voices
/// come late, as they do in some browsers.
fn with_voices(visit: &Visit, voices: &[(&str, bool)]) {
    let body = "
        const real = window.real ??= speechSynthesis;
        const voices = arguments[0].map(([lang, localService]) => ({ lang, localService, name: lang }));
        const said = (window.said = { all: [], queue: [], cancelled: 0 });
        const begin = () => said.queue[0]?.onstart?.();
        said.end = () => { said.queue.shift()?.onend?.(); begin(); };
        const speech = {
          get speaking() { return said.queue.length > 0 },
          getVoices: () => voices,
          speak(one) { said.all.push(one); said.queue.push(one); if (said.queue.length === 1) begin() },
          cancel() { said.queue.length = 0; said.cancelled += 1 },
          addEventListener() {},
        };
        Object.defineProperty(window, 'speechSynthesis', { value: speech, configurable: true });
        window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } };
        real.dispatchEvent(new Event('voiceschanged'));";
    let voices: Vec<_> = voices.iter().map(|(lang, local)| serde_json::json!([lang, local])).collect();
    visit.js::<()>(body, &[voices.into()]);
}

fn reads(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    let own = format!("{}-XX", stage.locale);
    with_voices(&visit, &[("xx", true), (&own, false), (&own, true)]);
    visit.click("[data-app] [data-action=listen]");
    let read: Vec<String> = visit.js("return said.all.map((one) => one.text.trim())", &[]);
    let shown: Vec<String> = visit.js(
        "return [...document.querySelectorAll('[data-app] :is(h1, .hint, .choice > span)')].map((one) => one.textContent.trim())",
        &[],
    );
    let mut rest = read.iter();
    assert!(shown.iter().all(|text| rest.any(|other| other == text)), "{shown:?} is not read in order: {read:?}");
    assert_eq!(read[0], visit.text("[data-app] h1").trim());
    let local: bool = visit
        .js("return said.all.every((one) => one.voice.localService && one.voice.lang === arguments[0])", &[own.into()]);
    assert!(local, "a voice elsewhere hears the text");

    assert!(visit.has("h1[data-reading]"), "what is being read is marked");
    visit.js::<()>("said.end()", &[]);
    assert_eq!(visit.count("[data-reading]"), 1);
    assert!(visit.has(".hint[data-reading]"));

    visit.skip();
    let (cancelled, left): (i64, i64) = visit.js("return [said.cancelled, said.queue.length]", &[]);
    assert!(cancelled > 0 && left == 0, "it reads on at the next step");
    assert_eq!(visit.count("[data-reading]"), 0);

    visit.back();
    visit.at("feelings-now");
    visit.click("[data-app] [data-action=listen]");
    visit.click("[data-app] [data-action=listen]");
    let left: i64 = visit.js("return said.queue.length", &[]);
    assert_eq!(left, 0, "a second press stops it");
    visit.click("[data-app] [data-action=listen]");
    visit.js::<()>("dispatchEvent(new PageTransitionEvent('pagehide'))", &[]);
    let left: i64 = visit.js("return said.queue.length", &[]);
    assert_eq!(left, 0, "it reads on after the page is left");
}

fn absent(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    for voices in [&[][..], &[("nl-NL", false)], &[("en-GB", true), ("nds-NL", true)]] {
        with_voices(&visit, voices);
        assert!(!visit.has("[data-action=listen]"), "{voices:?} is no voice for it");
    }
    with_voices(&visit, &[("nl_NL", true)]);
    until("the voice is found", || visit.has("[data-action=listen]").then_some(()));
}
