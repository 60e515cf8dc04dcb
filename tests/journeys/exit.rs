//! Exit: the cover stays until the other page is there, in every tab, and nothing is written after it.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::json;
use thirtyfour::Key;

use crate::listen::{SPEECH, with_voices};
use crate::promises::FULL_WHEN_MARKED;
use crate::support::{Engine, Journey, Site, Stage, StorageChoice, Visit, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("whatever_ends_late_a_page_that_was_left_stays_covered", late),
    Journey::new("an_app_that_comes_after_the_exit_brings_nothing_back", late_app),
    Journey::new("reading_aloud_ends_with_the_exit", silent),
    Journey::new("nothing_is_written_once_the_page_was_left", nothing_written),
    Journey::new("where_no_mark_can_be_set_back_finds_a_blank_page_too", no_mark)
        .not_in(&[(Engine::WebKit, "its driver loses the window of a page that cannot use session storage")]),
    Journey::new("an_exit_that_leads_nowhere_offers_neutral_ways_on", nowhere),
    Journey::new("back_from_a_page_of_errors_finds_a_blank_page", errors).not_in(&[
        (Engine::Firefox, "its driver takes the browser's error page for a failure"),
        (Engine::WebKit, "its driver takes the browser's error page for a failure"),
    ]),
    Journey::new("the_pages_for_everybody_can_be_left", for_everybody),
    Journey::new("shift_with_anything_else_never_leaves", no_bare_shift),
    Journey::new("three_bare_shifts_leave_from_everywhere", bare_shifts),
    Journey::new("each_press_of_shift_is_told", shift_announced),
    Journey::new("exit_in_one_tab_leaves_every_tab", every_tab),
    Journey::new("without_channels_exit_in_one_tab_leaves_every_tab", every_tab_by_storage).not_in(&[(
        Engine::Firefox,
        "it has channels, and without one a background tab may lose what it writes to storage while it unloads",
    )]),
    Journey::new("a_page_in_the_cache_of_another_tab_brings_nothing_undecided_back", cached_elsewhere),
    Journey::new("a_frozen_tab_leaves_when_it_wakes", frozen).not_in(&[
        (Engine::Firefox, "only Chromium's driver can freeze a page"),
        (Engine::WebKit, "only Chromium's driver can freeze a page"),
    ]),
];

/// An exit target that leads nowhere: the page stays, as it does before the other page has loaded.
const NOWHERE: &str = "document.documentElement.dataset.exit = '#nowhere';";

/// Returns whether only a cover is visible or focusable, and the title of the page is blank.
const COVERED: &str = "
    const shows = (one) => one.checkVisibility({ visibilityProperty: true });
    const focus = document.activeElement;
    const rest = [...document.querySelectorAll('body *')].filter((one) => shows(one) && !one.closest('[data-cover]'));
    return [...document.querySelectorAll('[data-cover=leaving], [data-cover=left]')].some(shows)
        && rest.length === 0 && !document.querySelector('dialog[open]')
        && (!focus || focus === document.body || !!focus.closest('[data-cover]'))
        && document.title.replace(/\\u200b/g, '') === ''";

#[track_caller]
fn is_covered(visit: &Visit) {
    assert!(visit.js::<bool>(COVERED, &[]), "something shows: {:?}", visit.text("body"));
}

#[track_caller]
fn leave(visit: &Visit) {
    visit.click("header [data-action=exit]");
    until("the cover shows", || visit.is_visible("[data-cover=leaving]").then_some(()));
}

/// Waits for 20 turns of the event loop, so that pending tasks of the page have run.
fn drain_tasks(visit: &Visit) {
    let turns = "return (async () => {
        for (let turn = 0; turn < 20; turn += 1) await new Promise((done) => setTimeout(done));
    })()";
    visit.js::<()>(turns, &[]);
}

/// Holds fetches back while the root element has `data-hold`. On `let-go` they continue, or fail if it has a value.
const HOLD_FETCHES: &str = "
    const root = document.documentElement;
    const fetched = window.fetch;
    window.fetch = async (...given) => {
        const { hold } = root.dataset;
        if (hold !== undefined) {
            root.dataset.held = '';
            await new Promise((done) => addEventListener('let-go', done));
            if (hold) throw new TypeError('cut off');
        }
        return fetched(...given);
    };";

