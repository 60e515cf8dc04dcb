//! With the network gone, and from one version of the site to the next: always a page that works, with the answers there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::{Value, json};
use walkdir::WalkDir;

use crate::support::{Engine, Host, Journey, Stage, StorageChoice, Trouble, Visit, built, until};

const NOT_HERE: &[(Engine, &str)] =
    &[(Engine::WebKit, "an automated WebKitGTK keeps nothing, and so has no service worker")];
const CHROMIUM_ONLY: &[(Engine, &str)] = &[
    (Engine::Firefox, "only Chromium tells whether it would install a site"),
    (Engine::WebKit, "only Chromium tells whether it would install a site"),
];

pub const JOURNEYS: &[Journey] = &[
    Journey::new("after_one_visit_all_works_with_the_network_gone", network_gone).in_each_language().not_in(NOT_HERE),
    Journey::new("every_address_that_works_with_the_network_works_without", every_address).not_in(NOT_HERE),
    Journey::new("what_somebody_changed_in_the_cache_is_not_served", changed_cache).not_in(NOT_HERE),
    Journey::new("another_language_is_kept_once_it_is_visited", another_language).not_in(NOT_HERE),
    Journey::new("the_worker_asks_for_nothing_but_its_list", worker_asks).not_in(NOT_HERE),
    Journey::new("a_newer_version_waits_until_it_is_asked_for", update).not_in(NOT_HERE),
    Journey::new("a_newer_version_that_kept_the_old_files_works_the_same", update_beside_old).not_in(NOT_HERE),
    Journey::new("a_newer_version_is_not_offered_while_answers_are_in_memory_only", update_in_memory).not_in(NOT_HERE),
    Journey::new("an_old_worker_and_a_new_site_work_together", old_worker).not_in(NOT_HERE),
    Journey::new("a_site_half_in_place_is_not_taken", half_in_place).not_in(NOT_HERE),
    Journey::new("an_old_page_whose_files_are_gone_mends_itself", old_page),
    Journey::new("a_browser_would_install_it", installable).not_in(CHROMIUM_ONLY),
];

/// The site with another word and other scripts: what the next version will be to this one.
fn newer() -> &'static Path {
    static NEWER: OnceLock<PathBuf> = OnceLock::new();
    NEWER.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let base = Path::new(env!("CARGO_TARGET_TMPDIR")).join("newer");
        let _ = fs::remove_dir_all(base.join("from"));
        for folder in ["content", "public"] {
            copy(&root.join(folder), &base.join("from").join(folder), |path, text| match path {
                "shell/fill-in.js" | "boot.js" => text + "document.documentElement.dataset.newer = '';\n",
                _ if path.starts_with("locales") => text.replace("\nskip = \"", "\nskip = \"2 "),
                _ => text,
            });
        }
        let out = base.join("site");
        let mut build = Command::new(env!("CARGO_BIN_EXE_site"));
        build.arg("build").arg("--out").arg(&out);
        build.arg("--content").arg(base.join("from/content")).arg("--public").arg(base.join("from/public"));
        if std::env::var_os("SITE").is_some_and(|kind| kind == "quick") {
            build.arg("--quick");
        }
        let output = build.output().expect("the builder starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        out
    })
}

/// Copies a folder, with a change to its texts.
fn copy(from: &Path, to: &Path, change: impl Fn(&str, String) -> String) {
    for entry in WalkDir::new(from).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file()) {
        let path = entry.path().strip_prefix(from).unwrap();
        let bytes = fs::read(entry.path()).unwrap();
        let bytes = match String::from_utf8(bytes) {
            Ok(text) => change(path.to_str().unwrap(), text).into_bytes(),
            Err(error) => error.into_bytes(),
        };
        fs::create_dir_all(to.join(path).parent().unwrap()).unwrap();
        fs::write(to.join(path), bytes).unwrap();
    }
}

/// Opens a page of the language of this run.
fn open(visit: &Visit, host: &Host, stage: &Stage, page: &str) {
    visit.goto(&host.url(&format!("{}/{page}", stage.locale)));
}

/// Waits until the site is kept on the device.
fn is_kept(visit: &Visit) {
    let kept: bool = visit.js("return navigator.serviceWorker.ready.then(() => true)", &[]);
    assert!(kept);
}

/// Waits until a newer version has been fetched.
fn newer_is_ready(visit: &Visit) {
    until("a newer version waits", || {
        let waits: bool = visit.js("return navigator.serviceWorker.getRegistration().then((it) => !!it.waiting)", &[]);
        waits.then_some(())
    })
}

