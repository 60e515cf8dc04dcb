//! Tests of the built files.

use std::fs;
use std::io::Read;
use std::path::Path;

use base64::prelude::{BASE64_STANDARD, Engine};
use between_us::content::{POLICY, POLICY_META};
use between_us::pages::Page;
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use sha2::{Digest, Sha256, Sha384};

use crate::{build, built, changed_content, files, folder, locales, root, site, stderr};

/// Returns the path and the HTML of every document.
pub fn pages() -> Vec<(String, String)> {
    let paths = files(built()).into_iter().filter(|path| path.ends_with(".html"));
    paths.map(|path| (path.clone(), fs::read_to_string(built().join(path)).unwrap())).collect()
}

/// Returns the start tags of a document, in order.
pub fn tags(html: &str) -> Vec<StartTag<()>> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let tokens = Tokenizer::new_with_emitter(html, emitter).map(Result::unwrap);
    tokens.filter_map(|token| if let Token::StartTag(tag) = token { Some(tag) } else { None }).collect()
}

pub fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8(value.value.to_vec()).unwrap())
}

/// Resolves a relative address on the page at `page`. Returns the path of the file. The 404 page may be served at any
/// depth; there, `..` at the root stays at the root.
pub fn resolve(page: &str, address: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                let is_inside = parts.pop().is_some() || page == "404.html";
                assert!(is_inside, "{page} leads out of the site: {address}");
            }
            part => parts.push(part),
        }
    }
    let folder = parts.join("/");
    match () {
        () if !address.ends_with('/') && !address.ends_with('.') => folder,
        () if folder.is_empty() => "index.html".into(),
        () => folder + "/index.html",
    }
}

/// Returns the subresource integrity value of a file.
fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}

#[test]
fn every_page_is_built_in_every_language() {
    assert!(built().join("index.html").is_file());
    for locale in locales() {
        for page in Page::ALL {
            let path = format!("{locale}/{}index.html", page.path());
            assert!(built().join(&path).is_file(), "{path} is missing");
        }
    }
}

#[test]
fn compressed_files_decompress_to_the_originals() {
    for path in files(built()).iter().filter(|path| !path.ends_with(".br") && !path.ends_with(".gz")) {
        let original = fs::read(built().join(path)).unwrap();
        let (br, gz) = (built().join(format!("{path}.br")), built().join(format!("{path}.gz")));
        if path.ends_with(".html") || path.ends_with(".wasm") || path.ends_with(".css") {
            assert!(br.is_file() && gz.is_file(), "{path} is not compressed");
        }
        if br.is_file() {
            let mut bytes = Vec::new();
            brotli::Decompressor::new(fs::File::open(br).unwrap(), 4096).read_to_end(&mut bytes).unwrap();
            assert!(bytes == original, "{path}.br differs from {path}");
        }
        if gz.is_file() {
            let mut bytes = Vec::new();
            flate2::read::GzDecoder::new(fs::File::open(gz).unwrap()).read_to_end(&mut bytes).unwrap();
            assert!(bytes == original, "{path}.gz differs from {path}");
        }
    }
}

#[test]
fn integrity_attributes_match_the_files() {
    let mut checked = 0;
    for (path, html) in pages() {
        for tag in tags(&html) {
            let address = attribute(&tag, "src").or_else(|| attribute(&tag, "href"));
            if let (Some(expected), Some(address)) = (attribute(&tag, "integrity"), address) {
                let bytes = fs::read(built().join(resolve(&path, &address))).unwrap();
                assert_eq!(expected, integrity(&bytes), "{path} would not load {address}");
                checked += 1;
            }
            // Pages of older builds load the current `offline.js`, so it has no hash in its name and no integrity.
            let is_offline_script = attribute(&tag, "src").is_some_and(|address| address.ends_with("offline.js"));
            if tag.name.as_slice() == b"script" && attribute(&tag, "src").is_some() && !is_offline_script {
                assert!(attribute(&tag, "integrity").is_some(), "{path} loads a script without integrity");
            }
        }
    }
    assert!(checked > 0);
}

