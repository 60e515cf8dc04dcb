//! Printing, sharing, copying and saving text in browsers that lack or refuse the feature: a failure stops nothing, and
//! a message reports it.

use crate::support::{Journey, Stage, StorageChoice, Visit, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("a_print_that_is_missing_refused_or_does_nothing_is_said", print_missing),
    Journey::new("what_was_set_for_one_print_is_gone_for_the_next", print_once),
    Journey::new("sharing_that_is_refused_is_said_and_closing_it_is_not", sharing),
    Journey::new("copying_that_is_refused_is_said_and_copying_again_is_told_again", copying),
    Journey::new("the_caregivers_page_says_what_it_could_not_hand_on", caregivers),
    Journey::new("a_text_file_says_how_it_is_written", text_file),
];

const MESSAGE: &str = "[data-ask=own-browser]";

fn run(visit: &Visit, script: &str) {
    visit.js::<()>(script, &[]);
}

fn assert_not_broken(visit: &Visit) {
    assert!(!visit.has("html[data-broken]"), "the page has stopped");
    assert!(!visit.is_visible("[data-cover=broken]"), "the app broke");
}

/// Opens a sheet with one line.
fn sheet(stage: &Stage) -> Visit<'_> {
    let visit = stage.visit();
    visit.answer_with_storage("joy", StorageChoice::Device);
    visit.open_sheet();
    visit
}

fn print_missing(stage: &Stage) {
    let visit = sheet(stage);
    for print in ["undefined", "() => { throw new Error('not here') }", "() => {}"] {
        run(&visit, &format!("window.print = {print}"));
        visit.click("[data-action=print]");
        until(print, || visit.is_visible(MESSAGE).then_some(()));
        assert_not_broken(&visit);
        visit.click(&format!("{MESSAGE} [data-action=close]"));
        until("the message is closed", || (!visit.is_visible(MESSAGE)).then_some(()));
    }
    assert!(visit.is_visible("[data-sheet]"));
    visit.open("questions/");
    run(&visit, "window.print = undefined");
    visit.click("main [data-action=print]");
    until("the message shows on a page without the app", || visit.is_visible(MESSAGE).then_some(()));
}

fn print_once(stage: &Stage) {
    let visit = stage.visit();
    visit.open("caregivers/");
    // Prints, but never fires `afterprint`.
    run(&visit, "window.print = () => dispatchEvent(new Event('beforeprint'))");
    visit.click("[data-action=print][data-print=a4]");
    let set = "return document.documentElement.dataset.print ?? ''";
    assert_eq!(visit.js::<String>(set, &[]), "a4", "the print target is not set");
    run(&visit, "dispatchEvent(new Event('beforeprint'))");
    assert_eq!(visit.js::<String>(set, &[]), "", "a print by keyboard uses the target of the previous button");
    visit.click("[data-action=print][data-print=card]");
    run(&visit, "dispatchEvent(new Event('afterprint'))");
    assert_eq!(visit.js::<String>(set, &[]), "");
    run(&visit, "window.print = () => {}");
    visit.click("[data-action=print][data-print=a6]");
    until("the message shows", || visit.is_visible(MESSAGE).then_some(()));
    assert_eq!(visit.js::<String>(set, &[]), "", "a print that did nothing leaves its target set");
}

/// Records the messages of a status element, in order.
const WATCH: &str = "window.statuses = [];
    const selector = arguments[0];
    // The element itself may be replaced, as when the text of another language arrives.
    const isThere = ({ target }) => (target.closest ? target : target.parentElement)?.closest(selector);
    new MutationObserver((records) => {
        if (records.some(isThere)) window.statuses.push(document.querySelector(selector).textContent.trim());
    }).observe(document.body, { childList: true, characterData: true, subtree: true });";

fn statuses(visit: &Visit) -> Vec<String> {
    visit.js::<Vec<String>>("return window.statuses", &[]).into_iter().filter(|text| !text.is_empty()).collect()
}

/// Makes the share sheet of the platform reject with this error.
fn reject_sharing(visit: &Visit, name: &str) {
    let script = "Object.defineProperty(navigator, 'share', { configurable: true, value: () =>
        { window.asked = (window.asked ?? 0) + 1; return Promise.reject(new DOMException('', arguments[0])) } })";
    visit.js::<()>(script, &[name.into()]);
}