fn release_fetches(visit: &Visit) {
    visit.js::<()>("dispatchEvent(new Event('let-go')); delete document.documentElement.dataset.hold", &[]);
    drain_tasks(visit);
    // Wait as long as the network takes for a page.
    visit.js::<()>("return fetch(location.pathname).then((page) => page.text()).then(() => {})", &[]);
    drain_tasks(visit);
}

fn late(stage: &Stage) {
    stage.site.inject_script(&[NOWHERE, HOLD_FETCHES].concat());
    let visit = stage.visit();
    visit.begin();
    visit.choose("feelings-now", "joy");
    let language: String = visit.js("return document.documentElement.lang", &[]);
    // The parent has just chosen another language.
    visit.js::<()>("document.documentElement.dataset.hold = ''", &[]);
    visit.click(".languages [hreflang]:not([aria-current])");
    visit.wait_for("html[data-held]");
    // Dialogs that a late event may open.
    visit.js::<()>("window.late = [...document.querySelectorAll('dialog')]", &[]);
    leave(&visit);
    release_fetches(&visit);
    is_covered(&visit);
    assert_eq!(visit.js::<String>("return document.documentElement.lang", &[]), language);
    let ask = "for (const one of window.late) try { one.showModal() } catch {}";
    visit.js::<()>(ask, &[]);
    is_covered(&visit);
    // A covered page still receives events.
    let history = "return [history.length, location.pathname]";
    let before: (u32, String) = visit.js(history, &[]);
    let events = "
        dispatchEvent(new PopStateEvent('popstate', { state: 0 }));
        dispatchEvent(new PageTransitionEvent('pageshow'));
        dispatchEvent(new Event('hashchange'));
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
        document.body.click()";
    visit.js::<()>(events, &[]);
    for key in [Key::Tab, Key::Enter, Key::Escape] {
        visit.press(key);
    }
    visit.keys("abc");
    drain_tasks(&visit);
    is_covered(&visit);
    assert_eq!(visit.js::<(u32, String)>(history, &[]), before);
}

/// Exit while the app is still loading: neither its arrival nor its failure shows or loads anything.
fn late_app(stage: &Stage) {
    for hold in ["", "fails"] {
        let set_hold = format!("document.documentElement.dataset.hold = '{hold}';");
        stage.site.inject_script(&[NOWHERE, HOLD_FETCHES, &set_hold].concat());
        let visit = stage.visit();
        visit.click("[data-action=begin]");
        visit.wait_for("html[data-held]");
        leave(&visit);
        visit.js::<()>("window.same = true", &[]);
        release_fetches(&visit);
        is_covered(&visit);
        assert!(visit.js::<bool>("return !!window.same", &[]), "the page was reloaded");
    }
}

fn silent(stage: &Stage) {
    stage.site.inject_script(&[NOWHERE, SPEECH].concat());
    let visit = stage.visit();
    visit.begin();
    with_voices(&visit, &[(stage.locale, true)]);
    visit.click("[data-app] [data-action=listen]");
    visit.wait_for("[data-reading]");
    leave(&visit);
    let left = "dispatchEvent(new Event('report')); return JSON.parse(document.documentElement.dataset.said).left";
    assert_eq!(visit.js::<usize>(left, &[]), 0, "speech goes on");
}

