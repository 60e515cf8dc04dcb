//! Storage that fails, files that bring answers back, tabs that hear of an erasure, and leaving at once.

use std::collections::BTreeMap;
use std::fs;

use serde_json::json;
use thirtyfour::Key;

use crate::support::{Journey, Site, Stage, StorageChoice, Visit, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("save_erase_restore_is_the_identity", identity),
    Journey::new("a_file_of_another_program_changes_nothing", foreign_file),
    Journey::new("text_of_every_kind_comes_back_from_a_file", odd_text),
    Journey::new("a_file_holds_what_is_kept_in_this_tab_and_nothing_of_the_device", own_place),
    Journey::new("a_restore_that_is_refused_half_way_says_so_and_joins_what_is_written_later", refused_half_way),
    Journey::new("a_button_that_could_not_do_its_work_says_so", refused_buttons),
    Journey::new("a_field_that_is_full_says_so", full_field),
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

/// Erases everything on the page that shows, and puts a file back on the device, until the answers are these.
fn erase_and_restore(visit: &Visit, folder: &tempfile::TempDir, file: &str, before: &[(String, String)]) {
    visit.click("main [data-action=erase]");
    visit.click("[data-action=erase-yes]");
    until("nothing is kept", || visit.kept().is_empty().then_some(()));
    visit.open("reflect/#restore");
    visit.reload();
    visit.ready();
    visit.at("restore");
    visit.keep(StorageChoice::Device);
    choose_file(visit, folder, file);
    visit.click("[data-app] [data-action=add]");
    until("it is back", || (answers(visit) == before).then_some(()));
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
    visit.keep(StorageChoice::Device);
    visit.next();
    let step = visit.next();
    visit.write(&step, "second");
    visit.open("privacy/");
    let before = answers(&visit);
    let file = saved_file(&visit, "main [data-action=save]");
    assert!(file.contains("second"), "{file}");
    erase_and_restore(&visit, &folder, &file, &before);
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
    visit.begin_and_keep(StorageChoice::Device);
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

/// Puts this text into the field of a question, as typing does.
fn fill_in(visit: &Visit, question: &str, text: &serde_json::Value) {
    let fill = "const field = document.querySelector(`textarea[name='${arguments[0]}.words']`);
        field.value = arguments[1]; field.dispatchEvent(new Event('input', { bubbles: true }))";
    visit.js::<()>(fill, &[question.into(), text.clone()]);
}

/// The values of a file with their keys, as one text.
fn values_of(file: &str) -> String {
    serde_json::from_str::<serde_json::Value>(file).expect("the file is JSON")["values"].to_string()
}

fn odd_text(stage: &Stage) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let visit = stage.visit();
    visit.begin_and_keep(StorageChoice::Device);
    let odd = json!("\u{0} \\u0000 \\\\u0000 \\ud800 \u{1f49c} \u{2028}\u{feff}\u{fffe}\u{202e} \"{[]},: é\n\ttail");
    let step = visit.next();
    fill_in(&visit, &step, &odd);
    visit.saved_is("yes");
    let other = visit.next();
    // Half a sign alone, which no text in UTF-8 can hold, becomes a whole one at once.
    visit.js::<()>("window.half = 'half \\ud83d.'", &[]);
    visit.js::<()>(
        "const field = document.querySelector('textarea'); field.value = window.half;
         field.dispatchEvent(new Event('input', { bubbles: true }))",
        &[],
    );
    visit.saved_is("yes");
    visit.open("privacy/");
    let before = answers(&visit);
    let file = saved_file(&visit, "main [data-action=save]");
    // As an editor of another system saves it.
    let edited = format!("\u{feff}{}\r\n", file.replace('\n', "\r\n"));
    for text in [&file, &edited] {
        erase_and_restore(&visit, &folder, text, &before);
        visit.open("privacy/");
        let again = saved_file(&visit, "main [data-action=save]");
        let answers_of = |file: &str| {
            let file: serde_json::Value = serde_json::from_str(file).expect("the file is JSON");
            let values = file["values"].as_object().expect("it holds values").clone();
            values.into_iter().filter(|(key, _)| !key.ends_with(":journal")).collect::<BTreeMap<_, _>>()
        };
        assert_eq!(answers_of(&again), answers_of(&file));
    }
    visit.open("reflect/");
    visit.ready();
    visit.at(&other);
    visit.back();
    let field = format!("textarea[name='{step}.words']");
    visit.wait_for(&field);
    let written: serde_json::Value = visit.js("return document.querySelector(arguments[0]).value", &[field.into()]);
    assert_eq!(written, odd);
}

fn own_place(stage: &Stage) {
    let mine = stage.visit();
    mine.begin_and_keep(StorageChoice::Tab);
    let step = mine.next();
    mine.write(&step, "mine alone");
    mine.saved_is("tab");
    let theirs = stage.visit();
    theirs.begin_and_keep(StorageChoice::Device);
    let step = theirs.next();
    theirs.write(&step, "of the device");
    theirs.saved_is("yes");
    for (visit, own, other) in [(&mine, "mine alone", "of the device"), (&theirs, "of the device", "mine alone")] {
        // With the app, and on a page without it.
        visit.go("keep");
        let with_app = values_of(&saved_file(visit, "[data-app] [data-action=save]"));
        visit.open("privacy/");
        let without = values_of(&saved_file(visit, "main [data-action=save]"));
        for file in [with_app, without] {
            assert!(file.contains(own) && !file.contains(other), "{file}");
        }
    }
}

/// From the nth call on the store refuses to write, and never to remove.
const REFUSE: &str = "const set = Storage.prototype.setItem; let left = arguments[0];
    Storage.prototype.setItem = function (key, value) {
        if (left <= 0) throw new DOMException('full', 'QuotaExceededError');
        left -= 1;
        return set.call(this, key, value);
    };
    window.works = () => { Storage.prototype.setItem = set }";

fn refused_half_way(stage: &Stage) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let visit = stage.visit();
    visit.begin_and_keep(StorageChoice::Device);
    let step = visit.next();
    visit.write(&step, "first");
    visit.open("privacy/");
    let file = saved_file(&visit, "main [data-action=save]");
    let restore = |calls: u32| {
        // Each time a document of its own, which finds nothing behind the `#` any more once it is loaded anew.
        visit.open("privacy/");
        visit.open("reflect/#restore");
        visit.ready();
        visit.at("restore");
        choose_file(&visit, &folder, &file);
        visit.wait_for("[data-app] [data-action=replace]");
        visit.js::<()>(REFUSE, &[calls.into()]);
        visit.click("[data-app] [data-action=replace]");
        until("it is said what came of it", || {
            let now = visit.text("[data-app] .stack[role=status]").trim().to_owned();
            (!visit.has("[data-app] [data-action=replace]") && !now.is_empty()).then_some(now)
        })
    };
    let unchanged = restore(0);
    assert!(visit.kept().device.values().any(|value| value.contains("first")));
    // Each value is staged, then the staged head, and then one of the two that follow is refused.
    let staged = u32::try_from(file.matches("\"format\"").count()).expect("they are few") - 1;
    let later = restore(staged);
    assert_ne!(later, unchanged, "it counts already, and that is said");
    assert!(!visit.has("[data-app] [data-action=undo]"));
    visit.js::<()>("window.works()", &[]);
    visit.open("reflect/");
    visit.ready();
    visit.at(&step);
    assert_eq!(visit.written(&step), "first", "the next visit has finished it");
    assert!(!visit.kept().device.keys().any(|key| key.contains(":new:")));
}

