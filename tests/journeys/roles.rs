//! Roles, the nickname, and all wishes at once: neutral wherever nothing else is written, and safe with any string.

use between_us::content::{Content, Locale};
use between_us::reflection::{ROLES, WISHES};

use crate::support::{Journey, Stage, StorageChoice, Visit, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("roles_change_the_words_and_nothing_else", roles),
    Journey::new("nothing_is_asked_about_the_person_before_the_first_question", not_before),
    Journey::new("a_nickname_of_any_kind_shows_as_text_in_its_own_direction", nicknames).in_each_language(),
    Journey::new("everything_at_once_can_be_said_and_taken_back", everything).in_each_language(),
    Journey::new("the_menu_is_on_every_screen_and_leads_back", menu_everywhere),
];

fn locale(stage: &Stage) -> Locale {
    let content = Content::load(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content"));
    let mut locales = content.expect("the content is valid").locales.into_iter();
    locales.find(|(id, _)| id == stage.locale).expect("the locale exists").1
}

/// Returns the text of the question about noticing the baby.
fn notices(visit: &Visit) -> String {
    visit.continue_to("contact-notice");
    visit.js("return document.querySelector('[data-app]').textContent", &[])
}

fn roles(stage: &Stage) {
    let locale = locale(stage);
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    visit.go("continue");
    visit.continue_to("contact-notice");
    visit.choose("contact-notice", "changing-body");
    for role in ROLES {
        visit.open_profile();
        visit.choose_role(role);
        visit.next();
        let read = notices(&visit);
        let text = &locale.question["contact-notice"];
        let hint = text.hint.as_ref().unwrap().resolve(&[role]);
        let option = text.option["changing-body"].resolve(&[role]);
        assert!(read.contains(hint) && read.contains(option), "{role} shows: {read}");
        assert!(visit.has_chosen("contact-notice", "changing-body"), "{role} lost the answer");
        visit.reload();
        visit.ready();
        assert!(notices(&visit).contains(hint), "{role} is forgotten");
    }
}

fn not_before(stage: &Stage) {
    let visit = stage.visit();
    assert!(!visit.has("main :is(input, select, textarea)"), "the opening has fields");
    visit.begin();
    visit.wait_for_step("feelings-now");
    assert!(!visit.has("[name^='about.']"), "the first screen asks about the person");
    assert!(visit.has("[data-app] [data-action=menu]"), "the profile cannot be opened");
}

fn nicknames(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    visit.go("continue");
    visit.wait_for_step("care-mind");
    let neutral = visit.text("[data-app] h1");
    let long = "Donaudampfschiff".repeat(20);
    for name in ["Pip", "زيتونة", "豆豆", "<img src=x onerror=alert(1)>", "{baby}", "\u{202e}abc", long.as_str()]
    {
        visit.open_profile();
        let set = "const field = document.querySelector(\"[name='about.nickname']\");
            field.value = arguments[0]; field.dispatchEvent(new Event('input', { bubbles: true }))";
        visit.js::<()>(set, &[name.into()]);
        visit.next();
        visit.wait_for_step("care-mind");
        let shown = visit.text("[data-app] h1 bdi");
        assert!(!shown.contains('\u{202e}') && shown.chars().count() <= 41, "{shown}");
        assert!(name.contains(shown.trim_end_matches('…')), "{name} shows as {shown}");
        assert!(!visit.has("[data-app] h1 img"), "the nickname is parsed as HTML");
        let over: i64 =
            visit.js("return document.documentElement.scrollWidth - document.documentElement.clientWidth", &[]);
        assert!(over <= 0, "{name} makes the page {over} pixels too wide");
    }
    visit.write("care-mind", "words");
    visit.open_sheet();
    let sheet = visit.text("[data-sheet]");
    assert!(!sheet.contains("Donau"), "the nickname is on the sheet: {sheet}");
    visit.open("reflect/");
    visit.ready();
    visit.open_profile();
    visit.js::<()>(
        "const field = document.querySelector(\"[name='about.nickname']\");
        field.value = ' '; field.dispatchEvent(new Event('input', { bubbles: true }))",
        &[],
    );
    visit.next();
    visit.wait_for_step("care-mind");
    assert_eq!(visit.text("[data-app] h1"), neutral);
}

fn everything(stage: &Stage) {
    let visit = stage.visit();
    visit.answer_with_storage("worry", StorageChoice::Device);
    visit.open_profile();
    WISHES.iter().for_each(|wish| visit.toggle_wish(wish));
    visit.choose_role("partner");
    visit.fill_profile("nickname", "Pip");
    visit.fill_profile("weeks", "30+2");
    visit.fill_profile("number", "010-1234567");
    visit.click("[data-app] label:has(input[name='about.print'])");
    visit.reload();
    visit.ready();
    visit.wait_for_step("pace");
    visit.go("long");
    visit.continue_to("themes");
    assert!(!visit.has("[data-theme=closeness]"));
    visit.next();
    visit.open_sheet();
    assert_eq!(visit.sheet_lines(), ["feelings-now"]);
    let sheet = visit.text("[data-sheet]");
    assert!(!sheet.contains("Pip"), "{sheet}");
    assert!(visit.has("[data-sheet] .own-number.printed"));

    visit.open_profile();
    let checked = visit.attributes("[data-app] input:checked", "value");
    assert_eq!(checked, ["no-later", "no-touch", "no-childhood", "gentler", "partner", "number"]);
    WISHES.iter().for_each(|wish| visit.toggle_wish(wish));
    visit.next();
    visit.click("[data-app] .ways [data-action=themes]");
    visit.wait_for_step("themes");
    assert!(visit.has("[data-theme=closeness]"), "the theme is missing");
}

fn menu_everywhere(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let mut step = visit.go("long");
    loop {
        visit.open_profile();
        assert_eq!(visit.next(), step, "the profile does not lead back");
        if step == "answers" {
            break;
        }
        step = visit.next();
    }
    visit.open_sheet();
    visit.open_profile();
    assert_eq!(visit.next(), "sheet");
    visit.open_profile();
    visit.browser_back();
    until("the browser's Back leads back", || (visit.step() == "sheet").then_some(()));
}
