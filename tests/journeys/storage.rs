//! Failing storage, restoring from a file, erasing across tabs, and Exit with Shift.

use std::collections::BTreeMap;
use std::fs;

use serde_json::json;
use thirtyfour::Key;

use crate::support::{Journey, Site, Stage, StorageChoice, Visit, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("save_erase_restore_is_the_identity", identity),
    Journey::new("a_file_of_another_program_changes_nothing", foreign_file),
    Journey::new("text_of_every_kind_comes_back_from_a_file", odd_text),
    Journey::new("a_file_holds_what_is_kept_in_this_tab_and_nothing_of_the_device", own_store),
    Journey::new("a_restore_that_is_refused_half_way_says_so_and_joins_what_is_written_later", refused_half_way),
    Journey::new("a_button_that_could_not_do_its_work_says_so", refused_buttons),
    Journey::new("a_field_that_is_full_says_so", full_field),
    Journey::new("a_store_that_is_really_full_recovers_by_itself", full),
    Journey::new("without_any_store_answers_are_usable_and_can_be_saved", no_store),
    Journey::new("a_refusal_at_any_call_leaves_before_or_after", refusal_at_any_call),
    Journey::new("where_to_keep_can_change_both_ways_without_a_trace", move_between_stores),
    Journey::new("erasing_reaches_a_tab_that_keeps_to_itself", erasing_reaches_tab_mode),
    Journey::new("one_answer_can_be_erased", one_answer),
    Journey::new("a_panic_shows_the_cover_and_stops_all_writing", panic_anywhere),
    Journey::new("shift_three_times_leaves_any_page_at_once", shift),
];

/// Makes the text of the saved file readable, since drivers give no access to downloads.
const CATCH: &str = "const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => { blob.text().then((text) => { window.saved = text }); return make(blob) }";

/// Clicks a button that saves a file, and returns the text of the file.
pub fn saved_file(visit: &Visit, button: &str) -> String {
    visit.js::<()>(CATCH, &[]);
    visit.click(button);
    until("a file is saved", || visit.js("return window.saved ?? null", &[]))
}

/// Chooses a file to restore.
pub fn choose_file(visit: &Visit, folder: &tempfile::TempDir, text: &str) {
    let path = folder.path().join("between-us.json");
    fs::write(&path, text).expect("the file can be written");
    visit.type_into("input[data-action=restore]", &path.to_string_lossy());
}

/// Erases everything on the current page, and restores a file to the device, until the stored answers equal `before`.
fn erase_and_restore(visit: &Visit, folder: &tempfile::TempDir, file: &str, before: &[(String, String)]) {
    visit.click("main [data-action=erase]");
    visit.click("[data-action=erase-yes]");
    until("nothing is stored", || visit.stored().is_empty().then_some(()));
    visit.open("reflect/#restore");
    visit.reload();
    visit.ready();
    visit.wait_for_step("restore");
    visit.choose_storage(StorageChoice::Device);
    choose_file(visit, folder, file);
    visit.click("[data-app] [data-action=add]");
    until("the answers are restored", || (answers(visit) == before).then_some(()));
}

/// Returns the values stored on the device, without the journal and its revision.
fn answers(visit: &Visit) -> Vec<(String, String)> {
    visit
        .stored()
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
    visit.choose_storage(StorageChoice::Device);
    visit.next();
    let step = visit.next();
    visit.write(&step, "second");
    visit.open("privacy/");
    let before = answers(&visit);
    let file = saved_file(&visit, "main [data-action=save]");
    assert!(file.contains("second"), "{file}");
    erase_and_restore(&visit, &folder, &file, &before);
    visit.click("[data-app] [data-action=undo]");
    until("the restore is undone", || {
        (!answers(&visit).iter().any(|(_, value)| value.contains("second"))).then_some(())
    });
    choose_file(&visit, &folder, &file);
    visit.click("[data-app] [data-action=add]");
    visit.wait_for("[data-app] [data-action=undo]");
    visit.next();
    visit.wait_for_step("answers");
    assert!(visit.text("[data-app]").contains("second"));
}

