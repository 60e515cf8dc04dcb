//! What was made once from the same bytes is not made again.

use std::fs::{self, DirEntry};
use std::path::PathBuf;
use std::process;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::output::{digest, write_file};

/// After how long a result is thrown away, to be made again if it is still needed.
const AGE: Duration = Duration::from_secs(2 * 24 * 60 * 60);

/// A folder of results, each under the hash of what it was made from.
pub struct Cache(PathBuf);

impl Cache {
    /// The cache in this folder, without what is old: every change of a source leaves a few results behind.
    pub fn open(folder: PathBuf) -> Self {
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        let old = |entry: &DirEntry| entry.metadata().ok()?.modified().ok()?.elapsed().ok();
        for entry in entries.filter(|entry| old(entry).is_some_and(|age| age > AGE)) {
            // Another build may have thrown it away a moment ago, which is as good.
            let _ = fs::remove_file(entry.path());
        }
        Self(folder)
    }

    /// What `make` makes of these bytes; `kind` tells it from other results of the same bytes.
    pub fn get(&self, kind: &str, bytes: &[u8], make: impl FnOnce() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
        let name = format!("{}.{kind}", digest(bytes));
        let path = self.0.join(&name);
        if let Ok(known) = fs::read(&path) {
            return Ok(known);
        }
        let made = make()?;
        // Written under another name first: a build that is cut off must not leave half a file under this one.
        let part = self.0.join(format!("{name}.{}", process::id()));
        write_file(&part, &made)?;
        fs::rename(&part, &path).with_context(|| format!("{} cannot be written", path.display()))?;
        Ok(made)
    }
}
