//! Layers: help and privacy open over the current page, which loses nothing and is unchanged when they close.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::support::{Engine, Fault, Host, Journey, Site, Stage, StorageChoice, Visit, built, until};

const CANNOT_PRINT: &[(Engine, &str)] = &[(Engine::WebKit, "its driver has no command to print")];
const NO_WORKER: &[(Engine, &str)] =
    &[(Engine::WebKit, "an automated WebKitGTK stores nothing and has no service worker")];

pub const JOURNEYS: &[Journey] = &[
    Journey::new("help_and_what_is_kept_lie_over_the_page_and_take_no_answer", over_the_page).in_each_language(),
    Journey::new("back_closes_a_layer_and_forward_lays_it_again", back_and_forward),
    Journey::new("a_closed_layer_leaves_no_entry_that_back_would_meet", no_dead_entry),
    Journey::new("a_page_loaded_anew_has_its_layer_again", reloaded),
    Journey::new("one_layer_takes_the_place_of_another", one_for_another),
    Journey::new("a_layer_is_left_as_fast_as_the_page", exit),
    Journey::new("a_layer_that_does_not_come_says_so_and_the_page_stays", not_fetched),
    Journey::new("a_layer_is_there_with_the_network_gone", offline).not_in(NO_WORKER),
    Journey::new("a_layer_keeps_the_invitation_and_puts_its_country_first", invited),
    Journey::new("a_layer_shows_the_own_number", number),
    Journey::new("a_layer_goes_by_keyboard_alone", by_keyboard),
    Journey::new("a_link_for_another_tab_lays_nothing_over_the_page", another_tab),
    Journey::new("a_layer_lies_over_every_page_and_needs_no_app", everywhere),
    Journey::new("a_layer_lies_over_the_sheet_and_never_over_the_table", sheet_and_table),
    Journey::new("a_layer_does_without_an_entry_of_the_history", without_history),
    Journey::new("from_a_layer_a_file_can_be_put_back_on_the_page_below", restore),
    Journey::new("a_layer_is_printed_in_place_of_the_page", printed).not_in(CANNOT_PRINT),
];

const HELP: &str = ".head a[href*='help/']";
const PRIVACY: &str = "footer a[href*='privacy/']";

/// Waits until the layer shows its content and its heading has the focus.
#[track_caller]
pub fn lies_over(visit: &Visit, name: &str) {
    let content = match name {
        "help" => "a[href^='tel:']",
        _ => "[data-action=erase]",
    };
    until("the layer shows its content", || {
        visit.is_visible(&format!("[data-layer={name}] .layer-body {content}")).then_some(())
    });
    until("the focus is on its heading", || visit.focus_is_on("[data-layer] h1").then_some(()));
}

#[track_caller]
fn open_layer(visit: &Visit, link: &str, name: &str) {
    visit.click(link);
    lies_over(visit, name);
}

#[track_caller]
fn is_closed(visit: &Visit) {
    until("the layer is closed", || (!visit.has("[data-layer], dialog[open]")).then_some(()));
}

/// Returns the state of the current history entry.
fn state(visit: &Visit) -> Value {
    visit.js("return history.state", &[])
}

fn over_the_page(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    visit.choose("feelings-now", "joy");
    visit.write("feelings-now", "nowhere yet");
    let address = visit.url();
    for (link, name) in [(HELP, "help"), (PRIVACY, "privacy")] {
        open_layer(&visit, link, name);
        assert_eq!(visit.url(), address, "the address changes");
        assert_eq!(visit.attributes("[data-layer]", "aria-modal"), ["true"]);
        assert!(!visit.text("[data-layer] h1").trim().is_empty());
        assert!(visit.is_visible("[data-layer] [data-action=exit]"), "the layer has no Exit");
        assert!(!visit.js::<bool>("return document.documentElement.scrollWidth > innerWidth", &[]));
        // The page below is inert.
        visit.js::<()>("document.querySelector('main textarea').focus()", &[]);
        assert!(!visit.focus_is_on("main textarea"), "the page below takes the focus");
        visit.click("[data-layer] [data-action=close]");
        is_closed(&visit);
        until("the focus is back", || visit.focus_is_on(link).then_some(()));
    }
    assert!(visit.has_chosen("feelings-now", "joy"));
    assert_eq!(visit.free_text("feelings-now"), "nowhere yet");
    visit.wait_for_save_status("undecided");
    assert!(visit.stored().is_empty(), "something is stored: {:?}", visit.stored());
    // The link to help inside the safety text.
    let mut step = visit.next();
    while step != "contact-notice" {
        step = if step == "keep" || step == "pace" { visit.next() } else { visit.skip() };
    }
    open_layer(&visit, ".safety a[href$='help/']", "help");
    visit.press(Key::Escape);
    is_closed(&visit);
    visit.wait_for_step("contact-notice");
    until("the focus is back", || visit.focus_is_on(".safety a[href$='help/']").then_some(()));
}

