//! A walk through every page, step and state, for checks that look at each of them.

use serde_json::json;

use crate::layer::lies_over;
use crate::listen::{SPEECH, with_voices};
use crate::storage::{choose_file, saved_file};
use crate::support::{Stage, StorageChoice, Visit, until};

/// A callback for each screen. It gets the visit and a unique name of the screen.
pub type See<'a> = dyn FnMut(&Visit, &str) + 'a;

/// The prerendered pages of text.
const PAGES: [&str; 6] = ["help", "questions", "caregivers", "changed", "privacy", "about"];

/// Walks through everything, with long words in some answers.
pub fn walk(stage: &Stage, see: &mut See) {
    let visit = stage.visit();
    see(&visit, "opening");
    visit
        .open("#v=1&practice=Donaudampfschifffahrtsgesellschaft&date=2098-03-05&country=be&first=calm,talk&from=later");
    until("the invitation shows", || visit.is_visible("[data-invitation][data-read]").then_some(()));
    see(&visit, "opening-invited");
    // A practice name of the maximum length.
    visit.goto("about:blank");
    visit.open("#v=1&practice=Verloskundigenpraktijk+Donaudampfschiff.&date=2027-01-03&country=nl&first=calm,talk");
    until("the invitation is read", || visit.is_visible("[data-invitation][data-read]").then_some(()));
    see(&visit, "opening-invited");
    visit.js::<()>("location.hash = ''", &[]);
    for page in PAGES {
        visit.open(&format!("{page}/"));
        // Unfold all sections.
        visit.js::<()>("document.querySelectorAll('main details').forEach((fold) => fold.open = true)", &[]);
        see(&visit, page);
    }
    first_minute(stage, &visit, see);
    all_steps(&visit, see);
    at_the_table(&visit, see);
    returning_visitor(&visit, see);
    again(&visit, see);
    from_a_file(&visit, see);
    failures(stage, see);
    leaving(stage, see);
    picker(stage, see);
}

/// The layers over the page, and the dialog before answers in memory are lost.
fn over_the_page(visit: &Visit, see: &mut See) {
    for (link, name) in [(".head a[href*='help/']", "help"), ("footer a[href*='privacy/']", "privacy")] {
        visit.click(link);
        lies_over(visit, name);
        see(visit, &format!("layer-{name}"));
        visit.click("[data-layer] [data-action=close]");
    }
    until("the layer is closed", || (!visit.has("[data-layer]")).then_some(()));
    visit.js::<()>("window.fetched = fetch; window.fetch = () => Promise.reject(new TypeError('offline'))", &[]);
    visit.click(".head a[href*='help/']");
    until("the failure shows", || visit.is_visible("[data-layer-says=failed]").then_some(()));
    see(visit, "layer-failed");
    visit.js::<()>("window.fetch = window.fetched", &[]);
    visit.click("[data-layer] [data-action=close]");
    until("the layer is closed", || (!visit.has("[data-layer]")).then_some(()));
    visit.click(".brand");
    visit.wait_for("[data-ask=leave][open]");
    see(visit, "leave-asks");
    visit.js::<()>("document.querySelector('[data-leave-failed]').hidden = false", &[]);
    see(visit, "leave-failed");
    visit.click("[data-ask=leave] [data-action=close]");
}

/// From the first question to the pace screen.
fn first_minute(stage: &Stage, visit: &Visit, see: &mut See) {
    visit.open("");
    stage.site.inject_script(SPEECH);
    visit.begin();
    stage.site.inject_script("");
    see(visit, "first-question");
    with_voices(visit, &[(stage.locale, true)]);
    visit.click("[data-app] [data-action=listen]");
    see(visit, "first-question-listening");
    visit.click("[data-app] [data-action=listen]");
    let options = visit.attributes("[data-app] input[name=feelings-now]", "value");
    for option in [&options[1], &options[4]] {
        visit.choose("feelings-now", option);
    }
    visit.write("feelings-now", "🌱 Donaudampfschifffahrtsgesellschaftskapitän");
    see(visit, "first-question-answered");
    over_the_page(visit, see);
    visit.next();
    see(visit, "keep");
    visit.click("[data-step=keep] [data-action=talk]");
    visit.choose_storage(StorageChoice::Device);
    visit.wait_for_save_status("yes");
    see(visit, "keep-chosen");
    visit.next();
    see(visit, "pace");
}

/// Every question of the long flow, with an answer to each, then all answers and the sheet.
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
    visit.open_sheet();
    see(visit, "sheet");
    visit.click("[data-sheet-line=care-mind] [data-action=remove]");
    until("the line is removed", || (!visit.has("[data-sheet-line=care-mind]")).then_some(()));
    see(visit, "sheet-with-a-line-off");
    // If the page is in the country's language, the sheet shows one language until a second is chosen.
    if !visit.is_visible("[data-sheet].both") {
        visit.click("[data-app] [data-language]:not([aria-pressed=true])");
        until("the second language shows", || visit.is_visible("[data-sheet].both").then_some(()));
        see(visit, "sheet-in-two-languages");
    }
}

