//! The profile: wishes and personal details apply at once and everywhere, lose no answer, and do not appear on the
//! sheet.

use between_us::content::Content;

use crate::support::{Journey, Stage, StorageChoice, Visit, built, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("wishes_nothing_about_touch", |stage| omitted(stage, "no-touch")),
    Journey::new("wishes_nothing_about_childhood", |stage| omitted(stage, "no-childhood")),
    Journey::new("wishes_nothing_about_later", |stage| omitted(stage, "no-later")),
    Journey::new("wishes_gentler_words", |stage| omitted(stage, "gentler")),
    Journey::new("wishes_are_taken_up_at_a_door", door).in_each_language(),
    Journey::new("wishes_are_taken_up_at_a_question_about_later", later).in_each_language(),
    Journey::new("wishes_move_and_go_with_the_answers", move_with_answers),
    Journey::new("wishes_hold_in_another_tab", two_tabs),
    Journey::new("own_number_stands_beside_the_safety_text_everywhere", number),
    Journey::new("a_number_with_words_beside_it_shows_and_is_not_dialled", number_with_words),
    Journey::new("numbers_are_dialled_alike_with_and_without_the_app", dialled_alike),
];

fn content() -> Content {
    Content::load(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content")).expect("the content is valid")
}

/// Returns the text and option names of all screens from the current one to that of all answers.
fn read_all(visit: &Visit) -> String {
    let mut read = String::new();
    let mut step = visit.step();
    loop {
        assert!(read.len() < 200_000, "the flow does not end");
        read += &format!("\n[{step}]\n");
        let attributes =
            "return [...document.querySelectorAll('[data-app] input')].map((one) => one.name + '.' + one.value)
            .join(' ') + document.querySelector('[data-app]').textContent";
        read += &visit.js::<String>(attributes, &[]);
        if step == "answers" {
            return read;
        }
        step = visit.next();
    }
}

/// With every question answered, a wish changes which questions and variants show, the sheet omits what the wish
/// excludes, and all of it returns when the wish is removed.
fn omitted(stage: &Stage, wish: &str) {
    let content = content();
    let (_, locale) = content.locales.iter().find(|(id, _)| id == stage.locale).unwrap();
    let mut profile = between_us::reflection::Profile::default();
    profile.wish(wish, true);
    let for_parent = content.questionnaire.for_parent(&profile);

    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let mut step = visit.go("long");
    while step != "themes" {
        if let Some((_, question)) = content.questionnaire.find(&step) {
            if question.options.is_empty() {
                visit.write(&step, "own words");
            } else {
                for option in question.options.iter().rev().take(if step == "close-feel" { 1 } else { 2 }) {
                    visit.choose(&step, option);
                }
            }
        }
        step = visit.next();
    }
    visit.wait_for_step("themes");
    let before = visit.stored().answers();
    visit.open_profile();
    visit.toggle_wish(wish);
    visit.next();
    visit.wait_for_step("themes");
    start_over(&visit);
    let read = read_all(&visit);
    for (_, question) in content.questionnaire.questions() {
        let found = for_parent.find(&question.id);
        assert_eq!(read.contains(&format!("[{}]", question.id)), found.is_some(), "whether {} shows", question.id);
        let Some((_, left)) = found else { continue };
        let text = &locale.question[&question.id];
        let message = text.ask.resolve(&[wish]);
        assert!(read.contains(message), "{} does not show: {message}", question.id);
        for option in &question.options {
            let shows = read.contains(&format!("{}.{option}", question.id));
            assert_eq!(shows, left.options.contains(option), "{} offers {option}", question.id);
        }
    }
    visit.open_sheet();
    for line in visit.sheet_lines() {
        assert!(line == "alone" || for_parent.find(&line).is_some(), "{line} is on the sheet");
    }
    assert_eq!(visit.stored().answers(), before, "an answer is lost");

    visit.open_profile();
    visit.toggle_wish(wish);
    visit.next();
    visit.wait_for_step("sheet");
    // The first question was skipped, and the chosen topics are sensitive: neither has a line.
    let whole = content.questionnaire.questions().count() - 2;
    assert_eq!(visit.sheet_lines().len(), whole, "the sheet does not have all lines again");
    assert_eq!(visit.stored().answers(), before);
}

/// Opens the first question again from the overview. With the long pace, all others follow from it.
fn start_over(visit: &Visit) {
    visit.click("[data-theme=feelings] summary");
    visit.click("[data-theme=feelings] .rows button");
    visit.wait_for_step("feelings-now");
}

fn door(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let mut step = visit.go("continue");
    while step != "door-closeness" {
        step = visit.next();
    }
    visit.click("[data-app] [data-action=no-touch]");
    visit.wait_for_step("talk-topics");
    visit.go("themes");
    assert!(!visit.has("[data-theme=closeness]"), "the theme is still there");
    visit.open_profile();
    assert!(visit.has("input[value=no-touch]:checked"));
}

fn number_with_words(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    visit.open_profile();
    visit.fill_profile("number", "020-1234567, keuze 2");
    let note = "return document.querySelector('[data-step=about-me]').textContent.includes(arguments[0])";
    let content = content();
    let (_, locale) = content.locales.iter().find(|(id, _)| id == stage.locale).expect("the locale exists");
    let text = &locale.app.about.number_text;
    until("the note that it cannot be dialled shows", || visit.js::<bool>(note, &[text.clone().into()]).then_some(()));
    visit.next();
    let mut step = visit.go("continue");
    while step != "contact-notice" {
        step = visit.next();
    }
    until("the number shows in the app", || visit.text(".safety .own-number").contains("keuze 2").then_some(()));
    assert!(!visit.has("[data-app] .own-number a"), "the number is a link in the app");
    visit.open("help/");
    until("the number shows on the page", || visit.text("[data-own-number]").contains("keuze 2").then_some(()));
    assert!(!visit.has("[data-own-number] a"), "the number is a link on the page");
}

fn dialled_alike(stage: &Stage) {
    let visit = stage.visit();
    visit.open("help/");
    // As built: the limits and the classes of characters are written into it.
    let assets = std::fs::read_dir(built().join("assets")).expect("the folder can be read");
    let is_shell = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("shell-") && name.ends_with(".js")
    };
    let path = assets.filter_map(|entry| Some(entry.ok()?.path())).find(is_shell).expect("the script is built");
    let script = std::fs::read_to_string(path).expect("the script can be read");
    let from = script.find("const dial = ").expect("the function exists");
    let to = from + script[from..].find("\n};\n").expect("the function ends") + 3;
    let numbers: Vec<[String; 3]> = serde_json::from_str(include_str!("../fixtures/numbers.json")).unwrap();
    for [typed, shown, dialled] in numbers {
        let run = format!(
            "{}\nconst [shown, dialled] = dial(arguments[0]); return [shown, dialled || '']",
            &script[from..to]
        );
        let result: [String; 2] = visit.js(&run, &[typed.as_str().into()]);
        assert_eq!(result, [shown, dialled], "{typed:?}");
    }
}

