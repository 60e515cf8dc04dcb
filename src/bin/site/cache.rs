//! A cache on disk for build results, keyed by the hash of their input.

use std::fs::{self, DirEntry};
use std::path::PathBuf;
use std::process;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::output::{digest, write_file};

/// The age at which a cached result is deleted.
const MAX_AGE: Duration = Duration::from_secs(2 * 24 * 60 * 60);

/// A folder of cached results, each named after the hash of its input.
pub struct Cache(PathBuf);

impl Cache {
    /// Opens the cache in this folder and deletes results older than [`MAX_AGE`], since every change of a source leaves
    /// unused results behind.
    pub fn open(folder: PathBuf) -> Self {
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        let age = |entry: &DirEntry| entry.metadata().ok()?.modified().ok()?.elapsed().ok();
        for entry in entries.filter(|entry| age(entry).is_some_and(|age| age > MAX_AGE)) {
            // A concurrent build may have deleted it already.
            let _ = fs::remove_file(entry.path());
        }
        Self(folder)
    }

    /// Returns the cached result for these bytes, or calls `make` and stores its result. `kind` distinguishes different
    /// results of the same bytes.
    ///
    /// # Errors
    ///
    /// Fails when `make` fails or the result cannot be written.
    pub fn get(&self, kind: &str, bytes: &[u8], make: impl FnOnce() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
        let name = format!("{}.{kind}", digest(bytes));
        let path = self.0.join(&name);
        if let Ok(cached) = fs::read(&path) {
            return Ok(cached);
        }
        let made = make()?;
        // Written to a temporary file first, so that an interrupted build leaves no truncated result.
        let temporary = self.0.join(format!("{name}.{}", process::id()));
        write_file(&temporary, &made)?;
        fs::rename(&temporary, &path).with_context(|| format!("{} cannot be written", path.display()))?;
        Ok(made)
    }
}
