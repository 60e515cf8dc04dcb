//! Hostile conditions: translators, slow lines, full storage, double clicks, large letters.

use serde_json::json;
use thirtyfour::Key;

use crate::support::{Engine, Journey, Site, Stage, StorageChoice, Visit, multiply_timeout, runs_everything, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("a_translated_page_goes_on_working", translated),
    Journey::new("a_slow_phone_on_a_slow_line_gets_there", slow).not_in(&[
        (Engine::Firefox, "its driver can slow neither the processor nor the network"),
        (Engine::WebKit, "its driver can slow neither the processor nor the network"),
    ]),
    Journey::new("storage_that_is_full_from_the_start_is_said", full),
    Journey::new("storage_that_is_forbidden_is_said", forbidden),
    Journey::new("a_very_long_answer_in_many_scripts_is_kept_and_printed", long_answer),
    Journey::new("a_very_long_nickname_fits_everywhere", long_nickname),
    Journey::new("a_double_click_goes_on_once", double_click),
    Journey::new("a_key_held_down_goes_on_once", key_held),
    Journey::new("fast_back_and_forward_lose_nothing", back_and_forward),
    Journey::new("large_letters_fit", large_letters).in_each_language(),
    Journey::new("every_size_of_window_fits", sizes).in_each_language(),
    Journey::new("who_hears_the_page_hears_every_control", roles_and_names).in_each_language(),
    Journey::new("exit_works_at_every_step", exit_everywhere),
];

/// The prerendered pages that contain text only.
const PAGES: [&str; 7] = ["", "caregivers/", "questions/", "changed/", "help/", "privacy/", "about/"];

/// Starts the app and visits every screen until all answers and the sheet, with an answer to each question. Takes the
/// long flow with `JOURNEYS=all`, else the short one.
fn walk(visit: &Visit, at: &mut dyn FnMut(&str)) {
    visit.begin();
    let mut step = visit.step();
    while step != "answers" {
        at(&step);
        if visit.is_question() {
            let options = visit.attributes(&format!("[data-app] input[name={step}]"), "value");
            match options.first() {
                Some(option) => visit.choose(&step, option),
                None => visit.write(&step, "own words"),
            }
        }
        step = match step.as_str() {
            "keep" => {
                visit.choose_storage(StorageChoice::Device);
                visit.wait_for_save_status("yes");
                visit.next()
            }
            "pace" if runs_everything() => visit.go("long"),
            "themes" => visit.go("answers"),
            _ => visit.next(),
        };
    }
    at(&step);
    visit.open_sheet();
    at("sheet");
}

/// Wraps every text node in elements of its own, now and after each change, as browser translators do.
const TRANSLATE: &str = "
    const spared = 'font, script, style, textarea, title, head';
    const wrap = (node) => {
        if (!node.isConnected || !node.data.trim() || node.parentElement.closest(spared)) return;
        const outer = document.createElement('font');
        const inner = document.createElement('font');
        inner.textContent = node.data;
        outer.append(inner);
        node.replaceWith(outer);
    };
    const all = () => {
        const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
        const found = [];
        while (walker.nextNode()) found.push(walker.currentNode);
        found.forEach(wrap);
    };
    new MutationObserver(all).observe(document, { childList: true, subtree: true, characterData: true });";

fn translated(stage: &Stage) {
    stage.site.inject_script(TRANSLATE);
    let visit = stage.visit();
    walk(&visit, &mut |step| {
        until(&format!("{step} is translated"), || visit.has("[data-app] h1 font, main h1 font").then_some(()));
    });
    let before = visit.sheet_lines();
    let line = before.first().expect("the sheet has lines");
    visit.click(&format!("[data-sheet-line={line}] [data-action=remove]"));
    until("the line is gone", || (!visit.sheet_lines().contains(line)).then_some(()));
    let is_translated = |place: &str, css: &str| {
        until(&format!("{place} is translated"), || visit.has(&format!("{css} font")).then_some(()));
    };
    let on = "[data-side=parent] [data-action=continue]";
    visit.click("[data-action=table]");
    is_translated("the table", "[data-side=parent] :is(h1, h2)");
    let first = visit.text("[data-side=parent] .reading");
    visit.click(on);
    until("the next line", || (visit.text("[data-side=parent] .reading") != first).then_some(()));
    visit.click("[data-side=parent] [data-action=pause]");
    is_translated("the pause", "[data-side=parent] .pause");
    visit.click("[data-side=parent] [data-action=leave]");
    visit.wait_for("[data-sheet]");
    assert_eq!(visit.sheet_lines(), before[1..], "the sheet changed at the table");
    visit.open("reflect/");
    visit.ready();
    visit.wait_for_step("answers");
    visit.open_profile();
    is_translated("the profile", "[data-app] label");
    visit.fill_profile("nickname", "Pip");
    visit.toggle_wish("gentler");
    visit.next();
    visit.wait_for_step("answers");
    visit.go("reflections");
    is_translated("the reflections", "[data-reflection]");
    visit.go("back");
    visit.wait_for_step("answers");
    let other = visit.attributes(".languages [hreflang]:not([aria-current])", "hreflang").swap_remove(0);
    visit.click(&format!(".languages [hreflang={other}]"));
    until("the other language", || visit.url().contains(&format!("/{other}/")).then_some(()));
    visit.ready();
    visit.wait_for_step("answers");
    is_translated("the other language", "[data-app] h1");
    visit.go("change");
    visit.write("feelings-now", "changed");
    visit.go("continue");
    visit.back();
    visit.wait_for_step("feelings-now");
    visit.reload();
    visit.ready();
    assert_eq!(visit.free_text("feelings-now"), "changed");
    assert!(!visit.is_visible("[data-cover=broken]"), "a translator broke the app");
}

