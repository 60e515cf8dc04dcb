//! Local and session storage, opened with a guard: `gloo-storage` panics where storage is absent, and a page may be
//! refused it at any call.

use gloo_storage::{LocalStorage, SessionStorage, Storage};

use super::page;
use crate::reflection::{PREFIX, StorageError, Store};

/// The key in the browser's stores for a key of ours: copies of the site at one address have a prefix each, which the core does
/// not know of.
fn outer(key: &str) -> String {
    [&super::page::key_prefix(), key.strip_prefix(PREFIX).unwrap_or(key)].concat()
}

/// The key of ours for one in the browser's stores; `None` if it is another copy's or not ours at all.
pub fn inner(key: &str) -> Option<String> {
    key.strip_prefix(&*super::page::key_prefix()).map(|rest| [PREFIX, rest].concat())
}

/// One of the two stores of the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebStorage {
    /// Local storage: on this device, shared by all tabs.
    Device,
    /// Session storage: this tab's own.
    Tab,
}

impl WebStorage {
    /// The raw store, unless it is absent or blocked.
    fn open(self) -> Result<web_sys::Storage, StorageError> {
        let window = web_sys::window().ok_or(StorageError)?;
        let probe = match self {
            Self::Device => window.local_storage(),
            Self::Tab => window.session_storage(),
        };
        match (probe, self) {
            (Ok(Some(_)), Self::Device) => Ok(LocalStorage::raw()),
            (Ok(Some(_)), Self::Tab) => Ok(SessionStorage::raw()),
            _ => Err(StorageError),
        }
    }

    /// The same, unless something broke or the page was left: nothing is written any more then. After a break reading goes on,
    /// so that what is kept can still be saved.
    fn open_for_change(self) -> Result<web_sys::Storage, StorageError> {
        if page::is_broken() || page::is_left() { Err(StorageError) } else { self.open() }
    }
}

impl Store for WebStorage {
    fn read(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.open()?.get_item(&outer(key)).map_err(|_| StorageError)
    }

    fn write(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.open_for_change()?.set_item(&outer(key), value).map_err(|_| StorageError)
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.open_for_change()?.remove_item(&outer(key)).map_err(|_| StorageError)
    }

    fn keys(&self) -> Result<Vec<String>, StorageError> {
        // All at once: in Firefox each call of `key(index)` counts from the beginning.
        let store: wasm_bindgen::JsValue = self.open()?.into();
        let keys = js_sys::Reflect::own_keys(&store).map_err(|_| StorageError)?;
        Ok(keys.iter().filter_map(|key| inner(&key.as_string()?)).collect())
    }
}

/// Asks the browser to keep local storage for good. It may say no, and says nothing of it: nothing depends on it.
pub fn ask_to_persist() {
    if let Some(window) = web_sys::window() {
        // Old browsers and insecure pages have no storage manager.
        let manager = js_sys::Reflect::get(&window.navigator(), &"storage".into());
        if manager.is_ok_and(|manager| manager.is_object()) {
            let _ = window.navigator().storage().persist();
        }
    }
}