#[test]
fn each_boot_script_loads_its_wasm_with_integrity() {
    let all = files(built());
    let wasms: Vec<_> = all.iter().filter(|path| path.ends_with(".wasm")).collect();
    assert!(!wasms.is_empty());
    for wasm in wasms {
        // `assets/reflect-….js` loads `assets/reflect-….wasm` and its chunk `assets/reflect-chunk-….wasm`.
        let (stem, _) = wasm.split_once('-').unwrap();
        let is_script = |path: &&String| path.starts_with(&format!("{stem}-")) && path.ends_with(".js");
        let script = fs::read_to_string(built().join(all.iter().find(is_script).unwrap())).unwrap();
        assert!(script.contains(wasm.trim_start_matches("assets/")), "{wasm} is not loaded");
        assert!(
            script.contains(&integrity(&fs::read(built().join(wasm)).unwrap())),
            "{wasm} is loaded without its integrity"
        );
        assert!(!script.contains("__WASM_") && !script.contains("__CHUNK_"), "a placeholder was not replaced");
    }
}

/// Returns the paths of the chunks, each with the path of the wasm it belongs to.
fn chunks() -> Vec<(String, String)> {
    let all = files(built());
    let chunks = all.iter().filter(|path| path.contains("-chunk-") && path.ends_with(".wasm"));
    let with_module = chunks.map(|chunk| {
        let stem = chunk.split_once("chunk-").unwrap().0;
        let is_module = |path: &&String| path.starts_with(stem) && path.ends_with(".wasm") && !path.contains("-chunk-");
        (chunk.clone(), all.iter().find(is_module).unwrap().clone())
    });
    with_module.collect()
}

#[test]
fn chunks_import_only_what_their_wasm_exports() {
    let read = |path: &str| {
        let bytes = fs::read(built().join(path)).unwrap();
        walrus::ModuleConfig::new().strict_validate(false).parse(&bytes).unwrap()
    };
    let chunks = chunks();
    let names: Vec<_> = chunks.iter().map(|(chunk, _)| chunk.rsplit_once('-').unwrap().0).collect();
    assert_eq!(names, ["assets/reflect-chunk", "assets/sheet-chunk"]);
    for (chunk, module) in &chunks {
        let module = read(module);
        for import in read(chunk).imports.iter() {
            assert_eq!(import.module, "__wasm_split", "{chunk} imports {} from another module", import.name);
            let is_exported = module.exports.iter().any(|export| export.name == import.name);
            assert!(is_exported, "{chunk} imports {}, which nothing exports", import.name);
        }
    }
}

#[test]
fn the_service_worker_lists_the_chunks_for_every_language() {
    let worker = fs::read_to_string(built().join("sw.js")).unwrap();
    let common = worker.split("\"common\":{").nth(1).unwrap().split('}').next().unwrap();
    for (chunk, _) in chunks() {
        assert!(common.contains(&format!("\"{chunk}\":")), "{chunk} is not on the list");
    }
}

#[test]
fn hashed_names_change_with_the_bytes() {
    for path in files(built()).iter().filter(|path| path.starts_with("assets/")) {
        if path.ends_with(".br") || path.ends_with(".gz") {
            continue;
        }
        let hash: String =
            Sha256::digest(fs::read(built().join(path)).unwrap()).iter().map(|byte| format!("{byte:02x}")).collect();
        let name = path.rsplit_once('.').unwrap().0;
        let in_name = name.rsplit_once('-').unwrap().1;
        assert!(in_name.len() >= 8 && hash.starts_with(in_name), "the hash in the name of {path} is wrong");
    }
}

#[test]
fn no_file_contains_a_path_of_this_machine() {
    let home = std::env::home_dir().unwrap();
    let cargo = std::env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), Into::into);
    let private: Vec<String> =
        [root().join("src"), home, cargo].iter().map(|folder| format!("{}/", folder.to_str().unwrap())).collect();
    for path in files(built()) {
        let bytes = fs::read(built().join(&path)).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for folder in &private {
            assert!(!text.contains(folder.as_str()), "{path} contains {folder}");
        }
    }
}

#[test]
fn the_same_source_gives_the_same_bytes() {
    let temporary = folder();
    let again = temporary.path().join("site");
    build(&again);
    assert_eq!(files(built()), files(&again));
    for path in files(&again) {
        assert!(fs::read(built().join(&path)).unwrap() == fs::read(again.join(&path)).unwrap(), "{path} differs");
    }
}

#[test]
fn the_security_policy_precedes_every_resource() {
    assert_eq!(POLICY, format!("{POLICY_META}; frame-ancestors 'none'"));
    for (path, html) in pages() {
        let tags = tags(&html);
        let policy = tags.iter().position(|tag| {
            attribute(tag, "http-equiv").as_deref() == Some("Content-Security-Policy")
                && attribute(tag, "content").as_deref() == Some(POLICY_META)
        });
        let governed = tags.iter().position(|tag| matches!(tag.name.as_slice(), b"script" | b"link" | b"img"));
        assert!(policy.is_some_and(|policy| governed.is_none_or(|governed| policy < governed)), "{path}");
    }
}

