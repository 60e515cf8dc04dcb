//! Nothing jumps when the app takes over from the page that was there before it.

use crate::support::{Engine, Journey, Stage, StorageChoice, Visit};

pub const JOURNEYS: &[Journey] =
    &[Journey::new("nothing_jumps_when_the_app_takes_over", takes_over).in_each_language().not_in(&[
        (Engine::Firefox, "only Chromium tells what has moved"),
        (Engine::WebKit, "only Chromium tells what has moved"),
    ])];

/// The share of the window that moved without a touch, times how far: what browsers call the layout shift. A line of text
/// that moves by its own height on a phone is ten times this much.
const NOTHING: f64 = 0.001;

/// Looks at everything that moves from the beginning on.
const WATCH: &str = "window.moved = [];
    new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) if (!shift.hadRecentInput) {
            const of = shift.sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? String(node?.nodeValue));
            moved.push([shift.value, of.join(' | ')]);
        }
    }).observe({ type: 'layout-shift', buffered: true });
    // Where the heading stands before the app is there.
    const look = () => {
        const heading = [...document.querySelectorAll('[data-state=loading] :is(h1, .title)')].find((one) => one.offsetParent);
        if (heading) window.before ??= heading.getBoundingClientRect().top;
        if (!document.querySelector('[data-state=ready]')) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);";

#[track_caller]
fn nothing_moves(visit: &Visit, page: &str, who: &str) {
    visit.open(page);
    visit.ready();
    // Two frames after that everything has been drawn and measured.
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
    assert!(stays, "the heading of {page} moves for {who} from {before:?} to {after}");
    assert!(all < NOTHING, "{page} jumps for {who} by {all}: {moved:?}");
}

fn takes_over(stage: &Stage) {
    stage.site.first(WATCH);
    let visit = stage.visit();
    for page in ["reflect/", "sheet/"] {
        nothing_moves(&visit, page, "a new visitor");
    }
    visit.open("");
    visit.begin_and_keep(StorageChoice::Device);
    let step = visit.next();
    visit.write(&step, "kept");
    for page in ["reflect/", "sheet/"] {
        nothing_moves(&visit, page, "a returning visitor");
    }
}