/// Exit writes neither what could not be stored before, nor answers for which no storage was chosen.
fn nothing_written(stage: &Stage) {
    stage.site.inject_script(&[NOWHERE, FULL_WHEN_MARKED].concat());
    let wake = "
        delete document.documentElement.dataset.full;
        document.body.click();
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
        dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
        dispatchEvent(new StorageEvent('storage', { key: null }))";
    for is_chosen in [true, false] {
        let visit = stage.visit();
        visit.begin();
        visit.choose("feelings-now", "joy");
        visit.next();
        if is_chosen {
            visit.js::<()>("document.documentElement.dataset.full = ''", &[]);
            visit.choose_storage(StorageChoice::Tab);
            visit.wait_for_save_status("no");
        }
        leave(&visit);
        visit.js::<()>(wake, &[]);
        drain_tasks(&visit);
        assert!(visit.stored().is_empty(), "something was written: {:?}", visit.stored());
        is_covered(&visit);
        // A pending notification from another tab does not stop the navigation either.
        let rest = "localStorage.setItem('between-us:changed', '{\"format\":1}');
            dispatchEvent(new StorageEvent('storage', { key: 'between-us:changed' }))";
        visit.js::<()>(rest, &[]);
        drain_tasks(&visit);
        is_covered(&visit);
        visit.js::<()>("localStorage.clear()", &[]);
    }
}

fn no_mark(stage: &Stage) {
    let elsewhere = Site::start();
    let there = elsewhere.url("en/help/");
    let refuse = "const set = Storage.prototype.setItem;
        Storage.prototype.setItem = function (...pair) {
            if (this === sessionStorage) throw new DOMException('full', 'QuotaExceededError');
            set.apply(this, pair);
        };";
    stage.site.inject_script(&format!("document.documentElement.dataset.exit = '{there}'; {refuse}"));
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let step = visit.next();
    visit.write(&step, "nobody's business");
    visit.wait_for_save_status("yes");
    let is_blank = |when: &str| {
        until(&format!("a blank page {when}"), || visit.is_visible("[data-cover=left]").then_some(()));
        is_covered(&visit);
    };
    let leave = || {
        visit.click("header [data-action=exit]");
        until("another address", || (visit.url() == there).then_some(()));
    };
    leave();
    visit.browser_back();
    is_blank("on Back");
    visit.reload();
    is_blank("after a reload");
    visit.click("[data-action=return]");
    until("the page shows again", || visit.is_visible("main").then_some(()));
    // The page before the one that was left may come from the back/forward cache.
    visit.open("reflect/");
    visit.ready();
    visit.open("about/");
    leave();
    visit.browser_back();
    is_blank("one page further back");
}

/// Starts a host that answers with 204, so that the browser stays on the page. Returns its address and its request
/// count.
fn nothing_to_show() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = format!("http://{}/", listener.local_addr().expect("the port has a number"));
    let requests = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&requests);
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let read = stream.read(&mut [0; 1024]).unwrap_or_default();
            if read > 0 {
                count.fetch_add(1, Ordering::Relaxed);
                let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
            }
        }
    });
    (address, requests)
}

fn nowhere(stage: &Stage) {
    let (address, requests) = nothing_to_show();
    stage.site.set_exit_target(&address);
    let visit = stage.visit();
    visit.open("privacy/");
    let names = [visit.text(".brand"), visit.text("h1")];
    leave(&visit);
    until("neutral links show", || visit.is_visible("[data-cover=leaving] a").then_some(()));
    is_covered(&visit);
    let shown = visit.text("body");
    assert!(names.iter().all(|name| !shown.contains(name.trim())), "the cover reveals the page: {shown}");
    let before = requests.load(Ordering::Relaxed);
    visit.click("[data-cover=leaving] [data-action=exit]");
    until("the other page is requested again", || (requests.load(Ordering::Relaxed) > before).then_some(()));
    visit.click("[data-cover=leaving] a");
    until("an empty page", || (visit.url() == "about:blank").then_some(()));
    visit.browser_back();
    until("a blank page on Back", || visit.is_visible("[data-cover=left]").then_some(()));
    is_covered(&visit);
}

fn errors(stage: &Stage) {
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port is free");
    let there = format!("http://{closed}/");
    stage.site.set_exit_target(&there);
    let visit = stage.visit();
    visit.begin();
    visit.next();
    visit.click("header [data-action=exit]");
    until("the browser shows its error page", || (visit.url() == there).then_some(()));
    visit.browser_back();
    until("a blank page on Back", || visit.is_visible("[data-cover=left]").then_some(()));
    is_covered(&visit);
}

