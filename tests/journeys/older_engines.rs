//! Browsers older than the supported ones: missing features do not hide any text.

use crate::support::{Journey, Stage, Visit};

pub const JOURNEYS: &[Journey] =
    &[Journey::new("without_cascade_layers_a_page_reads_and_shows_one_opening", unlayered)];

/// Removes the cascade layers, as an engine without them does, and returns the number of remaining rules.
const WITHOUT_LAYERS: &str = "for (const sheet of document.styleSheets) {
        for (let at = sheet.cssRules.length - 1; at >= 0; at -= 1) {
            if (/^CSSLayer/.test(sheet.cssRules[at].constructor.name)) sheet.deleteRule(at);
        }
    }
    return [...document.styleSheets].reduce((sum, sheet) => sum + sheet.cssRules.length, 0)";

/// Returns visible dialogs and covers, and drawings that fill most of the page.
const OBSTRUCTIONS: &str = "const shows = (one) => one.getClientRects().length > 0;
    return [...document.querySelectorAll('dialog, [data-cover], [data-ask]'), ...[...document.querySelectorAll('svg')]
        .filter((svg) => svg.getBoundingClientRect().width > innerWidth / 2)].filter(shows).map((one) => one.outerHTML.slice(0, 60))";

fn unlayered(stage: &Stage) {
    let visit = stage.visit();
    let drop_layers = |visit: &Visit| {
        let left: usize = visit.js(WITHOUT_LAYERS, &[]);
        assert!((1..20).contains(&left), "{left} rules are outside layers");
    };
    for page in ["", "help/", "changed/", "privacy/"] {
        visit.open(page);
        drop_layers(&visit);
        let obstructions: Vec<String> = visit.js(OBSTRUCTIONS, &[]);
        assert!(obstructions.is_empty(), "{page}: {obstructions:?}");
        assert!(visit.is_visible("h1"), "{page} shows no heading");
    }
    visit.open("");
    drop_layers(&visit);
    assert!(
        visit.is_visible("[data-action=begin]") && !visit.is_visible("[data-action=continue]"),
        "a new visitor does not get one opening"
    );
    visit.js::<()>("document.documentElement.dataset.kept = ''", &[]);
    assert!(
        !visit.is_visible("[data-action=begin]") && visit.is_visible("[data-action=continue]"),
        "a returning visitor does not get one opening"
    );
    visit.js::<()>("delete document.documentElement.dataset.kept", &[]);
    visit.begin();
    drop_layers(&visit);
    visit.write("feelings-now", "words");
    visit.next();
    assert!(visit.is_visible("input[name=keep]"), "the next screen does not show");
}
