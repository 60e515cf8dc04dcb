//! Reading aloud, with voices that run on this device only: no text goes to a voice elsewhere.
//!
//! Nothing happens here if the browser has no speech, or no voice for the language. Its queue belongs to every page of the
//! browser: `speaking` may be another page's, so it is never taken for ours, and nothing is cancelled unless one of ours is
//! being spoken, or nobody speaks.

use std::cell::{Cell, RefCell};

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element};

thread_local! {
    /// What is being read. Some browsers forget an utterance that nothing holds, and then never say that it ended.
    static READING: RefCell<Array> = RefCell::default();
    /// Counts the readings. Utterances of an earlier one report to nobody.
    static RUN: Cell<u32> = const { Cell::new(0) };
    /// True once one of this reading's utterances has begun.
    static HAS_BEGUN: Cell<bool> = const { Cell::new(false) };
    /// The number of them that have neither ended nor failed.
    static LEFT: Cell<u32> = const { Cell::new(0) };
}

/// The mark of the part that is being read.
const MARK: &str = "data-reading";

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

fn call(of: &JsValue, name: &str, arguments: &Array) -> JsValue {
    let function = get(of, name).dyn_into::<Function>();
    function.and_then(|function| Reflect::apply(&function, of, arguments)).unwrap_or_default()
}

fn global(name: &str) -> JsValue {
    web_sys::window().map_or(JsValue::UNDEFINED, |window| get(&window, name))
}

/// The language of the page, two or three letters.
fn language() -> String {
    let root = document().and_then(|document| document.document_element());
    root.and_then(|root| root.get_attribute("lang")).unwrap_or_default()
}

/// The parts of a language tag, in lower case; some platforms write `nl_NL`.
fn parts(tag: &str) -> Vec<String> {
    tag.to_ascii_lowercase().split(['-', '_']).map(str::to_owned).collect()
}

/// The voice on this device for a language: of several the one of a region that the reader prefers, then the platform's
/// default, then the first.
fn voice(language: &str) -> Option<JsValue> {
    let wanted = parts(language);
    let voices = call(&global("speechSynthesis"), "getVoices", &Array::new()).dyn_into::<Array>().ok()?;
    let preferred = get(&global("navigator"), "languages").dyn_into::<Array>().unwrap_or_default();
    let preferred: Vec<_> = preferred.iter().filter_map(|tag| tag.as_string()).map(|tag| parts(&tag)).collect();
    let mut best = None;
    for voice in voices.iter().filter(|voice| get(voice, "localService").is_truthy()) {
        let speaks = parts(&get(&voice, "lang").as_string().unwrap_or_default());
        if speaks.first() != wanted.first() {
            continue;
        }
        let is_exact = speaks.len() > 1 && (speaks == wanted || preferred.contains(&speaks));
        let rank = 2 * u8::from(is_exact) + u8::from(get(&voice, "default").is_truthy());
        if best.as_ref().is_none_or(|(best, _)| rank > *best) {
            best = Some((rank, voice));
        }
    }
    best.map(|(_, voice)| voice)
}

/// Whether this page can be read aloud.
pub fn has_voice() -> bool {
    voice(&language()).is_some()
}

/// Listens for voices, which come late in some browsers.
pub fn on_voices(heard: fn()) {
    let speech = global("speechSynthesis");
    if speech.is_object() {
        let closure = Closure::<dyn FnMut()>::new(heard).into_js_value();
        call(&speech, "addEventListener", &Array::of2(&"voiceschanged".into(), &closure));
    }
}

/// Reads the parts of the page that match, in their order, each by a voice of its own language, and marks the one that is
/// being read. What is in a language without a voice on this device is left out. While this page reads, stops instead.
pub fn toggle(selector: &str) {
    if READING.with_borrow(Array::length) > 0 {
        return stop();
    }
    let Some(found) = document().and_then(|document| document.query_selector_all(selector).ok()) else { return };
    let run = RUN.get() + 1;
    RUN.set(run);
    let utterances = Array::new();
    for at in 0..found.length() {
        let Some(part) = found.get(at).and_then(|part| part.dyn_into::<Element>().ok()) else { continue };
        if let Some(utterance) = utterance(run, part) {
            utterances.push(&utterance);
        }
    }
    LEFT.set(utterances.length());
    READING.set(utterances.clone());
    for utterance in utterances.iter() {
        call(&global("speechSynthesis"), "speak", &Array::of1(&utterance));
    }
}

/// The utterance of a part of the page; none without a voice for its language.
fn utterance(run: u32, part: Element) -> Option<JsValue> {
    let spoken = part.closest("[lang]").ok().flatten().and_then(|spoken| spoken.get_attribute("lang"));
    let voice = voice(&spoken.unwrap_or_default())?;
    let text = part.text_content().unwrap_or_default();
    let kind = global("SpeechSynthesisUtterance").dyn_into::<Function>().ok()?;
    let utterance = Reflect::construct(&kind, &Array::of1(&text.into())).ok()?;
    let begin = Closure::once_into_js(move || begun(run, &part));
    let done = Cell::new(false);
    let end = Closure::<dyn FnMut()>::new(move || {
        if !done.replace(true) {
            ended(run);
        }
    });
    let end = end.into_js_value();
    let set =
        [("voice", &voice), ("lang", &get(&voice, "lang")), ("onstart", &begin), ("onend", &end), ("onerror", &end)];
    for (name, value) in set {
        let _ = Reflect::set(&utterance, &name.into(), value);
    }
    Some(utterance)
}

/// One begins. Of a reading that was stopped while another page spoke, the rest is dropped now that it is our turn.
fn begun(run: u32, part: &Element) {
    if RUN.get() == run {
        HAS_BEGUN.set(true);
        mark(Some(part));
    } else {
        cancel();
    }
}

/// One has ended, or failed. Between two parts the mark stays, so that the page knows for as long as it reads that it does.
fn ended(run: u32) {
    if RUN.get() == run {
        LEFT.set(LEFT.get().saturating_sub(1));
        if LEFT.get() == 0 {
            forget();
        }
    }
}

/// Stops reading.
pub fn stop() {
    if READING.with_borrow(Array::length) > 0 {
        let is_ours = HAS_BEGUN.get() || !get(&global("speechSynthesis"), "speaking").is_truthy();
        forget();
        if is_ours {
            cancel();
        }
    }
}

fn forget() {
    RUN.set(RUN.get() + 1);
    READING.take();
    HAS_BEGUN.set(false);
    mark(None);
}

fn cancel() {
    call(&global("speechSynthesis"), "cancel", &Array::new());
}

/// Marks the part that is being read, and no other one.
fn mark(part: Option<&Element>) {
    let marked = document().and_then(|document| document.query_selector(&["[", MARK, "]"].concat()).ok()?);
    if let Some(marked) = marked {
        let _ = marked.remove_attribute(MARK);
    }
    if let Some(part) = part {
        let _ = part.set_attribute(MARK, "");
    }
}
