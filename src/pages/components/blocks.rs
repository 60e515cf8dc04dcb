//! The few building blocks of every screen.
//!
//! Each screen is made of these and not of templates of its own, because each distinct template, and each distinct kind
//! of attribute, costs the wasm some hundred bytes (measured: docs/architecture.md).

use leptos::ev;
use leptos::html::custom;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::custom::custom_attribute;

use super::directive::Directive;
use crate::browser::page;

/// A part of a screen.
///
/// It is one pointer: a screen moves its parts about a lot, and each move of a larger value is code (measured:
/// docs/architecture.md).
#[repr(transparent)]
pub struct Node(Box<AnyView>);

impl Node {
    fn new(view: impl IntoAny) -> Self {
        Self(Box::new(view.into_any()))
    }

    /// The part as leptos takes it.
    pub fn view(self) -> AnyView {
        *self.0
    }
}

/// A part that shows nothing.
pub fn nothing() -> Node {
    Node::new(())
}

/// Something that leptos draws, as a part.
pub fn node(view: impl IntoAny) -> Node {
    Node::new(view)
}

/// An attribute of an element, one pointer as well.
pub struct Attr(Box<AnyAttribute>);

impl Attr {
    fn new(attribute: impl IntoAnyAttribute) -> Self {
        Self(Box::new(attribute.into_any_attr()))
    }
}

/// An element: its tag, its attributes, what it holds.
pub fn element(tag: &'static str, attributes: Vec<Attr>, children: Vec<Node>) -> Node {
    let children: Vec<AnyView> = children.into_iter().map(Node::view).collect();
    Node::new(custom(tag).child(children).add_any_attr(raw(attributes)))
}

/// The attributes as leptos takes them.
pub fn raw(attributes: Vec<Attr>) -> Vec<AnyAttribute> {
    attributes.into_iter().map(|attribute| *attribute.0).collect()
}

/// An attribute.
pub fn attr(name: &'static str, value: &str) -> Attr {
    Attr::new(custom_attribute(name, value.to_owned()))
}

/// What happens at an event of this name.
pub fn on(name: &'static str, heard: impl Fn(ev::Event) + 'static) -> Attr {
    Attr::new(Directive::listener(name, Box::new(heard)))
}

/// What a text field holds at first.
pub fn first_value(value: String) -> Attr {
    Attr::new(Directive::first_value(value))
}

/// An element that only holds others. An empty class is left out.
pub fn container(tag: &'static str, class: &'static str, children: Vec<Node>) -> Node {
    element(tag, class_attr(class), children)
}

/// An element that holds text.
pub fn text_element(tag: &'static str, class: &'static str, content: &str) -> Node {
    container(tag, class, vec![text(content)])
}

/// Text that a person wrote, or a name: in its own direction, and left as it is by a browser that translates the page.
pub fn own_text(tag: &'static str, class: &'static str, words: &str) -> Node {
    let mut attributes = class_attr(class);
    attributes.extend(as_written());
    element(tag, attributes, vec![text(words)])
}

/// The attributes of an element that holds or takes text as a person wrote it.
pub fn as_written() -> [Attr; 2] {
    [attr("dir", "auto"), attr("translate", "no")]
}

/// Text by itself.
pub fn text(content: &str) -> Node {
    Node::new(content.to_owned())
}

/// A part that is drawn again when what it shows changes.
pub fn dynamic(draw: impl Fn() -> Vec<Node> + Send + 'static) -> Node {
    let draw: Box<dyn Fn() -> Vec<AnyView> + Send> =
        Box::new(move || draw().into_iter().map(Node::view).collect::<Vec<_>>());
    Node::new(draw)
}

/// An alert that says what did not work; empty until then.
pub fn notice(said: RwSignal<&'static str>) -> Node {
    let says = move || {
        let said = said.get();
        if said.is_empty() { Vec::new() } else { vec![text_element("p", "note", said)] }
    };
    element("div", vec![attr("role", "alert")], vec![dynamic(says)])
}

/// Moves the focus, once it is drawn, to what stands there by this selector. A control that is drawn anew would lose it.
pub fn focus_next(selector: String) {
    request_animation_frame(move || page::focus(&selector));
}

