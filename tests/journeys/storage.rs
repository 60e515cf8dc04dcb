//! Storage that fails, files that bring answers back, tabs that hear of an erasure, and leaving at once.

use std::fs;

use thirtyfour::Key;

use crate::support::{Journey, Place, Site, Stage, Visit, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("save_erase_restore_is_the_identity", identity),
    Journey::new("a_file_of_another_program_changes_nothing", foreign_file),
    Journey::new("a_store_that_is_really_full_recovers_by_itself", full),
    Journey::new("without_any_store_answers_are_usable_and_can_be_saved", no_store),
    Journey::new("a_refusal_at_any_call_leaves_before_or_after", refusal_at_any_call),
    Journey::new("where_to_keep_can_change_both_ways_without_a_trace", both_ways),
    Journey::new("erasing_reaches_a_tab_that_keeps_to_itself", erasing_reaches_tab_mode),
    Journey::new("one_answer_can_be_erased", one_answer),
    Journey::new("a_panic_shows_the_cover_and_stops_all_writing", panic_anywhere),
    Journey::new("shift_three_times_leaves_any_page_at_once", shift),
];

/// Lets the journey see what is saved, since a download is the browser's own affair.
const CATCH: &str = "const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => { blob.text().then((text) => { window.saved = text }); return make(blob) }";

/// Presses a button that saves, and gives back the file.
pub fn saved_file(visit: &Visit, button: &str) -> String {
    visit.js::<()>(CATCH, &[]);
    visit.click(button);
    until("a file is saved", || visit.js("return window.saved ?? null", &[]))
}

/// Chooses a file to put back.
pub fn choose_file(visit: &Visit, folder: &tempfile::TempDir, text: &str) {
    let path = folder.path().join("between-us.json");
    fs::write(&path, text).expect("the file can be written");
    visit.type_into("input[data-action=restore]", &path.to_string_lossy());
}

/// What is kept on the device, but for the journal's own id.
fn answers(visit: &Visit) -> Vec<(String, String)> {
    visit
        .kept()
        .device
        .into_iter()
        .filter(|(key, _)| !key.ends_with(":journal") && !key.ends_with(":changed"))
        .collect()
}

fn identity(stage: &Stage) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let visit = stage.visit();
    visit.begin();
    visit.choose("feelings-now", "joy");
    visit.write("feelings-now", "“so”, \\ and é");
    visit.next();
    visit.keep(Place::Device);
    visit.next();
    let step = visit.next();
    visit.write(&step, "second");
    visit.open("privacy/");
    let before = answers(&visit);
    let file = saved_file(&visit, "main [data-action=save]");
    assert!(file.contains("second"), "{file}");
    visit.click("main [data-action=erase]");
    visit.click("[data-action=erase-yes]");
    until("nothing is kept", || visit.kept().is_empty().then_some(()));

    visit.open("reflect/#restore");
    visit.reload();
    visit.ready();
    visit.at("restore");
    visit.keep(Place::Device);
    choose_file(&visit, &folder, &file);
    visit.click("[data-app] [data-action=add]");
    until("it is back", || (answers(&visit) == before).then_some(()));
    visit.click("[data-app] [data-action=undo]");
    until("it is taken back", || (!answers(&visit).iter().any(|(_, value)| value.contains("second"))).then_some(()));
    choose_file(&visit, &folder, &file);
    visit.click("[data-app] [data-action=add]");
    visit.wait_for("[data-app] [data-action=undo]");
    visit.next();
    visit.at("answers");
    assert!(visit.text("[data-app]").contains("second"));
}

fn foreign_file(stage: &Stage) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let visit = stage.visit();
    visit.begin_and_keep(Place::Device);
    let step = visit.next();
    visit.write(&step, "mine");
    visit.open("reflect/#restore");
    visit.reload();
    visit.ready();
    visit.at("restore");
    let before = visit.kept();
    let mut said = Vec::new();
    for text in [
        "{\"name\":\"another\"}",
        "\u{0}",
        "{\"between-us\":\"backup\",\"format\":99}",
        "{\"between-us\":\"backup\",\"format\":2,\"values\":{}}",
    ] {
        let last = said.last().cloned().unwrap_or_default();
        choose_file(&visit, &folder, text);
        said.push(until("a sentence says why", || {
            let now = visit.text("[data-app] .stack[role=status]").trim().to_owned();
            (!now.is_empty() && now != last).then_some(now)
        }));
        assert_eq!(visit.kept(), before);
        assert_eq!(visit.count("[data-app] [data-action=add]"), 0);
    }
    said.sort();
    said.dedup();
    assert_eq!(said.len(), 4, "each has a sentence of its own: {said:?}");
}

