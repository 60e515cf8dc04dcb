//! The built files: kept in memory until all of them are there, then put in place at once.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::prelude::{BASE64_STANDARD, Engine};
use between_us::pages::Asset;
use sha2::{Digest, Sha256, Sha384};

/// The built files by their path from the root of the site, with `/` between folders.
#[derive(Default)]
pub struct Files(pub BTreeMap<String, Vec<u8>>);

impl Files {
    /// Adds a file under its own name.
    pub fn add(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Asset {
        let (path, bytes) = (path.into(), bytes.into());
        let integrity = format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(&bytes)));
        self.0.insert(path.clone(), bytes);
        Asset { path, integrity }
    }

    /// Adds a file to `assets/` under a name that changes with its bytes: `style.css` becomes
    /// `assets/style-3f2a9c01.css`.
    pub fn add_hashed(&mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Asset {
        let bytes = bytes.into();
        let hash = &digest(&bytes)[..8];
        let path = match name.rsplit_once('.') {
            Some((stem, extension)) => format!("assets/{stem}-{hash}.{extension}"),
            None => format!("assets/{name}-{hash}"),
        };
        self.add(path, bytes)
    }

    /// The files under the address by which a page asks for them: a folder in place of its `index.html`.
    pub fn addresses(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(path, bytes)| (path.strip_suffix("index.html").unwrap_or(path), bytes.as_slice()))
    }

    /// Makes `out` hold exactly these files. They are written beside it first and then take its place, so that nobody
    /// ever meets half a site or a file of an older one.
    pub fn write(&self, out: &Path) -> Result<()> {
        refuse_foreign(out)?;
        // `site` alone stands in the working folder.
        let parent = Path::new(".").join(out.parent().unwrap_or(Path::new("")));
        let parent = parent.as_path();
        fs::create_dir_all(parent).with_context(|| format!("the folder {} cannot be made", parent.display()))?;
        let beside = tempfile::Builder::new()
            .prefix(".site-")
            .tempdir_in(parent)
            .with_context(|| format!("no folder can be made in {}", parent.display()))?;
        let new = beside.path().join("new");
        for (path, bytes) in &self.0 {
            write_file(&new.join(path), bytes)?;
        }
        let replace = || {
            if out.exists() {
                fs::rename(out, beside.path().join("old"))?;
            }
            fs::rename(&new, out)
        };
        replace().with_context(|| format!("the new site cannot take the place of {}", out.display()))
    }
}

/// Writes one file, and the folders it stands in.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let write = || {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, bytes)
    };
    write().with_context(|| format!("{} cannot be written", path.display()))
}

/// The SHA-256 of some bytes, in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Refuses a folder that may not be replaced: it holds files, and no earlier build wrote them.
pub fn refuse_foreign(out: &Path) -> Result<()> {
    let replaceable = match fs::read_dir(out) {
        Ok(mut entries) => entries.next().is_none() || out.join("_headers").is_file(),
        Err(_) => !out.exists(),
    };
    ensure!(
        replaceable,
        "{} holds files that are no built site; name an empty or a new folder with --out",
        out.display()
    );
    Ok(())
}