fn refused_buttons(stage: &Stage) {
    let visit = stage.visit();
    visit.answer_and_keep("joy", StorageChoice::Device);
    visit.go("answers");
    let refuse = "for (const name of ['setItem', 'removeItem']) {
            const real = Storage.prototype[name];
            Storage.prototype[name] = function (...given) {
                if (window.refuses) throw new DOMException('no', 'QuotaExceededError');
                return real.apply(this, given);
            };
        }
        window.refuses = true";
    let says = || {
        until("it is said", || {
            let said = visit.text("[data-app] [role=alert]").trim().to_owned();
            (!said.is_empty()).then_some(said)
        })
    };
    visit.js::<()>(refuse, &[]);
    visit.click("[data-answer=feelings-now] [data-action=erase-answer]");
    visit.click("[data-answer=feelings-now] [data-action=erase-answer-yes]");
    says();
    assert!(visit.has("[data-answer=feelings-now] [data-action=erase-answer-yes]"), "it can be tried again");
    visit.js::<()>("window.refuses = false", &[]);
    visit.go("reflections");
    visit.js::<()>("window.refuses = true", &[]);
    // A new one begins in memory, where no store can refuse it.
    visit.click("[data-action=begin-again]");
    visit.at("feelings-now");
    visit.saved_is("undecided");
    visit.choose("feelings-now", "doubt");
    visit.js::<()>("window.refuses = false", &[]);
    visit.next();
    visit.keep(StorageChoice::Device);
    visit.saved_is("yes");
    visit.go("answers");
    visit.go("reflections");
    visit.js::<()>("window.refuses = true", &[]);
    visit.click("[data-action=open-reflection]");
    let not_opened = says();
    visit.at("reflections");
    visit.click("[data-reflection] [data-action=erase-one]");
    visit.click("[data-action=erase-yes-one]");
    until("it is said that not all is erased", || (says() != not_opened).then_some(()));
    visit.js::<()>("window.refuses = false", &[]);
    visit.js::<()>("URL.createObjectURL = () => { throw new TypeError('no files here') }", &[]);
    visit.go("keep");
    visit.click("[data-app] [data-action=save]");
    until("it is said that there is no file", || visit.has("[data-ask=no-file][open]").then_some(()));
    visit.click("[data-ask=no-file] [data-action=close]");
    // A place that refuses to take over what is kept is not shown as the one that was chosen.
    visit.js::<()>("window.refuses = true", &[]);
    visit.keep(StorageChoice::Tab);
    says();
    assert!(visit.has("input[name=keep][value=device]:checked"), "it is kept where it was");
}

