//! Invitations: from the caregiver's link and QR code to the parent's sheet, and what a link must not be able to do.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::layer::lies_over;
use crate::support::{Engine, Journey, Stage, StorageChoice, Visit, until};

const CANNOT_PRINT: &[(Engine, &str)] = &[
    (Engine::Firefox, "its driver prints on the paper size of the command, not on that of the style sheet"),
    (Engine::WebKit, "its driver has no command to print"),
];

pub const JOURNEYS: &[Journey] = &[
    Journey::new("an_invitation_leads_from_the_link_to_the_sheet", link_to_sheet).in_each_language(),
    Journey::new("an_invitation_can_be_taken_away_for_good", dismissed),
    Journey::new("an_invitation_changes_nothing_that_is_kept", nothing_changes),
    Journey::new("an_invitation_takes_the_place_of_an_earlier_one", second),
    Journey::new("an_invitation_for_a_day_that_has_passed_leaves_it_out", passed),
    Journey::new("an_invitation_goes_along_into_the_parents_own_language", own_language),
    Journey::new("an_invitation_puts_the_help_of_its_country_first", help_first),
    Journey::new("an_invitation_outlives_help_and_a_choice_of_country", outlives_help),
    Journey::new("an_invitation_outlives_places_languages_reload_and_back", outlives_places),
    Journey::new("a_place_or_a_choice_of_country_is_no_invitation", no_invitation),
    Journey::new("an_invitation_is_read_from_a_bent_address", bent_address),
    Journey::new("an_invitation_taken_away_goes_along_no_more", goes_along_no_more),
    Journey::new("an_invitation_may_say_anything_and_the_opening_opens", hostile),
    Journey::new("an_invitation_is_sent_nowhere_and_its_name_kept_only_when_asked", practice_name),
    Journey::new("the_notes_of_the_form_are_true_as_they_speak", form_notes),
    Journey::new("an_invitations_code_is_read_by_another_program_on_every_screen", code_on_screen)
        .needs(is_reader_missing),
    Journey::new("an_invitations_code_is_read_by_another_program_on_paper", code_on_paper)
        .in_each_language()
        .not_in(CANNOT_PRINT)
        .needs(is_reader_missing),
    Journey::new("after_a_reload_no_browser_fills_the_caregivers_form_in_anew", not_refilled),
];

/// A date far in the future.
const DAY: &str = "2098-03-05";
const PRACTICE: &str = "De Wieg & Zn. (Oost)";

/// Opens the caregivers' page and waits until its link follows the form.
fn caregivers(stage: &Stage) -> Visit<'_> {
    let visit = stage.visit();
    visit.open("caregivers/");
    visit.wait_for("svg[data-qr=link] path[d^=M]");
    visit
}

fn link(visit: &Visit) -> String {
    visit.js("return document.querySelector('[data-invite-link]').value", &[])
}

/// Sets a field of the form by script, whatever its type.
fn fill(visit: &Visit, name: &str, value: &str) {
    let set = "const field = document.querySelector(`[data-form] [name=${arguments[0]}]`);
        field.value = arguments[1]; field.dispatchEvent(new Event('input', { bubbles: true }))";
    visit.js::<()>(set, &[name.into(), value.into()]);
}

/// Opens the page of a language with this fragment from outside the site, as a message app does.
fn arrive(visit: &Visit, stage: &Stage, locale: &str, fragment: &str) {
    visit.goto("about:blank");
    visit.goto(&stage.site.url(&format!("{locale}/{fragment}")));
}

fn wait_for_invitation(visit: &Visit) {
    until("the invitation shows", || visit.is_visible("[data-invitation][data-read]").then_some(()));
}

