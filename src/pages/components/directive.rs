//! Directives that attach listeners and reactive properties when an element is mounted.
//!
//! The attributes of Leptos for both record the thread that created them, and querying it links a second allocator
//! (measured: docs/architecture.md). The app has one thread, so this one attribute replaces them.

use std::any::Any;
use std::cell::RefCell;
use std::sync::atomic::{AtomicU32, Ordering};

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::{Attribute, NextAttribute};
use web_sys::Element;

use crate::browser::element::{EventListener, set};

/// Keeps a directive attached until it is dropped.
type Guard = Box<dyn Any>;

/// Attaches a directive to an element, in place of the previous one.
type Attach = Box<dyn FnOnce(&Element, Option<Guard>) -> Guard>;

thread_local! {
    /// The directives that are not attached yet, by id. An attribute must be `Send` and an [`Attach`] is not, so the
    /// attribute contains only the id.
    static PENDING: RefCell<Vec<(u32, Attach)>> = const { RefCell::new(Vec::new()) };
}

/// The id that was assigned last.
static LAST_ID: AtomicU32 = AtomicU32::new(NONE);

/// A directive as an attribute. Prerendered HTML does not contain it.
pub struct Directive(u32);

/// `Attribute` requires `Clone`, but directives are never cloned here. A directive belongs to one element, so a clone
/// does nothing.
impl Clone for Directive {
    fn clone(&self) -> Self {
        Self(NONE)
    }
}

/// The id that belongs to no directive.
const NONE: u32 = 0;

impl Directive {
    fn new(attach: Attach) -> Self {
        let id = LAST_ID.fetch_add(1, Ordering::Relaxed) + 1;
        PENDING.with_borrow_mut(|pending| pending.push((id, attach)));
        Self(id)
    }

    /// Returns a directive that listens to the event `name`.
    pub fn listener(name: &'static str, listener: Box<dyn Fn(Event)>) -> Self {
        // Signals and effects that the listener creates belong to the screen that added it, and are disposed with it.
        let owner = Owner::current().unwrap_or_default();
        Self::new(Box::new(move |element, previous| {
            // The previous listener is removed first, so that there are never two.
            drop(previous);
            Box::new(EventListener::new(element, name, move |event| owner.with(|| listener(event))))
        }))
    }

    /// Returns a directive that sets the initial value of a text field. When the field is rendered again, the value is
    /// set only if it differs from the previous one, because the parent may have typed in the meantime.
    pub fn first_value(value: String) -> Self {
        Self::new(Box::new(move |element, previous| {
            if previous.and_then(|guard| guard.downcast::<String>().ok()).is_none_or(|previous| *previous != value) {
                set(element, "value", &value.as_str().into());
            }
            Box::new(value)
        }))
    }

    /// Returns a directive that keeps the `checked` property up to date. `checked` is tracked.
    pub fn checked(checked: Box<dyn Fn() -> bool + Send>) -> Self {
        Self::new(Box::new(move |element, previous| {
            drop(previous);
            let element = element.clone();
            Box::new(RenderEffect::new(move |_| set(&element, "checked", &checked().into())))
        }))
    }
}

/// Removes a pending directive and returns it. Returns `None` if there is none with this id.
fn take(id: u32) -> Option<Attach> {
    // While a thread exits, the list may already be destroyed.
    let taken = PENDING.try_with(|pending| {
        let mut pending = pending.borrow_mut();
        // Searches from the end, because most directives are taken soon after they were added.
        let at = pending.iter().rposition(|(other, _)| *other == id)?;
        Some(pending.swap_remove(at).1)
    });
    taken.ok().flatten()
}

impl Drop for Directive {
    fn drop(&mut self) {
        take(self.0);
    }
}

impl Attribute for Directive {
    const MIN_LENGTH: usize = 0;

    type State = (Element, Option<Guard>);
    type AsyncOutput = ();
    type Cloneable = Self;
    type CloneableOwned = Self;

    fn html_len(&self) -> usize {
        0
    }

    fn to_html(self, _: &mut String, _: &mut String, _: &mut String, _: &mut String) {}

    fn hydrate<const FROM_SERVER: bool>(self, element: &Element) -> Self::State {
        self.build(element)
    }

    fn build(self, element: &Element) -> Self::State {
        (element.clone(), take(self.0).map(|attach| attach(element, None)))
    }

    fn rebuild(self, (element, guard): &mut Self::State) {
        *guard = take(self.0).map(|attach| attach(element, guard.take()));
    }

    fn into_cloneable(self) -> Self::Cloneable {
        self
    }

    fn into_cloneable_owned(self) -> Self::CloneableOwned {
        self
    }

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self::AsyncOutput {}
}

impl NextAttribute for Directive {
    type Output<NewAttr: Attribute> = Vec<AnyAttribute>;

    fn add_any_attr<NewAttr: Attribute>(self, next: NewAttr) -> Self::Output<NewAttr> {
        vec![self.into_any_attr(), next.into_any_attr()]
    }
}