fn back_and_forward(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    visit.write("feelings-now", "stays");
    visit.next();
    let before = state(&visit);
    open_layer(&visit, HELP, "help");
    let with_layer = state(&visit);
    assert_eq!(with_layer, json!({ "counter": before, "layer": "help" }), "the history entry has other fields");
    visit.browser_back();
    is_closed(&visit);
    visit.wait_for_step("keep");
    assert_eq!(state(&visit), before);
    until("the focus is back", || visit.focus_is_on(HELP).then_some(()));
    visit.browser_forward();
    lies_over(&visit, "help");
    visit.wait_for_step("keep");
    visit.browser_back();
    is_closed(&visit);
    visit.browser_back();
    visit.wait_for_step("feelings-now");
    assert_eq!(visit.free_text("feelings-now"), "stays");
    visit.browser_forward();
    visit.wait_for_step("keep");
    assert!(!visit.has("[data-layer]"));
    visit.browser_forward();
    lies_over(&visit, "help");
}

fn no_dead_entry(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    visit.next();
    visit.wait_for_step("keep");
    for close in ["button", "escape"] {
        open_layer(&visit, HELP, "help");
        if close == "button" {
            visit.click("[data-layer] [data-action=close]");
        } else {
            visit.press(Key::Escape);
        }
        is_closed(&visit);
        until("the history entry is that of the screen", || state(&visit).is_number().then_some(()));
    }
    visit.browser_back();
    visit.wait_for_step("feelings-now");
    visit.next();
    visit.wait_for_step("keep");
    assert_eq!(visit.back(), "feelings-now");
}

fn reloaded(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let step = visit.next();
    open_layer(&visit, HELP, "help");
    visit.reload();
    visit.ready();
    lies_over(&visit, "help");
    assert_eq!(visit.step(), step);
    visit.click("[data-layer] [data-action=close]");
    is_closed(&visit);
    until("the history entry is that of the screen", || state(&visit).is_number().then_some(()));
    visit.wait_for_step(&step);
    visit.browser_back();
    until("Back leads to another screen", || (visit.step() != step).then_some(()));
    // Also on a page without the app.
    visit.open("about/");
    open_layer(&visit, PRIVACY, "privacy");
    visit.reload();
    lies_over(&visit, "privacy");
    visit.browser_back();
    is_closed(&visit);
    assert!(visit.url().ends_with("/about/"));
}

fn one_for_another(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    visit.choose("feelings-now", "joy");
    open_layer(&visit, PRIVACY, "privacy");
    let entries: usize = visit.js("return history.length", &[]);
    // A link that a translated page may contain.
    let link = "const link = document.createElement('a'); link.href = arguments[0]; link.textContent = 'Help';
        link.id = 'other'; document.querySelector('.layer-body').prepend(link)";
    visit.js::<()>(link, &["../help/".into()]);
    open_layer(&visit, "#other", "help");
    assert_eq!(visit.js::<usize>("return history.length", &[]), entries, "each layer adds an entry");
    visit.browser_back();
    is_closed(&visit);
    visit.wait_for_step("feelings-now");
    assert!(visit.has_chosen("feelings-now", "joy"));
    // Links to other pages of the site ask first, also from a layer.
    open_layer(&visit, HELP, "help");
    visit.js::<()>(link, &["../about/".into()]);
    visit.click("#other");
    visit.wait_for("[data-ask=leave][open]");
    visit.press(Key::Escape);
    until("the layer is still there", || {
        (visit.has("[data-layer=help]") && !visit.has("[data-ask][open]")).then_some(())
    });
}

fn exit(stage: &Stage) {
    let elsewhere = Site::start();
    let there = elsewhere.url("en/about/");
    stage.site.set_exit_target(&there);
    for by_keys in [false, true] {
        let visit = stage.visit();
        visit.begin();
        visit.write("feelings-now", "nobody's business");
        open_layer(&visit, HELP, "help");
        if by_keys {
            visit.wait_until_quiet();
            for _ in 0..3 {
                visit.press(Key::Shift);
            }
        } else {
            visit.click("[data-layer] [data-action=exit]");
        }
        until("another address", || (visit.url() == there).then_some(()));
        visit.back_from_other_site("reflect/");
        until("the blank page shows", || visit.is_visible("[data-cover=left]").then_some(()));
        assert!(!visit.is_visible("main") && !visit.is_visible(".layer"), "the page still shows");
        assert!(visit.stored().is_empty());
    }
}

