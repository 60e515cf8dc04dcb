//! Browsers that are older than those the site is made for: what they leave out takes no words away.

use crate::support::{Journey, Stage, Visit};

pub const JOURNEYS: &[Journey] =
    &[Journey::new("without_cascade_layers_a_page_reads_and_shows_one_opening", unlayered)];

/// Takes away what an engine without cascade layers drops.
const WITHOUT_LAYERS: &str = "for (const sheet of document.styleSheets) {
        for (let at = sheet.cssRules.length - 1; at >= 0; at -= 1) {
            if (/^CSSLayer/.test(sheet.cssRules[at].constructor.name)) sheet.deleteRule(at);
        }
    }
    return [...document.styleSheets].reduce((sum, sheet) => sum + sheet.cssRules.length, 0)";

/// Dialogs and covers that show, and drawings that take up the page.
const IN_THE_WAY: &str = "const shows = (one) => one.getClientRects().length > 0;
    return [...document.querySelectorAll('dialog, [data-cover], [data-ask]'), ...[...document.querySelectorAll('svg')]
        .filter((svg) => svg.getBoundingClientRect().width > innerWidth / 2)].filter(shows).map((one) => one.outerHTML.slice(0, 60))";

fn unlayered(stage: &Stage) {
    let visit = stage.visit();
    let drop_layers = |visit: &Visit| {
        let left: usize = visit.js(WITHOUT_LAYERS, &[]);
        assert!((1..20).contains(&left), "{left} rules stand in no layer");
    };
    for page in ["", "help/", "changed/", "privacy/"] {
        visit.open(page);
        drop_layers(&visit);
        let in_the_way: Vec<String> = visit.js(IN_THE_WAY, &[]);
        assert!(in_the_way.is_empty(), "{page}: {in_the_way:?}");
        assert!(visit.sees("h1"), "{page} can be read");
    }
    visit.open("");
    drop_layers(&visit);
    assert!(visit.sees("[data-action=begin]") && !visit.sees("[data-action=continue]"), "one opening, for who is new");
    visit.js::<()>("document.documentElement.dataset.kept = ''", &[]);
    assert!(
        !visit.sees("[data-action=begin]") && visit.sees("[data-action=continue]"),
        "one opening, for who comes back"
    );
    visit.js::<()>("delete document.documentElement.dataset.kept", &[]);
    visit.begin();
    drop_layers(&visit);
    visit.write("feelings-now", "words");
    visit.next();
    assert!(visit.sees("input[name=keep]"), "the questions go on");
}
