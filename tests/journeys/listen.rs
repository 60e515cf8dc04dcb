//! Reading aloud: only with a local voice in the language of the page, and never beyond the current screen.

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

/// A replacement of `speechSynthesis` that is silent and records everything. Its voices arrive late, as in some
/// browsers. The journey controls it by events and `data-*` attributes, which work in the scripts of every driver.
pub const SPEECH: &str = "
    const hooks = document.documentElement.dataset;
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
        voices = JSON.parse(hooks.voices).map(([lang, localService, name = lang]) =>
            ({ lang, localService, name, default: name === 'default' }));
        speech.dispatchEvent(new Event('voiceschanged'));
    });
    addEventListener('one-ends', () => { queue.shift()?.onend?.(); begin() });
    addEventListener('one-fails', () => { queue.shift()?.onerror?.(); begin() });
    // Another page speaks: the first entry of the queue is not from this page.
    addEventListener('other-speaks', () => { queue.push({}) });
    addEventListener('report', () => {
        const read = all.map(({ text, voice }) =>
            ({ text: text.trim(), lang: voice.lang, name: voice.name, is_here: voice.localService }));
        hooks.said = JSON.stringify({ read, left: queue.length, cancelled });
    });";

/// Makes these voices available.
pub fn with_voices(visit: &Visit, voices: &[(&str, bool)]) {
    let voices = serde_json::to_string(voices).expect("voices serialize");
    let body = "document.documentElement.dataset.voices = arguments[0]; dispatchEvent(new Event('voices-come'))";
    visit.js::<()>(body, &[voices.into()]);
}

/// An utterance.
#[derive(Deserialize)]
struct Utterance {
    text: String,
    lang: String,
    name: String,
    is_here: bool,
}

/// The state of the replaced speech synthesis.
#[derive(Deserialize)]
struct Speech {
    read: Vec<Utterance>,
    /// The number of utterances that are not finished.
    left: usize,
    cancelled: usize,
}

fn speech(visit: &Visit) -> Speech {
    let state: String =
        visit.js("dispatchEvent(new Event('report')); return document.documentElement.dataset.said", &[]);
    serde_json::from_str(&state).expect("the state is JSON")
}

fn reads(stage: &Stage) {
    stage.site.inject_script(SPEECH);
    let visit = stage.visit();
    visit.begin();
    let own = format!("{}-XX", stage.locale);
    with_voices(&visit, &[("xx", true), (&own, false), (&own, true)]);
    visit.click("[data-app] [data-action=listen]");
    let read = speech(&visit).read;
    let shown: Vec<String> = visit.js(
        "return [...document.querySelectorAll('[data-app] :is(h1, .hint, .choice > span)')].map((one) => one.textContent.trim())",
        &[],
    );
    let mut rest = read.iter();
    assert!(shown.iter().all(|text| rest.any(|other| other.text == *text)), "{shown:?} is not read in order");
    assert_eq!(read[0].text, visit.text("[data-app] h1").trim());
    assert!(read.iter().all(|one| one.is_here && one.lang == own), "a remote voice or another language reads the text");

    assert!(visit.has("h1[data-reading]"), "the element that is read is not marked");
    visit.js::<()>("dispatchEvent(new Event('one-ends'))", &[]);
    assert_eq!(visit.count("[data-reading]"), 1);
    assert!(visit.has(".hint[data-reading]"));

    visit.skip();
    let Speech { cancelled, left, .. } = speech(&visit);
    assert!(cancelled > 0 && left == 0, "speech goes on at the next step");
    assert_eq!(visit.count("[data-reading]"), 0);

    visit.back();
    visit.wait_for_step("feelings-now");
    visit.click("[data-app] [data-action=listen]");
    visit.click("[data-app] [data-action=listen]");
    assert_eq!(speech(&visit).left, 0, "a second press does not stop the speech");
    visit.click("[data-app] [data-action=listen]");
    visit.js::<()>("dispatchEvent(new PageTransitionEvent('pagehide'))", &[]);
    assert_eq!(speech(&visit).left, 0, "speech goes on after the page is left");
}

fn absent(stage: &Stage) {
    stage.site.inject_script(SPEECH);
    let visit = stage.visit();
    visit.begin();
    for voices in [&[][..], &[("nl-NL", false)], &[("en-GB", true), ("nds-NL", true)]] {
        with_voices(&visit, voices);
        assert!(!visit.has("[data-action=listen]"), "{voices:?} is accepted");
    }
    with_voices(&visit, &[("nl_NL", true)]);
    until("the voice is accepted", || visit.has("[data-action=listen]").then_some(()));
}