fn foreign_file(stage: &Stage) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let step = visit.next();
    visit.write(&step, "mine");
    visit.open("reflect/#restore");
    visit.reload();
    visit.ready();
    visit.wait_for_step("restore");
    let before = visit.stored();
    let mut messages = Vec::new();
    for text in [
        "{\"name\":\"another\"}",
        "\u{0}",
        "{\"between-us\":\"backup\",\"format\":99}",
        "{\"between-us\":\"backup\",\"format\":2,\"values\":{}}",
    ] {
        let last = messages.last().cloned().unwrap_or_default();
        choose_file(&visit, &folder, text);
        messages.push(until("a message gives the reason", || {
            let now = visit.text("[data-app] .stack[role=status]").trim().to_owned();
            (!now.is_empty() && now != last).then_some(now)
        }));
        assert_eq!(visit.stored(), before);
        assert_eq!(visit.count("[data-app] [data-action=add]"), 0);
    }
    messages.sort();
    messages.dedup();
    assert_eq!(messages.len(), 4, "messages are not distinct: {messages:?}");
}

/// Sets the free text of a question by script.
fn fill_in(visit: &Visit, question: &str, text: &serde_json::Value) {
    let fill = "const field = document.querySelector(`textarea[name='${arguments[0]}.words']`);
        field.value = arguments[1]; field.dispatchEvent(new Event('input', { bubbles: true }))";
    visit.js::<()>(fill, &[question.into(), text.clone()]);
}

/// Returns the values of a file with their keys, as one text.
fn values_of(file: &str) -> String {
    serde_json::from_str::<serde_json::Value>(file).expect("the file is JSON")["values"].to_string()
}

fn odd_text(stage: &Stage) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let odd = json!("\u{0} \\u0000 \\\\u0000 \\ud800 \u{1f49c} \u{2028}\u{feff}\u{fffe}\u{202e} \"{[]},: é\n\ttail");
    let step = visit.next();
    fill_in(&visit, &step, &odd);
    visit.wait_for_save_status("yes");
    let other = visit.next();
    // A lone surrogate, which UTF-8 cannot represent, is replaced at once.
    visit.js::<()>("window.half = 'half \\ud83d.'", &[]);
    visit.js::<()>(
        "const field = document.querySelector('textarea'); field.value = window.half;
         field.dispatchEvent(new Event('input', { bubbles: true }))",
        &[],
    );
    visit.wait_for_save_status("yes");
    visit.open("privacy/");
    let before = answers(&visit);
    let file = saved_file(&visit, "main [data-action=save]");
    // An editor on another system may add a byte order mark and CRLF.
    let edited = format!("\u{feff}{}\r\n", file.replace('\n', "\r\n"));
    for text in [&file, &edited] {
        erase_and_restore(&visit, &folder, text, &before);
        visit.open("privacy/");
        let again = saved_file(&visit, "main [data-action=save]");
        let answers_of = |file: &str| {
            let file: serde_json::Value = serde_json::from_str(file).expect("the file is JSON");
            let values = file["values"].as_object().expect("the file has values").clone();
            values.into_iter().filter(|(key, _)| !key.ends_with(":journal")).collect::<BTreeMap<_, _>>()
        };
        assert_eq!(answers_of(&again), answers_of(&file));
    }
    visit.open("reflect/");
    visit.ready();
    visit.wait_for_step(&other);
    visit.back();
    let field = format!("textarea[name='{step}.words']");
    visit.wait_for(&field);
    let written: serde_json::Value = visit.js("return document.querySelector(arguments[0]).value", &[field.into()]);
    assert_eq!(written, odd);
}

fn own_store(stage: &Stage) {
    let mine = stage.visit();
    mine.begin_with_storage(StorageChoice::Tab);
    let step = mine.next();
    mine.write(&step, "mine alone");
    mine.wait_for_save_status("tab");
    let theirs = stage.visit();
    theirs.begin_with_storage(StorageChoice::Device);
    let step = theirs.next();
    theirs.write(&step, "of the device");
    theirs.wait_for_save_status("yes");
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

/// Refuses all writes after the given number of calls, but no removal.
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
    visit.begin_with_storage(StorageChoice::Device);
    let step = visit.next();
    visit.write(&step, "first");
    visit.open("privacy/");
    let file = saved_file(&visit, "main [data-action=save]");
    let restore = |calls: u32| {
        // Open another document each time: after a reload the fragment is gone.
        visit.open("privacy/");
        visit.open("reflect/#restore");
        visit.ready();
        visit.wait_for_step("restore");
        choose_file(&visit, &folder, &file);
        visit.wait_for("[data-app] [data-action=replace]");
        visit.js::<()>(REFUSE, &[calls.into()]);
        visit.click("[data-app] [data-action=replace]");
        until("the result is shown", || {
            let now = visit.text("[data-app] .stack[role=status]").trim().to_owned();
            (!visit.has("[data-app] [data-action=replace]") && !now.is_empty()).then_some(now)
        })
    };
    let unchanged = restore(0);
    assert!(visit.stored().device.values().any(|value| value.contains("first")));
    // Each value is staged, then the staged head is written, then one of the two following writes is refused.
    let staged = u32::try_from(file.matches("\"format\"").count()).expect("the count fits") - 1;
    let later = restore(staged);
    assert_ne!(later, unchanged, "a restore past the head shows the message of an unchanged store");
    assert!(!visit.has("[data-app] [data-action=undo]"));
    visit.js::<()>("window.works()", &[]);
    visit.open("reflect/");
    visit.ready();
    visit.wait_for_step(&step);
    assert_eq!(visit.free_text(&step), "first", "the next visit did not finish the restore");
    assert!(!visit.stored().device.keys().any(|key| key.contains(":new:")));
}

