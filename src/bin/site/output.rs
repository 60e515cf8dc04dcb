//! The built files: kept in memory until all of them are there, then put in place at once.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use base64::prelude::{BASE64_STANDARD, Engine};
use between_us::content::read_source;
use between_us::pages::Asset;
use serde_json::Deserializer;
use sha2::{Digest, Sha256, Sha384};
use walkdir::WalkDir;

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

/// Refuses a folder that may not be replaced: something stands in it that no earlier build wrote.
///
/// The list of an earlier build is that of its service worker. What is not on it and belongs to a build all the same has names
/// that nothing else has.
pub fn refuse_foreign(out: &Path) -> Result<()> {
    if !out.is_dir() {
        ensure!(!out.exists() && !out.is_symlink(), "{} is no folder; name another one with --out", out.display());
        return Ok(());
    }
    let mut entries = WalkDir::new(out).min_depth(1).into_iter().peekable();
    if entries.peek().is_none() {
        return Ok(());
    }
    let worker = read_source(&out.join(WORKER)).ok().filter(|worker| is_worker(worker));
    let Some(listed) = worker.and_then(|worker| listed(&worker).ok()) else {
        bail!("{} holds files that are no built site; name an empty or a new folder with --out", out.display());
    };
    for entry in entries {
        let entry = entry.with_context(|| format!("{} cannot be read", out.display()))?;
        let path = entry.path().strip_prefix(out)?.to_string_lossy().replace('\\', "/");
        let is_built = entry.file_type().is_dir() || entry.file_type().is_file() && is_built(&path, &listed);
        ensure!(
            is_built,
            "{} holds {path}, which no build wrote and a new one would delete; move it, or name another folder with --out",
            out.display()
        );
    }
    Ok(())
}

/// The file that lists all others.
pub const WORKER: &str = "sw.js";

/// Returns whether this is the service worker of a built site, whatever its version.
fn is_worker(script: &[u8]) -> bool {
    let text = String::from_utf8_lossy(script);
    text.contains("between-us") && text.contains("const BUILD = ") && text.contains("const FILES = {")
}

/// Returns whether a build with this list wrote the file at this path.
fn is_built(path: &str, listed: &BTreeMap<String, String>) -> bool {
    let path = path.strip_suffix(".br").or_else(|| path.strip_suffix(".gz")).unwrap_or(path);
    let address = match path.strip_suffix("index.html") {
        Some("") => "./",
        Some(folder) => folder,
        None => path,
    };
    // Pictures that no page shows: their names end in the hash of their bytes.
    let is_picture = path.starts_with("assets/") && path.ends_with(".png");
    listed.contains_key(address) || is_picture || [WORKER, "_headers", "404.html"].contains(&path)
}

/// The files that a service worker lists, each with its hash.
///
/// # Errors
///
/// Fails where there is no such list, or it holds what no build writes: it may come from a host that nobody knows.
pub fn listed(worker: &[u8]) -> Result<BTreeMap<String, String>> {
    let text = String::from_utf8_lossy(worker);
    let start = text.find("{\"").context("it holds no list of files")?;
    let mut values = Deserializer::from_str(&text[start..]).into_iter::<BTreeMap<String, BTreeMap<String, String>>>();
    let groups = values.next().context("it holds no list of files")??;
    let files: BTreeMap<String, String> = groups.into_values().flatten().collect();
    for (path, hash) in &files {
        let is_plain = |ch: u8| ch.is_ascii_alphanumeric() || b"./_-".contains(&ch);
        let is_path = path.bytes().all(is_plain) && !path.starts_with('/') && !path.contains("..");
        ensure!(is_path && path.len() <= 200, "its list names a file that no build writes");
        ensure!(hash.len() == 32 && hash.bytes().all(|ch| ch.is_ascii_hexdigit()), "its list holds what is no hash");
    }
    ensure!(files.len() <= MOST_FILES, "its list is longer than that of any build");
    Ok(files)
}

/// The most files that a build may have. One of three languages has some 60.
const MOST_FILES: usize = 2000;