/// The screens that the app opens for a fragment of the URL.
const SCREENS: [&str; 2] = ["about-me", "restore"];

#[test]
fn every_link_has_an_existing_target() {
    for (path, html) in pages() {
        for tag in tags(&html) {
            for address in [attribute(&tag, "href"), attribute(&tag, "src")].into_iter().flatten() {
                let (file, fragment) = address.split_once('#').unwrap_or((&address, ""));
                if file.contains(':') {
                    continue;
                }
                let target = if file.is_empty() { path.clone() } else { resolve(&path, file) };
                assert!(built().join(&target).is_file(), "{path} links to {address}, which does not exist");
                if !fragment.is_empty() && target.ends_with(".html") {
                    let html = fs::read_to_string(built().join(&target)).unwrap();
                    // The prerendered page has no element with the id of a screen that the app opens.
                    let is_screen = html.contains("data-app=") && SCREENS.contains(&fragment);
                    assert!(has_id(&html, fragment) || is_screen, "{path} links to {address}, which has no such id");
                }
            }
        }
    }
}

fn has_id(html: &str, id: &str) -> bool {
    tags(html).iter().any(|tag| attribute(tag, "id").as_deref() == Some(id))
}

#[test]
fn each_manifest_has_its_language_and_icons() {
    for locale in locales() {
        let path = format!("{locale}/manifest.webmanifest");
        let manifest: serde_json::Value = serde_json::from_slice(&fs::read(built().join(&path)).unwrap()).unwrap();
        assert_eq!(manifest["lang"], locale.as_str());
        for icon in manifest["icons"].as_array().unwrap() {
            let icon = resolve(&path, icon["src"].as_str().unwrap());
            assert!(built().join(&icon).is_file(), "{path} names {icon}, which does not exist");
        }
        for (size, purpose) in [("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")] {
            let has = |icon: &serde_json::Value| icon["sizes"] == size && icon["purpose"] == purpose;
            assert!(manifest["icons"].as_array().unwrap().iter().any(has), "{path} has no {purpose} icon of {size}");
        }
    }
}

#[test]
fn every_placeholder_in_the_scripts_is_replaced() {
    for path in files(built()).into_iter().filter(|path| path.ends_with(".js")) {
        let script = fs::read_to_string(built().join(&path)).unwrap();
        let placeholder = script
            .split("__")
            .find(|name| name.len() > 2 && name.chars().all(|ch| ch.is_ascii_uppercase() || ch == '_'));
        assert_eq!(placeholder, None, "{path}");
    }
}

#[test]
fn the_service_worker_lists_every_file_that_a_page_can_need() {
    let worker = fs::read_to_string(built().join("sw.js")).unwrap();
    assert!(!worker.contains("__FILES__") && !worker.contains("__BUILD__"), "a placeholder was not replaced");
    for path in files(built()) {
        let is_unlisted = ["_headers", "sw.js", "404.html"].contains(&path.as_str())
            || [".br", ".gz", ".png"].iter().any(|extension| path.ends_with(extension));
        let address = match path.strip_suffix("index.html") {
            Some("") => "./",
            Some(folder) => folder,
            None => &path,
        };
        let hash: String =
            Sha256::digest(fs::read(built().join(&path)).unwrap()).iter().map(|byte| format!("{byte:02x}")).collect();
        let is_listed = worker.contains(&format!("\"{address}\":\"{}\"", &hash[..32]));
        assert_eq!(is_listed, !is_unlisted, "{path}");
    }
}

#[test]
fn the_service_worker_has_a_single_call_of_fetch() {
    let worker = fs::read_to_string(root().join("public/sw.js")).unwrap();
    assert_eq!(worker.matches("fetch(").count(), 1, "each further request needs a review");
    assert!(worker.contains("const load = (path, cache) => fetch(SCOPE + path,"));
    for other in ["XMLHttpRequest", "sendBeacon", "WebSocket", "importScripts", "event.request)", ".add(", "addAll("] {
        assert!(!worker.contains(other), "{other} could request another address");
    }
}