fn link_to_sheet(stage: &Stage) {
    let visit = caregivers(stage);
    assert!(link(&visit).ends_with(&format!("/{}/", stage.locale)), "the link of an empty form has parameters");
    visit.click("[data-form] summary");
    visit.type_into("[name=practice]", PRACTICE);
    fill(&visit, "day", DAY);
    visit.click("label:has([name=first][value=calm])");
    let made =
        until("the link contains the whole form", || Some(link(&visit)).filter(|link| link.contains("first=calm")));
    assert!(visit.text("[data-message]:not([hidden])").contains(&made), "the message has the same link");

    visit.goto("about:blank");
    visit.goto(&made);
    wait_for_invitation(&visit);
    assert_eq!(visit.text("[data-says=practice]"), PRACTICE);
    assert!(visit.text("[data-says=day]").contains("2098"));
    assert!(visit.stored().is_empty());
    visit.begin();
    visit.wait_for_step("feelings-now");
    visit.choose("feelings-now", "joy");
    visit.next();
    assert!(visit.stored().is_empty(), "the link is stored before the parent has chosen the storage");
    visit.choose_storage(StorageChoice::Device);
    visit.next();
    visit.wait_for_step("pace");
    assert_eq!(visit.next(), "calm-help", "the requested theme does not follow the opening question");
    visit.open_sheet();
    let said = visit.text("[data-sheet] [data-invitation]");
    assert!(said.contains(PRACTICE) && said.contains("2098"), "the sheet shows: {said}");
    assert!(!visit.url().contains('#'), "the fragment is still in the address after it was stored");
}

fn dismissed(stage: &Stage) {
    let visit = stage.visit();
    arrive(&visit, stage, stage.locale, "#v=1&practice=De+Wieg");
    wait_for_invitation(&visit);
    visit.click("[data-action=dismiss]");
    until("the invitation is gone", || (!visit.is_visible("[data-invitation]")).then_some(()));
    assert!(!visit.url().contains('#'));

    arrive(&visit, stage, stage.locale, "#v=1&practice=De+Wieg&first=talk");
    wait_for_invitation(&visit);
    visit.answer_with_storage("joy", StorageChoice::Device);
    visit.open_sheet();
    visit.click("[data-sheet] [data-action=dismiss]");
    until("the sheet no longer shows it", || (!visit.has("[data-sheet] [data-invitation]")).then_some(()));
    visit.reload();
    visit.ready();
    visit.wait_for("[data-sheet]");
    assert!(!visit.has("[data-sheet] [data-invitation]"), "the dismissed invitation came back");
    assert_eq!(visit.sheet_lines(), ["feelings-now"], "the answer is lost");
}

fn nothing_changes(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let step = visit.next();
    visit.write(&step, "before the link");
    visit.wait_for_save_status("yes");
    let before = visit.stored();
    arrive(&visit, stage, stage.locale, "#v=1&practice=De+Wieg&first=talk,joy");
    wait_for_invitation(&visit);
    assert_eq!(visit.stored(), before, "opening a link wrote something");
    visit.click("[data-action=continue]");
    visit.ready();
    visit.wait_for_step(&step);
    assert_eq!(visit.free_text(&step), "before the link");
    assert_eq!(visit.stored().answers(), before.answers(), "an answer changed");
    assert_ne!(visit.next(), "talk-topics", "the invitation changed the order of a started reflection");
}

fn second(stage: &Stage) {
    let visit = stage.visit();
    arrive(&visit, stage, stage.locale, "#v=1&practice=The+First");
    wait_for_invitation(&visit);
    // In the same tab a second link changes only the fragment.
    visit.goto(&stage.site.url(&format!("{}/#v=1&practice=The+Second", stage.locale)));
    until("the second invitation shows", || (visit.text("[data-says=practice]") == "The Second").then_some(()));
}

fn passed(stage: &Stage) {
    let visit = stage.visit();
    arrive(&visit, stage, stage.locale, "#v=1&practice=De+Wieg&date=2024-05-06");
    wait_for_invitation(&visit);
    assert!(visit.is_visible("[data-says=past]") && !visit.is_visible("[data-says=day]"));
    visit.answer_with_storage("joy", StorageChoice::Device);
    visit.open_sheet();
    let said = visit.text("[data-sheet] [data-invitation]");
    assert!(said.contains("De Wieg") && !said.contains("2024"), "the sheet shows: {said}");
}

fn own_language(stage: &Stage) {
    let visit = stage.visit();
    visit.js::<()>("localStorage.setItem('between-us:locale', 'en')", &[]);
    arrive(&visit, stage, "nl", "#v=1&practice=De+Wieg");
    wait_for_invitation(&visit);
    visit.click("[data-own-language][hreflang=en]");
    until("the page is in the parent's language", || visit.url().contains("/en/").then_some(()));
    wait_for_invitation(&visit);
    assert_eq!(visit.text("[data-says=practice]"), "De Wieg");
    assert!(!visit.is_visible("[data-own-language]"));
}

