//! Navigation away while answers are in memory only: every link asks first, Exit never does.

use crate::layer::lies_over;
use crate::promises::FULL_WHEN_MARKED;
use crate::support::{Journey, Site, Stage, StorageChoice, StoredKeys, Visit, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("every_way_out_asks_while_answers_are_in_memory_only", every_way).in_each_language(),
    Journey::new("what_is_to_be_kept_is_kept_before_the_way_goes_on", kept_first),
    Journey::new("leaving_without_keeping_keeps_nothing_and_asks_once", without),
    Journey::new("what_cannot_be_kept_on_the_way_out_is_said_and_the_page_stays", cannot_keep),
    Journey::new("a_language_that_does_not_come_takes_no_answer", language),
    Journey::new("where_nothing_would_be_lost_nothing_asks", nothing_to_lose),
    Journey::new("what_is_said_about_oneself_is_not_lost_without_asking", profile),
    Journey::new("the_browser_asks_before_reload_only_while_something_would_be_lost", by_the_browser),
    Journey::new("the_browser_asks_on_the_sheets_page_only_with_the_sheet_on_the_table", at_the_table),
    Journey::new("the_exit_never_asks", exit),
    Journey::new("after_a_break_loading_anew_asks_first", broken),
    Journey::new("another_site_opens_beside_answers_in_memory_only", other_site),
    Journey::new("a_change_in_another_tab_waits_for_answers_in_memory_only", changed_elsewhere),
    Journey::new("pulling_the_page_down_does_not_load_it_anew", pulled).in_each_language(),
];

const ASKS: &str = "[data-ask=leave][open]";

/// Answers the first question, without a chosen storage.
fn answered(stage: &Stage) -> Visit<'_> {
    let visit = stage.visit();
    visit.begin();
    visit.choose("feelings-now", "joy");
    visit.write("feelings-now", "nowhere yet");
    visit
}

/// Asserts that the answer is still there, and not stored.
#[track_caller]
fn is_still_there(visit: &Visit) {
    until("the dialog is closed", || (!visit.has("dialog[open]")).then_some(()));
    assert!(visit.has_chosen("feelings-now", "joy"));
    assert_eq!(visit.free_text("feelings-now"), "nowhere yet");
    assert_eq!(visit.stored(), StoredKeys::default());
}

/// Returns whether the page asks the browser to confirm before it unloads.
fn would_ask(visit: &Visit) -> bool {
    let ask = "const event = new Event('beforeunload', { cancelable: true }); dispatchEvent(event);
        return event.defaultPrevented";
    visit.js(ask, &[])
}

fn every_way(stage: &Stage) {
    let visit = answered(stage);
    let address = visit.url();
    let links: Vec<String> = visit.js(
        "return [...document.querySelectorAll('a[href]')].filter((link) => !link.hreflang && link.checkVisibility()
            && !/[#]|(help|privacy|sheet)\\/$/.test(link.href)).map((link) => link.dataset.way = link.getAttribute('href'))",
        &[],
    );
    assert!(links.len() >= 5, "expected the brand and the footer links: {links:?}");
    for link in links {
        visit.click(&format!("[data-way='{link}']"));
        visit.wait_for(ASKS);
        until("the focus is on the dialog's heading", || visit.focus_is_on(&format!("{ASKS} h2")).then_some(()));
        assert_eq!(visit.url(), address, "{link} navigates without asking");
        visit.click(&format!("{ASKS} [data-action=close]"));
        is_still_there(&visit);
    }
    // Also from a layer over this page.
    visit.click(".head a[href*='help/']");
    lies_over(&visit, "help");
    let go = "const link = document.createElement('a'); link.href = '../questions/'; link.id = 'way'; link.textContent = 'x';
        document.querySelector('.layer-body').prepend(link)";
    visit.js::<()>(go, &[]);
    visit.click("#way");
    visit.wait_for(ASKS);
    visit.click(&format!("{ASKS} [data-action=close]"));
    visit.click("[data-layer] [data-action=close]");
    is_still_there(&visit);
}

fn kept_first(stage: &Stage) {
    for place in ["device", "tab"] {
        let visit = answered(stage);
        visit.click("footer a[href$='about/']");
        visit.click(&format!("{ASKS} [data-action=keep-and-go][value={place}]"));
        until("the navigation continues", || visit.url().ends_with("/about/").then_some(()));
        let StoredKeys { device, tab } = visit.stored();
        let (chosen, other) = if place == "device" { (device, tab) } else { (tab, device) };
        assert!(chosen.values().any(|value| value.contains("nowhere yet")) && other.is_empty(), "{chosen:?} {other:?}");
        visit.open("reflect/");
        visit.ready();
        assert_eq!(visit.free_text("feelings-now"), "nowhere yet");
        visit.js::<()>("localStorage.clear(); sessionStorage.clear()", &[]);
    }
}

/// Records whether the page asks the browser to confirm when it really unloads.
const RECORD_UNLOAD: &str = "addEventListener('beforeunload',
    (event) => sessionStorage.setItem('asked', String(event.defaultPrevented)))";