const FILL: &str = "let size = 1 << 22, n = 0;
    while (size) { try { localStorage.setItem('fill' + n, 'x'.repeat(size)); n += 1 } catch { size >>= 1 } }
    return n";

fn full(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_and_keep(Place::Device);
    let step = visit.next();
    visit.write(&step, "before, ");
    visit.saved_is("yes");
    assert!(visit.js::<u32>(FILL, &[]) > 0, "the store takes something");
    visit.write(&step, "and while it is full");
    visit.saved_is("no");
    assert!(!visit.text("[data-saved=no]").trim().is_empty());
    visit.go("answers");
    assert!(visit.text("[data-app]").contains("while it is full"), "the answer is still usable");
    assert!(saved_file(&visit, "[data-saved=no] [data-action=save]").contains("while it is full"));
    visit.js::<()>("Object.keys(localStorage).filter((key) => key.startsWith('fill')).forEach((key) => localStorage.removeItem(key))", &[]);
    // Any touch will do; nothing is typed anew.
    visit.click("[data-app] h1");
    visit.saved_is("yes");
    visit.reload();
    visit.ready();
    assert!(visit.text("[data-app]").contains("before, and while it is full"));
    // Erasing works in a full store too.
    visit.js::<u32>(FILL, &[]);
    visit.open("privacy/");
    visit.click("main [data-action=erase]");
    visit.click("[data-action=erase-yes]");
    until("nothing of ours is kept", || visit.kept().is_empty().then_some(()));
}

fn no_store(stage: &Stage) {
    let throws = "get() { throw new DOMException('no', 'SecurityError') }";
    for getter in [throws, "get() { return null }", "value: undefined"] {
        stage.site.first(&format!(
            "for (const name of ['localStorage', 'sessionStorage']) \
             Object.defineProperty(window, name, {{ configurable: true, {getter} }})"
        ));
        let visit = stage.visit();
        visit.begin();
        visit.choose("feelings-now", "joy");
        visit.write("feelings-now", "only here");
        visit.saved_is("undecided");
        visit.next();
        visit.keep(Place::Device);
        visit.saved_is("no");
        visit.next();
        visit.go("answers");
        assert!(visit.text("[data-answer=feelings-now]").contains("only here"), "with {getter}");
        assert!(saved_file(&visit, "[data-saved=no] [data-action=save]").contains("only here"), "with {getter}");
        visit.to_sheet();
        assert!(visit.sheet_line("feelings-now").contains("only here"), "the sheet shows in place");
    }
}

/// The nth call refuses, and each one after it, as if the browser ended there. A reload finds all that came before, whole.
fn refusal_at_any_call(stage: &Stage) {
    const TYPED: &str = "abc";
    let refuse = "const set = Storage.prototype.setItem; let left = N;
        Storage.prototype.setItem = function (key, value) {
            if (left <= 0) throw new DOMException('full', 'QuotaExceededError');
            left -= 1;
            return set.call(this, key, value);
        };
        window.left = () => left";
    let visit = stage.visit();
    for n in 0.. {
        visit.open("");
        visit.js::<()>("localStorage.clear(); sessionStorage.clear()", &[]);
        visit.reload();
        visit.begin();
        visit.js::<()>(&refuse.replace('N', &n.to_string()), &[]);
        visit.choose("feelings-now", "joy");
        visit.next();
        visit.keep(Place::Device);
        visit.next();
        let step = visit.next();
        visit.write(&step, TYPED);
        visit.wait_for("[data-saved=yes], [data-saved=no]");
        let all_kept = visit.has("[data-saved=yes]");
        let kept = visit.kept().device;
        let spare: i64 = visit.js("return window.left()", &[]);
        visit.reload();
        visit.ready();
        let found = visit.kept().device;
        let text = |end: &str| found.iter().find(|(key, _)| key.ends_with(end)).map(|(_, value)| value.clone());
        let words = text(&step).and_then(|value| serde_json::from_str::<serde_json::Value>(&value).ok());
        let words = words.map_or(String::new(), |value| value["words"].as_str().unwrap_or_default().to_owned());
        assert!(TYPED.starts_with(&words), "refused from call {n}: {words}");
        assert!(!all_kept || words == TYPED, "it said that all was kept, refused from call {n}: {kept:?}");
        assert!(words.is_empty() || text("feelings-now").is_some_and(|value| value.contains("joy")), "{found:?}");
        assert!(
            found.is_empty() || text("journal").is_some() && text("feelings-now").is_some(),
            "a mixture: {found:?}"
        );
        if spare > 0 {
            return;
        }
    }
}