/// Whether the page is of the newer version. All of it must be of one and the same.
fn is_newer(visit: &Visit) -> bool {
    let read = "return [document.readyState, document.querySelector('.skip')?.textContent ?? '',
        String('newer' in document.documentElement.dataset)]";
    let [state, words, scripts]: [String; 3] = visit.js(read, &[]);
    let is_newer = words.trim().starts_with("2 ");
    assert!(
        state != "complete" || is_newer == (scripts == "true"),
        "a page of one version runs the scripts of another"
    );
    state == "complete" && is_newer
}

fn is_offered(visit: &Visit) -> bool {
    visit.sees("[data-update] [data-action=update]")
}

/// Answers the first question and keeps it.
fn answer(visit: &Visit) {
    visit.begin();
    visit.choose("feelings-now", "joy");
    visit.write("feelings-now", "from before");
    assert_eq!(visit.next(), "keep");
    visit.keep(StorageChoice::Device);
    visit.saved_is("yes");
}

fn network_gone(stage: &Stage) {
    let mut host = Host::start(built());
    let visit = stage.visit();
    open(&visit, &host, stage, "");
    is_kept(&visit);
    host.stop();
    let visit = stage.visit();
    for page in ["help/", "caregivers/", "questions/", "changed/", "privacy/", "about/", ""] {
        open(&visit, &host, stage, page);
        assert!(!visit.text("h1").trim().is_empty(), "{page} does not show");
        assert!(visit.js::<bool>("return document.styleSheets.length > 0", &[]), "{page} has no styles");
    }
    answer(&visit);
    visit.next();
    visit.to_sheet();
    assert_eq!(visit.sheet_lines(), ["feelings-now"]);
    // The address as people type it.
    visit.goto(&host.url(&format!("{}/reflect", stage.locale)));
    visit.ready();
}

/// Where an address leads: the address that shows, its status, and the title and first heading of the page.
fn leads_to(visit: &Visit, address: &str) -> [String; 4] {
    visit.goto("about:blank");
    visit.goto(address);
    until("a page shows", || {
        let read = "return [document.readyState, [location.href,
            String(performance.getEntriesByType('navigation')[0]?.responseStatus),
            document.title, document.querySelector('h1')?.textContent ?? document.body.textContent]]";
        let (state, shown): (String, [String; 4]) = visit.js(read, &[]);
        let is_whole = state == "complete" && shown[0] != "about:blank";
        (is_whole && !visit.has("[data-app]:not([data-state=ready])")).then_some(shown)
    })
}

fn every_address(stage: &Stage) {
    let mut host = Host::start(built());
    host.trouble("/sw.js", Trouble::Missing);
    let visit = stage.visit();
    let locale = stage.locale;
    let mut addresses = vec![locale.to_owned(), format!("{locale}#practice=De+Wieg")];
    for page in ["", "reflect", "reflect/", "sheet/", "help"] {
        for end in ["", "?fbclid=a%20b", "?utm_source=x&utm_medium=y#main"] {
            addresses.push(format!("{locale}/{page}{end}"));
        }
    }
    for page in ["", "reflect/", "help/"] {
        addresses.push(format!("{locale}/{page}index.html"));
        addresses.push(format!("{locale}/{page}index.html?a=b#main"));
    }
    addresses.extend([
        format!("{locale}/%72eflect/"),
        format!("{locale}/%61bout"),
        format!("%{:x}{}/", locale.as_bytes()[0], &locale[1..]),
    ]);
    let lead = |visit: &Visit, host: &Host| -> Vec<_> {
        addresses.iter().map(|address| leads_to(visit, &host.url(address))).collect()
    };
    let missing = host.url(&format!("{locale}/none"));
    let with_network = lead(&visit, &host);
    assert!(with_network.iter().all(|[_, status, ..]| status == "200"), "{with_network:?}");
    let none = leads_to(&visit, &missing);
    assert_eq!(none[1], "404");

    host.untroubled();
    open(&visit, &host, stage, "");
    is_kept(&visit);
    assert_eq!(leads_to(&visit, &missing), none, "the host answers for what is not there");
    host.stop();
    let without = lead(&visit, &host);
    for (with, without) in with_network.iter().zip(&without) {
        assert_eq!(with, without);
    }
    // The root leads on to the language of the browser, which may not be here.
    for address in ["", "index.html", "?fbclid=a"] {
        leads_to(&visit, &host.url(address));
        assert!(visit.has("html[data-script]"), "{address:?} shows no page of ours");
    }
    leads_to(&visit, &missing);
    until("it is told that the page is not here", || visit.sees("#offline").then_some(()));
}

