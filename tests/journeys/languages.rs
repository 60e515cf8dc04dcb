//! Switching the language in the middle of a visit preserves the screen, the answers and the fragment of the address.

use crate::support::{Journey, Stage, StorageChoice, Visit, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("another_language_keeps_answers_that_are_in_memory_only", undecided),
    Journey::new("another_language_keeps_the_place_and_what_is_kept", preserved),
    Journey::new("another_language_keeps_what_the_link_says", link),
    Journey::new("own_words_stand_in_their_own_direction", directions),
];

/// Clicks the link to a language, in the header or the footer, and waits until the page is in it.
#[track_caller]
fn switch_to(visit: &Visit, place: &str, language: &str) {
    visit.click(&format!("{place} [hreflang={language}]"));
    visit.wait_for(&format!("html[lang={language}]"));
    until("the address is that of the language", || visit.url().contains(&format!("/{language}/")).then_some(()));
}

/// Nothing is stored and nothing is lost: chosen options, typed text, the history.
fn undecided(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    visit.choose("feelings-now", "joy");
    visit.write("feelings-now", "نعم en ja");
    let joy = visit.option_text("feelings-now", "joy");

    switch_to(&visit, ".languages", "ar");
    visit.ready();
    visit.wait_for_step("feelings-now");
    assert!(visit.url().ends_with("/ar/reflect/"), "{}", visit.url());
    assert!(visit.has("html[dir=rtl]"));
    assert!(visit.focus_is_on(".languages [hreflang=ar]"), "the focus moved");
    assert!(visit.has_chosen("feelings-now", "joy"));
    assert_eq!(visit.free_text("feelings-now"), "نعم en ja");
    assert_ne!(visit.option_text("feelings-now", "joy"), joy);
    visit.wait_for_save_status("undecided");
    assert!(visit.stored().is_empty(), "something is stored: {:?}", visit.stored());

    assert_eq!(visit.next(), "keep");
    switch_to(&visit, "footer", "en");
    visit.wait_for_step("keep");
    assert!(visit.has("html[dir=ltr]"));
    assert!(visit.focus_is_on("footer [hreflang=en]"), "the focus moved");
    assert!(visit.text("[data-step=keep]").contains("نعم en ja"));
    visit.browser_back();
    visit.wait_for_step("feelings-now");
    assert!(visit.url().ends_with("/en/reflect/"), "Back changed the language: {}", visit.url());
    assert!(visit.has_chosen("feelings-now", "joy"));

    visit.next();
    visit.choose_storage(StorageChoice::Device);
    visit.wait_for_save_status("yes");
    visit.reload();
    visit.ready();
    assert!(visit.has("html[lang=en]"));
    visit.open("sheet/");
    visit.ready();
    assert!(visit.sheet_line("feelings-now").contains("نعم en ja"));
}

/// The same screen in the other language, also on the sheet's own page and after a reload.
fn preserved(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let first = visit.next();
    let second = visit.skip();
    switch_to(&visit, ".languages", "ar");
    visit.wait_for_step(&second);
    visit.reload();
    visit.wait_for_step(&second);
    assert!(visit.has("html[lang=ar]"));
    let option = visit.attributes(&format!("[data-app] input[name='{second}']"), "value").remove(0);
    visit.choose(&second, &option);
    assert_eq!(visit.back(), first);

    visit.open_sheet();
    visit.ready();
    switch_to(&visit, ".languages", "nl");
    visit.wait_for_step("sheet");
    assert!(visit.url().ends_with("/nl/sheet/"), "{}", visit.url());
    assert_eq!(visit.sheet_lines(), [second]);
    // The chosen language is remembered, because values are stored on this device.
    visit.goto(&stage.site.url(""));
    visit.wait_for("html[lang=nl] [data-action=continue]");
}

/// The fragment of the address belongs to the page, in every language.
fn link(stage: &Stage) {
    let visit = stage.visit();
    for page in ["", "reflect/", "help/"] {
        // Without this, a change of only the fragment would not load the page again.
        visit.goto("about:blank");
        visit.goto(&stage.site.url(&format!("nl/{page}#practice=Zonnehoek")));
        if page == "reflect/" {
            visit.ready();
        }
        let fragment: String = visit.js("return location.hash", &[]);
        switch_to(&visit, ".languages", "ar");
        assert_eq!(visit.js::<String>("return location.hash", &[]), fragment, "on {page:?}");
    }
}

/// Free text in one direction on a page of the other: the field, all answers, and the sheet isolate it.
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
    visit.choose_storage(StorageChoice::Device);
    assert_eq!(direction("[data-step=keep] .own"), "ltr");
    visit.next();
    visit.go("answers");
    assert_eq!(direction("[data-step=answers] .own"), "ltr");
    visit.open_sheet();
    assert_eq!(direction("[data-sheet] .own"), "ltr");
    switch_to(&visit, ".languages", "nl");
    visit.wait_for_step("sheet");
    assert_eq!(direction("[data-sheet]"), "ltr");
}
