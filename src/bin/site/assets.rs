//! The files that pages point to, and those that are copied as they are.

use std::path::Path;

use anyhow::{Context, Result, anyhow, ensure};
use between_us::content::{Catalog, Content, Locale, read_source};
use between_us::pages::{Asset, Assets, BundleFiles, OFFLINE};
use serde_json::{Map, Value, json};
use walkdir::WalkDir;

use crate::output::{Files, digest};
use crate::render::MISSING;
use crate::strip_comments::strip_comments;
use crate::wasm::{App, Compiled};
use crate::{headers, manifest};

/// The files of `public/` that become something else; all others are copied as they are.
const USED: [&str; 8] =
    ["boot.js", "icon.svg", "invite.js", "lost.js", "manifest.json", "offline.js", "preview.svg", "sw.js"];

/// The folder of `public/` whose files become `shell.js`.
const SHELL: &str = "shell";

/// The files of `public/shell/`, in the order in which they are joined. They share one scope.
const SHELL_PARTS: [&str; 12] = [
    "store", "marks", "exit", "files", "erase", "pass-on", "leaving", "language", "layer", "actions", "links",
    "fill-in",
];

/// The width of the icon that Apple's home screens take, in pixels.
const TOUCH_ICON: u32 = 180;

/// The width of the picture that the preview of a link shows, in pixels.
const PREVIEW: u32 = 1200;

/// Adds all that pages point to, and what else stands in `public/`.
pub fn add(
    files: &mut Files,
    public: &Path,
    content: &Content,
    app: &App,
    (style, apart): (&str, &str),
) -> Result<Assets> {
    let mut bundles = Vec::new();
    for Compiled { bundle, js, wasm, chunk } in &app.bundles {
        let wasm = files.add_hashed(&format!("{}.wasm", bundle.name()), wasm.as_slice());
        let add_chunk = |chunk: &Vec<u8>| files.add_hashed(&format!("{}-chunk.wasm", bundle.name()), chunk.as_slice());
        let chunk = chunk.as_ref().map(add_chunk);
        let script = boot(&script(public, bundle.script())?, js, &wasm, chunk.as_ref());
        let boot = files.add_hashed(&format!("{}.js", bundle.name()), script);
        bundles.push((*bundle, BundleFiles { boot, wasm, chunk }));
    }
    files.add(OFFLINE, script(public, OFFLINE)?);
    let icon = read(public, "icon.svg")?;
    let assets = Assets {
        style: files.add_hashed("style.css", style),
        apart: files.add_hashed("apart.css", apart),
        shell: files.add_hashed("shell.js", shell(public)?),
        lost: files.add_hashed("lost.js", script(public, "lost.js")?),
        touch_icon: manifest::add_png(files, "icon.svg", &icon, TOUCH_ICON)?,
        icon: files.add_hashed("icon.svg", icon),
        preview: manifest::add_png(files, "preview.svg", &read(public, "preview.svg")?, PREVIEW)?,
        manifest: manifest::add(files, public, content)?,
        beside: beside(files, content),
        bundles,
    };
    for entry in WalkDir::new(public).sort_by_file_name() {
        let entry = entry.context("the folder public cannot be read")?;
        let path = entry.path().strip_prefix(public)?;
        let name = path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        let is_used = USED.contains(&name.as_str()) || entry.path().starts_with(public.join(SHELL));
        let kind = entry.file_type();
        ensure!(kind.is_file() || kind.is_dir() || kind.is_symlink(), "public/{name} is neither a file nor a folder");
        if kind.is_file() && !is_used {
            let bytes = read_source(entry.path()).with_context(|| format!("public/{name} cannot be read"))?;
            files.add(name, bytes);
        }
    }
    Ok(assets)
}

/// What the sheet says in each locale, for the sheets of the others.
fn beside(files: &mut Files, content: &Content) -> Vec<(String, Asset)> {
    let words = |(id, locale): &(String, Locale)| {
        (id.clone(), files.add_hashed(&format!("words-{id}.json"), Catalog::beside(locale).encode()))
    };
    content.locales.iter().map(words).collect()
}

/// The generated bindings and the script that starts the app, as one module: a file less to wait for. The script stands in
/// a block, so that no name of it meets one of the bindings. Where there is no chunk, its name is empty.
fn boot(script: &str, bindings: &str, wasm: &Asset, chunk: Option<&Asset>) -> String {
    let mut script = script.to_owned();
    for (place, asset) in [("WASM", Some(wasm)), ("CHUNK", chunk)] {
        let (path, integrity) = asset.map_or(("", ""), |asset| (&*asset.path, &*asset.integrity));
        script = script.replace(&format!("__{place}_URL__"), path.trim_start_matches("assets/"));
        script = script.replace(&format!("__{place}_INTEGRITY__"), integrity);
    }
    format!("{bindings}{{\n{script}}}\n")
}

/// Adds the service worker with the list of every file it may fetch, each with the hash of its bytes: `common` for all
/// languages, and the files of each by its id.
///
/// PNG pictures are not among them, since no page shows one, nor is what stands where no page is. The version changes with
/// the headers too, since what a browser has kept keeps the headers it came with.
pub fn add_worker(files: &mut Files, public: &Path, content: &Content) -> Result<()> {
    let mut groups: Map<String, Value> = Map::new();
    let apart = |address: &str| address.ends_with(".png") || address == MISSING;
    for (address, bytes) in files.addresses().filter(|(address, _)| !apart(address)) {
        let locale = content
            .locales
            .iter()
            .map(|(id, _)| id.as_str())
            .find(|id| address.strip_prefix(id).is_some_and(|rest| rest.starts_with('/')));
        let group = groups.entry(locale.unwrap_or("common")).or_insert_with(|| json!({}));
        let address = if address.is_empty() { "./" } else { address };
        group[address] = json!(&digest(bytes)[..32]);
    }
    let list = Value::Object(groups).to_string();
    let build = digest([&list, headers::netlify().as_str()].concat().as_bytes());
    let script = script(public, "sw.js")?.replace("__BUILD__", &build[..16]).replace("__FILES__", &list);
    files.add("sw.js", script);
    Ok(())
}

/// The script in the head of every page: the files of `public/shell/` in one function.
fn shell(public: &Path) -> Result<String> {
    let mut joined = String::from("\"use strict\";\n(() => {\n");
    for part in SHELL_PARTS {
        joined += &script(public, &format!("{SHELL}/{part}.js"))?;
    }
    joined += "})();\n";
    Ok(joined)
}

/// A script in `public/`, without what only people need.
fn script(public: &Path, name: &str) -> Result<String> {
    strip_comments(&read(public, name)?).with_context(|| format!("public/{name} cannot be made smaller"))
}

/// The text of a file in `public/`.
pub fn read(public: &Path, name: &str) -> Result<String> {
    let bytes = read_source(&public.join(name)).map_err(|error| anyhow!("public/{name} cannot be read: {error}"))?;
    String::from_utf8(bytes).with_context(|| format!("public/{name} is no text in UTF-8"))
}
