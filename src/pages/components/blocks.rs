//! The building blocks that every live screen is made of. Markup in `view!` (`src/macros`) expands to them.
//!
//! Leptos' own templates are not used there: each distinct template, and each distinct kind of attribute, adds some
//! hundred bytes of wasm (measured: docs/architecture.md).

use leptos::ev;
use leptos::html::custom;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::custom::custom_attribute;

use super::directive::Directive;
use crate::browser::page;

/// A node of a screen, or nothing.
///
/// It is one pointer: screens move their nodes often, and each move of a larger value is code (measured:
/// docs/architecture.md).
#[repr(transparent)]
pub struct Node(Option<Box<AnyView>>);

impl Node {
    fn new(view: impl IntoAny) -> Self {
        Self(Some(Box::new(view.into_any())))
    }

    /// Returns the node as a Leptos view.
    pub fn view(self) -> AnyView {
        self.0.map_or_else(|| ().into_any(), |view| *view)
    }
}

/// Returns a node that renders nothing. Among other children it is omitted.
pub fn nothing() -> Node {
    Node(None)
}

/// Wraps a Leptos view.
pub fn node(view: impl IntoAny) -> Node {
    Node::new(view)
}

/// A `{child}` in the markup of `view!`.
pub trait IntoNode: Sized {
    /// Returns the child as one node.
    fn into_node(self) -> Node;

    /// Returns the child as a list.
    fn into_nodes(self) -> Vec<Node> {
        vec![self.into_node()]
    }

    /// Returns an element with this child alone. An empty class is omitted.
    fn within(self, tag: &'static str, class: &'static str) -> Node {
        container(tag, class, self.into_nodes())
    }
}

impl IntoNode for Node {
    fn into_node(self) -> Node {
        self
    }
}

impl IntoNode for &str {
    fn into_node(self) -> Node {
        text(self)
    }

    fn within(self, tag: &'static str, class: &'static str) -> Node {
        text_element(tag, class, self)
    }
}

impl IntoNode for &String {
    fn into_node(self) -> Node {
        text(self)
    }

    fn within(self, tag: &'static str, class: &'static str) -> Node {
        text_element(tag, class, self)
    }
}

impl IntoNode for String {
    fn into_node(self) -> Node {
        text(&self)
    }

    fn within(self, tag: &'static str, class: &'static str) -> Node {
        text_element(tag, class, &self)
    }
}

impl IntoNode for Option<Node> {
    fn into_node(self) -> Node {
        self.unwrap_or_else(nothing)
    }
}

impl IntoNode for Vec<Node> {
    fn into_node(self) -> Node {
        Node::new(views(self))
    }

    fn into_nodes(self) -> Vec<Node> {
        self
    }
}

/// A closure is rendered again when a signal it reads changes.
impl<F: Fn() -> T + Send + 'static, T: IntoNode> IntoNode for F {
    fn into_node(self) -> Node {
        dynamic(move || self().into_nodes())
    }
}

fn views(nodes: Vec<Node>) -> Vec<AnyView> {
    nodes.into_iter().filter_map(|node| node.0).map(|view| *view).collect()
}

/// An attribute of an element; one pointer, as [`Node`] is.
pub struct Attr(Box<AnyAttribute>);

impl Attr {
    fn new(attribute: impl IntoAnyAttribute) -> Self {
        Self(Box::new(attribute.into_any_attr()))
    }
}

/// Returns an element.
pub fn element(tag: &'static str, attributes: Vec<Attr>, children: Vec<Node>) -> Node {
    Node::new(custom(tag).child(views(children)).add_any_attr(raw(attributes)))
}

/// Converts attributes to those of Leptos.
pub fn raw(attributes: Vec<Attr>) -> Vec<AnyAttribute> {
    attributes.into_iter().map(|attribute| *attribute.0).collect()
}

/// Returns an attribute.
pub fn attr(name: &'static str, value: &str) -> Attr {
    Attr::new(custom_attribute(name, value.to_owned()))
}

/// Listens to the event with this name.
pub fn on(name: &'static str, listener: impl Fn(ev::Event) + 'static) -> Attr {
    Attr::new(Directive::listener(name, Box::new(listener)))
}

/// Sets the initial value of a text field.
pub fn first_value(value: String) -> Attr {
    Attr::new(Directive::first_value(value))
}