fn help_first(stage: &Stage) {
    let visit = stage.visit();
    arrive(&visit, stage, stage.locale, "#v=1&country=be");
    wait_for_invitation(&visit);
    assert!(
        visit.is_visible("[data-says=country] [data-country=be]")
            && !visit.is_visible("[data-says=country] [data-country=de]")
    );
    visit.click(".head a[href$='help/']");
    visit.wait_for("[data-layer=help] details[data-country=be][open]");
    let first = "return document.querySelector('[data-layer=help] details').dataset.country";
    assert_eq!(visit.js::<String>(first, &[]), "be");
}

/// Closes the layer, and waits until its history entry is gone too.
fn shut_layer(visit: &Visit) {
    visit.click("[data-layer] [data-action=close]");
    let is_shut = "return !document.querySelector('[data-layer]') && !history.state?.layer";
    until("the layer is closed", || visit.js::<bool>(is_shut, &[]).then_some(()));
}

/// Opens the sheet from the current screen and returns its text about the invitation.
fn on_sheet(visit: &Visit) -> String {
    visit.open_sheet();
    visit.text("[data-sheet] [data-invitation]")
}

/// Returns the first country that is listed after the site's own.
fn first_country(visit: &Visit) -> String {
    visit.wait_for("details[data-country]");
    visit.js("return document.querySelector('main details').dataset.country", &[])
}

fn outlives_help(stage: &Stage) {
    let visit = stage.visit();
    arrive(&visit, stage, stage.locale, &format!("#v=1&practice=De+Wieg&date={DAY}&country=be"));
    wait_for_invitation(&visit);
    visit.answer_with_storage("joy", StorageChoice::Device);
    visit.next();
    // From here on only the stored values contain the invitation, and only the country is passed to the help page.
    visit.reload();
    visit.ready();
    visit.click(".head a[href*='help/']");
    visit.wait_for("[data-layer=help] details[data-country=be][open]");
    shut_layer(&visit);
    let page: String = visit.js("return document.querySelector('.head a[href*=\"help/\"]').href", &[]);
    visit.goto(&page);
    visit.wait_for("main details[data-country=be][open]");
    assert_eq!(first_country(&visit), "be");
    visit.click(".brand");
    until("the opening shows", || visit.is_visible("[data-action=continue]").then_some(()));
    assert!(!visit.is_visible("[data-invitation]"), "a country alone is shown as an invitation");
    visit.click("[data-action=continue]");
    visit.ready();
    let said = on_sheet(&visit);
    assert!(said.contains("De Wieg") && said.contains("2098"), "the sheet shows: {said}");
}

fn outlives_places(stage: &Stage) {
    let visit = stage.visit();
    let skip = "document.querySelector('a.skip').click()";
    arrive(&visit, stage, stage.locale, &format!("#v=1&practice=De+Wieg&date={DAY}&promise=1"));
    wait_for_invitation(&visit);
    let is_there = |what: &str| {
        wait_for_invitation(&visit);
        assert_eq!(visit.text("[data-says=practice]"), "De Wieg", "{what}");
        assert!(visit.url().contains("promise=1"), "{what}: a parameter unknown to this version is lost");
    };
    visit.js::<()>(skip, &[]);
    assert!(visit.js::<bool>("return document.activeElement.id === 'main'", &[]), "the skip link leads nowhere");
    is_there("after the skip link");
    visit.reload();
    is_there("after a reload");
    for page in ["privacy/", "help/", "about/", "caregivers/", "questions/"] {
        visit.click(&format!("a[href$='{page}']"));
        if let name @ ("privacy" | "help") = page.trim_end_matches('/') {
            lies_over(&visit, name);
            shut_layer(&visit);
            is_there(&format!("with {name} over the page"));
            // Open the page itself, as a new tab does.
            let used =
                "return [...document.links].find((link) => link.pathname.endsWith(arguments[0]) && link.hash).href";
            visit.goto(&visit.js::<String>(used, &[page.into()]));
        }
        until(page, || visit.url().contains(page).then_some(()));
        // The address changes before the page is rendered.
        visit.wait_for("footer");
        visit.js::<()>(skip, &[]);
        visit.click(".brand");
        until("the opening shows", || (!visit.url().contains(page)).then_some(()));
        is_there(page);
    }
    let other = if stage.locale == "en" { "nl" } else { "en" };
    visit.click(&format!(".languages a[hreflang={other}]"));
    until("the other language shows", || visit.url().contains(&format!("/{other}/")).then_some(()));
    is_there("in another language");
    visit.click("[data-action=begin]");
    visit.ready();
    visit.js::<()>(skip, &[]);
    visit.click(&format!(".languages a[hreflang={}]", stage.locale));
    until("the first language shows again", || visit.url().contains(&format!("/{}/", stage.locale)).then_some(()));
    visit.wait_for_step("feelings-now");
    visit.reload();
    visit.ready();
    visit.choose("feelings-now", "joy");
    visit.next();
    visit.choose_storage(StorageChoice::Device);
    visit.next();
    let said = on_sheet(&visit);
    assert!(said.contains("De Wieg") && said.contains("2098"), "the sheet shows: {said}");
}