/// The choice of languages and the page of unknown addresses, at any path.
fn for_everybody(stage: &Stage) {
    let elsewhere = Site::start();
    let there = elsewhere.url("en/help/");
    stage.site.set_exit_target(&there);
    let visit = stage.visit();
    let exits: [&dyn Fn(); 2] = [&|| visit.click("[data-action=exit]"), &|| visit.shift_three_times()];
    for page in ["#offline", "404.html", "none/", "nl/none/at/all/"] {
        for exit in exits {
            visit.goto("about:blank");
            visit.goto(&stage.site.url(page));
            visit.wait_for("html[data-script]");
            exit();
            until(&format!("the browser leaves {page}"), || (visit.url() == there).then_some(()));
            visit.goto(&stage.site.url(page));
            until(&format!("a blank page in place of {page}"), || visit.is_visible("[data-cover=left]").then_some(()));
            is_covered(&visit);
            visit.click("[data-action=return]");
            until("the page shows again", || visit.is_visible("main").then_some(()));
        }
    }
}

/// Waits for two frames: browsers dispatch scroll and selection events with the next frame.
fn wait_for_frames(visit: &Visit) {
    let two_frames = "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))";
    visit.js::<()>(two_frames, &[]);
}

#[track_caller]
fn stays_on_page(visit: &Visit, after: &str) {
    drain_tasks(visit);
    assert!(visit.is_visible("main") && !visit.is_visible("[data-cover=leaving]"), "{after} exits the page");
}

fn no_bare_shift(stage: &Stage) {
    stage.site.inject_script(NOWHERE);
    let visit = stage.visit();
    let shifts = char::from(Key::Shift).to_string().repeat(3);
    visit.open("privacy/");
    visit.hold_key(Key::Shift, 20);
    stays_on_page(&visit, "Shift held down");
    for _ in 0..3 {
        visit.chord(Key::Shift, "a");
    }
    stays_on_page(&visit, "Shift and a letter");
    visit.chord(Key::Shift, "");
    visit.chord(Key::Shift, "");
    visit.chord(Key::Shift, "H");
    stays_on_page(&visit, "a capital letter after two presses");
    for _ in 0..3 {
        visit.chord(Key::Shift, &char::from(Key::Tab).to_string());
    }
    stays_on_page(&visit, "Shift and Tab");
    for _ in 0..3 {
        visit.shift_click("h1");
    }
    stays_on_page(&visit, "Shift and a click");
    // An input method, and the letter that a screen reader consumes between two presses.
    let composing = "for (let time = 0; time < 3; time += 1) for (const name of ['keydown', 'keyup'])
        document.body.dispatchEvent(new KeyboardEvent(name, { key: 'Shift', bubbles: true, ...arguments[0] }))";
    for init in [json!({ "isComposing": true }), json!({ "keyCode": 229 }), json!({ "modifierAltGraph": true })] {
        // WebKit does not support AltGraph in events created by scripts.
        let knows = "return !arguments[0].modifierAltGraph || new KeyboardEvent('keydown', arguments[0]).getModifierState('AltGraph')";
        if !visit.js::<bool>(knows, std::slice::from_ref(&init)) {
            assert_eq!(visit.engine(), Engine::WebKit, "an engine does not know {init}");
            continue;
        }
        visit.js::<()>(composing, std::slice::from_ref(&init));
        stays_on_page(&visit, &format!("Shift with {init}"));
    }
    let moves = [
        (
            "the focus",
            "const all = document.querySelectorAll('main a, main button, footer a'); all[arguments[0]].focus()",
        ),
        ("the selection", "getSelection().selectAllChildren(document.querySelectorAll('main p')[arguments[0]])"),
        ("the view", "scrollTo(0, 200 + 200 * arguments[0])"),
        ("a finger", "document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))"),
    ];
    for (what, change) in moves {
        for time in 0..3 {
            visit.press(Key::Shift);
            visit.js::<()>(change, &[time.into()]);
            wait_for_frames(&visit);
        }
        stays_on_page(&visit, &format!("{what} that moves between"));
    }
    visit.press(Key::Shift);
    let first: f64 = visit.js("return performance.now()", &[]);
    visit.press(Key::Shift);
    until("two seconds", || (visit.js::<f64>("return performance.now()", &[]) > first + 2000.0).then_some(()));
    visit.press(Key::Shift);
    stays_on_page(&visit, "a third press after two seconds");
    // Tested last, since a browser may open its own menu at one of them.
    for held in [Key::Control, Key::Meta, Key::Alt] {
        visit.open("privacy/");
        visit.chord(held.clone(), &shifts);
        stays_on_page(&visit, &format!("Shift with {held:?}"));
    }
    visit.open("");
    visit.begin();
    visit.write("feelings-now", "I");
    for _ in 0..3 {
        visit.chord(Key::Shift, "w");
    }
    stays_on_page(&visit, "typing capitals");
    assert_ne!(visit.free_text("feelings-now"), "I");
}