fn slow(stage: &Stage) {
    multiply_timeout(12);
    let visit = stage.visit();
    visit.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 20 }));
    visit.cdp("Network.enable", json!({}));
    let line = json!({ "offline": false, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000 });
    visit.cdp("Network.emulateNetworkConditions", line);
    visit.click("[data-action=begin]");
    until("the text shows", || visit.is_visible("[data-app] h1").then_some(()));
    visit.ready();
    visit.choose("feelings-now", "joy");
    visit.write("feelings-now", "slowly");
    visit.next();
    visit.choose_storage(StorageChoice::Device);
    visit.wait_for_save_status("yes");
    visit.next();
    visit.open_sheet();
    assert!(visit.sheet_line("feelings-now").contains("slowly"));
}

/// Fills the local storage quota of this origin.
const FILL: &str = "for (let size = 1 << 22, at = 0; size >= 1; at += 1) {
        try { localStorage.setItem('filler' + at, 'x'.repeat(size)); } catch { size >>= 1; }
    }";

fn full(stage: &Stage) {
    let visit = stage.visit();
    visit.js::<()>(FILL, &[]);
    works_without_storage(&visit);
    visit.js::<()>("Object.keys(localStorage).filter((key) => key.startsWith('filler')).forEach((key) => delete localStorage[key])", &[]);
    visit.write("feelings-now", "!");
    visit.wait_for_save_status("yes");
    visit.reload();
    visit.ready();
    assert_eq!(visit.free_text("feelings-now"), "not kept!");
}

fn forbidden(stage: &Stage) {
    stage.site.inject_script(
        "for (const store of ['localStorage', 'sessionStorage']) {
            Object.defineProperty(window, store, { get() { throw new DOMException('no', 'SecurityError'); } });
        }",
    );
    works_without_storage(&stage.visit());
}

/// Checks that failed storage is reported while everything else works: the answer stays in memory, on the sheet, and on
/// the screen of all answers. Ends at the first question.
fn works_without_storage(visit: &Visit) {
    visit.begin();
    visit.choose("feelings-now", "joy");
    visit.write("feelings-now", "not kept");
    visit.next();
    visit.choose_storage(StorageChoice::Device);
    visit.wait_for_save_status("no");
    visit.next();
    visit.next();
    visit.wait_for_save_status("no");
    visit.open_sheet();
    assert!(visit.sheet_line("feelings-now").contains("not kept"));
    visit.mark_navigation();
    visit.browser_back();
    until("Back leads to a question", || visit.is_question().then_some(()));
    visit.wait_for_arrival();
    visit.go("answers");
    visit.go("change");
    assert_eq!(visit.free_text("feelings-now"), "not kept");
}

/// Returns 5,000 characters and a few more: right-to-left scripts, joined and combining characters, characters beyond
/// the Basic Multilingual Plane, and markup.
fn many_scripts() -> String {
    let piece =
        "Blij ﷺ وأخاف أيضًا 😊👩‍👩‍👧🏽 \u{200f}שלום</script><b>&amp;{n} हिन्दी ไทย 日本語 e\u{301} \u{202e}rtl\u{202c} “ok”\n";
    let mut text = String::new();
    while text.chars().count() < 5_000 {
        text += piece;
    }
    text + "the very end"
}

