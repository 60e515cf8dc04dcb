//! The table: the phone between parent and caregiver, and the sheet in both languages.

use between_us::content::Content;
use serde_json::json;
use thirtyfour::Key;

use crate::support::{Engine, Journey, Stage, StorageChoice, Visit, until};

const CANNOT_PRINT: &[(Engine, &str)] = &[(Engine::WebKit, "its driver has no command to print")];

pub const JOURNEYS: &[Journey] = &[
    Journey::new("one_tap_lays_the_sheet_on_the_table_line_by_line", line_by_line).in_each_language(),
    Journey::new("each_half_is_in_its_readers_language_and_turned_to_them", halves).in_each_language(),
    Journey::new("the_table_goes_by_keyboard_alone", by_keyboard),
    Journey::new("a_tap_beside_the_buttons_goes_on_and_no_other_gesture_does", taps),
    Journey::new("nothing_but_the_chosen_lines_can_be_reached_from_the_table", nothing_else),
    Journey::new("back_and_reload_do_not_take_the_sheet_off_the_table", back_and_reload),
    Journey::new("what_was_agreed_is_kept_and_printed_on_the_sheet", agreed),
    Journey::new("the_table_begins_without_a_connection", offline),
    Journey::new("the_line_for_a_moment_alone_is_nothing_for_the_table", only_alone),
    Journey::new("what_is_erased_in_another_tab_leaves_the_table", erased),
    Journey::new("while_paused_neither_half_shows_anything_of_the_sheet", paused),
    Journey::new("at_a_desk_both_sit_beside_each_other", desk),
    Journey::new("while_nothing_is_kept_the_way_to_the_table_asks_where_to_keep", undecided),
    Journey::new("seven_lines_in_two_languages_print_on_one_page", bilingual).in_each_language().not_in(CANNOT_PRINT),
];

const PARENT: &str = "[data-side=parent]";
const CAREGIVER: &str = "[data-side=caregiver]";

/// Loads the content of the repository.
pub fn content() -> Content {
    Content::load(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content")).expect("the content is valid")
}

/// Opens the sheet's own page. The sheet has three lines; one topic is for a moment alone, and a sensitive one is not
/// ticked.
fn sheet(stage: &Stage) -> Visit<'_> {
    let visit = stage.visit();
    visit.begin();
    visit.choose("feelings-now", "worry");
    visit.write("feelings-now", "ownwords of mine");
    visit.next();
    visit.choose_storage(StorageChoice::Device);
    visit.next();
    let mut step = visit.next();
    while step != "themes" {
        match step.as_str() {
            "care-mind" => visit.choose("care-mind", "appointments"),
            "talk-topics" => {
                for topic in ["feeding", "relationship", "mood"] {
                    visit.choose("talk-topics", topic);
                }
                visit.click("label:has(input[name='talk-topics.alone'][value=relationship])");
            }
            _ => {}
        }
        step = visit.next();
    }
    visit.open_sheet();
    visit.ready();
    visit
}

/// Opens the table.
fn open_table(visit: &Visit) {
    visit.click("[data-action=table]");
    visit.wait_for("[data-table]");
}

/// Continues to the next line with the button of a half.
fn next_line(visit: &Visit, half: &str) {
    let before = visit.text(&format!("{PARENT} .reading"));
    visit.click(&format!("{half} [data-action=continue]"));
    until("another line", || (visit.text(&format!("{PARENT} .reading")) != before).then_some(()));
}

fn leave_table(visit: &Visit) {
    visit.click(&format!("{PARENT} [data-action=pause]"));
    visit.click(&format!("{PARENT} [data-action=leave]"));
    visit.wait_for("[data-sheet]");
}

fn line_by_line(stage: &Stage) {
    let visit = sheet(stage);
    let lines = visit.sheet_lines();
    assert_eq!(lines, ["feelings-now", "care-mind", "talk-topics"]);
    let texts: Vec<String> = lines.iter().map(|line| visit.text(&format!("[data-sheet-line={line}] .said"))).collect();
    open_table(&visit);
    assert!(!visit.text("[data-table]").contains("ownwords"), "the first line already shows");
    for (at, text) in texts.iter().enumerate() {
        next_line(&visit, if at % 2 == 0 { PARENT } else { CAREGIVER });
        let shown = visit.text(&format!("{PARENT} .said"));
        assert_eq!(shown.trim(), text.trim(), "the lines do not follow the order of the sheet");
        assert_eq!(visit.text("[data-table]").matches("ownwords").count(), if at == 0 { 2 } else { 0 });
        assert!(visit.has(&format!("{CAREGIVER} .question")), "the caregiver's half has no question");
    }
    next_line(&visit, PARENT);
    visit.wait_for(&format!("{PARENT} textarea[name=agreed]"));
    visit.click(&format!("{PARENT} [data-action=back]"));
    until("the previous line shows", || visit.has(&format!("{PARENT} .said")).then_some(()));
    leave_table(&visit);
    assert_eq!(visit.sheet_lines(), lines);
}