fn bare_shifts(stage: &Stage) {
    let exits = |visit: &Visit, from: &str| {
        visit.shift_three_times();
        until(&format!("the cover shows after {from}"), || visit.is_visible("[data-cover=leaving]").then_some(()));
        is_covered(visit);
        visit.js::<()>("sessionStorage.removeItem('left')", &[]);
    };
    stage.site.inject_script(NOWHERE);
    let visit = stage.visit();
    exits(&visit, "the opening");
    visit.open("");
    // The left and the right Shift key count together.
    visit.wait_until_quiet();
    visit.keys("\u{e008}\u{e050}\u{e008}");
    until("the cover shows", || visit.is_visible("[data-cover=leaving]").then_some(()));
    visit.js::<()>("sessionStorage.removeItem('left')", &[]);
    visit.open("");
    visit.begin();
    visit.write("feelings-now", "in a field");
    wait_for_frames(&visit);
    exits(&visit, "a field");
    visit.open("privacy/");
    visit.click("main [data-action=erase]");
    visit.wait_for("[data-ask=erase][open]");
    exits(&visit, "a question on top of the page");
    visit.open("");
    visit.begin_with_storage(StorageChoice::Device);
    visit.next();
    visit.js::<()>(
        "dispatchEvent(new ErrorEvent('error', { filename: document.querySelector('script[type=module]').src }))",
        &[],
    );
    until("the message about the broken app shows", || visit.is_visible("[data-cover=broken]").then_some(()));
    exits(&visit, "the cover of a broken page");
    visit.open("");
    // Exit works on a blank page as on any other.
    let elsewhere = Site::start();
    let there = elsewhere.url("en/help/");
    stage.site.set_exit_target(&there);
    visit.js::<()>("sessionStorage.setItem('left', '1')", &[]);
    visit.open("about/");
    until("a blank page", || visit.is_visible("[data-cover=left]").then_some(()));
    visit.shift_three_times();
    until("another address", || (visit.url() == there).then_some(()));
}

fn shift_announced(stage: &Stage) {
    stage.site.inject_script(NOWHERE);
    let visit = stage.visit();
    let announces = |within: &str| {
        let body = "return [...document.querySelectorAll(arguments[0] + ' [data-exit-count]')].some((one) =>
            one.textContent && one.checkVisibility() && !!one.closest('[role=status]'))";
        visit.js::<bool>(body, &[within.into()])
    };
    visit.open("privacy/");
    visit.wait_until_quiet();
    visit.press(Key::Shift);
    assert!(announces("body > [role=status]"), "the first press is not announced");
    visit.press(Key::Shift);
    assert!(announces("body > [role=status]"), "the second press is not announced");
    visit.keys("a");
    assert!(!announces("body"), "a letter does not end the announcement");
    visit.press(Key::Shift);
    until("the announcement goes away", || (!announces("body")).then_some(()));
    visit.click("main [data-action=erase]");
    visit.wait_for("[data-ask=erase][open]");
    visit.wait_until_quiet();
    visit.press(Key::Shift);
    assert!(announces("[data-ask=erase]"), "a press is not announced within a dialog");
    visit.open("");
    visit.begin();
    visit.write("feelings-now", "I");
    visit.wait_until_quiet();
    visit.press(Key::Shift);
    assert!(!announces("body"), "a capital letter in a field is announced");
    visit.press(Key::Shift);
    assert!(announces("body > [role=status]"), "the second press in a field is not announced");
}