fn long_answer(stage: &Stage) {
    let text = many_scripts();
    let visit = stage.visit();
    visit.begin();
    // Pasted, because drivers cannot type characters beyond the Basic Multilingual Plane.
    let paste = "const field = document.querySelector(arguments[0]);
        field.value = arguments[1];
        field.dispatchEvent(new Event('input', { bubbles: true }))";
    let height = || visit.js::<f64>("return document.querySelector(\"[name='feelings-now.words']\").offsetHeight", &[]);
    let empty = height();
    visit.js::<()>(paste, &["textarea[name='feelings-now.words']".into(), text.as_str().into()]);
    // The other engines do not support `field-sizing` yet.
    if visit.engine() == Engine::Chromium {
        assert!(height() > 2.0 * empty, "the field does not grow with its content");
    }
    visit.next();
    visit.choose_storage(StorageChoice::Device);
    visit.wait_for_save_status("yes");
    visit.browser_back();
    visit.reload();
    visit.ready();
    visit.wait_for_step("feelings-now");
    assert_eq!(visit.free_text("feelings-now"), text);
    visit.next();
    visit.next();
    fits(&visit, "the next screen");
    visit.open_sheet();
    fits(&visit, "the sheet");
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let line: String = visit.js("return document.querySelector('[data-sheet-line]').textContent", &[]);
    assert!(squeezed(&line).contains(&squeezed(&text)), "the sheet does not contain the whole text");
    if visit.engine() != Engine::WebKit {
        assert!(visit.printed_text().contains("the very end"), "the print does not contain the whole text");
    }
}

/// A nickname of 200 letters without a break opportunity.
fn long_nickname(stage: &Stage) {
    let name = "Wolkje".repeat(34);
    let visit = stage.visit();
    visit.begin();
    visit.click("[data-app] [data-action=menu]");
    visit.wait_for_step("about-me");
    visit.type_into("[name='about.nickname']", &name[..200]);
    fits(&visit, "the menu");
    visit.next();
    visit.choose("feelings-now", "joy");
    visit.next();
    visit.choose_storage(StorageChoice::Device);
    visit.wait_for_save_status("yes");
    let mut shown = 0;
    let mut step = visit.next();
    while step != "answers" {
        fits(&visit, &step);
        shown += usize::from(visit.text("[data-app]").contains("WolkjeWolkje"));
        step = match step.as_str() {
            "pace" => visit.go("long"),
            _ => visit.next(),
        };
    }
    assert!(shown > 0, "no question names the baby");
    visit.open_sheet();
    fits(&visit, "the sheet");
    assert!(!visit.text("[data-app]").contains("WolkjeWolkje"), "the sheet shows the nickname");
}

fn double_click(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let first = visit.next();
    let option = visit.attributes(&format!("[data-app] input[name={first}]"), "value").swap_remove(0);
    visit.click_twice(&format!("[data-app] label:has(input[value={option}])"));
    assert!(!visit.has_chosen(&first, &option), "a double click toggles the option once only");
    visit.choose(&first, &option);
    visit.click_twice("[data-app] [data-action=continue]");
    until("the next question", || (visit.step() != first).then_some(()));
    let second = visit.step();
    assert_eq!(visit.back(), first, "{second} does not follow {first}");
    assert_eq!(visit.next(), second);
    visit.click_twice("[data-app] [data-action=back]");
    until("an earlier screen", || (visit.step() != second).then_some(()));
    visit.reload();
    visit.ready();
    visit.go("answers");
    assert!(visit.has(&format!("[data-answer={first}] .said")), "the answer is lost");
}

fn key_held(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let first = visit.next();
    visit.tab_to("[data-app] [data-action=continue]");
    visit.hold_key(Key::Enter, 20);
    until("the next question", || (visit.step() != first).then_some(()));
    let second = visit.step();
    assert_eq!(visit.back(), first, "a held key went on to {second}");
    visit.tab_to("[data-app] textarea");
    visit.hold_key(Key::Enter, 20);
    visit.keys("end");
    assert_eq!(visit.step(), first);
    // WebKitGTK's driver does not repeat a held key.
    assert_eq!(visit.free_text(&first).trim_start_matches('\n'), "end");
}