fn not_fetched(stage: &Stage) {
    for fault in [Fault::Missing, Fault::CutOff] {
        // Neither the HTTP cache nor a service worker contains the page.
        let host = Host::start(built());
        host.add_fault("/help/", fault);
        let visit = stage.visit();
        visit.goto(&host.url(&format!("{}/reflect/", stage.locale)));
        visit.ready();
        visit.write("feelings-now", "stays");
        visit.click(HELP);
        until("the failure shows", || visit.is_visible("[data-layer] [data-layer-says=failed]").then_some(()));
        assert!(
            visit.is_visible("[data-layer] [data-layer-says=failed] a[href^='tel:']"),
            "the failure shows no emergency number"
        );
        host.clear_faults();
        visit.click("[data-layer] [data-action=again]");
        lies_over(&visit, "help");
        assert!(!visit.is_visible("[data-layer-says=failed]"));
        visit.press(Key::Escape);
        is_closed(&visit);
        assert_eq!(visit.free_text("feelings-now"), "stays");
    }
}

fn offline(stage: &Stage) {
    let mut host = Host::start(built());
    let visit = stage.visit();
    visit.goto(&host.url(&format!("{}/", stage.locale)));
    assert!(visit.js::<bool>("return navigator.serviceWorker.ready.then(() => true)", &[]));
    visit.goto(&host.url(&format!("{}/reflect/", stage.locale)));
    visit.ready();
    visit.write("feelings-now", "stays");
    host.stop();
    open_layer(&visit, HELP, "help");
    visit.press(Key::Escape);
    is_closed(&visit);
    open_layer(&visit, PRIVACY, "privacy");
    visit.press(Key::Escape);
    is_closed(&visit);
    assert_eq!(visit.free_text("feelings-now"), "stays");
}

fn invited(stage: &Stage) {
    let visit = stage.visit();
    let first = "return document.querySelector('.layer-body details').dataset.country";
    for page in ["", "reflect/"] {
        visit.goto("about:blank");
        visit.open(&format!("{page}#v=1&practice=De+Wieg&country=be"));
        if page == "reflect/" {
            visit.ready();
        }
        let fragment: String = visit.js("return location.hash", &[]);
        open_layer(&visit, HELP, "help");
        visit.wait_for(".layer-body details[data-country=be][open]");
        assert_eq!(visit.js::<String>(first, &[]), "be");
        assert_eq!(visit.js::<String>("return location.hash", &[]), fragment, "the invitation is gone");
        visit.press(Key::Escape);
        is_closed(&visit);
        assert_eq!(visit.js::<String>("return location.hash", &[]), fragment, "the invitation is gone");
    }
    // Once stored, the invitation is no longer in the address.
    visit.skip();
    visit.choose_storage(StorageChoice::Device);
    visit.open("reflect/");
    visit.reload();
    visit.ready();
    open_layer(&visit, HELP, "help");
    visit.wait_for(".layer-body details[data-country=be][open]");
}

fn number(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    visit.open_profile();
    visit.fill_profile("number", "010-123 45 67");
    let dials = ".layer-body .safety [href='tel:0101234567']";
    let is_there_once = || {
        open_layer(&visit, HELP, "help");
        until("the parent's number shows", || visit.is_visible(dials).then_some(()));
        assert_eq!(visit.count(dials), 1);
        visit.press(Key::Escape);
        is_closed(&visit);
    };
    is_there_once();
    visit.next();
    visit.skip();
    visit.choose_storage(StorageChoice::Device);
    is_there_once();
    is_there_once();
}

fn by_keyboard(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    visit.tab_to(HELP);
    visit.press(Key::Enter);
    lies_over(&visit, "help");
    for _ in 0..30 {
        visit.press(Key::Tab);
        let inside = "return document.activeElement === document.body || !!document.activeElement.closest('.layer')";
        assert!(visit.js::<bool>(inside, &[]), "Tab leads out of the layer");
    }
    visit.js::<()>("document.querySelector('.layer h1').focus()", &[]);
    visit.tab_to("[data-layer] [data-action=close]");
    visit.press(Key::Enter);
    is_closed(&visit);
    until("the focus is back", || visit.focus_is_on(HELP).then_some(()));
}

fn another_tab(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    visit.choose("feelings-now", "joy");
    // The default action is cancelled, so that no tab opens.
    let pressed = "let taken = null;
        const see = (event) => { taken = event.defaultPrevented; event.preventDefault() };
        addEventListener('click', see, { once: true });
        document.querySelector(arguments[0]).dispatchEvent(
            new MouseEvent('click', { bubbles: true, cancelable: true, ...arguments[1] }));
        return taken";
    for with in ["ctrlKey", "metaKey", "shiftKey"] {
        for link in [HELP, PRIVACY, ".brand", "footer a[href$='about/']", ".languages a:not([aria-current])"] {
            let taken: bool = visit.js(pressed, &[link.into(), json!({ with: true })]);
            assert!(!taken, "{link} with {with} is not left to the browser");
            assert!(!visit.has("dialog[open]"));
        }
    }
    assert!(visit.js::<bool>(pressed, &[HELP.into(), json!({})]), "a plain click is left to the browser");
}

