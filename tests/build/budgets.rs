//! Tests of the budgets for bytes and requests (docs/architecture.md) on the built files.

use std::collections::BTreeSet;
use std::fs;

use between_us::pages::{OFFLINE, Page};

use crate::output::{attribute, pages, resolve, tags};
use crate::{built, locales};

const KB: u64 = 1024;

/// Returns the transfer size of a file in bytes: its `.br` file, as the builder wrote it, or else the raw file.
fn transfer_size(path: &str) -> u64 {
    let compressed = built().join(format!("{path}.br"));
    fs::metadata(&compressed).or_else(|_| fs::metadata(built().join(path))).unwrap().len()
}

/// The files that the browser fetches for a page. The icon for Apple's home screens is not among them, since it is
/// fetched only on installation there.
struct Loads {
    /// The path of the page.
    page: String,
    /// The styles, scripts and wasm that the page needs.
    required: BTreeSet<String>,
    /// The manifest and the icon, which the browser fetches after the page: they count as requests, but nothing waits
    /// for them.
    deferred: BTreeSet<String>,
}

impl Loads {
    fn of(page: &str, html: &str) -> Self {
        let mut loads = Self { page: page.to_owned(), required: BTreeSet::new(), deferred: BTreeSet::new() };
        for tag in tags(html) {
            let (name, relation) = (&tag.name[..], attribute(&tag, "rel").unwrap_or_default());
            let address = match name {
                b"script" | b"img" | b"iframe" | b"source" => attribute(&tag, "src"),
                b"link" if ["stylesheet", "icon", "manifest"].contains(&relation.as_str()) => attribute(&tag, "href"),
                _ => None,
            };
            let Some(address) = address else { continue };
            let path = resolve(page, &address);
            // This script registers the service worker once the page is ready.
            if path == OFFLINE {
                continue;
            }
            if relation == "icon" || relation == "manifest" {
                loads.deferred.insert(path);
            } else {
                loads.required.extend(main_wasm(&path));
                loads.required.insert(path);
            }
        }
        loads
    }

    fn bytes(&self) -> u64 {
        transfer_size(&self.page) + self.required.iter().map(|path| transfer_size(path)).sum::<u64>()
    }
}

/// Returns the path of the wasm that a script starts, without its chunk, which is loaded once the page is ready.
fn main_wasm(script: &str) -> Option<String> {
    wasm_paths(script).find(|path| !path.contains(CHUNK))
}

/// Returns the paths of all wasm files that a script loads.
fn wasm_paths(script: &str) -> impl Iterator<Item = String> {
    let text = fs::read_to_string(built().join(script)).unwrap();
    let strings: Vec<String> = text.split('"').map(str::to_owned).collect();
    strings.into_iter().filter(|text| text.ends_with(".wasm")).map(|name| format!("assets/{name}"))
}

/// A substring of the name of every chunk, and of no other file.
const CHUNK: &str = "-chunk-";

fn loads(locale: &str, page: Page) -> Loads {
    let path = format!("{locale}/{}index.html", page.path());
    let (path, html) = pages().into_iter().find(|(other, _)| *other == path).unwrap();
    Loads::of(&path, &html)
}

/// The largest transfer size of a live page, with everything it needs to work, in KB.
const LIVE: u64 = 120;

#[test]
fn a_live_page_fits_120_kilobytes() {
    for locale in locales() {
        for page in [Page::Reflect, Page::Sheet] {
            let loads = loads(&locale, page);
            assert!(loads.required.iter().any(|path| path.ends_with(".wasm")), "{} loads no wasm", loads.page);
            assert!(loads.bytes() <= LIVE * KB, "{} needs {} bytes", loads.page, loads.bytes());
        }
    }
}

#[test]
fn the_chunk_of_a_live_page_fits_30_kilobytes() {
    for page in [Page::Reflect, Page::Sheet] {
        let loads = loads(&locales()[0], page);
        let scripts = loads.required.iter().filter(|path| path.ends_with(".js"));
        let chunks: Vec<_> =
            scripts.flat_map(|script| wasm_paths(script)).filter(|path| path.contains(CHUNK)).collect();
        assert_eq!(chunks.len(), 1, "{} loads {chunks:?}", loads.page);
        let bytes = transfer_size(&chunks[0]);
        assert!(bytes <= 30 * KB, "the chunk of {} has {bytes} bytes", loads.page);
    }
}

#[test]
fn a_document_and_its_styles_fit_25_kilobytes() {
    for (path, html) in pages() {
        let loads = Loads::of(&path, &html);
        let styles = loads.required.iter().filter(|path| path.ends_with(".css"));
        let bytes = transfer_size(&path) + styles.map(|path| transfer_size(path)).sum::<u64>();
        assert!(bytes <= 25 * KB, "{path} and its styles have {bytes} bytes");
    }
}

#[test]
fn a_first_visit_takes_at_most_seven_requests() {
    for locale in locales() {
        let loads = loads(&locale, Page::Reflect);
        let requests = 1 + loads.required.len() + loads.deferred.len();
        assert!(requests <= 7, "{requests} requests: {:?} {:?}", loads.required, loads.deferred);
    }
}

#[test]
fn pages_without_wasm_fit_30_kilobytes() {
    for (path, html) in pages() {
        let loads = Loads::of(&path, &html);
        if !loads.required.iter().any(|path| path.ends_with(".wasm")) {
            assert!(loads.bytes() <= 30 * KB, "{path} needs {} bytes", loads.bytes());
        }
    }
}

#[test]
fn the_invitation_fits_35_kilobytes_and_the_opening_does_not_load_it() {
    for locale in locales() {
        let caregivers = loads(&locale, Page::Caregivers);
        let files: Vec<_> = caregivers.required.iter().filter(|path| path.contains("/invite-")).collect();
        assert_eq!(files.len(), 2, "{} loads {files:?}", caregivers.page);
        let bytes: u64 = files.iter().map(|path| transfer_size(path)).sum();
        assert!(bytes <= 35 * KB, "{files:?} have {bytes} bytes");
        let opening = loads(&locale, Page::Opening);
        assert!(!opening.required.iter().any(|path| path.contains("/invite-")), "{:?}", opening.required);
    }
}

#[test]
fn no_wasm_contains_the_text_of_a_question() {
    let paths = fs::read_dir(built().join("assets")).unwrap().map(|file| file.unwrap().path());
    let paths = paths.filter(|path| path.extension().is_some_and(|extension| extension == "wasm"));
    let modules: Vec<_> = paths.map(|path| fs::read(path).unwrap()).collect();
    assert!(!modules.is_empty());
    let content = between_us::content::Content::load(&crate::root().join("content")).unwrap();
    for (id, locale) in &content.locales {
        for (question, text) in locale.question.iter() {
            let ask = text.ask.as_bytes();
            let found = modules.iter().any(|bytes| bytes.windows(ask.len()).any(|window| window == ask));
            assert!(!found, "a wasm file contains the text of {question} in {id}");
        }
    }
}
