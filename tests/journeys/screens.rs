//! A walk past every page, every step and every state, for whatever wants to look at each of them.

use serde_json::json;

use crate::support::{Place, Stage, Visit, until};

/// What is done at each screen: it gets the window and a name that is the screen's own.
pub type See<'a> = dyn FnMut(&Visit, &str) + 'a;

/// The pages of text.
const PAGES: [&str; 6] = ["help", "questions", "caregivers", "changed", "privacy", "about"];

/// The whole walk, with long words in some answers, since people write them.
pub fn walk(stage: &Stage, see: &mut See) {
    let visit = stage.visit();
    see(&visit, "opening");
    visit
        .open("#v=1&practice=Donaudampfschifffahrtsgesellschaft&date=2098-03-05&country=be&first=calm,talk&from=later");
    until("the invitation shows", || visit.sees("[data-invitation][data-read]").then_some(()));
    see(&visit, "opening-invited");
    // A name as long as it may be.
    visit.goto("about:blank");
    visit.open("#v=1&practice=Verloskundigenpraktijk+Donaudampfschiff.&date=2027-01-03&country=nl&first=calm,talk");
    until("the invitation is read", || visit.sees("[data-invitation][data-read]").then_some(()));
    see(&visit, "opening-invited");
    visit.js::<()>("location.hash = ''", &[]);
    for page in PAGES {
        visit.open(&format!("{page}/"));
        // What is folded shows what it holds.
        visit.js::<()>("document.querySelectorAll('main details').forEach((fold) => fold.open = true)", &[]);
        see(&visit, page);
    }
    first_minute(&visit, see);
    all_steps(&visit, see);
    at_the_table(&visit, see);
    coming_back(&visit, see);
    troubles(stage, see);
    leaving(stage, see);
    picker(stage, see);
}

/// From the first question to how far to go on.
fn first_minute(visit: &Visit, see: &mut See) {
    visit.open("");
    visit.begin();
    see(visit, "first-question");
    let options = visit.attributes("[data-app] input[name=feelings-now]", "value");
    for option in [&options[1], &options[4]] {
        visit.choose("feelings-now", option);
    }
    visit.write("feelings-now", "🌱 Donaudampfschifffahrtsgesellschaftskapitän");
    see(visit, "first-question-answered");
    visit.next();
    see(visit, "keep");
    visit.click("[data-step=keep] [data-action=talk]");
    visit.keep(Place::Device);
    visit.saved_is("yes");
    see(visit, "keep-chosen");
    visit.next();
    see(visit, "pace");
}

/// Every question of the long way, with an answer to each, then all answers and the sheet.
fn all_steps(visit: &Visit, see: &mut See) {
    let mut step = visit.go("long");
    while step != "answers" {
        see(visit, &step);
        if visit.is_question() {
            answer(visit, &step);
            if step == "talk-topics" {
                visit.click("[data-app] input[name='talk-topics.alone']");
                see(visit, "talk-topics-alone");
            }
        }
        if step == "themes" {
            visit.click("[data-theme=joy] summary");
            see(visit, "themes-open");
        }
        step = visit.next();
    }
    see(visit, "answers");
    visit.to_sheet();
    see(visit, "sheet");
    visit.click("[data-sheet-line=care-mind] [data-action=remove]");
    until("the line is off", || (!visit.has("[data-sheet-line=care-mind]")).then_some(()));
    see(visit, "sheet-with-a-line-off");
}

/// From the sheet to what was agreed, and back to the parent alone.
fn at_the_table(visit: &Visit, see: &mut See) {
    let on = "[data-side=parent] [data-action=continue]";
    visit.click("[data-action=table]");
    until("the table is laid", || visit.sees(on).then_some(()));
    see(visit, "table");
    visit.click(on);
    see(visit, "table-next");
    visit.click("[data-side=parent] [data-action=pause]");
    until("the ways out show", || visit.sees("[data-action=to-agreed]").then_some(()));
    see(visit, "table-pause");
    visit.click("[data-action=to-agreed]");
    until("what was agreed can be written", || visit.sees("[data-table] textarea").then_some(()));
    see(visit, "table-agreed");
    visit.click("[data-side=parent] [data-action=pause]");
    visit.click("[data-action=leave]");
    until("the sheet is the parent's again", || visit.sees("[data-sheet]").then_some(()));
}