/// From the sheet to what was agreed at the table, and back to the sheet.
fn at_the_table(visit: &Visit, see: &mut See) {
    let on = "[data-side=parent] [data-action=continue]";
    visit.click("[data-action=table]");
    until("the table shows", || visit.is_visible(on).then_some(()));
    see(visit, "table");
    visit.click(on);
    see(visit, "table-next");
    visit.click("[data-side=parent] [data-action=pause]");
    until("the pause shows", || visit.is_visible("[data-action=to-agreed]").then_some(()));
    see(visit, "table-pause");
    visit.click("[data-action=to-agreed]");
    until("the fields for what was agreed show", || visit.is_visible("[data-table] textarea").then_some(()));
    see(visit, "table-agreed");
    visit.click("[data-side=parent] [data-action=pause]");
    visit.click("[data-action=leave]");
    until("the sheet shows again", || visit.is_visible("[data-sheet]").then_some(()));
}

/// Chooses some options, and types free text where their number is odd or zero.
fn answer(visit: &Visit, step: &str) {
    let options = visit.attributes(&format!("[data-app] input[name={step}]"), "value");
    for option in options.iter().step_by(2).take(3) {
        visit.choose(step, option);
    }
    if options.len() % 2 == 1 || options.is_empty() {
        visit.write(step, "1. «…» 2. “…” 😊");
    }
}

fn returning_visitor(visit: &Visit, see: &mut See) {
    visit.open("");
    see(visit, "opening-coming-back");
    visit.click("[data-action=continue]");
    visit.ready();
    see(visit, "come-back");
    visit.click("[data-app] .ways [data-action=menu]");
    visit.wait_for_step("about-me");
    visit.fill_profile("number", "+31 (0)20 123 45 67");
    see(visit, "about-me");
    visit.open("help/");
    until("the parent's number shows", || visit.is_visible("[data-own-number] a").then_some(()));
    see(visit, "help-own-number");
    // The notice about a newer version of the site.
    visit.js::<()>("document.querySelector('[data-update]').hidden = false", &[]);
    see(visit, "update-ready");
    visit.js::<()>("delete Navigator.prototype.share", &[]);
    visit.click("footer [data-action=pass-on]");
    until("the address shows", || visit.is_visible("[data-pass-link]").then_some(()));
    see(visit, "pass-on");
    visit.open("changed/");
    visit.click("[data-action=rest]");
    until("the site rests", || visit.is_visible("[data-action=wake]").then_some(()));
    see(visit, "changed-at-rest");
    visit.js::<()>("document.querySelector('[data-rest-failed]').hidden = false", &[]);
    see(visit, "changed-not-kept");
    visit.click("[data-action=wake]");
    until("the site no longer rests", || visit.is_visible("[data-action=continue]").then_some(()));
}

/// Several reflections, and the questions before one of them or an answer is erased.
fn again(visit: &Visit, see: &mut See) {
    visit.click("[data-action=continue]");
    visit.ready();
    visit.wait_for_step("answers");
    visit.click("[data-answer=feelings-now] [data-action=erase-answer]");
    visit.wait_for("[data-action=erase-answer-no]");
    see(visit, "answers-erase-asks");
    visit.click("[data-action=erase-answer-no]");
    visit.go("reflections");
    see(visit, "reflections");
    visit.go("begin-again");
    let options = visit.attributes("[data-app] input[name=feelings-now]", "value");
    visit.choose("feelings-now", &options[0]);
    visit.next();
    visit.go("answers");
    visit.go("reflections");
    visit.click("[data-action=open-reflection]");
    visit.wait_for("[data-unkept]");
    see(visit, "reflections-unkept-asks");
    visit.go("keep");
    visit.choose_storage(StorageChoice::Device);
    visit.wait_for_save_status("yes");
    visit.go("continue");
    until("both reflections show", || (visit.count("[data-reflection]") == 2).then_some(()));
    visit.click("[data-reflection]:last-child [data-action=erase-one]");
    visit.wait_for("[data-action=keep-it]");
    see(visit, "reflections-erase-asks");
    visit.click("[data-action=keep-it]");
}