fn changed_cache(stage: &Stage) {
    let mut host = Host::start(built());
    let visit = stage.visit();
    open(&visit, &host, stage, "");
    is_kept(&visit);
    let change = "return (async () => {
        for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
                if (!/\\/(help|about)\\/$|reflect.*\\.wasm$/.test(request.url)) continue;
                const { headers } = await cache.match(request);
                await cache.put(request, new Response('<!DOCTYPE html><h1>not ours</h1>', { headers }));
            }
        }
        return true;
    })()";
    assert!(visit.js::<bool>(change, &[]));
    open(&visit, &host, stage, "help/");
    assert!(visit.has("html[data-script]") && !visit.text("h1").contains("not ours"), "the host's own is served");
    open(&visit, &host, stage, "reflect/");
    visit.ready();
    host.stop();
    open(&visit, &host, stage, "about/");
    until("it is told that the page is not here", || visit.sees("#offline").then_some(()));
}

fn another_language(stage: &Stage) {
    let mut host = Host::start(built());
    let visit = stage.visit();
    open(&visit, &host, stage, "");
    is_kept(&visit);
    visit.goto(&host.url("en/"));
    until("the other language is kept", || {
        let address = host.url("en/about/");
        visit.js::<bool>("return caches.match(arguments[0]).then((kept) => !!kept)", &[address.into()]).then_some(())
    });
    host.stop();
    visit.goto(&host.url("ar/help/"));
    until("it is told that the page is not here", || visit.sees("#offline").then_some(()));
    visit.goto(&host.url("en/about/"));
    assert!(!visit.text("h1").trim().is_empty());
    visit.goto(&host.url("en/"));
    visit.begin();
}

fn worker_asks(stage: &Stage) {
    let host = Host::start(built());
    let visit = stage.visit();
    visit.goto(&host.url(&format!("{}/?from=elsewhere#secret", stage.locale)));
    is_kept(&visit);
    answer(&visit);
    visit.next();
    visit.to_sheet();
    let worker = fs::read_to_string(built().join("sw.js")).unwrap();
    let own = format!("GET /{}/?from=elsewhere", stage.locale);
    for asked in host.asked().into_iter().filter(|asked| *asked != own && asked != "GET /sw.js") {
        let path = asked.strip_prefix("GET /").expect("only GET is asked");
        let path = if path.is_empty() { "./" } else { path };
        let listed = worker.contains(&format!("\"{path}\":\""));
        // Which icon it draws in its own tabs is the browser's choice.
        let is_icon = path == "favicon.ico" || path.starts_with("assets/icon-");
        assert!(listed || is_icon, "{asked} is not on the list of the worker");
    }
}

fn update(stage: &Stage) {
    go_to_newer(stage, newer());
}

fn update_beside_old(stage: &Stage) {
    let both = Path::new(env!("CARGO_TARGET_TMPDIR")).join("newer/both");
    let _ = fs::remove_dir_all(&both);
    copy(built(), &both, |_, text| text);
    copy(newer(), &both, |_, text| text);
    go_to_newer(stage, &both);
}

fn go_to_newer(stage: &Stage, folder: &Path) {
    let mut host = Host::start(built());
    let visit = stage.visit();
    open(&visit, &host, stage, "");
    answer(&visit);
    is_kept(&visit);
    host.serve(folder);

    // The next visit opens what is kept, at once. On a question nothing is offered, between two screens it is.
    open(&visit, &host, stage, "reflect/");
    visit.at("keep");
    assert!(!is_newer(&visit));
    newer_is_ready(&visit);
    until("it is offered between two screens", || is_offered(&visit).then_some(()));
    visit.back();
    visit.at("feelings-now");
    until("it is not offered on a question", || (!is_offered(&visit)).then_some(()));
    visit.write("feelings-now", ", and after");
    visit.next();
    until("it is offered again", || is_offered(&visit).then_some(()));

    let other = stage.visit();
    open(&other, &host, stage, "reflect/");
    let stays = other.step();
    visit.click("[data-action=update]");
    until("the newer version shows", || is_newer(&visit).then_some(()));
    visit.ready();
    assert!(!is_newer(&other), "another page was changed under the parent's hands");
    assert_eq!(other.step(), stays);

    host.stop();
    open(&visit, &host, stage, "sheet/");
    visit.ready();
    assert!(is_newer(&visit));
    assert!(visit.sheet_line("feelings-now").contains("from before, and after"));
    open(&other, &host, stage, "reflect/");
    other.ready();
    assert!(is_newer(&other));
    let caches: Vec<String> = visit.js("return caches.keys()", &[]);
    assert_eq!(caches.len(), 1, "the files of the older version are still here: {caches:?}");
}