#[test]
fn link_previews_show_only_the_name_of_the_site_and_a_picture() {
    for (path, html) in pages().iter().filter(|(path, _)| path != "404.html") {
        let content_of = |property: &str| {
            let tags = tags(html);
            let found = tags.iter().find(|tag| attribute(tag, "property").as_deref() == Some(property));
            found.and_then(|tag| attribute(tag, "content")).unwrap_or_else(|| panic!("{path} has no {property}"))
        };
        assert!(!content_of("og:description").is_empty());
        let content = between_us::content::Content::load(&root().join("content")).unwrap();
        assert!(content.locales.iter().any(|(_, locale)| locale.brand == content_of("og:title")), "{path}");
        let picture = content_of("og:image");
        let picture = picture.strip_prefix(&content.site.base_url).unwrap_or(&picture);
        let picture = fs::read(built().join(resolve(path, picture))).expect("the picture exists");
        assert!(picture.starts_with(b"\x89PNG"), "the preview of {path} is not a PNG, which most apps require");
    }
}

#[test]
fn a_build_removes_the_files_of_an_older_build() {
    let temporary = folder();
    let out = temporary.path().join("site");
    let content =
        changed_content(temporary.path(), "site.toml", |text| text.replace("name = \"\"", "name = \"Older\""));
    let output = site().args(["build", "--content"]).arg(content).arg("--out").arg(&out).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    assert_ne!(fs::read(built().join("sw.js")).unwrap(), fs::read(out.join("sw.js")).unwrap());
    build(&out);
    assert_eq!(files(built()), files(&out));
}

/// Asserts that the builder refuses to build into this folder and leaves it unchanged. Returns the error message.
#[track_caller]
fn refusal(out: &Path) -> String {
    let before = files(out);
    let output = site().args(["build", "--out"]).arg(out).output().unwrap();
    assert!(!output.status.success(), "the builder accepted the folder");
    assert_eq!(files(out), before, "the folder was changed");
    let message = stderr(&output);
    assert_eq!(message.trim().lines().count(), 1, "the error has more than one line: {message}");
    assert!(message.contains("--out"), "{message}");
    message
}

#[test]
fn a_folder_with_other_files_is_not_replaced() {
    let letter = "letter.txt";
    let foreign: [&[(&str, &str)]; 6] = [
        &[(letter, "dear")],
        &[(letter, "dear"), ("_headers", "/*\n  X-Frame-Options: DENY\n")],
        &[(letter, "dear"), ("_headers", ""), ("sw.js", "")],
        &[(letter, "dear"), ("_headers", ""), ("sw.js", "const FILES = {\"common\":{\"letter.txt\":\"0\"}};")],
        &[("sw.js", "self.addEventListener('fetch', () => {}); const FILES = {\"a\":{}};")],
        &[(".git/config", "[core]")],
    ];
    for entries in foreign {
        let temporary = folder();
        for (path, text) in entries {
            fs::create_dir_all(temporary.path().join(path).parent().unwrap()).unwrap();
            fs::write(temporary.path().join(path), text).unwrap();
        }
        let message = refusal(temporary.path());
        assert!(message.contains(temporary.path().file_name().unwrap().to_str().unwrap()), "{message}");
    }
}

/// For example the files of a git repository that a host deploys from.
#[test]
fn a_built_site_with_added_files_is_not_replaced() {
    let temporary = folder();
    let out = temporary.path().join("site");
    build(&out);
    for path in ["CNAME", ".git/config", "nl/letter.txt", "assets/letter.js", "sw.js.map"] {
        fs::create_dir_all(out.join(path).parent().unwrap()).unwrap();
        fs::write(out.join(path), "mine").unwrap();
        let message = refusal(&out);
        assert!(message.contains(path), "{path} is not named: {message}");
        fs::remove_file(out.join(path)).unwrap();
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/", out.join("elsewhere")).unwrap();
        assert!(refusal(&out).contains("elsewhere"));
        fs::remove_file(out.join("elsewhere")).unwrap();
    }
    build(&out);
}

#[test]
fn a_file_in_place_of_the_folder_is_not_replaced() {
    let temporary = folder();
    let out = temporary.path().join("site");
    fs::write(&out, "dear").unwrap();
    let output = site().args(["build", "--out"]).arg(&out).output().unwrap();
    assert!(!output.status.success() && stderr(&output).contains("--out"));
    assert_eq!(fs::read_to_string(&out).unwrap(), "dear");
}

#[test]
fn the_files_for_hosts_contain_every_header() {
    let hosting = built().with_file_name("site.hosting");
    for path in [built().join("_headers"), hosting.join("nginx.conf"), hosting.join("Caddyfile")] {
        let text = fs::read_to_string(Path::new(&path)).unwrap();
        for (header, value) in crate::server::HEADERS {
            assert!(text.contains(header) && text.contains(value), "{} lacks {header}", path.display());
        }
        assert!(text.contains("Strict-Transport-Security"), "{} lacks HSTS", path.display());
        assert!(text.contains("immutable"), "{} does not mark hashed files as immutable", path.display());
    }
}