/// Restores answers from a file: first a foreign file, then one saved by the site.
fn from_a_file(visit: &Visit, see: &mut See) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let shows = |action: &str| visit.wait_for(&format!("[data-app] [role=status] [data-action={action}]"));
    visit.open("privacy/");
    let file = saved_file(visit, "main [data-action=save]");
    visit.open("reflect/#restore");
    visit.ready();
    visit.wait_for_step("restore");
    see(visit, "restore");
    choose_file(visit, &folder, "<html><script>alert(1)</script>");
    until("the file is refused", || visit.is_visible("[data-app] .stack[role=status] p").then_some(()));
    see(visit, "restore-refused");
    choose_file(visit, &folder, &file);
    shows("replace");
    see(visit, "restore-found");
    visit.click("[data-app] [data-action=add]");
    shows("undo");
    see(visit, "restore-added");
    visit.click("[data-app] [data-action=undo]");
    until("the restore is undone", || (!visit.has("[data-app] [data-action=undo]")).then_some(()));
    see(visit, "restore-undone");
    visit.open("");
}

/// The messages about failures.
fn failures(stage: &Stage, see: &mut See) {
    let visit = stage.visit();
    let refuse = "window.kept = Storage.prototype.setItem;
        Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }";
    visit.click("[data-action=continue]");
    visit.ready();
    visit.go("themes");
    visit.js::<()>(refuse, &[]);
    visit.click("[data-theme=feelings] summary");
    visit.click("[data-theme=feelings] button.link");
    visit.wait_for_step("feelings-now");
    visit.write("feelings-now", ".");
    visit.wait_for_save_status("no");
    see(&visit, "not-saved");
    visit.js::<()>("Storage.prototype.setItem = window.kept", &[]);
    visit.js::<()>("setTimeout(() => window.betweenUs.panic())", &[]);
    until("the message about the broken app shows", || visit.is_visible("[data-cover=broken]").then_some(()));
    see(&visit, "broken");
    visit.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": "delete globalThis.WebAssembly" }));
    visit.open("reflect/");
    until("the message about the unsupported browser shows", || visit.is_visible("[data-unable]").then_some(()));
    see(&visit, "unable");
}

/// Erasing everything, and Exit.
fn leaving(stage: &Stage, see: &mut See) {
    let visit = stage.visit();
    visit.open("privacy/");
    visit.click("main [data-action=erase]");
    see(&visit, "erase-asks");
    visit.click("[data-action=erase-yes]");
    until("the confirmation shows", || visit.is_visible("[data-ask=erased]").then_some(()));
    see(&visit, "erased");
    visit.open("privacy/");
    visit.click("main [data-action=save]");
    see(&visit, "nothing-kept");
    for name in ["failed", "not-erased"] {
        visit.js::<()>(
            "for (const one of document.querySelectorAll('dialog[open]')) one.close();
            document.querySelector(`[data-ask=${arguments[0]}]`).showModal()",
            &[name.into()],
        );
        see(&visit, name);
    }
    nothing_answered(&visit, see);
    visit.open("");
    visit.js::<()>("sessionStorage.setItem('left', '1')", &[]);
    visit.open("reflect/");
    until("the blank page shows", || visit.is_visible("[data-cover=left]").then_some(()));
    see(&visit, "left");
    visit.js::<()>("sessionStorage.clear()", &[]);
    visit.open("privacy/");
    visit.js::<()>("document.documentElement.dataset.exit = '#nowhere'", &[]);
    visit.click("header [data-action=exit]");
    see(&visit, "leaving");
    until("neutral links show", || visit.is_visible("[data-ways]").then_some(()));
    see(&visit, "leaving-nowhere");
    visit.js::<()>("sessionStorage.clear()", &[]);
}

/// The screens before anything is answered, and the sheet before the storage is chosen.
fn nothing_answered(visit: &Visit, see: &mut See) {
    visit.open("");
    visit.begin();
    visit.skip();
    see(visit, "keep-nothing-answered");
    visit.go("answers");
    see(visit, "answers-none");
    visit.open_sheet();
    see(visit, "sheet-empty");
    visit.click("[data-app] [data-action=begin]");
    visit.wait_for_step("feelings-now");
    let options = visit.attributes("[data-app] input[name=feelings-now]", "value");
    visit.choose("feelings-now", &options[0]);
    visit.next();
    visit.open_sheet();
    see(visit, "sheet-not-kept");
}

/// The pages without scripts: the choice of languages, and the replacement of the questions.
fn picker(stage: &Stage, see: &mut See) {
    let visit = stage.visit();
    let without_scripts = |open: &dyn Fn()| {
        visit.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
        open();
        // Scripts may run again from here on, for the checks; those of the page did not run. The content of `noscript`
        // would disappear with them, so it is moved into the page.
        visit.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": false }));
        let keep = "for (const one of document.querySelectorAll('noscript')) one.replaceWith(...one.childNodes)";
        visit.js::<()>(keep, &[]);
    };
    without_scripts(&|| visit.goto(&stage.site.url("")));
    see(&visit, "picker");
    without_scripts(&|| visit.open("reflect/"));
    see(&visit, "without-scripts");
    visit.goto(&stage.site.url("#offline"));
    see(&visit, "offline");
    visit.goto(&stage.site.url("none/at/all"));
    see(&visit, "missing");
}