fn taps(stage: &Stage) {
    let visit = sheet(stage);
    open_table(&visit);
    next_line(&visit, PARENT);
    // Dispatches the click of a gesture, with its click count, and with or without selected text.
    let gesture = "const [half, clicks, selects] = arguments;
        const line = document.querySelector(half + ' .said');
        getSelection().removeAllRanges();
        if (selects) getSelection().selectAllChildren(line);
        line.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: clicks }));
        getSelection().removeAllRanges();
        return document.querySelector('[data-side=parent] .reading').textContent";
    let shows = |half: &str, clicks: u32, selects: bool| -> String {
        visit.js(gesture, &[half.into(), clicks.into(), selects.into()])
    };
    let first = visit.text(&format!("{PARENT} .reading"));
    let first_shown: String = visit.js("return document.querySelector('[data-side=parent] .reading').textContent", &[]);
    for half in [PARENT, CAREGIVER] {
        assert_eq!(shows(half, 2, false), first_shown, "a double click goes on");
        assert_eq!(shows(half, 1, true), first_shown, "a click that selects text goes on");
    }
    shows(CAREGIVER, 1, false);
    until("a tap goes on", || (visit.text(&format!("{PARENT} .reading")) != first).then_some(()));
}

fn halves(stage: &Stage) {
    let content = content();
    let visit = sheet(stage);
    open_table(&visit);
    let shows_in = |half: &str, id: &str| {
        let (_, locale) = content.locales.iter().find(|(other, _)| other == id).expect("the locale is built");
        visit.wait_for(&format!("{half}[lang={id}][dir={}]", locale.dir.as_str()));
        locale
    };
    shows_in(PARENT, stage.locale);
    shows_in(CAREGIVER, &content.site.default_locale);
    let turn = "return getComputedStyle(document.querySelector(arguments[0])).transform";
    let is_turned = |half: &str| visit.js::<String>(turn, &[half.into()]).starts_with("matrix(-1");
    assert!(is_turned(CAREGIVER) && !is_turned(PARENT), "the halves do not face their readers");

    for (id, locale) in &content.locales {
        visit.click(&format!("{CAREGIVER} [data-language={id}]"));
        shows_in(CAREGIVER, id);
        until("the half is labelled in that language", || {
            let name = visit.attributes(CAREGIVER, "aria-label");
            (name == [locale.app.table.caregiver_side.clone()]).then_some(())
        });
    }
    shows_in(PARENT, stage.locale);
    let (id, last) = content.locales.last().expect("there are locales");
    next_line(&visit, PARENT);
    let worry = &*last.question["feelings-now"].option["worry"];
    assert!(visit.text(&format!("{CAREGIVER}[lang={id}] .said")).contains(worry));
    assert!(visit.text(&format!("{CAREGIVER} [lang=''] .own[dir=auto]")).contains("ownwords"));

    visit.click(&format!("{PARENT} [data-action=pause]"));
    visit.click(&format!("{PARENT} [data-action=beside]"));
    until("both halves are upright", || (!is_turned(CAREGIVER)).then_some(()));
}

fn by_keyboard(stage: &Stage) {
    let visit = sheet(stage);
    visit.tab_to("[data-action=table]");
    visit.press(Key::Enter);
    until("the focus is on the heading", || visit.focus_is_on(&format!("{PARENT} h1")).then_some(()));
    visit.tab_to(&format!("{PARENT} [data-action=continue]"));
    let stops = 4;
    for _ in 0..stops {
        let before = visit.text(&format!("{PARENT} .reading"));
        visit.press(Key::Enter);
        until("another line", || (visit.text(&format!("{PARENT} .reading")) != before).then_some(()));
        assert!(visit.focus_is_on(&format!("{PARENT} [data-action=continue]")), "the focus left the continue button");
    }
    visit.wait_for(&format!("{PARENT} textarea[name=agreed]"));
    visit.press(Key::Enter);
    until("the pause shows", || visit.focus_is_on("[data-action=go-on]").then_some(()));
    visit.tab_to("[data-action=leave]");
    visit.press(Key::Enter);
    visit.wait_for("[data-sheet]");
    until("the focus is on the heading", || visit.focus_is_on("[data-app] h1").then_some(()));
}

