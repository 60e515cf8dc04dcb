//! A stand-in for the crate `wasm-streams`, named under `[patch.crates-io]`.
//!
//! `leptos` links `wasm-streams` through `server_fn`. Its exported classes stay in every module, because the linker cannot
//! tell that nobody calls them: 8 KB after compression. This app calls no server function, so the part of the interface
//! that `server_fn` compiles against is enough, and none of it runs.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use wasm_bindgen::JsValue;

/// A stream of the browser. The app creates none.
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Wraps a stream of the browser.
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// Returns the stream of the browser.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// Never called: only a server function sends a stream.
    ///
    /// # Panics
    ///
    /// Always.
    pub fn from_stream(_: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> Self {
        unreachable!()
    }

    /// Returns a stream without items.
    pub fn into_stream(self) -> impl Stream<Item = Result<JsValue, JsValue>> + 'static {
        Empty
    }
}

/// A stream that ends at once.
struct Empty;

impl Stream for Empty {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}