fn refused_buttons(stage: &Stage) {
    let visit = stage.visit();
    visit.answer_with_storage("joy", StorageChoice::Device);
    visit.go("answers");
    let refuse = "for (const name of ['setItem', 'removeItem']) {
            const real = Storage.prototype[name];
            Storage.prototype[name] = function (...given) {
                if (window.refuses) throw new DOMException('no', 'QuotaExceededError');
                return real.apply(this, given);
            };
        }
        window.refuses = true";
    let alert = || {
        until("an alert shows", || {
            let said = visit.text("[data-app] [role=alert]").trim().to_owned();
            (!said.is_empty()).then_some(said)
        })
    };
    visit.js::<()>(refuse, &[]);
    visit.click("[data-answer=feelings-now] [data-action=erase-answer]");
    visit.click("[data-answer=feelings-now] [data-action=erase-answer-yes]");
    alert();
    assert!(
        visit.has("[data-answer=feelings-now] [data-action=erase-answer-yes]"),
        "the button for another try is gone"
    );
    visit.js::<()>("window.refuses = false", &[]);
    visit.go("reflections");
    visit.js::<()>("window.refuses = true", &[]);
    // A new reflection starts in memory, where no store can refuse it.
    visit.click("[data-action=begin-again]");
    visit.wait_for_step("feelings-now");
    visit.wait_for_save_status("undecided");
    visit.choose("feelings-now", "doubt");
    visit.js::<()>("window.refuses = false", &[]);
    visit.next();
    visit.choose_storage(StorageChoice::Device);
    visit.wait_for_save_status("yes");
    visit.go("answers");
    visit.go("reflections");
    visit.js::<()>("window.refuses = true", &[]);
    visit.click("[data-action=open-reflection]");
    let not_opened = alert();
    visit.wait_for_step("reflections");
    visit.click("[data-reflection] [data-action=erase-one]");
    visit.click("[data-action=erase-yes-one]");
    until("the alert about the incomplete erasure shows", || (alert() != not_opened).then_some(()));
    visit.js::<()>("window.refuses = false", &[]);
    visit.js::<()>("URL.createObjectURL = () => { throw new TypeError('no files here') }", &[]);
    visit.go("keep");
    visit.click("[data-app] [data-action=save]");
    until("the dialog about the missing file shows", || visit.has("[data-ask=no-file][open]").then_some(()));
    visit.click("[data-ask=no-file] [data-action=close]");
    // When moving the stored values fails, the previous storage stays selected.
    visit.js::<()>("window.refuses = true", &[]);
    visit.choose_storage(StorageChoice::Tab);
    alert();
    assert!(visit.has("input[name=keep][value=device]:checked"), "the selected storage changed");
}

fn full_field(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let step = visit.next();
    let most: usize = visit.js("return document.querySelector('textarea').maxLength", &[]);
    let status = || visit.text("[data-app] .field [role=status]").trim().to_owned();
    fill_in(&visit, &step, &json!("a".repeat(most - 1)));
    visit.wait_for_save_status("yes");
    assert_eq!(status(), "");
    visit.type_into("textarea", "bc");
    until("the status shows", || (!status().is_empty()).then_some(()));
    assert_eq!(visit.free_text(&step).len(), most);
    // A longer text, such as one from a file, is not truncated.
    fill_in(&visit, &step, &json!("é".repeat(most + 5)));
    visit.wait_for_save_status("yes");
    visit.reload();
    visit.ready();
    assert_eq!(visit.free_text(&step).chars().count(), most + 5);
    assert!(!status().is_empty());
}