fn sharing(stage: &Stage) {
    let visit = sheet(stage);
    reject_sharing(&visit, "AbortError");
    // The share button is rendered only while the browser has the feature.
    visit.click("[data-sheet] [data-action=remove]");
    visit.click("[data-action=put-back]");
    until("the share button shows", || visit.is_visible("[data-action=share]").then_some(()));
    let status = ".sheet-side [role=status]";
    visit.js::<()>(WATCH, &[status.into()]);
    visit.click("[data-action=share]");
    until("sharing was requested", || visit.js::<bool>("return window.asked === 1", &[]).then_some(()));
    reject_sharing(&visit, "NotAllowedError");
    visit.click("[data-action=share]");
    until("the message about the refusal shows", || (statuses(&visit).len() == 1).then_some(()));
    run(&visit, "Object.defineProperty(navigator, 'share', { configurable: true, value: undefined })");
    visit.click("[data-action=share]");
    until("the message about the missing feature shows", || (statuses(&visit).len() == 2).then_some(()));
    assert_not_broken(&visit);
}

fn copying(stage: &Stage) {
    let visit = sheet(stage);
    let status = ".sheet-side [role=status]";
    visit.js::<()>(WATCH, &[status.into()]);
    let clipboard = |value: &str| {
        run(
            &visit,
            &format!("Object.defineProperty(navigator, 'clipboard', {{ configurable: true, value: {value} }})"),
        );
    };
    for (at, value) in [
        "undefined",
        "{}",
        "{ writeText: () => Promise.reject(new DOMException('', 'NotAllowedError')) }",
        "{ writeText: () => { throw new TypeError('not here') } }",
        "{ writeText: () => Promise.resolve() }",
        "{ writeText: () => Promise.resolve() }",
    ]
    .into_iter()
    .enumerate()
    {
        clipboard(value);
        visit.click("[data-app] [data-action=copy]");
        until(value, || (statuses(&visit).len() == at + 1).then_some(()));
    }
    let messages = statuses(&visit);
    assert!(
        messages[..4].iter().all(|message| *message == messages[0])
            && messages[4] == messages[5]
            && messages[0] != messages[4],
        "{messages:?}"
    );
    assert_not_broken(&visit);
}

fn caregivers(stage: &Stage) {
    let visit = stage.visit();
    visit.open("caregivers/");
    visit.wait_for("svg[data-qr=link] path[d^=M]");
    visit.js::<()>(WATCH, &["[data-copied]".into()]);
    run(&visit, "Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined })");
    visit.click("[data-copy=link]");
    until("the message about the failed copy shows", || (statuses(&visit).len() == 1).then_some(()));
    let selected = "const field = document.querySelector('[data-invite-link]');
        return field.value.slice(field.selectionStart, field.selectionEnd) === field.value";
    assert!(visit.js::<bool>(selected, &[]), "the link is not selected for copying by hand");
    visit.click("[data-copy=message]");
    until("the message about the failed copy shows again", || (statuses(&visit).len() == 2).then_some(()));
    let selected = "return getSelection().toString().includes(document.querySelector('[data-invite-link]').value)";
    assert!(visit.js::<bool>(selected, &[]), "the message is not selected");

    let works = "Object.defineProperty(navigator, 'clipboard',
        { configurable: true, value: { writeText: () => Promise.resolve() } })";
    run(&visit, works);
    visit.click("[data-copy=link]");
    until("the message about the copy shows", || (statuses(&visit).len() == 3).then_some(()));
    visit.click("[data-form] summary");
    visit.type_into("[name=practice]", "D");
    until("the message about the copy goes when the link changes", || {
        visit.js::<bool>("return document.querySelector('[data-copied]').textContent === ''", &[]).then_some(())
    });

    // The name of the practice cannot be stored.
    run(&visit, "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }");
    visit.click("label:has([name=keep-practice])");
    let shows = "return document.querySelector('[data-keep-failed]').textContent !== ''";
    until("the message about the failed storage shows", || visit.js::<bool>(shows, &[]).then_some(()));
    assert!(!visit.has("[name=keep-practice]:checked"), "the box is checked although the name is not stored");
}

fn text_file(stage: &Stage) {
    let visit = sheet(stage);
    let watch = "const made = URL.createObjectURL;
        URL.createObjectURL = (blob) => { window.given = blob; return made.call(URL, blob) }";
    run(&visit, watch);
    visit.click("[data-action=text]");
    until("a file was made", || visit.js::<bool>("return !!window.given", &[]).then_some(()));
    let kind = visit.js::<String>("return window.given.type.replace(/ /g, '').toLowerCase()", &[]);
    assert_eq!(kind, "text/plain;charset=utf-8");
    run(
        &visit,
        "window.given.slice(0, 3).arrayBuffer().then((bytes) => { window.mark = [...new Uint8Array(bytes)].join() })",
    );
    let mark = until("the first bytes are read", || visit.js::<Option<String>>("return window.mark ?? null", &[]));
    assert_eq!(mark, "239,187,191", "the file has no byte order mark, which old editors need");

    run(&visit, "URL.createObjectURL = () => { throw new TypeError('not here') }");
    visit.click("[data-action=text]");
    until("the message about the missing file shows", || visit.is_visible("[data-ask=no-file]").then_some(()));
    assert_not_broken(&visit);
}