/// Everything that can be focused, seen or read aloud is inside the table, and nothing names other topics.
fn nothing_else(stage: &Stage) {
    let visit = sheet(stage);
    let locale = content().locales.into_iter().find(|(id, _)| id == stage.locale).expect("the locale is built").1;
    let hidden = ["relationship", "mood"].map(|topic| locale.question["talk-topics"].option[topic].to_string());
    open_table(&visit);
    let outside =
        "return [...document.querySelectorAll('a, button, input, textarea, summary, [tabindex]')].filter((one) =>
        !one.closest('[data-table]') && one.checkVisibility()).map((one) => one.outerHTML)";
    loop {
        assert_eq!(
            visit.js::<Vec<String>>(outside, &[]),
            Vec::<String>::new(),
            "an element outside the table can be reached"
        );
        let page = visit.text("body");
        assert!(hidden.iter().all(|topic| !page.contains(topic)), "the name of a topic shows: {page}");
        assert!(!visit.has("[data-table] a"), "the table has a link");
        assert!(!visit.has("[data-sheet]"), "the sheet is still there");
        if visit.has("textarea[name=agreed]") {
            break;
        }
        next_line(&visit, PARENT);
    }
    for _ in 0..12 {
        visit.press(Key::Tab);
        let inside =
            "return document.activeElement === document.body || !!document.activeElement.closest('[data-table]')";
        assert!(visit.js::<bool>(inside, &[]), "Tab leads out of the table");
    }
}

fn back_and_reload(stage: &Stage) {
    let visit = sheet(stage);
    open_table(&visit);
    next_line(&visit, PARENT);
    let first = visit.text(&format!("{PARENT} .said"));
    next_line(&visit, PARENT);
    visit.browser_back();
    until("Back goes to the previous line", || {
        (visit.has(&format!("{PARENT} .said")) && visit.text(&format!("{PARENT} .said")) == first).then_some(())
    });
    for _ in 0..4 {
        visit.browser_back();
        assert!(visit.has("[data-table]") && !visit.has("[data-sheet]"), "Back closes the table");
    }
    visit.wait_for("[data-action=go-on]");
    visit.reload();
    visit.ready();
    visit.wait_for("[data-table]");
    assert!(!visit.has("[data-sheet]"), "a reload closes the table");
    leave_table(&visit);
    assert!(visit.is_visible(".head"), "the page header is missing");
    visit.reload();
    visit.ready();
    visit.wait_for("[data-sheet]");
}

fn agreed(stage: &Stage) {
    let visit = sheet(stage);
    open_table(&visit);
    visit.click(&format!("{PARENT} [data-action=pause]"));
    visit.click("[data-action=to-agreed]");
    visit.type_into("textarea[name=agreed]", "plan of two");
    visit.type_into("textarea[name=calls]", "midwife on monday");
    visit.wait_for_save_status("yes");
    until("the other half shows the text", || {
        let half = visit.text(CAREGIVER);
        (half.contains("plan of two") && half.contains("midwife on monday")).then_some(())
    });
    let forms = "return [...document.querySelectorAll('[data-table] textarea')].map((one) => one.form.autocomplete)";
    assert_eq!(visit.js::<Vec<String>>(forms, &[]), ["off", "off"]);
    leave_table(&visit);
    visit.reload();
    visit.ready();
    assert!(visit.text("[data-sheet]").contains("plan of two"), "what was agreed is not stored");
    // WebKitGTK's driver has no command to print.
    if visit.engine() != Engine::WebKit {
        let printed = visit.printed_text();
        assert!(
            printed.contains("plan of two") && printed.contains("midwife on monday"),
            "what was agreed is not printed: {printed}"
        );
    }
    visit.wait_for("[data-action=text][data-text*='plan of two']");
}

/// Everything that the table needs is loaded before it opens, in every language: opening it sends no request.
fn offline(stage: &Stage) {
    let visit = sheet(stage);
    let others = content().locales.len();
    until("the languages are loaded", || (visit.count("[data-language]") == others).then_some(()));
    let before = stage.site.requests().len();
    visit.js::<()>("globalThis.fetch = () => Promise.reject(new TypeError('offline'))", &[]);
    open_table(&visit);
    for id in content().site.locales {
        visit.click(&format!("{CAREGIVER} [data-language={id}]"));
        visit.wait_for(&format!("{CAREGIVER}[lang={id}]"));
    }
    next_line(&visit, PARENT);
    leave_table(&visit);
    assert_eq!(stage.site.requests().len(), before, "the table sent a request");
}

fn only_alone(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    visit.open_sheet();
    visit.ready();
    visit.click("label:has([name='sheet.alone'])");
    visit.wait_for("[data-sheet-line=alone]");
    assert_eq!(visit.sheet_lines(), ["alone"]);
    assert!(!visit.has("[data-action=table]"), "a table without lines can be opened");
}

fn erased(stage: &Stage) {
    let visit = sheet(stage);
    open_table(&visit);
    next_line(&visit, PARENT);
    stage.visit().js::<()>("localStorage.clear()", &[]);
    until("the table is empty", || (!visit.has("[data-table]")).then_some(()));
    visit.wait_for_step("sheet");
    assert!(visit.is_visible(".head") && !visit.has("[data-sheet]"), "the page does not show an empty sheet");
    visit.reload();
    visit.ready();
    visit.wait_for_step("sheet");
}