/// A list. Its role is said outright, because a list without bullets is none to some screen readers.
pub fn list(tag: &'static str, class: &'static str, items: Vec<Node>) -> Node {
    let mut attributes = class_attr(class);
    attributes.push(attr("role", "list"));
    element(tag, attributes, items)
}

/// The heading of a screen, to which the focus moves.
pub fn title(content: &str) -> Node {
    title_of(vec![text(content)])
}

fn title_of(parts: Vec<Node>) -> Node {
    element("h1", vec![attr("tabindex", "-1")], parts)
}

/// The head of a screen: the heading, and a sentence below it where one helps.
pub fn screen_header(above: Option<Node>, heading: &str, hint: Option<&str>, below: Option<Node>) -> Node {
    screen_header_of(above, vec![text(heading)], hint, below)
}

/// The same, with a heading of several parts.
pub fn screen_header_of(above: Option<Node>, heading: Vec<Node>, hint: Option<&str>, below: Option<Node>) -> Node {
    let mut children: Vec<Node> = above.into_iter().collect();
    children.push(title_of(heading));
    children.extend(hint.map(|hint| text_element("p", "hint", hint)));
    children.extend(below);
    container("header", "step-head", children)
}

/// A screen of the reflect page.
pub fn screen(id: &str, children: Vec<Node>) -> Node {
    element("div", vec![attr("class", "step"), attr("data-step", id)], children)
}

/// A button. An empty action leaves the hook out.
pub fn button(class: &'static str, action: &str, label: Vec<Node>, press: impl Fn() + 'static) -> Node {
    pressable(class, action, None, label, Box::new(press))
}

/// A button that stays pressed.
pub fn toggle(action: &str, pressed: bool, label: Vec<Node>, press: impl Fn() + 'static) -> Node {
    pressable("tool", action, Some(pressed), label, Box::new(press))
}

fn pressable(class: &'static str, action: &str, pressed: Option<bool>, label: Vec<Node>, press: Box<dyn Fn()>) -> Node {
    let mut attributes = vec![attr("class", class), attr("type", "button"), on("click", move |_| press())];
    if !action.is_empty() {
        attributes.push(attr("data-action", action));
    }
    if let Some(pressed) = pressed {
        attributes.push(attr("aria-pressed", if pressed { "true" } else { "false" }));
    }
    element("button", attributes, label)
}

/// A large way on: a name, and a sentence below it.
pub fn choice_label(name: &str, note: Option<&str>) -> Vec<Node> {
    let mut children = vec![text_element("b", "name", name)];
    children.extend(note.map(|note| text_element("span", "state", note)));
    vec![container("span", "", children)]
}

/// A card to choose: a native input, and what it says.
pub struct Choice {
    /// `checkbox` or `radio`.
    pub kind: &'static str,
    /// The name of the input.
    pub name: String,
    /// The value of the input; empty where it stands alone.
    pub value: String,
    /// Whether it is chosen; followed, so that another tab's change shows.
    pub checked: Box<dyn Fn() -> bool + Send>,
    /// What happens when the parent chooses it, or takes the choice back.
    pub change: Box<dyn Fn(bool)>,
    /// What it says.
    pub label: Vec<Node>,
}

/// Draws a card to choose.
pub fn choice(choice: Choice) -> Node {
    let Choice { kind, name, value, checked, change, label } = choice;
    let mut attributes = vec![
        attr("type", kind),
        attr("name", &name),
        Attr::new(Directive::checked(checked)),
        on("change", move |event| change(event_target_checked(&event))),
    ];
    if !value.is_empty() {
        attributes.push(attr("value", &value));
    }
    let mut children = vec![element("input", attributes, Vec::new())];
    children.extend(label);
    container("label", "choice", children)
}

/// A group of cards, with what it asks.
pub fn choices(class: &'static str, legend: &str, cards: Vec<Node>) -> Node {
    let mut children = vec![text_element("legend", "", legend)];
    children.extend(cards);
    container("fieldset", class, children)
}

fn class_attr(class: &'static str) -> Vec<Attr> {
    if class.is_empty() { Vec::new() } else { vec![attr("class", class)] }
}