fn full_field(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_and_keep(StorageChoice::Device);
    let step = visit.next();
    let most: usize = visit.js("return document.querySelector('textarea').maxLength", &[]);
    let says = || visit.text("[data-app] .field [role=status]").trim().to_owned();
    fill_in(&visit, &step, &json!("a".repeat(most - 1)));
    visit.saved_is("yes");
    assert_eq!(says(), "");
    visit.type_into("textarea", "bc");
    until("it is said", || (!says().is_empty()).then_some(()));
    assert_eq!(visit.written(&step).len(), most);
    // A longer text that is here already, such as one from a file, is not cut.
    fill_in(&visit, &step, &json!("é".repeat(most + 5)));
    visit.saved_is("yes");
    visit.reload();
    visit.ready();
    assert_eq!(visit.written(&step).chars().count(), most + 5);
    assert!(!says().is_empty());
}

const FILL: &str = "let size = 1 << 22, n = 0;
    while (size) { try { localStorage.setItem('fill' + n, 'x'.repeat(size)); n += 1 } catch { size >>= 1 } }
    return n";

fn full(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_and_keep(StorageChoice::Device);
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
        visit.keep(StorageChoice::Device);
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
        visit.keep(StorageChoice::Device);
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
    visit.begin_and_keep(StorageChoice::Tab);
    let step = visit.next();
    visit.write(&step, "mine");
    for (place, status) in [(StorageChoice::Device, "yes"), (StorageChoice::Tab, "tab"), (StorageChoice::Device, "yes")]
    {
        visit.go("keep");
        visit.keep(place);
        visit.saved_is(status);
        visit.next();
        visit.at(&step);
        let kept = visit.kept();
        let (here, there) =
            if place == StorageChoice::Device { (kept.device, kept.tab) } else { (kept.tab, kept.device) };
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
    other.begin_and_keep(StorageChoice::Tab);
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
    visit.answer_and_keep("joy", StorageChoice::Device);
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
    visit.begin_and_keep(StorageChoice::Device);
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
    // Text typed since then would be lost with the page, so it asks first.
    visit.click("[data-cover=broken] [data-action=reload]");
    visit.click("[data-ask=leave] [data-action=go-without]");
    visit.ready();
    assert_eq!(visit.written(&step), "before");
}

fn shift(stage: &Stage) {
    let elsewhere = Site::start();
    let there = elsewhere.url("en/help/");
    stage.site.exits_to(&there);
    let visit = stage.visit();
    visit.begin_and_keep(StorageChoice::Tab);
    visit.open("help/");
    let origin = stage.site.url("");
    // A capital letter is no way out, and the count is announced from the second press on.
    visit.press(Key::Shift);
    visit.keys("a");
    visit.rests();
    visit.press(Key::Shift);
    visit.press(Key::Shift);
    until("the count is announced", || (!visit.text("[data-exit-count]").trim().is_empty()).then_some(()));
    assert!(visit.url().starts_with(&origin));
    visit.keys("a");
    visit.shift_three_times();
    until("another address", || (visit.url() == there).then_some(()));
    visit.back_from_elsewhere("reflect/");
    until("only the way back shows", || visit.sees("[data-cover=left]").then_some(()));
    assert!(!visit.sees("main"), "the page still shows");
    assert!(visit.kept().is_empty(), "something is kept: {:?}", visit.kept());
    let title = visit.title();
    assert!(!title.to_lowercase().contains("question"), "{title}");
    visit.click("[data-action=return]");
    until("the page is there again", || visit.sees("main").then_some(()));
}
