//! Handing on what was written, in browsers that cannot: printing, sharing, copying, saving a text. A missing or refused
//! feature stops nothing, and is said.

use crate::support::{Journey, Stage, StorageChoice, Visit, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("a_print_that_is_missing_refused_or_does_nothing_is_said", print_missing),
    Journey::new("what_was_set_for_one_print_is_gone_for_the_next", print_once),
    Journey::new("sharing_that_is_refused_is_said_and_closing_it_is_not", sharing),
    Journey::new("copying_that_is_refused_is_said_and_copying_again_is_told_again", copying),
    Journey::new("the_caregivers_page_says_what_it_could_not_hand_on", caregivers),
    Journey::new("a_text_file_says_how_it_is_written", text_file),
];

const SAYS: &str = "[data-ask=own-browser]";

fn run(visit: &Visit, script: &str) {
    visit.js::<()>(script, &[]);
}

fn is_whole(visit: &Visit) {
    assert!(!visit.has("html[data-broken]"), "the page has stopped");
    assert!(!visit.sees("[data-cover=broken]"), "something broke");
}

/// A sheet with one line.
fn sheet(stage: &Stage) -> Visit<'_> {
    let visit = stage.visit();
    visit.answer_and_keep("joy", StorageChoice::Device);
    visit.to_sheet();
    visit
}

fn print_missing(stage: &Stage) {
    let visit = sheet(stage);
    for print in ["undefined", "() => { throw new Error('not here') }", "() => {}"] {
        run(&visit, &format!("window.print = {print}"));
        visit.click("[data-action=print]");
        until(print, || visit.sees(SAYS).then_some(()));
        is_whole(&visit);
        visit.click(&format!("{SAYS} [data-action=close]"));
        until("it is closed", || (!visit.sees(SAYS)).then_some(()));
    }
    assert!(visit.sees("[data-sheet]"));
    visit.open("questions/");
    run(&visit, "window.print = undefined");
    visit.click("main [data-action=print]");
    until("a page without the app says it too", || visit.sees(SAYS).then_some(()));
}

fn print_once(stage: &Stage) {
    let visit = stage.visit();
    visit.open("caregivers/");
    // It prints, and never tells that it is through.
    run(&visit, "window.print = () => dispatchEvent(new Event('beforeprint'))");
    visit.click("[data-action=print][data-print=a4]");
    let set = "return document.documentElement.dataset.print ?? ''";
    assert_eq!(visit.js::<String>(set, &[]), "a4", "what is to be printed is set");
    run(&visit, "dispatchEvent(new Event('beforeprint'))");
    assert_eq!(visit.js::<String>(set, &[]), "", "a print by a key prints what the button before it meant");
    visit.click("[data-action=print][data-print=card]");
    run(&visit, "dispatchEvent(new Event('afterprint'))");
    assert_eq!(visit.js::<String>(set, &[]), "");
    run(&visit, "window.print = () => {}");
    visit.click("[data-action=print][data-print=a6]");
    until("it is said", || visit.sees(SAYS).then_some(()));
    assert_eq!(visit.js::<String>(set, &[]), "", "a print that did nothing leaves what it had set");
}

/// Collects the messages of a status, in their order.
const WATCH: &str = "window.told = [];
    const selector = arguments[0];
    // The place itself may be drawn anew, as when the words of another language arrive.
    const isThere = ({ target }) => (target.closest ? target : target.parentElement)?.closest(selector);
    new MutationObserver((records) => {
        if (records.some(isThere)) window.told.push(document.querySelector(selector).textContent.trim());
    }).observe(document.body, { childList: true, characterData: true, subtree: true });";

fn told(visit: &Visit) -> Vec<String> {
    visit.js::<Vec<String>>("return window.told", &[]).into_iter().filter(|told| !told.is_empty()).collect()
}