/// Makes these local voices available, given by language and name. The one called `default` is the platform's default.
fn with_named(visit: &Visit, voices: &[(&str, &str)]) {
    let voices: Vec<_> = voices.iter().map(|(lang, name)| (lang, true, name)).collect();
    let voices = serde_json::to_string(&voices).expect("voices serialize");
    let body = "document.documentElement.dataset.voices = arguments[0]; dispatchEvent(new Event('voices-come'))";
    visit.js::<()>(body, &[voices.into()]);
}

fn dispatch(visit: &Visit, event: &str) {
    visit.js::<()>("dispatchEvent(new Event(arguments[0]))", &[event.into()]);
}

fn press(visit: &Visit) {
    visit.click("[data-app] [data-action=listen]");
}

fn which_voice(stage: &Stage) {
    stage.site.inject_script(SPEECH);
    let visit = stage.visit();
    visit.begin();
    let [there, here] = ["ZZ", "XX"].map(|region| format!("{}-{region}", stage.locale));
    let prefers = "Object.defineProperty(navigator, 'languages', { configurable: true, value: [arguments[0]] })";
    visit.js::<()>(prefers, &[here.as_str().into()]);
    let spoken = |voices: &[(&str, &str)]| {
        with_named(&visit, voices);
        press(&visit);
        let name = speech(&visit).read.pop().expect("something is read").name;
        press(&visit);
        name
    };
    assert_eq!(spoken(&[(&there, "first"), (&there, "default"), (&here, "region")]), "region");
    assert_eq!(spoken(&[(&there, "first"), (&there, "default")]), "default");
    assert_eq!(spoken(&[(&there, "first"), (&there, "second")]), "first");
}

fn own_language(stage: &Stage) {
    stage.site.inject_script(SPEECH);
    let visit = stage.visit();
    visit.begin_with_storage(crate::support::StorageChoice::Device);
    visit.next();
    visit.continue_to("contact-notice");
    let own = format!("{}-XX", stage.locale);
    let others = "return [...document.querySelectorAll('[data-step] .safety [lang]')].map((one) => one.lang)";
    let others: Vec<String> = visit.js(others, &[]);
    with_voices(&visit, &[(&own, true)]);
    press(&visit);
    assert!(speech(&visit).read.iter().all(|one| one.lang == own));
    press(&visit);
    for other in others {
        let voice = format!("{other}-XX");
        with_voices(&visit, &[(&own, true), (&voice, true)]);
        press(&visit);
        let part = visit.text("[data-step] .safety [lang] li").trim().to_owned();
        let read = speech(&visit).read;
        assert!(read.iter().any(|one| one.lang == voice && one.text == part), "{part} is not read in {other}");
        press(&visit);
    }
}

fn fails(stage: &Stage) {
    stage.site.inject_script(SPEECH);
    let visit = stage.visit();
    visit.begin();
    with_voices(&visit, &[(stage.locale, true)]);
    press(&visit);
    while speech(&visit).left > 0 {
        assert!(visit.has("[data-reading]"), "nothing is marked as being read");
        dispatch(&visit, "one-fails");
    }
    assert_eq!(visit.count("[data-reading]"), 0, "something is still marked as being read");
    let before = speech(&visit).read.len();
    press(&visit);
    assert_eq!(speech(&visit).read.len(), 2 * before, "a press after that does not read again");
}

fn another_page(stage: &Stage) {
    stage.site.inject_script(SPEECH);
    let visit = stage.visit();
    visit.begin();
    with_voices(&visit, &[(stage.locale, true)]);
    dispatch(&visit, "other-speaks");
    press(&visit);
    assert!(!speech(&visit).read.is_empty(), "the speech of another page is taken for ours");
    press(&visit);
    assert_eq!(speech(&visit).cancelled, 0, "the speech of another page is cancelled");
    dispatch(&visit, "one-ends");
    let Speech { left, cancelled, .. } = speech(&visit);
    assert!(left == 0 && cancelled == 1, "stopped utterances are read");
    assert_eq!(visit.count("[data-reading]"), 0);
    dispatch(&visit, "other-speaks");
    visit.skip();
    assert_eq!(speech(&visit).cancelled, 1, "a step does not cancel the remaining queue");
}

fn language_changes(stage: &Stage) {
    stage.site.inject_script(SPEECH);
    let visit = stage.visit();
    visit.begin();
    with_voices(&visit, &[(stage.locale, true)]);
    press(&visit);
    let other = if stage.locale == "en" { "nl" } else { "en" };
    visit.click(&format!("header [hreflang={other}], .languages [hreflang={other}]"));
    visit.wait_for(&format!("html[lang={other}]"));
    visit.ready();
    until("speech has stopped", || (speech(&visit).left == 0).then_some(()));
}
