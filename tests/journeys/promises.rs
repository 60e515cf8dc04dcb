//! Privacy of requests, the printed sheet, and behaviour where a feature is missing.

use std::collections::BTreeSet;

use crate::support::{Engine, Journey, RecordedRequest, Site, Stage, StorageChoice, until};
use crate::table::content;

pub const JOURNEYS: &[Journey] = &[
    Journey::new("no_request_varies_with_what_was_answered", requests),
    Journey::new("the_plant_shows_that_a_theme_has_an_answer_and_not_which", plant),
    Journey::new("the_printed_sheet_holds_every_line", printed)
        .in_each_language()
        .not_in(&[(Engine::WebKit, "its driver has no command to print")]),
    Journey::new("exit_leaves_nothing_behind", exit),
    Journey::new("a_question_on_top_of_the_page_is_left_as_fast_as_the_page", exit_from_above),
    Journey::new("what_cannot_be_kept_is_said_and_kept_later", cannot_keep),
    Journey::new("without_webassembly_the_paper_is_offered", without_wasm),
    Journey::new("after_a_break_nothing_is_written", broken),
];

fn requests(stage: &Stage) {
    let before_walks = stage.browser.proxy.requests().len();
    let languages = content().locales.len();
    let walk = |option: &str, text: &str, talk: bool| {
        let before = stage.site.requests().len();
        let visit = stage.visit();
        visit.js::<()>("localStorage.clear(); sessionStorage.clear()", &[]);
        visit.reload();
        visit.begin();
        visit.choose("feelings-now", option);
        visit.write("feelings-now", text);
        if talk {
            visit.toggle_talk("feelings-now");
        }
        visit.next();
        visit.choose_storage(StorageChoice::Device);
        visit.next();
        visit.open_sheet();
        visit.ready();
        until("everything that the page requests has loaded", || {
            let is_loaded: bool = visit.js("return document.readyState === 'complete'", &[]);
            (is_loaded && visit.count("[data-language]") == languages).then_some(())
        });
        let is_of_browser =
            |request: &RecordedRequest| request.target == "/sw.js" || request.target.starts_with("/assets/icon-");
        let mut requests = stage.site.requests().split_off(before);
        requests.retain(|request| !is_of_browser(request));
        // Concurrent requests arrive in any order, but each as often as the other time.
        requests.sort();
        requests
    };
    // The first walk fills the cache for the second, so the second and the third are compared. Browsers alone decide
    // when they check for a service worker or request the icon of the tab. Another journey covers the requests of the
    // worker.
    walk("doubt", "warm up", false);
    let one = walk("joy", "canary", true);
    let other = walk("worry", "", false);
    assert_eq!(one, other);
    for request in stage.site.requests() {
        assert!(request.method == "GET" && request.body == 0 && !request.target.contains('?'), "{request:?}");
    }
    assert_eq!(stage.browser.foreign_hosts(before_walks), BTreeSet::new(), "a request left the machine");
}

/// With other answers to the same question, every leaf of the plant in the flow is rendered alike.
fn plant(stage: &Stage) {
    let visit = stage.visit();
    let rendered = |chosen: &[&str], text: &str| {
        visit.open("");
        visit.js::<()>("localStorage.clear(); sessionStorage.clear()", &[]);
        visit.reload();
        visit.begin();
        let leaves = || -> Vec<String> {
            let body = "return [...document.querySelectorAll('[data-app] svg:is([data-leaf], :has([data-leaf]))')]
                .map((one) => one.outerHTML)";
            visit.js(body, &[])
        };
        for option in chosen {
            visit.choose("feelings-now", option);
        }
        visit.write("feelings-now", text);
        visit.next();
        visit.choose_storage(StorageChoice::Device);
        visit.next();
        visit.continue_to("themes");
        let themes = leaves();
        visit.go("answers");
        [themes, leaves()]
    };
    let none = rendered(&[], "");
    let one = rendered(&["joy"], "");
    assert_eq!(rendered(&["doubt", "worry", "nothing-yet"], ""), one);
    assert_eq!(rendered(&[], "afraid"), one);
    assert!(one[0] != none[0] && one[1] != none[1], "an answer does not open a leaf");
}

fn printed(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    visit.choose("feelings-now", "joy");
    visit.write("feelings-now", "word0");
    visit.next();
    visit.choose_storage(StorageChoice::Device);
    visit.next();
    let mut step = visit.next();
    let mut written = vec!["word0".to_owned()];
    while step != "themes" {
        if visit.is_question() {
            let text = format!("word{}", written.len());
            visit.write(&step, &text);
            written.push(text);
        }
        step = visit.next();
    }
    visit.open_sheet();
    let text = visit.printed_text();
    for expected in &written {
        assert!(text.contains(expected), "{expected} is not printed in: {text}");
    }
    assert_eq!(text.matches('\u{c}').count(), 1, "seven lines are not printed on one page");
    let tool = visit.text("[data-sheet-line] [data-action=remove]");
    assert!(!text.contains(tool.trim()), "the buttons of a line are printed");
}