fn back_and_forward(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let mut seen = vec![visit.step()];
    let mut answered = Vec::new();
    // A browser may drop some of the rapid navigations, but ends on one of these.
    while seen.len() < 7 {
        let step = visit.next();
        if visit.is_question() {
            visit.write(&step, &step);
            answered.push(step.clone());
        }
        seen.push(step);
    }
    let rush = "arguments[0].forEach((by, at, all) => setTimeout(() => {
        history.go(by);
        if (at === all.length - 1) document.documentElement.dataset.rushed = '';
    }, at * 5))";
    visit.js::<()>(rush, &[json!([-1, 1, -1, 1, -1, -1, 1, 1, -1, 1])]);
    for _ in 0..6 {
        visit.press(Key::Tab);
    }
    visit.wait_for("html[data-rushed]");
    let step = visit.step();
    assert!(seen.contains(&step), "it ends on {step}");
    // A navigation may still be pending, in which case the screen of all answers shows only for a moment.
    let all = until("all answers", || {
        if visit.step() != "answers" {
            visit.js::<()>("document.querySelector('[data-app] [data-action=answers]')?.click()", &[]);
        }
        let body = "return document.querySelector('[data-step=answers]')?.textContent ?? null";
        visit.js::<Option<String>>(body, &[])
    });
    for written in &answered {
        assert!(all.contains(written.as_str()), "{written} is lost after {step}");
    }
    assert!(!visit.is_visible("[data-cover=broken]"));
}