/// The share sheet of the platform comes to this.
fn sharing_is(visit: &Visit, name: &str) {
    let script = "Object.defineProperty(navigator, 'share', { configurable: true, value: () =>
        { window.asked = (window.asked ?? 0) + 1; return Promise.reject(new DOMException('', arguments[0])) } })";
    visit.js::<()>(script, &[name.into()]);
}

fn sharing(stage: &Stage) {
    let visit = sheet(stage);
    sharing_is(&visit, "AbortError");
    // The share button is drawn only if the browser has that feature at the time.
    visit.click("[data-sheet] [data-action=remove]");
    visit.click("[data-action=put-back]");
    until("it can be shared", || visit.sees("[data-action=share]").then_some(()));
    let status = ".sheet-side [role=status]";
    visit.js::<()>(WATCH, &[status.into()]);
    visit.click("[data-action=share]");
    until("it was asked", || visit.js::<bool>("return window.asked === 1", &[]).then_some(()));
    sharing_is(&visit, "NotAllowedError");
    visit.click("[data-action=share]");
    until("that it was refused is said", || (told(&visit).len() == 1).then_some(()));
    run(&visit, "Object.defineProperty(navigator, 'share', { configurable: true, value: undefined })");
    visit.click("[data-action=share]");
    until("that it is gone is said", || (told(&visit).len() == 2).then_some(()));
    is_whole(&visit);
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
        until(value, || (told(&visit).len() == at + 1).then_some(()));
    }
    let told = told(&visit);
    assert!(told[..4].iter().all(|words| *words == told[0]) && told[4] == told[5] && told[0] != told[4], "{told:?}");
    is_whole(&visit);
}

fn caregivers(stage: &Stage) {
    let visit = stage.visit();
    visit.open("caregivers/");
    visit.wait_for("svg[data-qr=link] path[d^=M]");
    visit.js::<()>(WATCH, &["[data-copied]".into()]);
    run(&visit, "Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined })");
    visit.click("[data-copy=link]");
    until("that it was not copied is said", || (told(&visit).len() == 1).then_some(()));
    let selected = "const field = document.querySelector('[data-invite-link]');
        return field.value.slice(field.selectionStart, field.selectionEnd) === field.value";
    assert!(visit.js::<bool>(selected, &[]), "the link is not selected, to be copied by hand");
    visit.click("[data-copy=message]");
    until("that it was not copied is said again", || (told(&visit).len() == 2).then_some(()));
    let selected = "return getSelection().toString().includes(document.querySelector('[data-invite-link]').value)";
    assert!(visit.js::<bool>(selected, &[]), "the message is not selected");

    let works = "Object.defineProperty(navigator, 'clipboard',
        { configurable: true, value: { writeText: () => Promise.resolve() } })";
    run(&visit, works);
    visit.click("[data-copy=link]");
    until("that it was copied is said", || (told(&visit).len() == 3).then_some(()));
    visit.click("[data-form] summary");
    visit.type_into("[name=practice]", "D");
    until("the link has changed, and nobody says that it was copied", || {
        visit.js::<bool>("return document.querySelector('[data-copied]').textContent === ''", &[]).then_some(())
    });

    // A name that cannot be kept.
    run(&visit, "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }");
    visit.click("label:has([name=keep-practice])");
    let said = "return document.querySelector('[data-keep-failed]').textContent !== ''";
    until("that it is not kept is said", || visit.js::<bool>(said, &[]).then_some(()));
    assert!(!visit.has("[name=keep-practice]:checked"), "the box says that it is kept");
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
    let mark = until("its bytes are read", || visit.js::<Option<String>>("return window.mark ?? null", &[]));
    assert_eq!(mark, "239,187,191", "an old editor takes it for another encoding");

    run(&visit, "URL.createObjectURL = () => { throw new TypeError('not here') }");
    visit.click("[data-action=text]");
    until("that there is no file is said", || visit.sees("[data-ask=no-file]").then_some(()));
    is_whole(&visit);
}