fn exit(stage: &Stage) {
    // Exit leads to another site on this machine, since no host beyond it answers.
    let elsewhere = Site::start();
    let there = elsewhere.url("en/help/");
    stage.site.inject_script(&format!("document.documentElement.dataset.exit = '{there}'"));
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Tab);
    let step = visit.next();
    visit.write(&step, "nobody's business");
    visit.click("[data-action=exit]");
    until("another address", || (visit.url() == there).then_some(()));
    visit.open("reflect/");
    until("the blank page shows", || visit.is_visible("[data-cover=left]").then_some(()));
    assert!(!visit.is_visible("main") || visit.text("main").trim().is_empty(), "the page still shows");
    assert!(visit.stored().is_empty(), "something is stored: {:?}", visit.stored());
    visit.click("[data-action=return]");
    visit.ready();
    visit.wait_for_step("feelings-now");
}

fn exit_from_above(stage: &Stage) {
    let elsewhere = Site::start();
    let there = elsewhere.url("en/help/");
    stage.site.set_exit_target(&there);
    let visit = stage.visit();
    for (opens, ask) in [("erase", "erase"), ("save", "nothing")] {
        visit.open("privacy/");
        visit.click(&format!("main [data-action={opens}]"));
        visit.wait_for(&format!("[data-ask={ask}][open]"));
        let is_harmless = visit.focus_is_on("[data-action=close]");
        assert!(is_harmless, "the focus is not on the button that only closes");
        visit.click(&format!("[data-ask={ask}] [data-action=exit]"));
        until("another address", || (visit.url() == there).then_some(()));
        visit.open("privacy/");
        visit.click("[data-action=return]");
    }
    // With a target that leads nowhere, the cover of the page stays visible.
    visit.open("privacy/");
    visit.click("main [data-action=erase]");
    visit.js::<()>("document.documentElement.dataset.exit = '#nowhere'", &[]);
    visit.shift_three_times();
    until("the cover shows", || visit.is_visible("[data-cover=leaving]").then_some(()));
    assert!(!visit.has("dialog[open]"), "a dialog is above the cover");
}

/// Makes every write to web storage fail while the root element has `data-full`.
pub const FULL_WHEN_MARKED: &str = "
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (...pair) {
        if ('full' in document.documentElement.dataset) throw new DOMException('full', 'QuotaExceededError');
        set.apply(this, pair);
    };";

fn cannot_keep(stage: &Stage) {
    stage.site.inject_script(FULL_WHEN_MARKED);
    let visit = stage.visit();
    visit.begin();
    visit.js::<()>("document.documentElement.dataset.full = ''", &[]);
    visit.choose("feelings-now", "joy");
    visit.next();
    visit.choose_storage(StorageChoice::Device);
    visit.wait_for_save_status("no");
    visit.next();
    let step = visit.next();
    visit.write(&step, "still here");
    visit.go("answers");
    assert!(!visit.text("[data-answer=feelings-now] .said").trim().is_empty(), "the answer is gone");
    visit.js::<()>("delete document.documentElement.dataset.full", &[]);
    visit.go("change");
    visit.choose("feelings-now", "worry");
    visit.wait_for_save_status("yes");
    visit.reload();
    visit.ready();
    visit.go("answers");
    assert!(visit.text("[data-app]").contains("still here"));
}

fn without_wasm(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let step = visit.next();
    visit.write(&step, "from before");
    stage.site.inject_script("delete globalThis.WebAssembly");
    visit.reload();
    until("the message about the unsupported browser shows", || {
        visit.is_visible("[data-unable] a[href$='questions/']").then_some(())
    });
    visit.click("[data-unable] [data-action=erase]");
    visit.click("[data-action=erase-yes]");
    until("nothing is stored", || visit.stored().is_empty().then_some(()));
}

fn broken(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let step = visit.next();
    visit.write(&step, "before");
    visit.js::<()>("dispatchEvent(new ErrorEvent('error', { filename: 'moz-extension://somebody/else.js' }))", &[]);
    assert!(!visit.is_visible("[data-cover=broken]"), "an error of a browser extension stopped the app");
    let before = visit.stored();
    visit.js::<()>(
        "dispatchEvent(new ErrorEvent('error', { filename: document.querySelector('script[type=module]').src }))",
        &[],
    );
    until("the message about the broken app shows", || visit.is_visible("[data-cover=broken]").then_some(()));
    let type_on = "const field = document.querySelector('textarea');
        field.value = 'after'; field.dispatchEvent(new Event('input', { bubbles: true }))";
    visit.js::<()>(type_on, &[]);
    assert_eq!(visit.stored(), before);
}