fn without(stage: &Stage) {
    let visit = answered(stage);
    visit.js::<()>(RECORD_UNLOAD, &[]);
    visit.click("footer a[href$='about/']");
    visit.click(&format!("{ASKS} [data-action=go-without]"));
    until("the navigation continues", || visit.url().ends_with("/about/").then_some(()));
    assert_eq!(visit.stored(), StoredKeys::default());
    assert_eq!(visit.js::<String>("return sessionStorage.getItem('asked')", &[]), "false", "the browser asks too");
}

fn cannot_keep(stage: &Stage) {
    stage.site.inject_script(FULL_WHEN_MARKED);
    let visit = answered(stage);
    visit.js::<()>("document.documentElement.dataset.full = ''", &[]);
    let address = visit.url();
    visit.click(".brand");
    for place in ["device", "tab"] {
        visit.click(&format!("{ASKS} [data-action=keep-and-go][value={place}]"));
        until("the failure shows", || visit.is_visible(&format!("{ASKS} [data-leave-failed]")).then_some(()));
        assert_eq!(visit.url(), address);
    }
    visit.click(&format!("{ASKS} [data-action=close]"));
    visit.wait_for_save_status("no");
    is_still_there(&visit);
    // The dialog opens again for the next link, when there may be room in the store.
    assert!(would_ask(&visit));
    visit.click(".brand");
    assert!(!visit.is_visible("[data-leave-failed]"), "the earlier failure still shows");
    visit.js::<()>("delete document.documentElement.dataset.full", &[]);
    visit.click(&format!("{ASKS} [data-action=keep-and-go][value=device]"));
    until("the navigation continues", || visit.has("[data-action=continue]").then_some(()));
    assert!(visit.stored().device.values().any(|value| value.contains("nowhere yet")));
}

fn language(stage: &Stage) {
    let visit = answered(stage);
    let address = visit.url();
    visit.js::<()>("window.fetch = () => Promise.reject(new TypeError('offline'))", &[]);
    visit.click(".languages a:not([aria-current])");
    visit.wait_for(ASKS);
    assert_eq!(visit.url(), address);
    visit.click(&format!("{ASKS} [data-action=close]"));
    is_still_there(&visit);
    visit.click(".languages a:not([aria-current])");
    visit.click(&format!("{ASKS} [data-action=keep-and-go][value=device]"));
    until("the other language", || (visit.url() != address).then_some(()));
    visit.ready();
    assert_eq!(visit.free_text("feelings-now"), "nowhere yet");
}

fn nothing_to_lose(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    visit.click(".brand");
    visit.wait_for("[data-action=begin]");
    visit.answer_with_storage("joy", StorageChoice::Device);
    visit.click("footer a[href$='about/']");
    until("the other page", || visit.url().ends_with("/about/").then_some(()));
}

fn profile(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    visit.open_profile();
    visit.toggle_wish("gentler");
    visit.click(".brand");
    visit.wait_for(ASKS);
    visit.click(&format!("{ASKS} [data-action=close]"));
    assert!(would_ask(&visit));
    assert!(visit.has("input[value=gentler]:checked"));
}

/// Counts the `beforeunload` listeners, so that none stays registered.
const LISTENERS: &str = "window.listening = 0;
    const add = window.addEventListener, remove = window.removeEventListener, all = new Set();
    window.addEventListener = function (name, listener, ...more) {
        if (name === 'beforeunload') all.add(listener); window.listening = all.size;
        return add.call(window, name, listener, ...more) };
    window.removeEventListener = function (name, listener, ...more) {
        if (name === 'beforeunload') all.delete(listener); window.listening = all.size;
        return remove.call(window, name, listener, ...more) };";

/// Waits for this number of `beforeunload` listeners.
fn wait_for_listeners(visit: &Visit, many: usize) {
    until(&format!("{many} beforeunload listeners"), || {
        (visit.js::<usize>("return window.listening", &[]) == many).then_some(())
    });
}

fn by_the_browser(stage: &Stage) {
    stage.site.inject_script(LISTENERS);
    let visit = stage.visit();
    wait_for_listeners(&visit, 0);
    visit.begin();
    wait_for_listeners(&visit, 0);
    assert!(!would_ask(&visit));
    visit.choose("feelings-now", "joy");
    wait_for_listeners(&visit, 1);
    assert!(would_ask(&visit));
    visit.choose("feelings-now", "joy");
    wait_for_listeners(&visit, 0);
    assert!(!would_ask(&visit));
    visit.write("feelings-now", "nowhere yet");
    wait_for_listeners(&visit, 1);
    visit.next();
    visit.choose_storage(StorageChoice::Tab);
    visit.wait_for_save_status("tab");
    wait_for_listeners(&visit, 0);
    assert!(!would_ask(&visit));
    visit.click(".head a[href*='help/']");
    lies_over(&visit, "help");
    wait_for_listeners(&visit, 0);
}