const FILL: &str = "let size = 1 << 22, n = 0;
    while (size) { try { localStorage.setItem('fill' + n, 'x'.repeat(size)); n += 1 } catch { size >>= 1 } }
    return n";

fn full(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let step = visit.next();
    visit.write(&step, "before, ");
    visit.wait_for_save_status("yes");
    assert!(visit.js::<u32>(FILL, &[]) > 0, "the store accepts no filler");
    visit.write(&step, "and while it is full");
    visit.wait_for_save_status("no");
    assert!(!visit.text("[data-saved=no]").trim().is_empty());
    visit.go("answers");
    assert!(visit.text("[data-app]").contains("while it is full"), "the answer is not usable");
    assert!(saved_file(&visit, "[data-saved=no] [data-action=save]").contains("while it is full"));
    visit.js::<()>("Object.keys(localStorage).filter((key) => key.startsWith('fill')).forEach((key) => localStorage.removeItem(key))", &[]);
    // Any interaction retries the write; nothing has to be typed again.
    visit.click("[data-app] h1");
    visit.wait_for_save_status("yes");
    visit.reload();
    visit.ready();
    assert!(visit.text("[data-app]").contains("before, and while it is full"));
    // Erasing works in a full store too.
    visit.js::<u32>(FILL, &[]);
    visit.open("privacy/");
    visit.click("main [data-action=erase]");
    visit.click("[data-action=erase-yes]");
    until("nothing of ours is stored", || visit.stored().is_empty().then_some(()));
}

fn no_store(stage: &Stage) {
    let throws = "get() { throw new DOMException('no', 'SecurityError') }";
    for getter in [throws, "get() { return null }", "value: undefined"] {
        stage.site.inject_script(&format!(
            "for (const name of ['localStorage', 'sessionStorage']) \
             Object.defineProperty(window, name, {{ configurable: true, {getter} }})"
        ));
        let visit = stage.visit();
        visit.begin();
        visit.choose("feelings-now", "joy");
        visit.write("feelings-now", "only here");
        visit.wait_for_save_status("undecided");
        visit.next();
        visit.choose_storage(StorageChoice::Device);
        visit.wait_for_save_status("no");
        visit.next();
        visit.go("answers");
        assert!(visit.text("[data-answer=feelings-now]").contains("only here"), "with {getter}");
        assert!(saved_file(&visit, "[data-saved=no] [data-action=save]").contains("only here"), "with {getter}");
        visit.open_sheet();
        assert!(visit.sheet_line("feelings-now").contains("only here"), "the sheet does not show the answer");
    }
}

/// From the nth call on every write is refused, as if the browser ended there. A reload finds all earlier writes
/// intact.
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
        visit.choose_storage(StorageChoice::Device);
        visit.next();
        let step = visit.next();
        visit.write(&step, TYPED);
        visit.wait_for("[data-saved=yes], [data-saved=no]");
        let is_saved = visit.has("[data-saved=yes]");
        let stored = visit.stored().device;
        let spare: i64 = visit.js("return window.left()", &[]);
        visit.reload();
        visit.ready();
        let found = visit.stored().device;
        let text = |end: &str| found.iter().find(|(key, _)| key.ends_with(end)).map(|(_, value)| value.clone());
        let found_text = text(&step).and_then(|value| serde_json::from_str::<serde_json::Value>(&value).ok());
        let found_text =
            found_text.map_or(String::new(), |value| value["words"].as_str().unwrap_or_default().to_owned());
        assert!(TYPED.starts_with(&found_text), "refused from call {n}: {found_text}");
        assert!(
            !is_saved || found_text == TYPED,
            "the status was `yes`, but writes were refused from call {n}: {stored:?}"
        );
        assert!(found_text.is_empty() || text("feelings-now").is_some_and(|value| value.contains("joy")), "{found:?}");
        assert!(
            found.is_empty() || text("journal").is_some() && text("feelings-now").is_some(),
            "a mixture: {found:?}"
        );
        if spare > 0 {
            return;
        }
    }
}

