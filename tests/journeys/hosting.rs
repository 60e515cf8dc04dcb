//! The site on nginx, with the configuration that the builder writes for it. Without nginx the preview server is used;
//! CI installs nginx.

use std::collections::BTreeSet;

use serde_json::json;

use crate::nginx::{Nginx, program};
use crate::support::{Engine, Host, Journey, Stage, StorageChoice, built, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("what_the_policy_forbids_is_refused", refused),
    Journey::new("no_other_site_can_frame_a_page", framed).not_in(&[
        (Engine::Firefox, "its driver does not report the content of a cross-site frame"),
        (Engine::WebKit, "its driver does not report the content of a cross-site frame"),
    ]),
    Journey::new("in_a_folder_of_a_host_all_works", in_a_folder),
    Journey::new("a_first_visit_takes_at_most_seven_requests_of_the_pages_own", few_requests),
];

/// Returns the host, and the address of the site in one of its folders.
fn host(stage: &Stage) -> (Option<Nginx>, String) {
    let nginx = program().map(|_| Nginx::start(built()));
    let address = nginx.as_ref().map_or_else(|| stage.site.url(""), |nginx| nginx.deep.clone());
    (nginx, address)
}

/// A host that the policy must block.
const FOREIGN: &str = "foreign.example";

fn refused(stage: &Stage) {
    let (_nginx, base) = host(stage);
    let visit = stage.visit();
    visit.goto(&format!("{base}{}/", stage.locale));
    let attack = "
        const seen = [];
        document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
        const add = (name, set) => {
            const one = document.createElement(name);
            set(one);
            document.body.append(one);
            return one;
        };
        add('script', (one) => { one.textContent = 'window.ran = 1' });
        add('script', (one) => { one.src = 'https://foreign.example/x.js' });
        add('button', (one) => one.setAttribute('onclick', 'window.ran = 2')).click();
        const styled = add('p', (one) => one.setAttribute('style', 'position: fixed'));
        add('iframe', (one) => { one.src = location.href });
        add('img', (one) => { one.src = 'https://foreign.example/x.png' });
        // Without TLS: Chromium opens a connection before it checks the policy, and only a plain request would be
        // visible to the proxy.
        const form = add('form', (one) => { one.action = 'http://foreign.example/' });
        try { form.submit() } catch { }
        const fetched = await fetch('https://foreign.example/').then(() => 'yes', () => 'no');
        navigator.sendBeacon?.('https://foreign.example/', 'x');
        // Scripts of a driver may evaluate text; after a pause the script counts as the page's own. A busy browser
        // reports violations late.
        const pause = () => new Promise((done) => setTimeout(done, 200));
        await pause();
        for (let left = 50; left && !arguments[0].every((one) => seen.join().includes(one)); left -= 1) await pause();
        let evaluated = 'no';
        try { evaluated = (0, eval)('\"yes\"') } catch { }
        return [evaluated, fetched, String(window.ran), getComputedStyle(styled).position, seen.join(' ')]";
    // Engines report violations under different directive names, but all of them block.
    let named: &[&str] = match visit.engine() {
        Engine::Chromium => &["script-src", "style-src", "frame-src", "img-src", "connect-src", "form-action"],
        Engine::Firefox | Engine::WebKit => &["script-src"],
    };
    let run = format!("return (async () => {{ {attack} }})()");
    let [evaluated, fetched, ran, position, seen]: [String; 5] = visit.js(&run, &[json!(named)]);
    assert_eq!([&*fetched, &*ran, &*position], ["no", "undefined", "static"], "{seen}");
    // Firefox runs scripts of its driver in a sandbox to which the policy of the page does not apply.
    assert!(evaluated == "no" || visit.engine() == Engine::Firefox, "text was evaluated");
    for directive in named {
        assert!(seen.contains(directive), "no violation of {directive}, only {seen}");
    }
    let requests = stage.browser.proxy.requests();
    assert!(!requests.iter().any(|line| line.contains(FOREIGN)), "a foreign host was requested: {requests:?}");
}

fn framed(stage: &Stage) {
    let nginx = program().map(|_| Nginx::start(built()));
    let base = nginx.as_ref().map_or_else(|| stage.site.url(""), |nginx| nginx.shallow.clone());
    let folder = tempfile::tempdir().expect("a folder can be made");
    let page = format!("<!DOCTYPE html><title>x</title><iframe src='{base}{}/'></iframe>", stage.locale);
    std::fs::write(folder.path().join("index.html"), &page).unwrap();
    let other = Host::start(folder.path());
    // The page of the other site is served without a security policy.
    other.answer_once("", page);
    let visit = stage.visit();
    visit.goto(&other.url(""));
    until("the frame is refused", || {
        let tree = visit.cdp("Page.getFrameTree", json!({}));
        let frame = &tree["frameTree"]["childFrames"][0]["frame"];
        frame["unreachableUrl"].as_str().is_some_and(|address| address.starts_with(&base)).then_some(())
    });
}

/// Returns whether the worker has stored all files of its list for every language and for the current one.
const ALL_STORED: &str = "return (async (base, locale) => {
    const worker = await (await fetch(base + 'sw.js')).text();
    const { common, [locale]: own } = JSON.parse(/const FILES = (.*);/.exec(worker)[1]);
    const wanted = Object.keys({ ...common, ...own }).map((path) => caches.match(base + path, { ignoreVary: true }));
    return (await Promise.all(wanted)).every(Boolean);
})(...arguments)";

fn in_a_folder(stage: &Stage) {
    let (nginx, base) = host(stage);
    let visit = stage.visit();
    visit.goto(&base);
    until("the picker redirects or lists the languages", || {
        (visit.url() != base || visit.is_visible("[data-locale]")).then_some(())
    });
    visit.goto(&format!("{base}{}/", stage.locale));
    visit.begin_with_storage(StorageChoice::Device);
    let step = visit.next();
    visit.write(&step, "deep inside");
    visit.open_sheet();
    assert!(visit.text("[data-sheet]").contains("deep inside"));
    assert!(visit.url().starts_with(&base));
    // An automated WebKitGTK stores no files, although it sometimes shows a registration.
    if nginx.is_some() && visit.engine() != Engine::WebKit {
        assert!(visit.js::<bool>("return navigator.serviceWorker.ready.then(() => true)", &[]));
        // The picker may have installed the worker, which stores a language on the first visit to it.
        visit.goto(&format!("{base}{}/sheet/", stage.locale));
        until("all files are stored", || {
            visit.js::<bool>(ALL_STORED, &[json!(base), json!(stage.locale)]).then_some(())
        });
        drop(nginx);
        let visit = stage.visit();
        visit.goto(&format!("{base}{}/sheet/", stage.locale));
        visit.ready();
        assert!(visit.text("[data-sheet]").contains("deep inside"));
    }
}

fn few_requests(stage: &Stage) {
    let visit = stage.visit();
    visit.open("reflect/");
    visit.ready();
    let requests: Vec<String> = visit.js("return performance.getEntriesByType('resource').map((one) => one.name)", &[]);
    // Repeated requests for a file are answered by the browser's cache. The following ones come after the page is
    // interactive.
    let afterwards = |url: &String| ["/offline.js", "/sw.js", "-chunk-"].iter().any(|part| url.contains(part));
    let own: BTreeSet<_> = requests.iter().filter(|url| !afterwards(url)).collect();
    // The page itself is not in the list, so seven requests are six resources at most.
    assert!(own.len() < 7, "{own:?}");
}
