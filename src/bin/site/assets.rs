//! The assets that pages reference, and the files of `public/` that are copied unchanged.

use std::path::Path;
use std::sync::LazyLock;

use anyhow::{Context, Result, ensure};
use between_us::content::{Catalog, Content, Locale, read_source};
use between_us::pages::{Asset, Assets, BundleFiles, OFFLINE};
use between_us::reflection::script_constants;
use between_us::server::headers;
use serde_json::{Map, Value, json};
use walkdir::WalkDir;

use crate::manifest;
use crate::output::{Files, digest};
use crate::public_file::read;
use crate::render::NOT_FOUND;
use crate::strip_comments::strip_comments;
use crate::wasm::{App, Compiled};

/// The files of `public/` that are processed by name; all others are copied unchanged.
const PROCESSED: [&str; 8] =
    ["boot.js", "icon.svg", "invite.js", "lost.js", "manifest.json", "offline.js", "preview.svg", "sw.js"];

/// The folder of `public/` whose files are joined into `shell.js`.
const SHELL: &str = "shell";

/// The files of `public/shell/`, in the order in which they are joined. They share one scope.
const SHELL_PARTS: [&str; 12] = [
    "store", "marks", "exit", "files", "erase", "pass-on", "leaving", "language", "layer", "actions", "links",
    "fill-in",
];

/// The width of the icon for Apple's home screens, in pixels.
const TOUCH_ICON: u32 = 180;

/// The width of the picture in link previews, in pixels.
const PREVIEW: u32 = 1200;

/// Adds every asset that pages reference, and the remaining files of `public/`. The style sheets are `main.css` and
/// `apart.css`, joined and minified.
pub fn add(
    files: &mut Files,
    public: &Path,
    content: &Content,
    app: &App,
    (style, apart): (&str, &str),
) -> Result<Assets> {
    let mut bundles = Vec::new();
    for Compiled { bundle, js: bindings, wasm, chunk } in &app.bundles {
        let wasm = files.add_hashed(&format!("{}.wasm", bundle.name()), wasm.as_slice());
        let add_chunk = |chunk: &Vec<u8>| files.add_hashed(&format!("{}-chunk.wasm", bundle.name()), chunk.as_slice());
        let chunk = chunk.as_ref().map(add_chunk);
        let boot = boot_script(&script(public, bundle.script())?, bindings, &wasm, chunk.as_ref());
        let boot = files.add_hashed(&format!("{}.js", bundle.name()), boot);
        bundles.push((*bundle, BundleFiles { boot, wasm, chunk }));
    }
    files.add(OFFLINE, script(public, OFFLINE)?);
    let icon = read(public, "icon.svg")?;
    let assets = Assets {
        style: files.add_hashed("style.css", style),
        apart: files.add_hashed("apart.css", apart),
        shell: files.add_hashed("shell.js", shell_script(public)?),
        lost: files.add_hashed("lost.js", script(public, "lost.js")?),
        touch_icon: manifest::add_png(files, "icon.svg", &icon, TOUCH_ICON)?,
        icon: files.add_hashed("icon.svg", icon),
        preview: manifest::add_png(files, "preview.svg", &read(public, "preview.svg")?, PREVIEW)?,
        manifest: manifest::add(files, public, content)?,
        beside: sheet_catalogs(files, content),
        bundles,
    };
    for entry in WalkDir::new(public).sort_by_file_name() {
        let entry = entry.context("the folder public cannot be read")?;
        let path = entry.path().strip_prefix(public)?;
        let name = path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        let is_processed = PROCESSED.contains(&name.as_str()) || entry.path().starts_with(public.join(SHELL));
        let kind = entry.file_type();
        ensure!(kind.is_file() || kind.is_dir() || kind.is_symlink(), "public/{name} is neither a file nor a folder");
        if kind.is_file() && !is_processed {
            let bytes = read_source(entry.path()).with_context(|| format!("public/{name} cannot be read"))?;
            files.add(name, bytes);
        }
    }
    Ok(assets)
}

/// Adds the sheet's catalog of each locale, which the sheet in another language loads to show both side by side.
fn sheet_catalogs(files: &mut Files, content: &Content) -> Vec<(String, Asset)> {
    let add_catalog = |(id, locale): &(String, Locale)| {
        (id.clone(), files.add_hashed(&format!("words-{id}.json"), Catalog::beside(locale).encode()))
    };
    content.locales.iter().map(add_catalog).collect()
}

/// Joins the generated bindings and the script that starts the app into one JavaScript module, which saves a request.
/// The script is wrapped in a block, so that its names do not clash with those of the bindings. Without a chunk, the
/// URL and the integrity of the chunk are empty.
fn boot_script(script: &str, bindings: &str, wasm: &Asset, chunk: Option<&Asset>) -> String {
    let mut script = script.to_owned();
    for (placeholder, asset) in [("WASM", Some(wasm)), ("CHUNK", chunk)] {
        let (path, integrity) = asset.map_or(("", ""), |asset| (&*asset.path, &*asset.integrity));
        script = script.replace(&format!("__{placeholder}_URL__"), path.trim_start_matches("assets/"));
        script = script.replace(&format!("__{placeholder}_INTEGRITY__"), integrity);
    }
    format!("{bindings}{{\n{script}}}\n")
}

/// Adds the service worker with the list of every file that it may fetch, each with a hash of its bytes. The files are
/// grouped by locale id; the group `common` contains those of all languages.
///
/// The list leaves out PNG pictures, which no page shows, and the 404 page. The build id also depends on the response
/// headers, since a cached response keeps the headers it was sent with.
pub fn add_worker(files: &mut Files, public: &Path, content: &Content) -> Result<()> {
    let mut groups: Map<String, Value> = Map::new();
    let is_listed = |address: &str| !address.ends_with(".png") && address != NOT_FOUND;
    for (address, bytes) in files.addresses().filter(|(address, _)| is_listed(address)) {
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

/// Returns the script in the head of every page: the files of `public/shell/`, joined in one function.
fn shell_script(public: &Path) -> Result<String> {
    let mut joined = String::from("\"use strict\";\n(() => {\n");
    for part in SHELL_PARTS {
        joined += &script(public, &format!("{SHELL}/{part}.js"))?;
    }
    joined += "})();\n";
    Ok(joined)
}

/// Reads a script in `public/`, strips its comments and writes the shared constants into it.
fn script(public: &Path, name: &str) -> Result<String> {
    let script = strip_comments(&read(public, name)?)
        .with_context(|| format!("the comments of public/{name} cannot be stripped"))?;
    Ok(with_constants(script))
}

/// Replaces the names of the shared constants with their values.
fn with_constants(script: String) -> String {
    static CONSTANTS: LazyLock<Vec<(&str, String)>> = LazyLock::new(script_constants);
    CONSTANTS.iter().fold(script, |script, (name, value)| script.replace(&format!("__{name}__"), value))
}