fn every_tab(stage: &Stage) {
    leaves_every_tab(stage, "");
}

fn every_tab_by_storage(stage: &Stage) {
    leaves_every_tab(stage, "delete window.BroadcastChannel;");
}

fn leaves_every_tab(stage: &Stage, before: &str) {
    let elsewhere = Site::start();
    let there = elsewhere.url("en/help/");
    stage.site.inject_script(&format!("{before} document.documentElement.dataset.exit = '{there}'"));
    // The first tab stores in the tab only, the second has chosen no storage, the third shows text, the fourth stores
    // on the device.
    let in_tab = stage.visit();
    in_tab.begin_with_storage(StorageChoice::Tab);
    let step = in_tab.next();
    in_tab.write(&step, "of this tab alone");
    in_tab.wait_for_save_status("tab");
    let undecided = stage.visit();
    undecided.begin();
    undecided.write("feelings-now", "of nobody yet");
    let reader = stage.visit();
    reader.open("about/");
    let device = stage.visit();
    device.begin_with_storage(StorageChoice::Device);
    let stored = device.stored().device;
    assert!(!stored.is_empty());
    device.click("header [data-action=exit]");
    for (other, page) in [(&in_tab, "reflect/"), (&undecided, ""), (&reader, "")] {
        until("the other tab leaves too", || (other.url() == there).then_some(()));
        other.back_from_other_site(page);
        until("a blank page on Back", || other.is_visible("[data-cover=left]").then_some(()));
        is_covered(other);
        assert!(other.stored().tab.is_empty(), "something is stored: {:?}", other.stored().tab);
    }
    let afterwards = stage.visit();
    assert!(afterwards.is_visible("main"), "Exit affects a tab that was opened afterwards");
    assert_eq!(afterwards.stored().device, stored, "the stored keys on the device changed");
    let all: usize = afterwards.js("return localStorage.length", &[]);
    assert_eq!(all, stored.len(), "other keys are stored on the device");
}

/// A tab navigates to another site, with the questions in the back/forward cache, before another tab exits.
fn cached_elsewhere(stage: &Stage) {
    let elsewhere = Site::start();
    let there = elsewhere.url("en/help/");
    stage.site.set_exit_target(&there);
    let visit = stage.visit();
    visit.begin();
    visit.write("feelings-now", "of nobody yet");
    visit.goto(&elsewhere.url("en/about/"));
    let other = stage.visit();
    other.click("header [data-action=exit]");
    until("another address", || (other.url() == there).then_some(()));
    visit.browser_back();
    until("a page of ours", || visit.has("[data-app][data-state=ready], html[data-left]").then_some(()));
    drain_tasks(&visit);
    let found: bool = visit.js(
        "return [...document.querySelectorAll('textarea')].some((one) => one.value.includes('of nobody yet'))
            || document.body.innerText.includes('of nobody yet')",
        &[],
    );
    assert!(!found, "text without a chosen storage came back");
}

fn frozen(stage: &Stage) {
    let elsewhere = Site::start();
    let there = elsewhere.url("en/help/");
    stage.site.set_exit_target(&there);
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Tab);
    let step = visit.next();
    visit.write(&step, "of this tab alone");
    let other = stage.visit();
    let state = |state: &str| drop(visit.cdp("Page.setWebLifecycleState", json!({ "state": state })));
    state("frozen");
    other.click("header [data-action=exit]");
    until("another address", || (other.url() == there).then_some(()));
    state("active");
    until("the tab exits when it resumes", || (visit.url() == there).then_some(()));
    visit.browser_back();
    until("a blank page on Back", || visit.is_visible("[data-cover=left]").then_some(()));
    assert!(visit.stored().is_empty(), "something is stored: {:?}", visit.stored());
}