fn no_invitation(stage: &Stage) {
    let visit = stage.visit();
    for place in ["#main", "#about-me", "#country=be", "#main&country=be", "#country=be&"] {
        arrive(&visit, stage, stage.locale, place);
        until("the page shows", || visit.is_visible("[data-action=begin]").then_some(()));
        assert!(!visit.has("html[data-invited]"), "{place} is read as an invitation");
        assert!(!visit.is_visible("[data-invitation]"), "{place} is shown as an invitation");
    }
    arrive(&visit, stage, &format!("{}/reflect", stage.locale), "#country=be");
    visit.ready();
    visit.choose("feelings-now", "joy");
    visit.next();
    visit.choose_storage(StorageChoice::Device);
    visit.next();
    let stored = format!("{:?}", visit.stored().device);
    assert!(!stored.contains("country=be"), "a choice of country is stored as an invitation: {stored}");
}

fn bent_address(stage: &Stage) {
    let visit = stage.visit();
    let locale = stage.locale;
    for bent in [
        format!("{locale}/%23v=1&practice=De+Wieg&date={DAY}"),
        format!("{locale}/%2523v%3D1%26practice%3DDe%2BWieg%26date%3D{DAY}."),
        format!("{locale}%23v=1&practice=De+Wieg&date={DAY}"),
        format!("{locale}/help/%23v=1&practice=De+Wieg&date={DAY}"),
        format!("{locale}/?from=mail%23v=1&practice=De+Wieg&date={DAY}"),
        format!("{locale}/?v=1&practice=De+Wieg&date={DAY}"),
        format!("{locale}/#v=1&amp;amp;practice=De+Wieg&amp;amp;date={DAY})"),
        format!("{locale}/#main&v=1&practice=De%E2%80%8B+Wieg&date={DAY}%E2%80%9D"),
        format!("%23v=1&practice=De+Wieg&date={DAY}"),
    ] {
        visit.goto("about:blank");
        visit.goto(&stage.site.url(&bent));
        if bent.contains("help") {
            visit.click(".brand");
        }
        // WebKitGTK's driver sets no preferred language, so the language picker waits for a choice.
        if bent.starts_with("%23") && visit.engine() == Engine::WebKit {
            visit.click(&format!("[data-locale={locale}]"));
        }
        wait_for_invitation(&visit);
        assert_eq!(visit.text("[data-says=practice]"), "De Wieg", "{bent}");
        assert!(visit.text("[data-says=day]").contains("2098"), "{bent}");
        assert!(!visit.is_visible("[data-says=left-out]"), "{bent}");
    }
    // Without an invitation in the address there is no redirect.
    visit.goto(&stage.site.url("nothing-here"));
    assert!(visit.url().ends_with("nothing-here"));
}

fn goes_along_no_more(stage: &Stage) {
    let visit = stage.visit();
    arrive(&visit, stage, stage.locale, "#v=1&practice=De+Wieg");
    wait_for_invitation(&visit);
    // Clicking a link for a new tab adds the invitation to its address.
    let once = "document.querySelector('.foot a[href*=\"about/\"]').dispatchEvent(
        new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true, metaKey: true }))";
    visit.js::<()>("addEventListener('click', (event) => event.preventDefault(), { once: true })", &[]);
    visit.js::<()>(once, &[]);
    visit.click("[data-action=dismiss]");
    until("the invitation is gone", || (!visit.is_visible("[data-invitation]")).then_some(()));
    visit.click(".foot a[href*='about/']");
    until("the page shows", || visit.url().contains("about/").then_some(()));
    assert!(!visit.url().contains("Wieg"), "the invitation is still passed on: {}", visit.url());
}

