//! Reading aloud, with voices that run on this device only: no text goes to a voice elsewhere.
//!
//! What a browser has no speech for, or no such voice, does nothing here.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element};

thread_local! {
    /// What is being read. Some browsers forget an utterance that nothing holds, and then never say that it ended.
    static READING: RefCell<Array> = RefCell::default();
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

/// A voice on this device that speaks the page's language.
fn voice() -> Option<JsValue> {
    let language = language();
    let voices = call(&global("speechSynthesis"), "getVoices", &Array::new()).dyn_into::<Array>().ok()?;
    voices.iter().find(|voice| {
        let speaks = get(voice, "lang").as_string().unwrap_or_default();
        let is_ours = speaks.split(['-', '_']).next().is_some_and(|speaks| speaks.eq_ignore_ascii_case(&language));
        is_ours && get(voice, "localService").is_truthy()
    })
}

/// Whether this page can be read aloud.
pub fn has_voice() -> bool {
    voice().is_some()
}

/// Listens for voices, which come late in some browsers.
pub fn on_voices(heard: fn()) {
    let speech = global("speechSynthesis");
    if speech.is_object() {
        let closure = Closure::<dyn FnMut()>::new(heard).into_js_value();
        call(&speech, "addEventListener", &Array::of2(&"voiceschanged".into(), &closure));
    }
}

/// Reads the parts of the page that match, in their order, and marks the one that is being read. While something is being
/// read, stops instead.
pub fn toggle(parts: &str) {
    let speech = global("speechSynthesis");
    if get(&speech, "speaking").is_truthy() {
        return stop();
    }
    let (Some(voice), Some(document)) = (voice(), document()) else { return };
    let Ok(found) = document.query_selector_all(parts) else { return };
    let utterances = Array::new();
    for at in 0..found.length() {
        let Some(part) = found.get(at).and_then(|part| part.dyn_into::<Element>().ok()) else { continue };
        let text = part.text_content().unwrap_or_default();
        let kind = global("SpeechSynthesisUtterance").dyn_into::<Function>();
        let made = kind.and_then(|kind| Reflect::construct(&kind, &Array::of1(&text.into())));
        let Ok(utterance) = made.and_then(JsCast::dyn_into::<Object>) else { continue };
        let begin = Closure::once_into_js(move || mark(Some(&part)));
        for (name, value) in [("voice", &voice), ("lang", &get(&voice, "lang")), ("onstart", &begin)] {
            let _ = Reflect::set(&utterance, &name.into(), value);
        }
        utterances.push(&utterance);
    }
    // Between two parts the mark stays, so that the page knows for as long as it reads that it does.
    let end = Closure::once_into_js(|| mark(None));
    let _ = Reflect::set(&utterances.at(-1), &"onend".into(), &end);
    for utterance in utterances.iter() {
        call(&speech, "speak", &Array::of1(&utterance));
    }
    READING.set(utterances);
}

/// Stops reading.
pub fn stop() {
    if READING.take().length() > 0 {
        call(&global("speechSynthesis"), "cancel", &Array::new());
        mark(None);
    }
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