/// Chooses the first options, and writes here and there.
fn answer(visit: &Visit, step: &str) {
    let options = visit.attributes(&format!("[data-app] input[name={step}]"), "value");
    for option in options.iter().step_by(2).take(3) {
        visit.choose(step, option);
    }
    if options.len() % 2 == 1 || options.is_empty() {
        visit.write(step, "1. «…» 2. “…” 😊");
    }
}

fn coming_back(visit: &Visit, see: &mut See) {
    visit.open("");
    see(visit, "opening-coming-back");
    visit.click("[data-action=continue]");
    visit.ready();
    see(visit, "come-back");
    visit.click("[data-app] .ways [data-action=menu]");
    visit.at("about-me");
    see(visit, "about-me");
    visit.open("changed/");
    visit.click("[data-action=rest]");
    until("everything rests", || visit.sees("[data-action=wake]").then_some(()));
    see(visit, "changed-at-rest");
    visit.click("[data-action=wake]");
    until("it goes on", || visit.sees("[data-action=continue]").then_some(()));
}

/// What shows when something does not work.
fn troubles(stage: &Stage, see: &mut See) {
    let visit = stage.visit();
    let refuse = "window.kept = Storage.prototype.setItem;
        Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }";
    visit.click("[data-action=continue]");
    visit.ready();
    visit.go("themes");
    visit.js::<()>(refuse, &[]);
    visit.click("[data-theme=feelings] summary");
    visit.click("[data-theme=feelings] button.link");
    visit.at("feelings-now");
    visit.write("feelings-now", ".");
    visit.saved_is("no");
    see(&visit, "not-saved");
    visit.js::<()>("Storage.prototype.setItem = window.kept", &[]);
    visit.js::<()>(
        "dispatchEvent(new ErrorEvent('error', { filename: document.querySelector('script[type=module]').src }))",
        &[],
    );
    until("the break is said", || visit.sees("[data-cover=broken]").then_some(()));
    see(&visit, "broken");
    visit.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": "delete globalThis.WebAssembly" }));
    visit.open("reflect/");
    until("it is said", || visit.sees("[data-unable]").then_some(()));
    see(&visit, "unable");
}

/// Leaving the page, and erasing.
fn leaving(stage: &Stage, see: &mut See) {
    let visit = stage.visit();
    visit.open("privacy/");
    visit.click("main [data-action=erase]");
    see(&visit, "erase-asks");
    visit.click("[data-action=erase-yes]");
    until("it is said", || visit.sees("[data-ask=erased]").then_some(()));
    see(&visit, "erased");
    visit.open("privacy/");
    visit.click("main [data-action=save]");
    see(&visit, "nothing-kept");
    visit.open("");
    visit.js::<()>("sessionStorage.setItem('left', '1')", &[]);
    visit.open("reflect/");
    until("only the way back shows", || visit.sees("[data-cover=left]").then_some(()));
    see(&visit, "left");
    visit.js::<()>("sessionStorage.clear()", &[]);
}

/// What shows where no script runs: the choice of a language, and what stands in place of the questions.
fn picker(stage: &Stage, see: &mut See) {
    let visit = stage.visit();
    let without_scripts = |open: &dyn Fn()| {
        visit.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
        open();
        // From here on scripts may run again, for whoever looks; those of the page have had their chance. What is for
        // pages without scripts alone would be gone then, and stays.
        visit.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": false }));
        let keep = "for (const one of document.querySelectorAll('noscript')) one.replaceWith(...one.childNodes)";
        visit.js::<()>(keep, &[]);
    };
    without_scripts(&|| visit.goto(&stage.site.url("")));
    see(&visit, "picker");
    without_scripts(&|| visit.open("reflect/"));
    see(&visit, "without-scripts");
}
