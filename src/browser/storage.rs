//! Local and session storage. Availability is checked before each access: `gloo-storage` panics where storage is
//! absent, and a browser may deny access at any call.

use gloo_storage::{LocalStorage, SessionStorage, Storage};

use super::page;
use crate::reflection::{PREFIX, StorageError, Store};

/// Returns the key in web storage for a key of the journal. Copies of the site at one origin each have a prefix of
/// their own, which the journal does not know.
fn outer(key: &str) -> String {
    [&page::key_prefix(), key.strip_prefix(PREFIX).unwrap_or(key)].concat()
}

/// Returns the key of the journal for a key in web storage, or `None` if the key belongs to another copy of the site or
/// to other code.
pub fn inner(key: &str) -> Option<String> {
    key.strip_prefix(&*page::key_prefix()).map(|rest| [PREFIX, rest].concat())
}

/// One of the two web storage areas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebStorage {
    /// Local storage: on this device, shared by all tabs.
    Device,
    /// Session storage: for this tab only.
    Tab,
}

impl WebStorage {
    /// Returns the storage object.
    ///
    /// # Errors
    ///
    /// Fails when storage is absent or blocked.
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

    /// Returns the storage object for writing.
    ///
    /// # Errors
    ///
    /// Fails like [`Self::open`], and after an error stopped the app or the exit was pressed: nothing may be written
    /// then. Reading stays possible after an error, so that a backup can still be saved.
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
        // Read in one call: in Firefox each call of `key(index)` iterates from the start.
        let store: wasm_bindgen::JsValue = self.open()?.into();
        let keys = js_sys::Reflect::own_keys(&store).map_err(|_| StorageError)?;
        Ok(keys.iter().filter_map(|key| inner(&key.as_string()?)).collect())
    }
}

/// Requests persistent storage. The browser may deny it silently; nothing depends on the result.
pub fn ask_to_persist() {
    if let Some(window) = web_sys::window() {
        // Old browsers and insecure contexts have no storage manager.
        let manager = js_sys::Reflect::get(&window.navigator(), &"storage".into());
        if manager.is_ok_and(|manager| manager.is_object()) {
            let _ = window.navigator().storage().persist();
        }
    }
}
