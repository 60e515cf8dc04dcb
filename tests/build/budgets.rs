//! The budgets that are bytes or requests (docs/architecture.md), on the built files.

use std::collections::BTreeSet;
use std::fs;

use between_us::pages::{OFFLINE, Page};

use crate::output::{attribute, pages, resolve, tags};
use crate::{built, locales};

const KB: u64 = 1024;

/// How many bytes a file costs on the wire: brotli at level 11, as the builder wrote it.
fn wire(path: &str) -> u64 {
    let compressed = built().join(format!("{path}.br"));
    fs::metadata(&compressed).or_else(|_| fs::metadata(built().join(path))).unwrap().len()
}

/// Every file that a page makes the browser fetch, itself included. The manifest and the icon are fetched for a tab or
/// an installation, after the page; they count as requests, but nothing waits for their bytes. The icon for Apple's home
/// screens is fetched by who puts the site there, and by nobody else.
struct Loads {
    page: String,
    needed: BTreeSet<String>,
    beside: BTreeSet<String>,
}

impl Loads {
    fn of(page: &str, html: &str) -> Self {
        let mut loads = Self { page: page.to_owned(), needed: BTreeSet::new(), beside: BTreeSet::new() };
        for tag in tags(html) {
            let (name, relation) = (&tag.name[..], attribute(&tag, "rel").unwrap_or_default());
            let address = match name {
                b"script" | b"img" | b"iframe" | b"source" => attribute(&tag, "src"),
                b"link" if ["stylesheet", "icon", "manifest"].contains(&relation.as_str()) => attribute(&tag, "href"),
                _ => None,
            };
            let Some(address) = address else { continue };
            let path = resolve(page, &address);
            // What belongs to the service worker comes when nothing waits for it any more.
            if path == OFFLINE {
                continue;
            }
            if relation == "icon" || relation == "manifest" {
                loads.beside.insert(path);
            } else {
                loads.needed.extend(app_of(&path));
                loads.needed.insert(path);
            }
        }
        loads
    }

    fn bytes(&self) -> u64 {
        wire(&self.page) + self.needed.iter().map(|path| wire(path)).sum::<u64>()
    }
}

/// The wasm that a module of ours starts. The chunk comes when nothing waits for it any more.
fn app_of(module: &str) -> Option<String> {
    wasms_of(module).find(|path| !path.contains(CHUNK))
}

/// All wasm that a module of ours loads.
fn wasms_of(module: &str) -> impl Iterator<Item = String> {
    let text = fs::read_to_string(built().join(module)).unwrap();
    let texts: Vec<String> = text.split('"').map(str::to_owned).collect();
    texts.into_iter().filter(|text| text.ends_with(".wasm")).map(|name| format!("assets/{name}"))
}

/// A part of the name of every chunk, and of no other file.
const CHUNK: &str = "-chunk-";

fn page(locale: &str, page: Page) -> Loads {
    let path = format!("{locale}/{}index.html", page.path());
    let (path, html) = pages().into_iter().find(|(other, _)| *other == path).unwrap();
    Loads::of(&path, &html)
}

/// What a live page may need, in KB, until it works.
const LIVE: u64 = 120;

#[test]
fn a_live_page_fits_120_kilobytes() {
    for locale in locales() {
        for live in [Page::Reflect, Page::Sheet] {
            let loads = page(&locale, live);
            assert!(loads.needed.iter().any(|path| path.ends_with(".wasm")), "{} starts no app", loads.page);
            assert!(loads.bytes() <= LIVE * KB, "{} needs {} bytes", loads.page, loads.bytes());
        }
    }
}

#[test]
fn what_a_live_page_loads_afterwards_fits_30_kilobytes() {
    for live in [Page::Reflect, Page::Sheet] {
        let loads = page(&locales()[0], live);
        let scripts = loads.needed.iter().filter(|path| path.ends_with(".js"));
        let chunks: Vec<_> = scripts.flat_map(|script| wasms_of(script)).filter(|path| path.contains(CHUNK)).collect();
        assert_eq!(chunks.len(), 1, "{} loads {chunks:?}", loads.page);
        let bytes = wire(&chunks[0]);
        assert!(bytes <= 30 * KB, "{} loads {bytes} bytes afterwards", loads.page);
    }
}

#[test]
fn what_shows_first_fits_25_kilobytes() {
    for (path, html) in pages() {
        let loads = Loads::of(&path, &html);
        let styles = loads.needed.iter().filter(|path| path.ends_with(".css"));
        let first = wire(&path) + styles.map(|path| wire(path)).sum::<u64>();
        assert!(first <= 25 * KB, "{path} and its styles are {first} bytes");
    }
}

#[test]
fn a_first_visit_takes_at_most_seven_requests() {
    for locale in locales() {
        let loads = page(&locale, Page::Reflect);
        let requests = 1 + loads.needed.len() + loads.beside.len();
        assert!(requests <= 7, "{requests} requests: {:?} {:?}", loads.needed, loads.beside);
    }
}

#[test]
fn pages_without_the_app_fit_30_kilobytes() {
    for (path, html) in pages() {
        let loads = Loads::of(&path, &html);
        if !loads.needed.iter().any(|path| path.ends_with(".wasm")) {
            assert!(loads.bytes() <= 30 * KB, "{path} needs {} bytes", loads.bytes());
        }
    }
}

#[test]
fn the_invitation_costs_35_kilobytes_and_only_those_who_have_one() {
    for locale in locales() {
        let loads = page(&locale, Page::Caregivers);
        let module: Vec<_> = loads.needed.iter().filter(|path| path.contains("/invite-")).collect();
        assert_eq!(module.len(), 2, "{} loads {module:?}", loads.page);
        let bytes: u64 = module.iter().map(|path| wire(path)).sum();
        assert!(bytes <= 35 * KB, "{module:?} are {bytes} bytes");
        let opening = page(&locale, Page::Opening);
        assert!(!opening.needed.iter().any(|path| path.contains("/invite-")), "{:?}", opening.needed);
    }
}

#[test]
fn the_app_holds_no_prose() {
    let wasm = fs::read_dir(built().join("assets")).unwrap().map(|file| file.unwrap().path());
    let wasm = wasm.filter(|path| path.extension().is_some_and(|ending| ending == "wasm"));
    let modules: Vec<_> = wasm.map(|path| fs::read(path).unwrap()).collect();
    assert!(!modules.is_empty());
    let content = between_us::content::Content::load(&crate::root().join("content")).unwrap();
    for (id, locale) in &content.locales {
        for (question, text) in locale.question.iter() {
            let ask = text.ask.as_bytes();
            let found = modules.iter().any(|bytes| bytes.windows(ask.len()).any(|window| window == ask));
            assert!(!found, "the words of {question} in {id} stand in the app");
        }
    }
}