fn move_between_stores(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Tab);
    let step = visit.next();
    visit.write(&step, "mine");
    for (choice, status) in
        [(StorageChoice::Device, "yes"), (StorageChoice::Tab, "tab"), (StorageChoice::Device, "yes")]
    {
        visit.go("keep");
        visit.choose_storage(choice);
        visit.wait_for_save_status(status);
        visit.next();
        visit.wait_for_step(&step);
        let stored = visit.stored();
        let (here, there) =
            if choice == StorageChoice::Device { (stored.device, stored.tab) } else { (stored.tab, stored.device) };
        assert!(there.is_empty(), "values are left behind: {there:?}");
        assert!(here.values().any(|value| value.contains("mine")));
        visit.reload();
        visit.ready();
        assert_eq!(visit.free_text(&step), "mine");
    }
}

/// A tab cannot write the session storage of another tab, but an open tab is notified and clears its own.
fn erasing_reaches_tab_mode(stage: &Stage) {
    let other = stage.visit();
    other.begin_with_storage(StorageChoice::Tab);
    let step = other.next();
    other.write(&step, "not for ever");
    let visit = stage.visit();
    visit.open("privacy/");
    visit.click("main [data-action=erase]");
    visit.click("[data-action=erase-yes]");
    other.wait_for_step("feelings-now");
    until("the other tab is empty", || other.stored().is_empty().then_some(()));
    assert!(visit.stored().is_empty());
}

fn one_answer(stage: &Stage) {
    let visit = stage.visit();
    visit.answer_with_storage("joy", StorageChoice::Device);
    let step = visit.next();
    visit.write(&step, "stays");
    visit.go("answers");
    visit.click("[data-answer=feelings-now] [data-action=erase-answer]");
    visit.click("[data-answer=feelings-now] [data-action=erase-answer-yes]");
    until("the answer is erased", || {
        (!visit.stored().device.keys().any(|key| key.contains("feelings-now"))).then_some(())
    });
    until("the screen no longer offers to erase it", || {
        (visit.count("[data-answer=feelings-now] [data-action=erase-answer]") == 0).then_some(())
    });
    assert!(visit.text("[data-app]").contains("stays"));
}

fn panic_anywhere(stage: &Stage) {
    // Exceptions of a driver's script are not always reported to the page; exceptions of a listener are.
    stage.site.inject_script("addEventListener('break', () => window.betweenUs.panic())");
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let step = visit.next();
    visit.write(&step, "before");
    let before = visit.stored();
    visit.js::<()>("dispatchEvent(new Event('break'))", &[]);
    until("the cover shows", || visit.is_visible("[data-cover=broken]").then_some(()));
    until("the focus is on the cover", || visit.focus_is_on("[data-cover=broken]").then_some(()));
    visit.js::<()>(
        "const field = document.querySelector('textarea'); field.value = 'after';
         field.dispatchEvent(new Event('input', { bubbles: true })); document.querySelector('[data-action=continue]').click()",
        &[],
    );
    assert_eq!(visit.stored(), before, "something was written after the panic");
    // The file contains the latest text, although it is no longer stored.
    assert!(saved_file(&visit, "[data-cover=broken] [data-action=save]").contains("after"));
    // Text typed since then would be lost with the page, so a dialog asks first.
    visit.click("[data-cover=broken] [data-action=reload]");
    visit.click("[data-ask=leave] [data-action=go-without]");
    visit.ready();
    assert_eq!(visit.free_text(&step), "before");
}

fn shift(stage: &Stage) {
    let elsewhere = Site::start();
    let there = elsewhere.url("en/help/");
    stage.site.set_exit_target(&there);
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Tab);
    visit.open("help/");
    let origin = stage.site.url("");
    // A capital letter does not exit, and the count is announced from the second press on.
    visit.press(Key::Shift);
    visit.keys("a");
    visit.wait_until_quiet();
    visit.press(Key::Shift);
    visit.press(Key::Shift);
    until("the count is announced", || (!visit.text("[data-exit-count]").trim().is_empty()).then_some(()));
    assert!(visit.url().starts_with(&origin));
    visit.keys("a");
    visit.shift_three_times();
    until("another address", || (visit.url() == there).then_some(()));
    visit.back_from_other_site("reflect/");
    until("the blank page shows", || visit.is_visible("[data-cover=left]").then_some(()));
    assert!(!visit.is_visible("main"), "the page still shows");
    assert!(visit.stored().is_empty(), "something is stored: {:?}", visit.stored());
    let title = visit.title();
    assert!(!title.to_lowercase().contains("question"), "{title}");
    visit.click("[data-action=return]");
    until("the page shows again", || visit.is_visible("main").then_some(()));
}