fn at_the_table(stage: &Stage) {
    stage.site.inject_script(LISTENERS);
    let visit = stage.visit();
    visit.answer_with_storage("joy", StorageChoice::Device);
    visit.open_sheet();
    visit.ready();
    wait_for_listeners(&visit, 0);
    visit.click("[data-action=table]");
    visit.wait_for("[data-table]");
    wait_for_listeners(&visit, 1);
    assert!(would_ask(&visit));
    visit.click("[data-side=parent] [data-action=pause]");
    visit.click("[data-side=parent] [data-action=leave]");
    visit.wait_for("[data-sheet]");
    wait_for_listeners(&visit, 0);
}

fn exit(stage: &Stage) {
    let elsewhere = Site::start();
    let there = elsewhere.url("en/about/");
    stage.site.set_exit_target(&there);
    // Also from inside the dialog.
    for from_dialog in [false, true] {
        let visit = answered(stage);
        visit.js::<()>(RECORD_UNLOAD, &[]);
        if from_dialog {
            visit.click(".brand");
        }
        visit.click(if from_dialog { "[data-ask=leave] [data-action=exit]" } else { ".head [data-action=exit]" });
        until("another address", || (visit.url() == there).then_some(()));
        visit.open("about/");
        assert_eq!(visit.js::<String>("return sessionStorage.getItem('asked')", &[]), "false", "the browser asks");
    }
}

fn broken(stage: &Stage) {
    stage.site.inject_script("addEventListener('break', () => window.betweenUs.panic())");
    let visit = answered(stage);
    visit.js::<()>("dispatchEvent(new Event('break'))", &[]);
    until("the message about the broken app shows", || visit.is_visible("[data-cover=broken]").then_some(()));
    let address = visit.url();
    for link in ["[data-cover=broken] [data-action=reload]", "[data-cover=broken] a[href$='questions/']"] {
        visit.click(link);
        visit.wait_for(ASKS);
        // Nothing is written after a panic: the dialog reports the failure and offers a file.
        visit.click(&format!("{ASKS} [data-action=keep-and-go][value=device]"));
        until("the failure shows", || {
            visit.is_visible(&format!("{ASKS} [data-leave-failed] [data-action=save]")).then_some(())
        });
        visit.click(&format!("{ASKS} [data-action=close]"));
        assert_eq!(visit.url(), address);
    }
    visit.click("[data-cover=broken] [data-action=reload]");
    visit.click(&format!("{ASKS} [data-action=go-without]"));
    visit.ready();
    assert!(!visit.has_chosen("feelings-now", "joy"));
}

fn other_site(stage: &Stage) {
    let visit = answered(stage);
    visit.click(".head a[href*='help/']");
    lies_over(&visit, "help");
    // The default action is cancelled: no host beyond this machine answers.
    let pressed = "let seen = null; const link = document.querySelector(arguments[0]);
        const see = (event) => { seen = [event.defaultPrevented, link.target]; event.preventDefault() };
        addEventListener('click', see, { once: true }); link.click(); return seen";
    let source: (bool, String) = visit.js(pressed, &[".layer-body a[href^='https:']".into()]);
    assert_eq!(source, (false, "_blank".to_owned()), "a source opens in place of the page");
    let call: (bool, String) = visit.js(pressed, &[".layer-body a[href^='tel:']".into()]);
    assert_eq!(call, (false, String::new()));
    assert!(!visit.has("[data-ask][open]"));
}

fn changed_elsewhere(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    // Another visitor of this device stores answers; the answers of this tab are in memory only.
    stage.site.inject_script(FULL_WHEN_MARKED);
    let other = stage.visit();
    other.click("[data-action=continue]");
    other.ready();
    other.js::<()>("document.documentElement.dataset.full = ''", &[]);
    other.go("themes");
    other.click("[data-theme=feelings] summary");
    other.click("[data-theme=feelings] button.link");
    other.wait_for_step("feelings-now");
    other.write("feelings-now", "in memory");
    other.wait_for_save_status("no");
    visit.open("changed/");
    visit.click("[data-action=rest]");
    until("the site rests", || visit.is_visible("[data-action=wake]").then_some(()));
    other.wait_for("html[data-changed]");
    assert_eq!(other.free_text("feelings-now"), "in memory");
    other.js::<()>("delete document.documentElement.dataset.full", &[]);
    other.click("[data-app] h1");
    until("the page without questions shows", || other.url().ends_with("/changed/").then_some(()));
    assert!(other.stored().device.values().any(|value| value.contains("in memory")));
}

fn pulled(stage: &Stage) {
    let visit = stage.visit();
    let how = "return getComputedStyle(document.documentElement).overscrollBehaviorY";
    for page in ["", "reflect/", "sheet/", "help/"] {
        visit.open(page);
        assert_eq!(visit.js::<String>(how, &[]), "contain", "{page}");
    }
}
