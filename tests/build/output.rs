//! What stands in the built folder.

use std::fs;
use std::io::Read;
use std::path::Path;

use base64::prelude::{BASE64_STANDARD, Engine};
use between_us::content::{POLICY, POLICY_META};
use between_us::pages::Page;
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use sha2::{Digest, Sha256, Sha384};

use crate::{build, built, changed_content, errors, files, folder, locales, root, site};

/// Every HTML document, by its path.
pub fn pages() -> Vec<(String, String)> {
    let paths = files(built()).into_iter().filter(|path| path.ends_with(".html"));
    paths.map(|path| (path.clone(), fs::read_to_string(built().join(path)).unwrap())).collect()
}

pub fn tags(html: &str) -> Vec<StartTag<()>> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let tokens = Tokenizer::new_with_emitter(html, emitter).map(Result::unwrap);
    tokens.filter_map(|token| if let Token::StartTag(tag) = token { Some(tag) } else { None }).collect()
}

pub fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8(value.value.to_vec()).unwrap())
}

/// The path of the file to which `address`, read on the page at `page`, leads. The page for addresses that are none may stand
/// anywhere, and there is nothing above a root.
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

fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}

#[test]
fn every_page_in_every_language() {
    assert!(built().join("index.html").is_file());
    for locale in locales() {
        for page in Page::ALL {
            let path = format!("{locale}/{}index.html", page.path());
            assert!(built().join(&path).is_file(), "{path} was not built");
        }
    }
}

#[test]
fn compressed_forms_hold_the_same_bytes() {
    for path in files(built()).iter().filter(|path| !path.ends_with(".br") && !path.ends_with(".gz")) {
        let plain = fs::read(built().join(path)).unwrap();
        let (br, gz) = (built().join(format!("{path}.br")), built().join(format!("{path}.gz")));
        if path.ends_with(".html") || path.ends_with(".wasm") || path.ends_with(".css") {
            assert!(br.is_file() && gz.is_file(), "{path} is not compressed");
        }
        if br.is_file() {
            let mut bytes = Vec::new();
            brotli::Decompressor::new(fs::File::open(br).unwrap(), 4096).read_to_end(&mut bytes).unwrap();
            assert!(bytes == plain, "{path}.br holds something else");
        }
        if gz.is_file() {
            let mut bytes = Vec::new();
            flate2::read::GzDecoder::new(fs::File::open(gz).unwrap()).read_to_end(&mut bytes).unwrap();
            assert!(bytes == plain, "{path}.gz holds something else");
        }
    }
}

#[test]
fn integrity_is_that_of_the_files() {
    let mut seen = 0;
    for (path, html) in pages() {
        for tag in tags(&html) {
            let address = attribute(&tag, "src").or_else(|| attribute(&tag, "href"));
            if let (Some(written), Some(address)) = (attribute(&tag, "integrity"), address) {
                let bytes = fs::read(built().join(resolve(&path, &address))).unwrap();
                assert_eq!(written, integrity(&bytes), "{path} would not load {address}");
                seen += 1;
            }
            // An old page must find this one, whatever it then holds.
            let is_fixed = attribute(&tag, "src").is_some_and(|address| address.ends_with("offline.js"));
            if tag.name.as_slice() == b"script" && attribute(&tag, "src").is_some() && !is_fixed {
                assert!(attribute(&tag, "integrity").is_some(), "{path} loads a script without integrity");
            }
        }
    }
    assert!(seen > 0);
}

#[test]
fn each_module_names_its_app_and_its_integrity() {
    let all = files(built());
    let wasms: Vec<_> = all.iter().filter(|path| path.ends_with(".wasm")).collect();
    assert!(!wasms.is_empty());
    for wasm in wasms {
        // `assets/reflect-….wasm` and its chunk `assets/reflect-chunk-….wasm` belong to `assets/reflect-….js`.
        let (stem, _) = wasm.split_once('-').unwrap();
        let is_script = |path: &&String| path.starts_with(&format!("{stem}-")) && path.ends_with(".js");
        let script = fs::read_to_string(built().join(all.iter().find(is_script).unwrap())).unwrap();
        assert!(script.contains(wasm.trim_start_matches("assets/")), "{wasm} is not started");
        assert!(script.contains(&integrity(&fs::read(built().join(wasm)).unwrap())), "{wasm} is not held to its bytes");
        assert!(!script.contains("__WASM_") && !script.contains("__CHUNK_"), "a place was not filled in");
    }
}

/// The chunks, each with the module that it belongs to.
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
fn the_live_modules_have_a_chunk_that_shares_what_they_export() {
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
            assert_eq!(import.module, "__wasm_split", "{chunk} wants {} of something else", import.name);
            let is_there = module.exports.iter().any(|export| export.name == import.name);
            assert!(is_there, "{chunk} wants {}, which nothing exports", import.name);
        }
    }
}

