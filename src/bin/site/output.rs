//! The built files. They are collected in memory and replace the output folder in one step.

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

/// The built files, keyed by their path from the root of the site, with `/` as separator.
#[derive(Default)]
pub struct Files(pub BTreeMap<String, Vec<u8>>);

impl Files {
    /// Adds a file at this path.
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

    /// Returns the files by the URL that pages use, relative to the root: a folder instead of its `index.html`.
    pub fn addresses(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(path, bytes)| (path.strip_suffix("index.html").unwrap_or(path), bytes.as_slice()))
    }

    /// Replaces the folder `out` with these files. They are written to a temporary folder beside it, which is then
    /// renamed, so that `out` never contains part of a site or files of an older build.
    ///
    /// # Errors
    ///
    /// Fails when `out` contains files that no build wrote, or a file or folder cannot be written.
    pub fn write(&self, out: &Path) -> Result<()> {
        check_replaceable(out)?;
        // The parent of a bare name such as `site` is the working folder.
        let parent = Path::new(".").join(out.parent().unwrap_or(Path::new("")));
        let parent = parent.as_path();
        fs::create_dir_all(parent).with_context(|| format!("the folder {} cannot be created", parent.display()))?;
        let beside = tempfile::Builder::new()
            .prefix(".site-")
            .tempdir_in(parent)
            .with_context(|| format!("no folder can be created in {}", parent.display()))?;
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
        replace().with_context(|| format!("the new site cannot replace {}", out.display()))
    }
}

/// Writes one file, and creates its parent folders.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let write = || {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, bytes)
    };
    write().with_context(|| format!("{} cannot be written", path.display()))
}

/// Returns the SHA-256 of the bytes in lowercase hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Checks that a build may replace the folder `out`.
///
/// The files of an earlier build are recognised by the list in its service worker. The few built files that the list
/// leaves out are recognised by their names.
///
/// # Errors
///
/// Fails when `out` is not a folder, or contains a file that no build wrote.
pub fn check_replaceable(out: &Path) -> Result<()> {
    if !out.is_dir() {
        ensure!(!out.exists() && !out.is_symlink(), "{} is not a folder; name another one with --out", out.display());
        return Ok(());
    }
    let mut entries = WalkDir::new(out).min_depth(1).into_iter().peekable();
    if entries.peek().is_none() {
        return Ok(());
    }
    let worker = read_source(&out.join(WORKER)).ok().filter(|worker| is_worker(worker));
    let Some(listed) = worker.and_then(|worker| file_list(&worker).ok()) else {
        bail!("{} is not empty and not a built site; name an empty or a new folder with --out", out.display());
    };
    for entry in entries {
        let entry = entry.with_context(|| format!("{} cannot be read", out.display()))?;
        let path = entry.path().strip_prefix(out)?.to_string_lossy().replace('\\', "/");
        let is_built = entry.file_type().is_dir() || entry.file_type().is_file() && is_built(&path, &listed);
        ensure!(
            is_built,
            "{} contains {path}, which no build wrote and a new build would delete; move it, or name another folder \
             with --out",
            out.display()
        );
    }
    Ok(())
}

/// The service worker, which lists all files that pages can need.
pub const WORKER: &str = "sw.js";

/// Returns whether this is the service worker of a built site, of any version.
fn is_worker(script: &[u8]) -> bool {
    let text = String::from_utf8_lossy(script);
    text.contains("between-us") && text.contains("const BUILD = ") && text.contains("const FILES = {")
}

/// Returns whether a build with this file list wrote the file at this path.
fn is_built(path: &str, listed: &BTreeMap<String, String>) -> bool {
    let path = path.strip_suffix(".br").or_else(|| path.strip_suffix(".gz")).unwrap_or(path);
    let address = match path.strip_suffix("index.html") {
        Some("") => "./",
        Some(folder) => folder,
        None => path,
    };
    // Icons and previews, which the list leaves out.
    let is_picture = path.starts_with("assets/") && path.ends_with(".png");
    listed.contains_key(address) || is_picture || [WORKER, "_headers", "404.html"].contains(&path)
}

/// Reads the file list of a service worker: each URL, relative to the root, with the hash of the file.
///
/// # Errors
///
/// Fails when there is no list, or an entry has a form that no build writes. The script may come from an untrusted
/// host.
pub fn file_list(worker: &[u8]) -> Result<BTreeMap<String, String>> {
    let text = String::from_utf8_lossy(worker);
    let start = text.find("{\"").context("it contains no list of files")?;
    let mut values = Deserializer::from_str(&text[start..]).into_iter::<BTreeMap<String, BTreeMap<String, String>>>();
    let groups = values.next().context("it contains no list of files")??;
    let files: BTreeMap<String, String> = groups.into_values().flatten().collect();
    for (path, hash) in &files {
        let is_allowed = |ch: u8| ch.is_ascii_alphanumeric() || b"./_-".contains(&ch);
        let is_path = path.bytes().all(is_allowed) && !path.starts_with('/') && !path.contains("..");
        ensure!(is_path && path.len() <= 200, "its list contains a path that no build writes");
        let is_hash = hash.len() == 32 && hash.bytes().all(|ch| ch.is_ascii_hexdigit());
        ensure!(is_hash, "its list contains an invalid hash");
    }
    ensure!(files.len() <= MAX_FILES, "its list has more than {MAX_FILES} files");
    Ok(files)
}

/// The largest number of files that a list may have. A build with three languages has about 60.
const MAX_FILES: usize = 2000;