fn hostile(stage: &Stage) {
    let visit = stage.visit();
    let long = format!("#practice={}", "a".repeat(50_000));
    let links = [
        "#practice=%3Cimg%20src%3Dx%20onerror%3D%22window.hurt%3D1%22%3E",
        "#practice=<script>window.hurt=1</script>",
        "#practice=Bel%2006%2012345678",
        "#practice=www.example.com",
        "#practice=Wieg%E2%80%AEnl",
        "#practice=Wi%E2%80%8Deg",
        "#practice=118%20118",
        "#practice=x.com",
        "#practice=W%D1%96eg",
        "#practice=W%CC%81%CC%81%CC%81%CC%81ieg",
        "#practice=%F0%9D%90%80%F0%9D%90%81",
        "#practice=%FF%FE%00",
        "#practice=%",
        "#v=99&practice=",
        "#date=2026-99-99&date=2026-02-30",
        "#v=1&country=../../x&first=javascript:alert(1)",
        "#constructor=1&__proto__=2&=&&&===",
        &long,
    ];
    for link in links {
        let shown = &link[..link.len().min(60)];
        arrive(&visit, stage, stage.locale, link);
        until(shown, || {
            let is_read = "return document.querySelector('[data-invitation]')?.dataset.read !== undefined";
            visit.js::<bool>(is_read, &[]).then_some(())
        });
        assert!(!visit.js::<bool>("return 'hurt' in window", &[]), "{shown} ran something");
        assert!(!visit.is_visible("[data-says=practice]"), "{shown} shows a name");
        let notes = "[data-says=address], [data-says=left-out], [data-says=newer]";
        let note = "return [...document.querySelectorAll(arguments[0])].some((note) => note.checkVisibility())";
        assert!(visit.js::<bool>(note, &[notes.into()]), "{shown} is omitted without a message");
        assert_eq!(
            visit.count("[data-invitation] img, [data-invitation] script, [data-invitation] a:not([hidden])"),
            0
        );
    }
    visit.begin();
    visit.wait_for_step("feelings-now");
}

fn practice_name(stage: &Stage) {
    let visit = caregivers(stage);
    let before = stage.site.requests().len();
    visit.click("[data-form] summary");
    visit.type_into("[name=practice]", "De Wieg");
    until("the link follows", || link(&visit).contains("practice=De+Wieg").then_some(()));
    assert!(visit.stored().is_empty(), "the name is stored without being asked for");
    visit.click("label:has([name=keep-practice])");
    until("the name is stored", || visit.stored().device.contains_key("between-us:practice").then_some(()));
    let requests = stage.site.requests();
    assert!(
        requests[before..].iter().all(|request| !request.target.contains("Wieg") && request.body == 0),
        "{requests:?}"
    );

    visit.open("caregivers/");
    until("the name is filled in again", || link(&visit).contains("practice=De+Wieg").then_some(()));
    fill(&visit, "practice", "Bel 0612345678");
    until("a note gives the reason", || visit.has("[data-note=address]:not([hidden])").then_some(()));
    assert!(!link(&visit).contains('#'), "the link contains the number");
    visit.open("privacy/");
    visit.click("main [data-action=erase]");
    visit.click("[data-action=erase-yes]");
    until("everything is erased", || visit.stored().is_empty().then_some(()));
}

fn form_notes(stage: &Stage) {
    let visit = caregivers(stage);
    visit.click("[data-form] summary");
    let long = "a".repeat(81);
    let notes = "return [...document.querySelectorAll('[data-note]:not([hidden])')].map((note) => note.dataset.note)";
    for (name, value, note, part) in [
        ("practice", "De Wieg", None, "practice=De+Wieg"),
        ("practice", &*long, Some("practice-long"), ""),
        ("practice", &long[1..], None, &long[1..]),
        ("practice", "x.com", Some("address"), ""),
        ("practice", "Bel 112", Some("address"), ""),
        ("practice", "<b>", Some("practice"), ""),
        ("practice", "Verloskundigen ’t Hart (Oost)/West, “De Wieg”", None, "%27t+Hart+%28Oost%29%2FWest%2C+De+Wieg"),
        ("practice", "Zoe\u{308}", None, "practice=Zo%C3%AB"),
        ("practice", "", None, ""),
        ("day", "2024-05-06", Some("day"), "date=2024-05-06"),
        ("day", DAY, None, DAY),
        ("day", "", None, ""),
    ] {
        fill(&visit, name, value);
        let expected: Vec<String> = note.into_iter().map(str::to_owned).collect();
        until(value, || (visit.js::<Vec<String>>(notes, &[]) == expected).then_some(()));
        let link = link(&visit);
        assert!(if part.is_empty() { !link.contains('#') } else { link.contains(part) }, "{value}: {link}");
    }
}

