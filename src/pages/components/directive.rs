//! What an element does once it stands in the page: it hears events, and shows what changes.
//!
//! The library has attributes of its own for both. They note which thread made them, and a thread brings the usual
//! allocator with it (measured: docs/architecture.md). Here is one thread, and this one attribute for everything that is no
//! text.

use std::any::Any;
use std::cell::RefCell;
use std::sync::atomic::{AtomicU32, Ordering};

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::{Attribute, NextAttribute};
use web_sys::Element;

use crate::browser::element::{EventListener, set};

/// What keeps a behaviour going: it ends when this is dropped.
type Guard = Box<dyn Any>;

/// Begins the behaviour at this element, in place of the one that stood there before.
type Attach = Box<dyn FnOnce(&Element, Option<Guard>) -> Guard>;

thread_local! {
    /// What has not begun yet, by its number. An attribute must be able to go to another thread, which no behaviour can, so
    /// it holds the number alone.
    static PENDING: RefCell<Vec<(u32, Attach)>> = const { RefCell::new(Vec::new()) };
}

static LAST: AtomicU32 = AtomicU32::new(NONE);

/// A behaviour as an attribute. Where the page is drawn natively it leaves no trace.
pub struct Directive(u32);

/// What an attribute must be able to do, and none of ours is asked for: a behaviour is of one element, and a copy of it does
/// nothing.
impl Clone for Directive {
    fn clone(&self) -> Self {
        Self(NONE)
    }
}

/// The number of no behaviour.
const NONE: u32 = 0;

impl Directive {
    fn new(begin: Attach) -> Self {
        let number = LAST.fetch_add(1, Ordering::Relaxed) + 1;
        PENDING.with_borrow_mut(|waiting| waiting.push((number, begin)));
        Self(number)
    }

    /// Hears an event of this name.
    pub fn listener(name: &'static str, heard: Box<dyn Fn(Event)>) -> Self {
        // What is made while it is heard belongs to the screen that hears, and goes with it.
        let owner = Owner::current().unwrap_or_default();
        Self::new(Box::new(move |element, before| {
            // The earlier one goes first: never are there two.
            drop(before);
            Box::new(EventListener::new(element, name, move |event| owner.with(|| heard(event))))
        }))
    }

    /// Sets what a text field holds; again only when that is another text than before, since by then something may have
    /// been typed.
    pub fn first_value(value: String) -> Self {
        Self::new(Box::new(move |element, before| {
            if before.and_then(|before| before.downcast::<String>().ok()).is_none_or(|before| *before != value) {
                set(element, "value", &value.as_str().into());
            }
            Box::new(value)
        }))
    }

    /// Follows whether a card is chosen.
    pub fn checked(checked: Box<dyn Fn() -> bool + Send>) -> Self {
        Self::new(Box::new(move |element, before| {
            drop(before);
            let element = element.clone();
            Box::new(RenderEffect::new(move |_| set(&element, "checked", &checked().into())))
        }))
    }
}

fn take(number: u32) -> Option<Attach> {
    // During a thread's last moments the list may be gone, and everything that waited with it.
    let taken = PENDING.try_with(|waiting| {
        let mut waiting = waiting.borrow_mut();
        // What is asked for came last, mostly.
        let at = waiting.iter().rposition(|(waits, _)| *waits == number)?;
        Some(waiting.swap_remove(at).1)
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
        (element.clone(), take(self.0).map(|begin| begin(element, None)))
    }

    fn rebuild(self, (element, guard): &mut Self::State) {
        *guard = take(self.0).map(|begin| begin(element, guard.take()));
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