fn later(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let mut step = visit.go("long");
    while step != "joy-forward" {
        step = visit.next();
    }
    let before = visit.text("[data-app] h1");
    visit.choose("joy-forward", "meeting-the-baby");
    visit.click("[data-app] [data-action=no-later]");
    until("another variant of the question", || (visit.text("[data-app] h1") != before).then_some(()));
    visit.wait_for_step("joy-forward");
    assert!(!visit.has("input[value=meeting-the-baby]"));
    visit.open_profile();
    visit.toggle_wish("no-later");
    visit.next();
    visit.wait_for_step("joy-forward");
    assert!(visit.has_chosen("joy-forward", "meeting-the-baby"), "the answer is lost");
}

fn move_with_answers(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    visit.open_profile();
    visit.toggle_wish("gentler");
    visit.fill_profile("nickname", "Pip");
    assert!(visit.stored().is_empty(), "something is stored before the parent has chosen the storage");
    visit.next();
    visit.wait_for_step("feelings-now");
    visit.skip();
    visit.choose_storage(StorageChoice::Tab);
    visit.wait_for_save_status("tab");
    let is_there = |all: &std::collections::BTreeMap<String, String>| {
        all.iter().any(|(key, value)| key.ends_with(":about") && value.contains("gentler") && value.contains("Pip"))
    };
    assert!(is_there(&visit.stored().tab) && visit.stored().device.is_empty());
    visit.choose_storage(StorageChoice::Device);
    visit.wait_for_save_status("yes");
    assert!(is_there(&visit.stored().device) && visit.stored().tab.is_empty());
    visit.open("privacy/");
    visit.click("main [data-action=erase]");
    visit.click("[data-action=erase-yes]");
    until("nothing is stored", || visit.stored().is_empty().then_some(()));
}

fn two_tabs(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    visit.go("themes");
    let other = stage.visit();
    other.click("[data-action=continue]");
    other.ready();
    other.wait_for_step("themes");
    visit.open_profile();
    visit.toggle_wish("no-touch");
    until("the other tab omits the theme", || (!other.has("[data-theme=closeness]")).then_some(()));
}

fn number(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    visit.open_profile();
    visit.fill_profile("number", "010-123 45 67");
    visit.next();
    let mut step = visit.go("continue");
    while step != "contact-notice" {
        step = visit.next();
    }
    let dials = "[href='tel:0101234567']";
    until("a question about movement", || visit.is_visible(&format!("[data-app] .safety {dials}")).then_some(()));
    visit.choose("contact-notice", "movement");
    visit.open_sheet();
    until("the sheet", || visit.is_visible(&format!("[data-sheet] .safety {dials}")).then_some(()));
    for page in ["help/", "questions/"] {
        visit.open(page);
        until(page, || visit.is_visible(&format!(".safety {dials}")).then_some(()));
    }
    visit.open("reflect/");
    visit.ready();
    visit.open_profile();
    assert!(!visit.has("[name='about.print']:checked"), "the number is printed by default");
}