fn everywhere(stage: &Stage) {
    let visit = stage.visit();
    for page in ["", "caregivers/", "questions/", "changed/", "about/", "privacy/"] {
        visit.open(page);
        open_layer(&visit, HELP, "help");
        let address = visit.url();
        visit.press(Key::Escape);
        is_closed(&visit);
        assert_eq!(visit.url(), address);
        until("the history entry is that of the page", || state(&visit).is_null().then_some(()));
    }
    visit.open("help/");
    open_layer(&visit, PRIVACY, "privacy");
    visit.press(Key::Escape);
    is_closed(&visit);
    // With an app that panicked, and with one that cannot run.
    stage.site.inject_script("addEventListener('break', () => window.betweenUs.panic())");
    visit.open("reflect/");
    visit.ready();
    visit.js::<()>("dispatchEvent(new Event('break'))", &[]);
    until("the message about the broken app shows", || visit.is_visible("[data-cover=broken]").then_some(()));
    open_layer(&visit, HELP, "help");
    visit.press(Key::Escape);
    is_closed(&visit);
    assert!(visit.is_visible("[data-cover=broken]"));
    stage.site.inject_script("delete globalThis.WebAssembly");
    visit.open("reflect/");
    until("the message about the unsupported browser shows", || {
        visit.is_visible("[data-unable] a[href$='questions/']").then_some(())
    });
    open_layer(&visit, HELP, "help");
    visit.press(Key::Escape);
    is_closed(&visit);
}

fn sheet_and_table(stage: &Stage) {
    let visit = stage.visit();
    visit.answer_with_storage("joy", StorageChoice::Device);
    visit.open_sheet();
    visit.ready();
    open_layer(&visit, HELP, "help");
    visit.browser_back();
    is_closed(&visit);
    visit.wait_for("[data-sheet]");
    visit.click("[data-action=table]");
    visit.wait_for("[data-table]");
    let reached = "return [...document.links].filter((link) => link.checkVisibility()).length";
    assert_eq!(visit.js::<usize>(reached, &[]), 0, "a link leads away from the table");
    visit.browser_back();
    visit.wait_for("[data-table] [data-action=go-on]");
    visit.click("[data-action=leave]");
    visit.wait_for("[data-sheet]");
    open_layer(&visit, HELP, "help");
    visit.reload();
    visit.ready();
    lies_over(&visit, "help");
    assert!(!visit.has("[data-table]"), "the layer's history entry opened the table");
    visit.click("[data-layer] [data-action=close]");
    is_closed(&visit);
    visit.wait_for("[data-sheet]");
}

fn without_history(stage: &Stage) {
    stage.site.inject_script("history.pushState = () => { throw new DOMException('too many', 'SecurityError') }");
    let visit = stage.visit();
    visit.begin();
    visit.write("feelings-now", "stays");
    open_layer(&visit, HELP, "help");
    visit.press(Key::Escape);
    is_closed(&visit);
    until("the focus is back", || visit.focus_is_on(HELP).then_some(()));
    open_layer(&visit, PRIVACY, "privacy");
    visit.click("[data-layer] [data-action=close]");
    is_closed(&visit);
    visit.wait_for_step("feelings-now");
    assert_eq!(visit.free_text("feelings-now"), "stays");
}

fn restore(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    visit.write("feelings-now", "stays");
    open_layer(&visit, PRIVACY, "privacy");
    visit.click("[data-layer] a[href$='#restore']");
    visit.wait_for_step("restore");
    is_closed(&visit);
    visit.wait_for_save_status("undecided");
    visit.browser_back();
    visit.wait_for_step("feelings-now");
    assert_eq!(visit.free_text("feelings-now"), "stays");
}

fn printed(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    visit.write("feelings-now", "underneath");
    let question = visit.text("[data-app] h1");
    open_layer(&visit, HELP, "help");
    let text = visit.printed_text();
    assert!(text.contains("112"), "help is not printed: {text}");
    assert!(!text.contains("underneath") && !text.contains(question.trim()), "the page below is printed: {text}");
    let close = visit.text("[data-layer] [data-action=close]");
    assert!(!text.contains(close.trim()), "the buttons are printed: {text}");
    let whole = visit.text(".layer-body");
    let last = whole.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default().trim().to_owned();
    assert!(text.contains(&last), "the last line is not printed: {last}");
}
