//! The files that pages point to, and those that are copied as they are.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use between_us::content::{Content, Locale, Words};
use between_us::pages::{Asset, Assets, ModuleFiles};
use serde_json::{Map, Value, json};
use walkdir::WalkDir;

use crate::output::{Files, digest};
use crate::wasm::{App, Compiled};

/// The files of `public/` that become something else; all others are copied as they are.
const USED: [&str; 6] = ["boot.js", "icon.svg", "invite.js", "manifest.json", "shell.js", "sw.js"];

/// Adds all that pages point to, and what else stands in `public/`.
pub fn add(files: &mut Files, public: &Path, content: &Content, app: &App, style: &str) -> Result<Assets> {
    let mut modules = Vec::new();
    for Compiled { module, js, wasm } in &app.modules {
        let wasm = files.add_hashed(&format!("{}.wasm", module.name()), wasm.as_slice());
        let script = boot(&read(public, module.script())?, js, &wasm);
        let boot = files.add_hashed(&format!("{}.js", module.name()), script);
        modules.push((*module, ModuleFiles { boot, wasm }));
    }
    let mut icons = Vec::new();
    let assets = Assets {
        style: files.add_hashed("style.css", style),
        shell: files.add_hashed("shell.js", read(public, "shell.js")?),
        icon: files.add_hashed("icon.svg", read(public, "icon.svg")?),
        manifest: manifests(files, public, content, &mut icons)?,
        beside: beside(files, content),
        modules,
    };
    for entry in WalkDir::new(public).sort_by_file_name() {
        let entry = entry.context("the folder public cannot be read")?;
        let path = entry.path().strip_prefix(public)?;
        let name = path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        if entry.file_type().is_file() && !USED.contains(&name.as_str()) && !icons.contains(&name) {
            files.add(
                name,
                fs::read(entry.path()).with_context(|| format!("public/{} cannot be read", path.display()))?,
            );
        }
    }
    Ok(assets)
}

/// What the sheet says in each locale, for the sheets of the others.
fn beside(files: &mut Files, content: &Content) -> Vec<(String, Asset)> {
    let words = |(id, locale): &(String, Locale)| {
        (id.clone(), files.add_hashed(&format!("words-{id}.json"), Words::beside(locale).encode()))
    };
    content.locales.iter().map(words).collect()
}

/// The generated bindings and the script that starts the app, as one module: a file less to wait for.
fn boot(script: &str, bindings: &str, wasm: &Asset) -> String {
    let name = wasm.path.trim_start_matches("assets/");
    let script = script.replace("__WASM_URL__", name).replace("__WASM_INTEGRITY__", &wasm.integrity);
    format!("{bindings}\n{script}")
}

/// The web app manifest of each locale: what `public/manifest.json` says, with the locale's words.
///
/// The pictures that it names are taken from `public/` too, under hashed names; their own go to `icons`.
fn manifests(
    files: &mut Files,
    public: &Path,
    content: &Content,
    icons: &mut Vec<String>,
) -> Result<Vec<(String, Asset)>> {
    let template = read(public, "manifest.json")?;
    let mut template: Map<String, Value> =
        serde_json::from_str(&template).context("public/manifest.json is not a JSON object")?;
    for icon in template.get_mut("icons").and_then(Value::as_array_mut).into_iter().flatten() {
        let source = &mut icon["src"];
        let name = source.as_str().context("public/manifest.json has an icon without `src`")?.to_owned();
        let bytes = fs::read(public.join(&name)).with_context(|| format!("public/{name} cannot be read"))?;
        *source = json!(format!("../{}", files.add_hashed(&name, bytes).path));
        icons.push(name);
    }
    let manifests = content.locales.iter().map(|(id, locale)| {
        let mut manifest = template.clone();
        manifest.insert("name".into(), json!(locale.brand));
        manifest.insert("short_name".into(), json!(locale.brand));
        manifest.insert("lang".into(), json!(id));
        manifest.insert("dir".into(), json!(locale.dir.as_str()));
        let text = Value::Object(manifest).to_string();
        (id.clone(), files.add(format!("{id}/manifest.webmanifest"), text))
    });
    Ok(manifests.collect())
}

/// Adds the service worker with the list of every file it may fetch, each with the hash of its bytes: `common` for all
/// languages, and the files of each by its id.
pub fn add_worker(files: &mut Files, public: &Path, content: &Content) -> Result<()> {
    if !public.join("sw.js").exists() {
        return Ok(());
    }
    let script = read(public, "sw.js")?;
    let mut groups: Map<String, Value> = Map::new();
    for (address, bytes) in files.addresses() {
        let locale = content
            .locales
            .iter()
            .map(|(id, _)| id.as_str())
            .find(|id| address.strip_prefix(id).is_some_and(|rest| rest.starts_with('/')));
        let group = groups.entry(locale.unwrap_or("common")).or_insert_with(|| json!({}));
        let address = if address.is_empty() { "./" } else { address };
        group[address] = json!(&digest(bytes)[..16]);
    }
    let list = Value::Object(groups).to_string();
    let script = script.replace("__VERSION__", &digest(list.as_bytes())[..16]).replace("__FILES__", &list);
    files.add("sw.js", script);
    Ok(())
}

fn read(public: &Path, name: &str) -> Result<String> {
    fs::read_to_string(public.join(name)).map_err(|error| anyhow!("public/{name} cannot be read: {error}"))
}
