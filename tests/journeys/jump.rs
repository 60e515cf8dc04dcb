//! The layout does not shift when the app takes over the prerendered page.

use crate::support::{Engine, Journey, Stage, StorageChoice, Visit};

pub const JOURNEYS: &[Journey] =
    &[Journey::new("nothing_jumps_when_the_app_takes_over", takes_over).in_each_language().not_in(&[
        (Engine::Firefox, "only Chromium reports layout shifts"),
        (Engine::WebKit, "only Chromium reports layout shifts"),
    ])];

/// The highest accepted layout shift, as browsers score it: the share of the viewport that moved without user input,
/// times the distance. A line of text that moves by its own height on a phone scores ten times this value.
const MAX_SHIFT: f64 = 0.001;

/// Records every layout shift from the start of the page.
const WATCH: &str = "window.moved = [];
    new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) if (!shift.hadRecentInput) {
            const of = shift.sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? String(node?.nodeValue));
            moved.push([shift.value, of.join(' | ')]);
        }
    }).observe({ type: 'layout-shift', buffered: true });
    // The position of the heading before the app is there.
    const look = () => {
        const heading = [...document.querySelectorAll('[data-state=loading] :is(h1, .title)')].find((one) => one.offsetParent);
        if (heading) window.before ??= heading.getBoundingClientRect().top;
        if (!document.querySelector('[data-state=ready]')) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);";

#[track_caller]
fn nothing_moves(visit: &Visit, page: &str, visitor: &str) {
    visit.open(page);
    visit.ready();
    // Two frames later everything is rendered and measured.
    let found: (Vec<(f64, String)>, Option<f64>, f64) = visit.js(
        "return (async () => {
            for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
            const heading = document.querySelector('[data-app] h1');
            return [window.moved, window.before ?? null, heading.getBoundingClientRect().top];
        })()",
        &[],
    );
    let (moved, before, after) = found;
    let all: f64 = moved.iter().map(|(value, _)| value).sum();
    let stays = before.is_none_or(|before| (before - after).abs() < 1.0);
    assert!(stays, "the heading of {page} moves for {visitor} from {before:?} to {after}");
    assert!(all < MAX_SHIFT, "{page} jumps for {visitor} by {all}: {moved:?}");
}

fn takes_over(stage: &Stage) {
    stage.site.inject_script(WATCH);
    let visit = stage.visit();
    for page in ["reflect/", "sheet/"] {
        nothing_moves(&visit, page, "a new visitor");
    }
    visit.open("");
    visit.begin_with_storage(StorageChoice::Device);
    let step = visit.next();
    visit.write(&step, "kept");
    for page in ["reflect/", "sheet/"] {
        nothing_moves(&visit, page, "a returning visitor");
    }
}