#[test]
fn the_worker_keeps_the_chunks_for_every_language() {
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
        let written = name.rsplit_once('-').unwrap().1;
        assert!(written.len() >= 8 && hash.starts_with(written), "{path} has another hash");
    }
}

#[test]
fn nothing_names_a_folder_of_this_machine() {
    let home = std::env::home_dir().unwrap();
    let cargo = std::env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), Into::into);
    let private: Vec<String> =
        [root().join("src"), home, cargo].iter().map(|folder| format!("{}/", folder.to_str().unwrap())).collect();
    for path in files(built()) {
        let bytes = fs::read(built().join(&path)).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for folder in &private {
            assert!(!text.contains(folder.as_str()), "{path} names {folder}");
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
fn the_policy_stands_before_anything_it_governs() {
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

/// The screens that the app opens by a name behind the `#`.
const SCREENS: [&str; 2] = ["about-me", "restore"];

#[test]
fn every_link_leads_somewhere() {
    for (path, html) in pages() {
        for tag in tags(&html) {
            for address in [attribute(&tag, "href"), attribute(&tag, "src")].into_iter().flatten() {
                let (file, fragment) = address.split_once('#').unwrap_or((&address, ""));
                if file.contains(':') {
                    continue;
                }
                let target = if file.is_empty() { path.clone() } else { resolve(&path, file) };
                assert!(built().join(&target).is_file(), "{path} leads to {address}, which is not there");
                if !fragment.is_empty() && target.ends_with(".html") {
                    let there = fs::read_to_string(built().join(&target)).unwrap();
                    // On a live page the app knows screens by such a name, which no element there has before it runs.
                    let found =
                        tags_with_id(&there, fragment) || there.contains("data-app=") && SCREENS.contains(&fragment);
                    assert!(found, "{path} leads to {address}, where nothing has that id");
                }
            }
        }
    }
}

fn tags_with_id(html: &str, id: &str) -> bool {
    tags(html).iter().any(|tag| attribute(tag, "id").as_deref() == Some(id))
}

#[test]
fn the_manifest_speaks_the_language_and_has_its_icons() {
    for locale in locales() {
        let path = format!("{locale}/manifest.webmanifest");
        let manifest: serde_json::Value = serde_json::from_slice(&fs::read(built().join(&path)).unwrap()).unwrap();
        assert_eq!(manifest["lang"], locale.as_str());
        for icon in manifest["icons"].as_array().unwrap() {
            let icon = resolve(&path, icon["src"].as_str().unwrap());
            assert!(built().join(&icon).is_file(), "{path} names {icon}, which is not there");
        }
        for (size, purpose) in [("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")] {
            let has = |icon: &serde_json::Value| icon["sizes"] == size && icon["purpose"] == purpose;
            assert!(manifest["icons"].as_array().unwrap().iter().any(has), "{path} has no {purpose} icon of {size}");
        }
    }
}

#[test]
fn the_service_worker_knows_every_file_that_a_page_can_need() {
    let worker = fs::read_to_string(built().join("sw.js")).unwrap();
    assert!(!worker.contains("__FILES__") && !worker.contains("__BUILD__"), "a place was not filled in");
    for path in files(built()) {
        let apart = ["_headers", "sw.js", "404.html"].contains(&path.as_str())
            || [".br", ".gz", ".png"].iter().any(|ending| path.ends_with(ending));
        let address = match path.strip_suffix("index.html") {
            Some("") => "./",
            Some(folder) => folder,
            None => &path,
        };
        let hash: String =
            Sha256::digest(fs::read(built().join(&path)).unwrap()).iter().map(|byte| format!("{byte:02x}")).collect();
        let listed = worker.contains(&format!("\"{address}\":\"{}\"", &hash[..32]));
        assert_eq!(listed, !apart, "{path}");
    }
}

#[test]
fn the_service_worker_asks_in_one_place_alone() {
    let worker = fs::read_to_string(root().join("public/sw.js")).unwrap();
    assert_eq!(worker.matches("fetch(").count(), 1, "a second request would be one that nobody looked at");
    assert!(worker.contains("const load = (path, cache) => fetch(SCOPE + path,"));
    for other in ["XMLHttpRequest", "sendBeacon", "WebSocket", "importScripts", "event.request)", ".add(", "addAll("] {
        assert!(!worker.contains(other), "{other} would ask for something else");
    }
}

#[test]
fn previews_of_links_show_a_quiet_title_and_picture() {
    for (path, html) in pages().iter().filter(|(path, _)| path != "404.html") {
        let shown = |property: &str| {
            let tags = tags(html);
            let found = tags.iter().find(|tag| attribute(tag, "property").as_deref() == Some(property));
            found.and_then(|tag| attribute(tag, "content")).unwrap_or_else(|| panic!("{path} has no {property}"))
        };
        assert!(!shown("og:description").is_empty());
        let content = between_us::content::Content::load(&root().join("content")).unwrap();
        assert!(content.locales.iter().any(|(_, locale)| locale.brand == shown("og:title")), "{path}");
        let picture = shown("og:image");
        let picture = picture.strip_prefix(&content.site.base_url).unwrap_or(&picture);
        let picture = fs::read(built().join(resolve(path, picture))).expect("the picture is there");
        assert!(picture.starts_with(b"\x89PNG"), "{path} shows a picture that most apps cannot read");
    }
}

#[test]
fn files_of_an_older_build_go() {
    let temporary = folder();
    let out = temporary.path().join("site");
    let content =
        changed_content(temporary.path(), "site.toml", |text| text.replace("name = \"\"", "name = \"Older\""));
    let output = site().args(["build", "--content"]).arg(content).arg("--out").arg(&out).output().unwrap();
    assert!(output.status.success(), "{}", errors(&output));
    assert_ne!(fs::read(built().join("sw.js")).unwrap(), fs::read(out.join("sw.js")).unwrap());
    build(&out);
    assert_eq!(files(built()), files(&out));
}

/// What the builder says when it is to build into a folder that it must leave as it is.
#[track_caller]
fn refused(out: &Path) -> String {
    let before = files(out);
    let output = site().args(["build", "--out"]).arg(out).output().unwrap();
    assert!(!output.status.success(), "the builder took the folder");
    assert_eq!(files(out), before, "something is gone");
    let said = errors(&output);
    assert_eq!(said.trim().lines().count(), 1, "more than a sentence: {said}");
    assert!(said.contains("--out"), "{said}");
    said
}

#[test]
fn a_folder_of_something_else_is_left_alone() {
    let letter = "letter.txt";
    let foreign: [&[(&str, &str)]; 6] = [
        &[(letter, "dear")],
        &[(letter, "dear"), ("_headers", "/*\n  X-Frame-Options: DENY\n")],
        &[(letter, "dear"), ("_headers", ""), ("sw.js", "")],
        &[(letter, "dear"), ("_headers", ""), ("sw.js", "const FILES = {\"common\":{\"letter.txt\":\"0\"}};")],
        &[("sw.js", "self.addEventListener('fetch', () => {}); const FILES = {\"a\":{}};")],
        &[(".git/config", "[core]")],
    ];
    for holds in foreign {
        let temporary = folder();
        for (path, text) in holds {
            fs::create_dir_all(temporary.path().join(path).parent().unwrap()).unwrap();
            fs::write(temporary.path().join(path), text).unwrap();
        }
        let said = refused(temporary.path());
        assert!(said.contains(temporary.path().file_name().unwrap().to_str().unwrap()), "{said}");
    }
}

/// A built site into which somebody put something of their own, such as the branch of a host.
#[test]
fn what_somebody_put_into_a_built_site_is_named_and_left_alone() {
    let temporary = folder();
    let out = temporary.path().join("site");
    build(&out);
    for path in ["CNAME", ".git/config", "nl/letter.txt", "assets/letter.js", "sw.js.map"] {
        fs::create_dir_all(out.join(path).parent().unwrap()).unwrap();
        fs::write(out.join(path), "mine").unwrap();
        let said = refused(&out);
        assert!(said.contains(path), "{path} is not named: {said}");
        fs::remove_file(out.join(path)).unwrap();
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/", out.join("elsewhere")).unwrap();
        assert!(refused(&out).contains("elsewhere"));
        fs::remove_file(out.join("elsewhere")).unwrap();
    }
    build(&out);
}

#[test]
fn a_file_in_place_of_the_folder_is_left_alone() {
    let temporary = folder();
    let out = temporary.path().join("site");
    fs::write(&out, "dear").unwrap();
    let output = site().args(["build", "--out"]).arg(&out).output().unwrap();
    assert!(!output.status.success() && errors(&output).contains("--out"));
    assert_eq!(fs::read_to_string(&out).unwrap(), "dear");
}

#[test]
fn hosts_get_every_header() {
    let hosting = built().with_file_name("site.hosting");
    for path in [built().join("_headers"), hosting.join("nginx.conf"), hosting.join("Caddyfile")] {
        let text = fs::read_to_string(Path::new(&path)).unwrap();
        for (header, value) in crate::server::HEADERS {
            assert!(text.contains(header) && text.contains(value), "{} lacks {header}", path.display());
        }
        assert!(text.contains("Strict-Transport-Security"), "{} lacks HSTS", path.display());
        assert!(text.contains("immutable"), "{} lets hashed files go stale", path.display());
    }
}
