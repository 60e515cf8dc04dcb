//! Offline use, and updates from one version of the site to the next: a working page with all answers at every moment.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::{Value, json};
use walkdir::WalkDir;

use crate::support::{Engine, Fault, Host, Journey, Stage, StorageChoice, Visit, built, until};

const NOT_HERE: &[(Engine, &str)] =
    &[(Engine::WebKit, "an automated WebKitGTK stores nothing and has no service worker")];
const CHROMIUM_ONLY: &[(Engine, &str)] = &[
    (Engine::Firefox, "only Chromium reports whether a site is installable"),
    (Engine::WebKit, "only Chromium reports whether a site is installable"),
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

/// Builds the site with one changed text and changed scripts, as a next version.
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

/// Copies a folder, changing its text files.
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

/// Opens a page in the language of this trial.
fn open(visit: &Visit, host: &Host, stage: &Stage, page: &str) {
    visit.goto(&host.url(&format!("{}/{page}", stage.locale)));
}

/// Waits until the service worker has stored the site.
fn wait_for_worker(visit: &Visit) {
    let is_ready: bool = visit.js("return navigator.serviceWorker.ready.then(() => true)", &[]);
    assert!(is_ready);
}

/// Waits until a newer version is installed and waiting.
fn newer_is_ready(visit: &Visit) {
    until("a newer version waits", || {
        let waits: bool = visit.js("return navigator.serviceWorker.getRegistration().then((it) => !!it.waiting)", &[]);
        waits.then_some(())
    })
}

/// Returns whether the page is of the newer version. Its text and scripts must be of the same version.
fn is_newer(visit: &Visit) -> bool {
    let read = "return [document.readyState, document.querySelector('.skip')?.textContent ?? '',
        String('newer' in document.documentElement.dataset)]";
    let [state, skip_link, scripts]: [String; 3] = visit.js(read, &[]);
    let is_newer = skip_link.trim().starts_with("2 ");
    assert!(
        state != "complete" || is_newer == (scripts == "true"),
        "a page of one version runs the scripts of another"
    );
    state == "complete" && is_newer
}

fn is_offered(visit: &Visit) -> bool {
    visit.is_visible("[data-update] [data-action=update]")
}

/// Answers the first question and stores the answer on the device.
fn answer(visit: &Visit) {
    visit.begin();
    visit.choose("feelings-now", "joy");
    visit.write("feelings-now", "from before");
    assert_eq!(visit.next(), "keep");
    visit.choose_storage(StorageChoice::Device);
    visit.wait_for_save_status("yes");
}

fn network_gone(stage: &Stage) {
    let mut host = Host::start(built());
    let visit = stage.visit();
    open(&visit, &host, stage, "");
    wait_for_worker(&visit);
    host.stop();
    let visit = stage.visit();
    for page in ["help/", "caregivers/", "questions/", "changed/", "privacy/", "about/", ""] {
        open(&visit, &host, stage, page);
        assert!(!visit.text("h1").trim().is_empty(), "{page} does not show");
        assert!(visit.js::<bool>("return document.styleSheets.length > 0", &[]), "{page} has no styles");
    }
    answer(&visit);
    visit.next();
    visit.open_sheet();
    assert_eq!(visit.sheet_lines(), ["feelings-now"]);
    // The address without the trailing slash, as people type it.
    visit.goto(&host.url(&format!("{}/reflect", stage.locale)));
    visit.ready();
}

/// Returns the result of opening an address: the final address, the status, and the title and first heading of the
/// page.
fn result_of(visit: &Visit, address: &str) -> [String; 4] {
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
    host.add_fault("/sw.js", Fault::Missing);
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
    let open_all = |visit: &Visit, host: &Host| -> Vec<_> {
        addresses.iter().map(|address| result_of(visit, &host.url(address))).collect()
    };
    let missing = host.url(&format!("{locale}/none"));
    let with_network = open_all(&visit, &host);
    assert!(with_network.iter().all(|[_, status, ..]| status == "200"), "{with_network:?}");
    let none = result_of(&visit, &missing);
    assert_eq!(none[1], "404");

    host.clear_faults();
    open(&visit, &host, stage, "");
    wait_for_worker(&visit);
    assert_eq!(result_of(&visit, &missing), none, "the worker answers for a missing page");
    host.stop();
    let without = open_all(&visit, &host);
    for (with, without) in with_network.iter().zip(&without) {
        assert_eq!(with, without);
    }
    // The root redirects to the language of the browser, which may not be stored.
    for address in ["", "index.html", "?fbclid=a"] {
        result_of(&visit, &host.url(address));
        assert!(visit.has("html[data-script]"), "{address:?} shows no page of the site");
    }
    result_of(&visit, &missing);
    until("the page about missing pages shows", || visit.is_visible("#offline").then_some(()));
}

fn changed_cache(stage: &Stage) {
    let mut host = Host::start(built());
    let visit = stage.visit();
    open(&visit, &host, stage, "");
    wait_for_worker(&visit);
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
    assert!(visit.has("html[data-script]") && !visit.text("h1").contains("not ours"), "the altered page is served");
    open(&visit, &host, stage, "reflect/");
    visit.ready();
    host.stop();
    open(&visit, &host, stage, "about/");
    until("the page about missing pages shows", || visit.is_visible("#offline").then_some(()));
}