fn paused(stage: &Stage) {
    let visit = sheet(stage);
    open_table(&visit);
    next_line(&visit, PARENT);
    let line = visit.text(&format!("{CAREGIVER} .said"));
    visit.click(&format!("{PARENT} [data-action=pause]"));
    until("the pause shows", || visit.focus_is_on("[data-action=go-on]").then_some(()));
    let table = visit.text("[data-table]");
    assert!(!table.contains("ownwords") && !table.contains(line.trim()), "the pause shows a line: {table}");
    for part in [".said", ".own", ".question", "button"] {
        assert!(!visit.has(&format!("{CAREGIVER} {part}")), "{part} is on the caregiver's half");
    }
    visit.click("[data-action=go-on]");
    until("the line shows again", || visit.has(&format!("{CAREGIVER} .question")).then_some(()));
    assert_eq!(visit.text(&format!("{CAREGIVER} .said")), line);
    assert!(visit.text(PARENT).contains("ownwords"));
}

/// On a desktop both halves are upright, until the parent chooses to sit across from the caregiver.
fn desk(stage: &Stage) {
    let visit = sheet(stage);
    visit.resize(1440, 900);
    if visit.engine() == Engine::Chromium {
        // Emulated as a phone, the window has a coarse pointer only.
        let desk = json!({ "width": 1440, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        visit.cdp("Emulation.setDeviceMetricsOverride", desk);
    }
    open_table(&visit);
    let turn = "return getComputedStyle(document.querySelector(arguments[0])).transform";
    let is_turned = || visit.js::<String>(turn, &[CAREGIVER.into()]).starts_with("matrix(-1");
    assert!(!is_turned(), "the caregiver's half is upside down");
    visit.click(&format!("{PARENT} [data-action=facing]"));
    until("the half is turned", || is_turned().then_some(()));
    leave_table(&visit);
    visit.resize(390, 844);
    open_table(&visit);
    assert!(is_turned(), "the caregiver's half is not turned on a phone");
}

fn undecided(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    visit.choose("feelings-now", "joy");
    visit.next();
    visit.open_sheet();
    assert_eq!(visit.go("table"), "keep");
    assert!(visit.stored().is_empty());
    visit.choose_storage(StorageChoice::Device);
    visit.wait_for_save_status("yes");
    visit.next();
    visit.wait_for_step("sheet");
    visit.click("[data-action=table]");
    until("the sheet's own page", || visit.url().ends_with("/sheet/").then_some(()));
    visit.ready();
    open_table(&visit);
}

fn bilingual(stage: &Stage) {
    let content = content();
    let visit = stage.visit();
    visit.begin();
    visit.choose("feelings-now", "glad-and-afraid");
    visit.write("feelings-now", "word0");
    visit.next();
    visit.choose_storage(StorageChoice::Device);
    visit.next();
    let mut step = visit.next();
    let mut lines = 1;
    while step != "themes" {
        if visit.is_question() {
            let options = visit.attributes(&format!("[data-app] input[name='{step}']"), "value");
            for option in options.iter().take(2) {
                visit.choose(&step, option);
            }
            visit.write(&step, &format!("word{lines}"));
            lines += 1;
        }
        step = visit.next();
    }
    assert_eq!(lines, 7);
    visit.open_sheet();
    visit.ready();
    let (other, locale) = content.locales.iter().find(|(id, _)| id != stage.locale).expect("there is another locale");
    visit.click(&format!("[data-language={other}]"));
    visit.wait_for(&format!("[data-sheet-line=care-mind] [lang={other}]"));
    for line in visit.sheet_lines() {
        let cell = format!("[data-sheet-line={line}] [lang={other}][dir={}]", locale.dir.as_str());
        assert!(visit.has(&cell), "{line} is in one language only");
    }
    let printed = visit.printed_text();
    for at in 0..lines {
        assert_eq!(printed.matches(&format!("word{at}")).count(), 1, "free text is not printed once: {printed}");
    }
    assert_eq!(
        printed.matches('\u{c}').count(),
        1,
        "seven lines in two languages are not printed on one page: {printed}"
    );
    if locale.dir.as_str() == "ltr" {
        let lead = &*locale.question["care-mind"].line;
        assert!(printed.contains(lead.split(' ').next().unwrap_or(lead)), "{printed}");
    }
    let text = visit.attributes("[data-action=text]", "data-text").remove(0);
    assert!(text.contains(&*locale.question["care-mind"].line), "the text lacks a language: {text}");
    visit.reload();
    visit.ready();
    visit.wait_for(&format!("[data-language={other}][aria-pressed=true]"));
}