/// Returns whether `zbarimg` or `pdftoppm` is missing.
fn is_reader_missing() -> bool {
    let is_there = |program: &str| Command::new(program).arg("--version").output().is_ok();
    !(is_there("zbarimg") && is_there("pdftoppm"))
}

/// Returns the QR code that an independent program reads in an image.
fn read(picture: &Path) -> String {
    let read = Command::new("zbarimg").args(["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"]).arg(picture).output();
    let read = read.expect("zbarimg (Debian's zbar-tools) starts");
    String::from_utf8_lossy(&read.stdout).trim().to_owned()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder can be made")
}

fn code_on_screen(stage: &Stage) {
    let visit = caregivers(stage);
    let folder = folder();
    let picture = folder.path().join("screen.png");
    for filled in [false, true] {
        if filled {
            fill(&visit, "practice", PRACTICE);
            fill(&visit, "day", DAY);
            fill(&visit, "country", "nl");
        }
        let link = link(&visit);
        assert_eq!(link.contains('#'), filled);
        for (scheme, (width, height)) in
            [("light", (390, 844)), ("dark", (390, 844)), ("light", (1280, 900)), ("dark", (1280, 900))]
        {
            visit.resize(width, height);
            // Only Chromium's driver can emulate the dark colour scheme.
            if visit.engine() == Engine::Chromium {
                let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
                visit.cdp("Emulation.setEmulatedMedia", media);
            } else if scheme == "dark" {
                continue;
            }
            visit.js::<()>("document.querySelector('[data-qr=link]').scrollIntoView({ block: 'center' })", &[]);
            until("the code is read", || {
                visit.screenshot(&picture);
                (read(&picture) == link).then_some(())
            });
        }
    }
}

fn code_on_paper(stage: &Stage) {
    let visit = caregivers(stage);
    let folder = folder();
    fill(&visit, "practice", PRACTICE);
    for all_languages in [false, true] {
        if all_languages {
            let tick = "for (const box of document.querySelectorAll('[name=poster]:not(:checked)')) box.click()";
            visit.js::<()>(tick, &[]);
        }
        for paper in ["a4", "a6", "card"] {
            visit.js::<()>("document.documentElement.dataset.print = arguments[0]", &[paper.into()]);
            let file = folder.path().join("print.pdf");
            fs::write(&file, visit.print()).expect("the print can be written");
            let base = folder.path().join(paper);
            let rendered = Command::new("pdftoppm").args(["-png", "-r", "150"]).args([&file, &base]).status();
            assert!(
                rendered.is_ok_and(|status| status.success()),
                "pdftoppm (Debian's poppler-utils) renders the print"
            );
            let pages: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
            let pages: Vec<_> = pages.iter().filter(|page| page.extension().is_some_and(|is| is == "png")).collect();
            assert_eq!(pages.len(), 1, "{paper} is printed on {} pages", pages.len());
            if paper != "card" {
                let code = read(pages[0]);
                let place = if all_languages { String::new() } else { format!("{}/", stage.locale) };
                let start = format!("{}#", stage.site.url(&place));
                assert!(code.starts_with(&start), "{paper}: {code} is read, not {start}");
            }
            fs::remove_file(pages[0]).unwrap();
        }
    }
    visit.js::<Value>("delete document.documentElement.dataset.print", &[]);
}

fn not_refilled(stage: &Stage) {
    let visit = caregivers(stage);
    visit.click("[data-form] summary");
    let boxes = ["[data-form] label:has(input[name=first][value=calm])", "label:has(input[name=poster]:not(:checked))"];
    let ticked = "return [...document.querySelectorAll('input[type=checkbox]:checked')].map((one) => one.value)";
    let before: Vec<String> = visit.js(ticked, &[]);
    for one in boxes {
        visit.click(one);
    }
    fill(&visit, "practice", "De Wieg");
    assert_eq!(visit.js::<Vec<String>>(ticked, &[]).len(), before.len() + 2);
    // Enter in a field must not submit the form or navigate.
    visit.click("[data-form] [name=practice]");
    visit.press(thirtyfour::Key::Enter);
    visit.reload();
    until("the link shows", || link(&visit).contains("/").then_some(()));
    assert_eq!(visit.js::<Vec<String>>(ticked, &[]), before, "a box was ticked again");
    assert!(!link(&visit).contains('#'), "the link contains the typed text again");
}