/// Checks, after layout has settled, that nothing is wider than the window or scrolls sideways, and that no text is
/// clipped by its container.
#[track_caller]
fn fits(visit: &Visit, place: &str) {
    let look = "const name = (one) => `${one.tagName} ${one.className} ${one.textContent.slice(0, 40)}`;
        const root = document.documentElement;
        const all = [...document.querySelectorAll('body *')].filter((one) => one.checkVisibility());
        const cuts = (one) => one.matches('h1, h2, button, label, a, p') && one.scrollWidth > one.clientWidth + 1
            && getComputedStyle(one).overflowX !== 'visible' && getComputedStyle(one).clip === 'auto';
        const leaves = (one) => { const { left, right } = one.getBoundingClientRect(); return left < -1 || right > innerWidth + 1 };
        const scrolls = (one) => /auto|scroll/.test(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1;
        const wide = root.scrollWidth > root.clientWidth ? [`the page, by ${root.scrollWidth - root.clientWidth}`] : [];
        return wide.concat(all.filter((one) => cuts(one) || leaves(one) || scrolls(one)).map(name))";
    const TRIES: usize = 40;
    let mut wrong: Vec<String> = Vec::new();
    for _ in 0..TRIES {
        wrong = visit.js(look, &[]);
        if wrong.is_empty() {
            return;
        }
    }
    let width: i64 = visit.js("return innerWidth", &[]);
    panic!("{place} does not fit a window of {width} pixels: {wrong:?}");
}

/// Opens the table and calls `at` on each of its views.
fn at_the_table(visit: &Visit, at: &mut dyn FnMut(&str)) {
    visit.click("[data-action=table]");
    visit.wait_for("[data-table]");
    at("the table");
    visit.click("[data-side=parent] [data-action=continue]");
    visit.wait_for("[data-side=parent] .said");
    at("a line on the table");
    visit.click("[data-side=parent] [data-action=pause]");
    visit.wait_for("[data-side=parent] [data-action=to-agreed]");
    at("the pause at the table");
    visit.click("[data-action=to-agreed]");
    visit.wait_for("[data-table] textarea[name=agreed]");
    at("what was agreed at the table");
}

/// Text at 150 % of the usual size, on a phone.
fn large_letters(stage: &Stage) {
    let visit = stage.visit();
    let with_large_letters = |place: &str| {
        visit.js::<()>("document.documentElement.style.fontSize = '150%'", &[]);
        fits(&visit, place);
        visit.js::<()>("document.documentElement.style.fontSize = ''", &[]);
    };
    for page in PAGES {
        visit.open(page);
        with_large_letters(page);
    }
    visit.open("");
    walk(&visit, &mut |step| with_large_letters(step));
    at_the_table(&visit, &mut |place| with_large_letters(place));
}

fn sizes(stage: &Stage) {
    const ALL: &[u32] = &[280, 320, 360, 390, 430, 600, 768, 1024, 1280, 1600, 1920, 2560];
    const SOME: &[u32] = &[280, 320, 768, 1280, 2560];
    let widths = if runs_everything() { ALL } else { SOME };
    let visit = stage.visit();
    let at_each_width = |place: &str| {
        for width in widths {
            visit.resize(*width, 700);
            fits(&visit, place);
        }
    };
    for page in PAGES {
        visit.open(page);
        at_each_width(page);
    }
    visit.open("");
    walk(&visit, &mut |step| {
        if visit.is_question() {
            visit.write(step, "Donaudampfschifffahrtsgesellschaftskapitän");
        }
        at_each_width(step);
    });
    at_the_table(&visit, &mut |place| at_each_width(place));
}

/// Every control has an accessible role and name.
fn roles_and_names(stage: &Stage) {
    let visit = stage.visit();
    let check = |place: &str, within: &str| {
        assert_eq!(visit.count("h1"), 1, "{place} does not have exactly one h1");
        for (role, name) in visit.roles_and_names(&format!("{within} :is(a[href], button, input, textarea, select)")) {
            assert!(!name.trim().is_empty(), "a {role} of {place} has no name");
            assert!(!["", "generic", "none"].contains(&role.as_str()), "{name:?} of {place} is a {role:?}");
        }
        // Engines assign different roles to `summary`.
        let summaries = visit.roles_and_names(&format!("{within} summary"));
        assert!(summaries.iter().all(|(_, name)| !name.trim().is_empty()), "a summary in {place} has no name");
    };
    for page in PAGES {
        visit.open(page);
        check(page, if page.is_empty() { "body" } else { "main" });
    }
    visit.open("");
    walk(&visit, &mut |step| check(step, "[data-app]"));
    assert!(visit.has(
        "[data-saved][role=status], [role=status] [data-saved], [aria-live] [data-saved], [data-saved][aria-live]"
    ));
}

/// Exit leaves from every step and shows a blank page on return, and stored values are unchanged for a returning
/// visitor. Answers without a chosen storage are gone.
fn exit_everywhere(stage: &Stage) {
    let elsewhere = Site::start();
    let there = elsewhere.url("en/help/");
    stage.site.set_exit_target(&there);
    let visit = stage.visit();
    // Exits, returns, and compares the stored values.
    let leave = |from: &str, exit: &dyn Fn()| {
        let before = visit.stored().device;
        exit();
        until(&format!("the browser leaves {from}"), || (visit.url() == there).then_some(()));
        visit.open("reflect/");
        until("the blank page shows", || visit.is_visible("[data-cover=left]").then_some(()));
        assert_eq!(visit.stored().device, before, "stored values changed after leaving {from}");
        visit.click("[data-action=return]");
        visit.ready();
        assert_eq!(visit.stored().device, before, "stored values changed after returning to {from}");
    };
    let button = || visit.click("[data-action=exit]");
    let shift = || visit.shift_three_times();

    visit.begin();
    for steps in [0, 1] {
        visit.choose("feelings-now", "doubt");
        let from = if steps == 0 { visit.step() } else { visit.next() };
        leave(&from, &button);
        visit.wait_for_step("feelings-now");
        assert!(
            visit.stored().is_empty() && !visit.has_chosen("feelings-now", "doubt"),
            "an answer without a chosen storage came back"
        );
    }
    visit.choose("feelings-now", "doubt");
    visit.write("feelings-now", "feelings-now");
    visit.next();
    visit.choose_storage(StorageChoice::Device);
    visit.wait_for_save_status("yes");
    leave("keep, once it is chosen", &button);
    visit.wait_for_step("keep");
    visit.go("to-restore");
    leave("restore", &button);
    visit.wait_for_step("keep");
    visit.next();
    visit.open_profile();
    leave("about-me", &button);
    visit.wait_for_step("pace");

    let mut written = vec!["feelings-now".to_owned()];
    let mut step = visit.step();
    loop {
        if visit.is_question() {
            visit.write(&step, &step);
            written.push(step.clone());
        }
        leave(&step, &button);
        visit.wait_for_step(&step);
        step = match step.as_str() {
            "answers" => break,
            "themes" => visit.go("answers"),
            "pace" if runs_everything() => visit.go("long"),
            _ => visit.next(),
        };
    }
    for question in &written {
        assert!(
            visit.text(&format!("[data-answer={question}] .own")).contains(question.as_str()),
            "{question} is lost"
        );
    }
    visit.go("reflections");
    leave("reflections", &button);
    visit.wait_for_step("answers");
    visit.open_sheet();
    leave("sheet", &shift);
    visit.open("sheet/");
    visit.ready();
    let exits: [&dyn Fn(); 2] = [&|| visit.click("[data-side=parent] [data-action=exit]"), &shift];
    for exit in exits {
        visit.click("[data-action=table]");
        visit.wait_for("[data-table]");
        visit.click("[data-side=parent] [data-action=pause]");
        visit.wait_for("[data-side=parent] [data-action=exit]");
        leave("the pause at the table", exit);
        visit.open("sheet/");
        visit.ready();
    }
}
