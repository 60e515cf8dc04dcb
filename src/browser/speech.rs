//! Reads the page aloud with the Web Speech API. Only voices on this device are used, so that no text leaves it.
//!
//! All functions do nothing if the browser has no speech synthesis, or no voice for the language. All pages of a
//! browser share its queue of utterances: `speaking` may refer to another page. The queue is therefore cancelled only
//! while an utterance of this page is spoken, or while none is.

use std::cell::{Cell, RefCell};

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element};

thread_local! {
    /// The utterances of the current run. Some browsers collect an utterance without references as garbage, and then
    /// never fire its `end` event.
    static UTTERANCES: RefCell<Array> = RefCell::default();
    /// The number of the current run. Events of the utterances of earlier runs are ignored.
    static RUN: Cell<u32> = const { Cell::new(0) };
    /// True once an utterance of the current run has started.
    static HAS_STARTED: Cell<bool> = const { Cell::new(false) };
    /// The number of utterances of the current run that have neither ended nor failed.
    static REMAINING: Cell<u32> = const { Cell::new(0) };
}

/// The attribute of the element that is being read.
const READING: &str = "data-reading";

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}

fn call(object: &JsValue, name: &str, arguments: &Array) -> JsValue {
    let function = get(object, name).dyn_into::<Function>();
    function.and_then(|function| Reflect::apply(&function, object, arguments)).unwrap_or_default()
}

fn global(name: &str) -> JsValue {
    web_sys::window().map_or(JsValue::UNDEFINED, |window| get(&window, name))
}

/// Returns the language tag of the page, or an empty string.
fn language() -> String {
    let root = document().and_then(|document| document.document_element());
    root.and_then(|root| root.get_attribute("lang")).unwrap_or_default()
}

/// Returns the subtags of a language tag in lower case. Some platforms write `nl_NL` instead of `nl-NL`.
fn subtags(tag: &str) -> Vec<String> {
    tag.to_ascii_lowercase().split(['-', '_']).map(str::to_owned).collect()
}

/// Returns the best voice on this device for a language: one of a region that the browser's languages name, else the
/// platform's default, else the first.
fn voice(language: &str) -> Option<JsValue> {
    let wanted = subtags(language);
    let voices = call(&global("speechSynthesis"), "getVoices", &Array::new()).dyn_into::<Array>().ok()?;
    let preferred = get(&global("navigator"), "languages").dyn_into::<Array>().unwrap_or_default();
    let preferred: Vec<_> = preferred.iter().filter_map(|tag| tag.as_string()).map(|tag| subtags(&tag)).collect();
    let mut best = None;
    for voice in voices.iter().filter(|voice| get(voice, "localService").is_truthy()) {
        let spoken = subtags(&get(&voice, "lang").as_string().unwrap_or_default());
        if spoken.first() != wanted.first() {
            continue;
        }
        let is_exact = spoken.len() > 1 && (spoken == wanted || preferred.contains(&spoken));
        let rank = 2 * u8::from(is_exact) + u8::from(get(&voice, "default").is_truthy());
        if best.as_ref().is_none_or(|(best, _)| rank > *best) {
            best = Some((rank, voice));
        }
    }
    best.map(|(_, voice)| voice)
}

/// Returns whether this device has a voice for the language of the page.
pub fn has_voice() -> bool {
    voice(&language()).is_some()
}

/// Calls `callback` when the list of voices changes. Some browsers load voices asynchronously.
pub fn on_voices(callback: fn()) {
    let speech = global("speechSynthesis");
    if speech.is_object() {
        let closure = Closure::<dyn FnMut()>::new(callback).into_js_value();
        call(&speech, "addEventListener", &Array::of2(&"voiceschanged".into(), &closure));
    }
}

/// Reads the elements that match the selector in document order, each with a voice for its language, and marks the one
/// that is being read. Skips elements in a language without a voice on this device. Stops instead if this page is being
/// read.
pub fn toggle(selector: &str) {
    if UTTERANCES.with_borrow(Array::length) > 0 {
        return stop();
    }
    let Some(found) = document().and_then(|document| document.query_selector_all(selector).ok()) else { return };
    let run = RUN.get() + 1;
    RUN.set(run);
    let utterances = Array::new();
    for at in 0..found.length() {
        let Some(element) = found.get(at).and_then(|node| node.dyn_into::<Element>().ok()) else { continue };
        if let Some(utterance) = utterance(run, element) {
            utterances.push(&utterance);
        }
    }
    REMAINING.set(utterances.length());
    UTTERANCES.set(utterances.clone());
    for utterance in utterances.iter() {
        call(&global("speechSynthesis"), "speak", &Array::of1(&utterance));
    }
}

/// Returns the utterance for an element, or `None` without a voice for its language.
fn utterance(run: u32, element: Element) -> Option<JsValue> {
    let ancestor = element.closest("[lang]").ok().flatten();
    let lang = ancestor.and_then(|ancestor| ancestor.get_attribute("lang"));
    let voice = voice(&lang.unwrap_or_default())?;
    let text = element.text_content().unwrap_or_default();
    let constructor = global("SpeechSynthesisUtterance").dyn_into::<Function>().ok()?;
    let utterance = Reflect::construct(&constructor, &Array::of1(&text.into())).ok()?;
    let start = Closure::once_into_js(move || on_start(run, &element));
    let has_ended = Cell::new(false);
    let end = Closure::<dyn FnMut()>::new(move || {
        if !has_ended.replace(true) {
            on_end(run);
        }
    });
    let end = end.into_js_value();
    let properties =
        [("voice", &voice), ("lang", &get(&voice, "lang")), ("onstart", &start), ("onend", &end), ("onerror", &end)];
    for (name, value) in properties {
        let _ = Reflect::set(&utterance, &name.into(), value);
    }
    Some(utterance)
}

/// Handles the start of an utterance. A run that was stopped while another page spoke is still in the queue: its first
/// utterance to start cancels the rest.
fn on_start(run: u32, element: &Element) {
    if RUN.get() == run {
        HAS_STARTED.set(true);
        mark(Some(element));
    } else {
        cancel();
    }
}

/// Handles the end or failure of an utterance. The mark remains between two utterances, so that it is present for as
/// long as the page is being read.
fn on_end(run: u32) {
    if RUN.get() == run {
        REMAINING.set(REMAINING.get().saturating_sub(1));
        if REMAINING.get() == 0 {
            reset();
        }
    }
}

/// Stops reading.
pub fn stop() {
    if UTTERANCES.with_borrow(Array::length) > 0 {
        let can_cancel = HAS_STARTED.get() || !get(&global("speechSynthesis"), "speaking").is_truthy();
        reset();
        if can_cancel {
            cancel();
        }
    }
}

fn reset() {
    RUN.set(RUN.get() + 1);
    UTTERANCES.take();
    HAS_STARTED.set(false);
    mark(None);
}

fn cancel() {
    call(&global("speechSynthesis"), "cancel", &Array::new());
}

/// Marks this element as the one being read, and removes the mark of the previous one.
fn mark(element: Option<&Element>) {
    let marked = document().and_then(|document| document.query_selector(&["[", READING, "]"].concat()).ok()?);
    if let Some(marked) = marked {
        let _ = marked.remove_attribute(READING);
    }
    if let Some(element) = element {
        let _ = element.set_attribute(READING, "");
    }
}
