//! The first minute: from the opening to the first line of the sheet.

use serde_json::json;

use crate::support::{Engine, Journey, Stage, StorageChoice, Visit};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("first_minute", first_minute).in_each_language(),
    Journey::new("the_first_minute_goes_well_where_things_move", with_motion).not_in(&[
        (Engine::Firefox, "only the Chrome DevTools Protocol sets a preference for one window"),
        (Engine::WebKit, "only the Chrome DevTools Protocol sets a preference for one window"),
    ]),
    Journey::new("nothing_is_kept_before_device_is_chosen", |stage| {
        nothing_is_stored_before(stage, StorageChoice::Device)
    }),
    Journey::new("nothing_is_kept_before_tab_is_chosen", |stage| nothing_is_stored_before(stage, StorageChoice::Tab)),
];

/// The first answer becomes the first line of the sheet, and the parent can stop there.
fn first_minute(stage: &Stage) {
    first_line(&stage.visit());
}

/// The browsers of all other journeys prefer reduced motion, which saves a third of their time.
fn with_motion(stage: &Stage) {
    let visit = stage.visit();
    let moves = json!({ "name": "prefers-reduced-motion", "value": "no-preference" });
    visit.cdp("Emulation.setEmulatedMedia", json!({ "features": [moves] }));
    assert!(visit.js::<bool>("return matchMedia('(prefers-reduced-motion: no-preference)').matches", &[]));
    first_line(&visit);
}

/// From the opening to the first line of the sheet.
fn first_line(visit: &Visit) {
    assert_eq!(visit.count("h1"), 1);
    assert_eq!(visit.count("[data-action=begin]"), 1);

    visit.begin();
    visit.wait_for_step("feelings-now");
    let joy = visit.option_text("feelings-now", "joy");
    visit.choose("feelings-now", "joy");
    visit.write("feelings-now", "It kicked on the tram.");

    assert_eq!(visit.next(), "keep");
    let line = visit.text("[data-step=keep]");
    assert!(line.contains(&joy) && line.contains("It kicked on the tram."), "the line shows: {line}");
    visit.choose_storage(StorageChoice::Device);
    visit.wait_for_save_status("yes");

    assert_eq!(visit.next(), "pace");
    visit.open_sheet();
    assert!(visit.url().ends_with("/sheet/"), "the sheet does not have its own page");
    assert_eq!(visit.sheet_lines(), ["feelings-now"]);
    let line = visit.sheet_line("feelings-now");
    assert!(line.contains(&joy) && line.contains("It kicked on the tram."), "the line shows: {line}");
}

/// Until the parent has chosen a storage, everything is in memory. Then it is there and nowhere else.
fn nothing_is_stored_before(stage: &Stage, choice: StorageChoice) {
    let visit = stage.visit();
    visit.begin();
    visit.choose("feelings-now", "worry");
    visit.write("feelings-now", "sleepless");
    visit.wait_for_save_status("undecided");
    assert!(visit.stored().is_empty(), "something is stored: {:?}", visit.stored());

    visit.next();
    assert!(visit.stored().is_empty(), "something is stored: {:?}", visit.stored());
    visit.choose_storage(choice);
    let stored = || visit.stored();
    let (chosen, other) = match choice {
        StorageChoice::Device => {
            visit.wait_for_save_status("yes");
            (stored().device, stored().tab)
        }
        StorageChoice::Tab => {
            visit.wait_for_save_status("tab");
            (stored().tab, stored().device)
        }
    };
    assert!(chosen.values().any(|value| value.contains("sleepless")), "stored: {chosen:?}");
    assert!(other.is_empty(), "stored elsewhere: {other:?}");
}
