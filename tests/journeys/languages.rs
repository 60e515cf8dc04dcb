//! Another language in the middle of it: the place, the answers and what the link said come along.

use crate::support::{Journey, Stage, StorageChoice, Visit, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("another_language_keeps_answers_that_are_in_memory_only", undecided),
    Journey::new("another_language_keeps_the_place_and_what_is_kept", kept),
    Journey::new("another_language_keeps_what_the_link_says", link),
    Journey::new("own_words_stand_in_their_own_direction", directions),
];

/// Presses the link to a language, at the top or at the foot, and waits until the page is in it.
#[track_caller]
fn speak(visit: &Visit, place: &str, language: &str) {
    visit.click(&format!("{place} [hreflang={language}]"));
    visit.wait_for(&format!("html[lang={language}]"));
    until("the address is that of the language", || visit.url().contains(&format!("/{language}/")).then_some(()));
}

/// Nothing is kept, and nothing is lost: what was chosen, what was typed, the way back.
fn undecided(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    visit.choose("feelings-now", "joy");
    visit.write("feelings-now", "نعم en ja");
    let joy = visit.says("feelings-now", "joy");

    speak(&visit, ".languages", "ar");
    visit.ready();
    visit.at("feelings-now");
    assert!(visit.url().ends_with("/ar/reflect/"), "{}", visit.url());
    assert!(visit.has("html[dir=rtl]"));
    assert!(visit.focus_is_on(".languages [hreflang=ar]"), "the focus stays where it was");
    assert!(visit.has_chosen("feelings-now", "joy"));
    assert_eq!(visit.written("feelings-now"), "نعم en ja");
    assert_ne!(visit.says("feelings-now", "joy"), joy);
    visit.saved_is("undecided");
    assert!(visit.kept().is_empty(), "something is kept: {:?}", visit.kept());

    assert_eq!(visit.next(), "keep");
    speak(&visit, "footer", "en");
    visit.at("keep");
    assert!(visit.has("html[dir=ltr]"));
    assert!(visit.focus_is_on("footer [hreflang=en]"), "the focus stays where it was");
    assert!(visit.text("[data-step=keep]").contains("نعم en ja"));
    visit.browser_back();
    visit.at("feelings-now");
    assert!(visit.url().ends_with("/en/reflect/"), "Back keeps the language: {}", visit.url());
    assert!(visit.has_chosen("feelings-now", "joy"));

    visit.next();
    visit.keep(StorageChoice::Device);
    visit.saved_is("yes");
    visit.reload();
    visit.ready();
    assert!(visit.has("html[lang=en]"));
    visit.open("sheet/");
    visit.ready();
    assert!(visit.sheet_line("feelings-now").contains("نعم en ja"));
}

/// The same screen in the other language, also on the sheet's own page and after a reload.
fn kept(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_and_keep(StorageChoice::Device);
    let first = visit.next();
    let second = visit.skip();
    speak(&visit, ".languages", "ar");
    visit.at(&second);
    visit.reload();
    visit.at(&second);
    assert!(visit.has("html[lang=ar]"));
    let option = visit.attributes(&format!("[data-app] input[name='{second}']"), "value").remove(0);
    visit.choose(&second, &option);
    assert_eq!(visit.back(), first);

    visit.to_sheet();
    visit.ready();
    speak(&visit, ".languages", "nl");
    visit.at("sheet");
    assert!(visit.url().ends_with("/nl/sheet/"), "{}", visit.url());
    assert_eq!(visit.sheet_lines(), [second]);
    // The chosen language is remembered, because something is kept on this device.
    visit.goto(&stage.site.url(""));
    visit.wait_for("html[lang=nl] [data-action=continue]");
}

/// What stands behind "#" belongs to the page, whatever its language.
fn link(stage: &Stage) {
    let visit = stage.visit();
    for page in ["", "reflect/", "help/"] {
        // The same page under another "#" would not be fetched again.
        visit.goto("about:blank");
        visit.goto(&stage.site.url(&format!("nl/{page}#practice=Zonnehoek")));
        if page == "reflect/" {
            visit.ready();
        }
        let said: String = visit.js("return location.hash", &[]);
        speak(&visit, ".languages", "ar");
        assert_eq!(visit.js::<String>("return location.hash", &[]), said, "on {page:?}");
    }
}

/// Words of one direction on a page of the other: the field, all answers, and the sheet isolate them.
fn directions(stage: &Stage) {
    let visit = stage.visit();
    visit.goto(&stage.site.url("ar/reflect/"));
    visit.ready();
    visit.write("feelings-now", "Het schopte, 3 keer!");
    let direction = |css: &str| -> String {
        visit.js("return getComputedStyle(document.querySelector(arguments[0])).direction", &[css.into()])
    };
    assert_eq!(direction("[data-app] textarea"), "ltr");
    assert_eq!(direction("[data-app] h1"), "rtl");
    visit.next();
    visit.keep(StorageChoice::Device);
    assert_eq!(direction("[data-step=keep] .own"), "ltr");
    visit.next();
    visit.go("answers");
    assert_eq!(direction("[data-step=answers] .own"), "ltr");
    visit.to_sheet();
    assert_eq!(direction("[data-sheet] .own"), "ltr");
    speak(&visit, ".languages", "nl");
    visit.at("sheet");
    assert_eq!(direction("[data-sheet]"), "ltr");
}