fn both_ways(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_and_keep(Place::Tab);
    let step = visit.next();
    visit.write(&step, "mine");
    for (place, status) in [(Place::Device, "yes"), (Place::Tab, "tab"), (Place::Device, "yes")] {
        visit.go("keep");
        visit.keep(place);
        visit.saved_is(status);
        visit.next();
        visit.at(&step);
        let kept = visit.kept();
        let (here, there) = if place == Place::Device { (kept.device, kept.tab) } else { (kept.tab, kept.device) };
        assert!(there.is_empty(), "a trace is left behind: {there:?}");
        assert!(here.values().any(|value| value.contains("mine")));
        visit.reload();
        visit.ready();
        assert_eq!(visit.written(&step), "mine");
    }
}

/// The store of one tab is out of another one's reach, but an open tab hears of it and empties itself.
fn erasing_reaches_tab_mode(stage: &Stage) {
    let other = stage.visit();
    other.begin_and_keep(Place::Tab);
    let step = other.next();
    other.write(&step, "not for ever");
    let visit = stage.visit();
    visit.open("privacy/");
    visit.click("main [data-action=erase]");
    visit.click("[data-action=erase-yes]");
    other.at("feelings-now");
    until("the other tab is empty", || other.kept().is_empty().then_some(()));
    assert!(visit.kept().is_empty());
}

fn one_answer(stage: &Stage) {
    let visit = stage.visit();
    visit.answer_and_keep("joy", Place::Device);
    let step = visit.next();
    visit.write(&step, "stays");
    visit.go("answers");
    visit.click("[data-answer=feelings-now] [data-action=erase-answer]");
    visit.click("[data-answer=feelings-now] [data-action=erase-answer-yes]");
    until("it is gone", || (!visit.kept().device.keys().any(|key| key.contains("feelings-now"))).then_some(()));
    until("it does not show", || {
        (visit.count("[data-answer=feelings-now] [data-action=erase-answer]") == 0).then_some(())
    });
    assert!(visit.text("[data-app]").contains("stays"));
}

fn panic_anywhere(stage: &Stage) {
    // What a driver's script throws is not always reported to the page; what a listener of the page throws is.
    stage.site.first("addEventListener('break', () => window.betweenUs.panic())");
    let visit = stage.visit();
    visit.begin_and_keep(Place::Device);
    let step = visit.next();
    visit.write(&step, "before");
    let before = visit.kept();
    visit.js::<()>("dispatchEvent(new Event('break'))", &[]);
    until("it is said", || visit.sees("[data-cover=broken]").then_some(()));
    until("the focus is on it", || visit.focus_is_on("[data-cover=broken]").then_some(()));
    visit.js::<()>(
        "const field = document.querySelector('textarea'); field.value = 'after';
         field.dispatchEvent(new Event('input', { bubbles: true })); document.querySelector('[data-action=continue]').click()",
        &[],
    );
    assert_eq!(visit.kept(), before, "nothing is written any more");
    // A file holds what was typed last, though it is kept no more.
    assert!(saved_file(&visit, "[data-cover=broken] [data-action=save]").contains("after"));
    visit.click("[data-cover=broken] [data-action=reload]");
    visit.ready();
    assert_eq!(visit.written(&step), "before");
}

fn shift(stage: &Stage) {
    let elsewhere = Site::start();
    let there = elsewhere.url("en/help/");
    stage.site.exits_to(&there);
    let visit = stage.visit();
    visit.begin_and_keep(Place::Tab);
    visit.open("help/");
    let origin = stage.site.url("");
    // A capital letter is no way out, and the count is announced from the second press on.
    visit.press(Key::Shift);
    visit.keys("a");
    visit.press(Key::Shift);
    visit.press(Key::Shift);
    until("the count is announced", || (!visit.text("[data-exit-count]").trim().is_empty()).then_some(()));
    assert!(visit.url().starts_with(&origin));
    visit.press(Key::Shift);
    until("another address", || (visit.url() == there).then_some(()));
    visit.browser_back();
    until("only the way back shows", || visit.sees("[data-cover=left]").then_some(()));
    assert!(!visit.sees("main"), "the page still shows");
    assert!(visit.kept().is_empty(), "something is kept: {:?}", visit.kept());
    let title = visit.title();
    assert!(!title.to_lowercase().contains("question"), "{title}");
    visit.click("[data-action=return]");
    until("the page is there again", || visit.sees("main").then_some(()));
}
