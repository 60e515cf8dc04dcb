//! The few building blocks of every screen.
//!
//! Each is one function and not a template of its own in every screen, because each distinct template costs the wasm
//! some hundred bytes (measured: docs/architecture.md).

use leptos::html::custom;
use leptos::prelude::*;

/// An element that holds others. An empty class is left out.
pub fn holder(tag: &'static str, class: &'static str, children: Vec<AnyView>) -> AnyView {
    custom(tag).class(some(class)).child(children).into_any()
}

/// An element that holds text.
pub fn text(tag: &'static str, class: &'static str, text: &str) -> AnyView {
    holder(tag, class, vec![plain(text)])
}

/// Text by itself.
pub fn plain(text: &str) -> AnyView {
    text.to_owned().into_any()
}

/// Text that follows what it shows.
pub fn following(text: impl Fn() -> String + Send + 'static) -> AnyView {
    let text: Box<dyn Fn() -> String + Send> = Box::new(text);
    text.into_any()
}

/// A list. Its role is said outright, because a list without bullets is none to some screen readers.
pub fn list(tag: &'static str, class: &'static str, items: Vec<AnyView>) -> AnyView {
    custom(tag).attr("role", "list").class(some(class)).child(items).into_any()
}

/// The heading of a screen, to which the focus moves.
pub fn title(text: &str) -> AnyView {
    custom("h1").attr("tabindex", "-1").child(text.to_owned()).into_any()
}

/// The head of a screen: the heading, and a sentence below it where one helps.
pub fn head(above: Option<AnyView>, heading: &str, hint: Option<&str>, below: Option<AnyView>) -> AnyView {
    let mut children: Vec<AnyView> = above.into_iter().collect();
    children.push(title(heading));
    children.extend(hint.map(|hint| text("p", "hint", hint)));
    children.extend(below);
    holder("header", "step-head", children)
}

/// A screen of the reflect page.
pub fn screen(id: String, children: Vec<AnyView>) -> AnyView {
    custom("div").attr("data-step", id).class("step").child(children).into_any()
}

/// What a control does when it is pressed or changed.
pub type Act = Box<dyn Fn()>;

/// A button. An empty action leaves the hook out.
pub fn button(class: &'static str, action: &str, label: Vec<AnyView>, press: impl Fn() + 'static) -> AnyView {
    pressable(class, action, None, label, Box::new(press))
}

/// A button that stays pressed.
pub fn toggle(action: &str, pressed: bool, label: Vec<AnyView>, press: impl Fn() + 'static) -> AnyView {
    pressable("tool", action, Some(if pressed { "true" } else { "false" }), label, Box::new(press))
}

fn pressable(
    class: &'static str,
    action: &str,
    pressed: Option<&'static str>,
    label: Vec<AnyView>,
    press: Act,
) -> AnyView {
    let action = (!action.is_empty()).then(|| action.to_owned());
    view! {
        <button class=class type="button" data-action=action aria-pressed=pressed on:click=move |_| press()>
            {label}
        </button>
    }
    .into_any()
}

/// A large way on: a name, and a sentence below it.
pub fn path(name: &str, note: Option<&str>) -> Vec<AnyView> {
    let mut children = vec![text("b", "name", name)];
    children.extend(note.map(|note| text("span", "state", note)));
    vec![holder("span", "", children)]
}

/// A card to choose: a native input, and what it says.
pub struct Choice {
    /// `checkbox` or `radio`.
    pub kind: &'static str,
    /// The name of the input.
    pub name: String,
    /// The value of the input, where several share a name.
    pub value: Option<String>,
    /// Whether it is chosen; followed, so that another tab's change shows.
    pub checked: Box<dyn Fn() -> bool + Send>,
    /// What happens when the parent chooses it, or takes the choice back.
    pub change: Box<dyn Fn(bool)>,
    /// What it says.
    pub label: Vec<AnyView>,
}

/// Draws a card to choose.
pub fn choice(choice: Choice) -> AnyView {
    let Choice { kind, name, value, checked, change, label } = choice;
    view! {
        <label class="choice">
            <input
                type=kind
                name=name
                value=value
                autocomplete="off"
                prop:checked=checked
                on:change=move |event| change(event_target_checked(&event))
            />
            {label}
        </label>
    }
    .into_any()
}

/// A group of cards, with what it asks.
pub fn choices(class: &'static str, legend: &str, cards: Vec<AnyView>) -> AnyView {
    let mut children = vec![text("legend", "", legend)];
    children.extend(cards);
    holder("fieldset", class, children)
}

fn some(class: &'static str) -> Option<&'static str> {
    (!class.is_empty()).then_some(class)
}