fn another_language(stage: &Stage) {
    let mut host = Host::start(built());
    let visit = stage.visit();
    open(&visit, &host, stage, "");
    wait_for_worker(&visit);
    visit.goto(&host.url("en/"));
    until("the other language is stored", || {
        let address = host.url("en/about/");
        visit
            .js::<bool>("return caches.match(arguments[0]).then((stored) => !!stored)", &[address.into()])
            .then_some(())
    });
    host.stop();
    visit.goto(&host.url("ar/help/"));
    until("the page about missing pages shows", || visit.is_visible("#offline").then_some(()));
    visit.goto(&host.url("en/about/"));
    assert!(!visit.text("h1").trim().is_empty());
    visit.goto(&host.url("en/"));
    visit.begin();
}

fn worker_asks(stage: &Stage) {
    let host = Host::start(built());
    let visit = stage.visit();
    visit.goto(&host.url(&format!("{}/?from=elsewhere#secret", stage.locale)));
    wait_for_worker(&visit);
    answer(&visit);
    visit.next();
    visit.open_sheet();
    let worker = fs::read_to_string(built().join("sw.js")).unwrap();
    let own = format!("GET /{}/?from=elsewhere", stage.locale);
    for request in host.requests().into_iter().filter(|request| *request != own && request != "GET /sw.js") {
        let path = request.strip_prefix("GET /").expect("all requests are GET");
        let path = if path.is_empty() { "./" } else { path };
        let listed = worker.contains(&format!("\"{path}\":\""));
        // Browsers choose which icon they show in a tab.
        let is_icon = path == "favicon.ico" || path.starts_with("assets/icon-");
        assert!(listed || is_icon, "{request} is not on the list of the worker");
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
    wait_for_worker(&visit);
    host.serve(folder);

    // The next visit opens the stored version at once. The update is offered between screens, but not on a question.
    open(&visit, &host, stage, "reflect/");
    visit.wait_for_step("keep");
    assert!(!is_newer(&visit));
    newer_is_ready(&visit);
    until("the update is offered between two screens", || is_offered(&visit).then_some(()));
    visit.back();
    visit.wait_for_step("feelings-now");
    until("the update is not offered on a question", || (!is_offered(&visit)).then_some(()));
    visit.write("feelings-now", ", and after");
    visit.next();
    until("the update is offered again", || is_offered(&visit).then_some(()));

    let other = stage.visit();
    open(&other, &host, stage, "reflect/");
    let stays = other.step();
    visit.click("[data-action=update]");
    until("the newer version shows", || is_newer(&visit).then_some(()));
    visit.ready();
    assert!(!is_newer(&other), "the update replaced a page that another tab shows");
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
    assert_eq!(caches.len(), 1, "the files of the older version are still stored: {caches:?}");
}

fn update_in_memory(stage: &Stage) {
    let mut host = Host::start(built());
    let visit = stage.visit();
    open(&visit, &host, stage, "");
    wait_for_worker(&visit);
    host.serve(newer());
    open(&visit, &host, stage, "");
    visit.begin();
    newer_is_ready(&visit);
    visit.write("feelings-now", "nowhere yet");
    assert_eq!(visit.next(), "keep");
    visit.wait_for_save_status("undecided");
    assert!(!is_offered(&visit), "an update is offered that would lose answers in memory");
    visit.choose_storage(StorageChoice::Tab);
    until("the update is offered", || is_offered(&visit).then_some(()));
    visit.click("[data-action=update]");
    until("the newer version shows", || is_newer(&visit).then_some(()));
    visit.wait_for_step("keep");
    visit.back();
    assert_eq!(visit.free_text("feelings-now"), "nowhere yet");
}

fn old_worker(stage: &Stage) {
    let mut host = Host::start(built());
    let visit = stage.visit();
    open(&visit, &host, stage, "");
    answer(&visit);
    wait_for_worker(&visit);
    // The files of the older version are gone, and the newer worker cannot be fetched.
    host.serve(newer());
    host.add_fault("/sw.js", Fault::Missing);
    visit.goto(&host.url("en/reflect/"));
    visit.ready();
    assert!(is_newer(&visit), "a page that is not stored is of the older version");
    visit.wait_for_step("keep");
    open(&visit, &host, stage, "reflect/");
    visit.ready();
    assert!(!is_newer(&visit), "a stored page is of the newer version");
    visit.back();
    assert_eq!(visit.free_text("feelings-now"), "from before");
    host.stop();
    open(&visit, &host, stage, "sheet/");
    visit.ready();
}

fn half_in_place(stage: &Stage) {
    let mut host = Host::start(built());
    let visit = stage.visit();
    open(&visit, &host, stage, "");
    wait_for_worker(&visit);
    host.serve(newer());
    host.add_fault("/help/", Fault::Damaged);
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
    host.clear_faults();
    visit.js::<()>("return navigator.serviceWorker.getRegistration().then((it) => it.update()).then(() => null)", &[]);
    newer_is_ready(&visit);
}

fn old_page(stage: &Stage) {
    let host = Host::start(newer());
    let visit = stage.visit();
    let path = format!("{}/reflect/", stage.locale);
    host.answer_once(&path, fs::read_to_string(built().join(&path).join("index.html")).unwrap());
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
    wait_for_worker(&visit);
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
    // A headless browser cannot install sites; every other requirement must be met.
    assert!(ids.iter().all(|id| *id == "in-incognito"), "the site is not installable: {ids:?}");
}