fn update_in_memory(stage: &Stage) {
    let mut host = Host::start(built());
    let visit = stage.visit();
    open(&visit, &host, stage, "");
    is_kept(&visit);
    host.serve(newer());
    open(&visit, &host, stage, "");
    visit.begin();
    newer_is_ready(&visit);
    visit.write("feelings-now", "nowhere yet");
    assert_eq!(visit.next(), "keep");
    visit.saved_is("undecided");
    assert!(!is_offered(&visit), "taking it would lose what is in memory only");
    visit.keep(StorageChoice::Tab);
    until("it is offered", || is_offered(&visit).then_some(()));
    visit.click("[data-action=update]");
    until("the newer version shows", || is_newer(&visit).then_some(()));
    visit.at("keep");
    visit.back();
    assert_eq!(visit.written("feelings-now"), "nowhere yet");
}

fn old_worker(stage: &Stage) {
    let mut host = Host::start(built());
    let visit = stage.visit();
    open(&visit, &host, stage, "");
    answer(&visit);
    is_kept(&visit);
    // Nothing of the older version is there any more, and the newer worker cannot be had.
    host.serve(newer());
    host.trouble("/sw.js", Trouble::Missing);
    visit.goto(&host.url("en/reflect/"));
    visit.ready();
    assert!(is_newer(&visit), "what is not kept comes from the site as it stands");
    visit.at("keep");
    open(&visit, &host, stage, "reflect/");
    visit.ready();
    assert!(!is_newer(&visit), "what is kept stays whole");
    visit.back();
    assert_eq!(visit.written("feelings-now"), "from before");
    host.stop();
    open(&visit, &host, stage, "sheet/");
    visit.ready();
}

fn half_in_place(stage: &Stage) {
    let mut host = Host::start(built());
    let visit = stage.visit();
    open(&visit, &host, stage, "");
    is_kept(&visit);
    host.serve(newer());
    host.trouble("/help/", Trouble::Damaged);
    open(&visit, &host, stage, "");
    let failed = "return navigator.serviceWorker.getRegistration().then((it) => it.update()).then(
        async (it) => {
            const coming = it.installing;
            if (coming) await new Promise((done) => coming.addEventListener('statechange', done, { once: true }));
            return coming ? coming.state : 'none';
        }, () => 'none')";
    let state: String = visit.js(failed, &[]);
    assert!(state == "redundant" || state == "none", "a damaged version is {state}");
    assert!(!is_offered(&visit));
    open(&visit, &host, stage, "help/");
    assert!(!is_newer(&visit));
    host.untroubled();
    visit.js::<()>("return navigator.serviceWorker.getRegistration().then((it) => it.update()).then(() => null)", &[]);
    newer_is_ready(&visit);
}

fn old_page(stage: &Stage) {
    let host = Host::start(newer());
    let visit = stage.visit();
    let path = format!("{}/reflect/", stage.locale);
    host.once(&path, fs::read_to_string(built().join(&path).join("index.html")).unwrap());
    visit.goto(&host.url(&path));
    until("the page of the newer version shows", || {
        visit.has("html[data-newer] [data-app][data-state=ready]").then_some(())
    });
    assert!(is_newer(&visit));
}

fn installable(stage: &Stage) {
    let host = Host::start(built());
    let visit = stage.visit();
    open(&visit, &host, stage, "");
    is_kept(&visit);
    let manifest = visit.cdp("Page.getAppManifest", json!({}));
    assert_eq!(manifest["errors"], json!([]));
    assert_eq!(manifest["url"], Value::from(host.url(&format!("{}/manifest.webmanifest", stage.locale))));
    let errors = visit.cdp("Page.getInstallabilityErrors", json!({}));
    let ids: BTreeSet<&str> = errors["installabilityErrors"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|error| error["errorId"].as_str())
        .collect();
    // A browser without a window cannot install; all else must be right.
    assert!(ids.iter().all(|id| *id == "in-incognito"), "it cannot be installed: {ids:?}");
}