/// Returns an element without attributes but a class. An empty class is omitted.
pub fn container(tag: &'static str, class: &'static str, children: Vec<Node>) -> Node {
    element(tag, class_attr(class), children)
}

/// Returns an element with text and without attributes but a class.
pub fn text_element(tag: &'static str, class: &'static str, content: &str) -> Node {
    container(tag, class, vec![text(content)])
}

/// Returns an element with text that a person wrote, or a name. Its direction follows the text, and browsers do not
/// translate it.
pub fn own_text(tag: &'static str, class: &'static str, content: &str) -> Node {
    let mut attributes = class_attr(class);
    attributes.extend(as_written());
    element(tag, attributes, vec![text(content)])
}

/// Returns the attributes of an element with text that a person wrote or writes.
pub fn as_written() -> [Attr; 2] {
    [attr("dir", "auto"), attr("translate", "no")]
}

/// Returns a text node.
pub fn text(content: &str) -> Node {
    Node::new(content.to_owned())
}

/// Returns nodes that are rendered again when a signal that `render` reads changes.
pub fn dynamic(render: impl Fn() -> Vec<Node> + Send + 'static) -> Node {
    let render: Box<dyn Fn() -> Vec<AnyView> + Send> = Box::new(move || views(render()));
    Node::new(render)
}

/// Returns an alert with the message of a failure. It is empty while `message` is.
pub fn notice(message: RwSignal<&'static str>) -> Node {
    let content = move || {
        let message = message.get();
        if message.is_empty() { Vec::new() } else { vec![text_element("p", "note", message)] }
    };
    element("div", vec![attr("role", "alert")], vec![dynamic(content)])
}

/// Moves the focus, after the next rendering, to the element that matches this selector. A control that is rendered
/// again would lose it.
pub fn focus_next(selector: String) {
    request_animation_frame(move || page::focus(&selector));
}

/// Returns a list. Its role is explicit, because some screen readers do not announce a list without bullets.
pub fn list(class: &'static str, items: Vec<Node>) -> Node {
    let mut attributes = class_attr(class);
    attributes.push(attr("role", "list"));
    element("ul", attributes, items)
}

/// Returns the heading of a screen. It receives the focus when the screen opens.
pub fn title(content: &str) -> Node {
    element("h1", vec![attr("tabindex", "-1")], vec![text(content)])
}

/// Returns the header of a screen: its heading, a hint, and what follows below them.
pub fn screen_header(heading: &str, hint: Option<&str>, below: Vec<Node>) -> Node {
    let mut children = vec![title(heading)];
    children.extend(hint.map(|hint| text_element("p", "hint", hint)));
    children.extend(below);
    container("header", "step-head", children)
}

/// Returns a screen of the reflect page.
pub fn screen(id: &str, children: Vec<Node>) -> Node {
    element("div", vec![attr("class", "step"), attr("data-step", id)], children)
}

/// Returns a button. With an empty action it has no `data-action`.
pub fn button(class: &'static str, action: &str, label: Vec<Node>, press: impl Fn() + 'static) -> Node {
    pressable(class, action, None, label, Box::new(press))
}

/// Returns a toggle button.
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

/// Returns the label of a large button or link: a name, and a note below it.
pub fn choice_label(name: &str, note: Option<&str>) -> Node {
    let mut children = vec![text_element("b", "name", name)];
    children.extend(note.map(|note| text_element("span", "state", note)));
    container("span", "", children)
}

/// A choice card: a native input with a label.
pub struct Choice {
    /// `checkbox` or `radio`.
    pub kind: &'static str,
    /// The name of the input.
    pub name: String,
    /// The value of the input; empty for a single checkbox.
    pub value: String,
    /// Returns whether the input is checked. It is tracked, so a change in another tab shows.
    pub checked: Box<dyn Fn() -> bool + Send>,
    /// Called when the parent checks or unchecks the input.
    pub change: Box<dyn Fn(bool)>,
    /// The label.
    pub label: Vec<Node>,
}

/// Returns a choice card.
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

/// Returns a group of choice cards under a legend.
pub fn choices(class: &'static str, legend: &str, cards: Vec<Node>) -> Node {
    let mut children = vec![text_element("legend", "", legend)];
    children.extend(cards);
    container("fieldset", class, children)
}

fn class_attr(class: &'static str) -> Vec<Attr> {
    if class.is_empty() { Vec::new() } else { vec![attr("class", class)] }
}
