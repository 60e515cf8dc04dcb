//! Accessibility of every page, step and state: the findings of axe-core, measurements in the page, and the
//! accessibility tree.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::axe;
use crate::screens::walk;
use crate::support::{Engine, Journey, Stage, Visit, runs_everything};

const CHROMIUM_ONLY: &[(Engine, &str)] = &[
    (Engine::Firefox, "light, dark and forced colours need the Chrome DevTools Protocol"),
    (Engine::WebKit, "light, dark and forced colours need the Chrome DevTools Protocol"),
];

pub const JOURNEYS: &[Journey] = &[
    Journey::new("axe_finds_nothing", axe_finds_nothing)
        .in_each_language()
        .needs(axe::is_missing)
        .not_in(CHROMIUM_ONLY),
    Journey::new("every_screen_can_be_reached_and_read", reached_and_read).in_each_language().not_in(CHROMIUM_ONLY),
];

const PHONE: (u32, u32) = (390, 844);
const DESK: (u32, u32) = (1280, 900);
/// 1280 by 1024 pixels at a zoom of 400 %.
const ZOOMED: (u32, u32) = (320, 256);
/// A phone in landscape orientation.
const LOW: (u32, u32) = (844, 390);

/// Walks through every screen and fails with all findings.
fn nothing_wrong(stage: &Stage, look: impl Fn(&Visit, &str) -> Vec<String>) {
    let mut wrong = Vec::new();
    walk(stage, &mut |visit, name| {
        // Every page must count as focused, also in a background window.
        visit.cdp("Emulation.setFocusEmulationEnabled", json!({ "enabled": true }));
        wrong.extend(look(visit, name).into_iter().map(|what| format!("{name}: {what}")));
    });
    assert!(wrong.is_empty(), "{} things are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The size of the window in CSS pixels, and the emulated media features.
type Look = ((u32, u32), &'static [(&'static str, &'static str)]);

fn axe_finds_nothing(stage: &Stage) {
    let looks: [Look; 4] = [
        (PHONE, &[]),
        (DESK, &[("prefers-color-scheme", "dark")]),
        (PHONE, &[("prefers-color-scheme", "dark"), ("prefers-contrast", "more")]),
        (DESK, &[("forced-colors", "active")]),
    ];
    // Looks differ in colours and layout, which are the same in each language, so the first language covers them.
    let has_all_looks = stage.is_first_language() || runs_everything();
    let looks = if has_all_looks { &looks[..] } else { &looks[..1] };
    nothing_wrong(stage, |visit, _| {
        let mut found = Vec::new();
        for (at, &((width, height), prefers)) in looks.iter().enumerate() {
            visit.resize(width, height);
            prefer(visit, prefers);
            // The last two looks differ from the first two in colours only.
            let rules = if at < 2 { axe::Rules::All } else { axe::Rules::Visual };
            let look = format!("{width} pixels, {prefers:?}");
            found.extend(axe::violations(visit, rules).into_iter().map(|what| format!("{what} ({look})")));
        }
        visit.resize(PHONE.0, PHONE.1);
        prefer(visit, &[]);
        found
    });
}

fn reached_and_read(stage: &Stage) {
    let looks: [((u32, u32), &[&str]); 4] = [
        (PHONE, &["targets", "sideways", "focus", "ring", "order", "spacing", "fields", "classes"]),
        (ZOOMED, &["sideways", "focus", "spacing"]),
        (LOW, &["targets", "sideways", "whole", "focus"]),
        (DESK, &["targets", "sideways", "focus"]),
    ];
    nothing_wrong(stage, |visit, _| {
        prefer(visit, &[]);
        // A key press makes the browser show the focus as for keyboard users.
        visit.press(Key::Tab);
        let mut found = Vec::new();
        for ((width, height), measures) in looks {
            visit.resize(width, height);
            let wrong: Vec<String> = visit.js(include_str!("access.js"), &[json!(measures)]);
            found.extend(wrong.into_iter().map(|what| format!("{what} ({width} by {height} pixels)")));
        }
        visit.resize(PHONE.0, PHONE.1);
        letters(visit, 2 * LETTERS);
        let wrong: Vec<String> = visit.js(include_str!("access.js"), &[json!(["sideways", "whole", "focus"])]);
        found.extend(wrong.into_iter().map(|what| format!("{what} (letters twice as large)")));
        letters(visit, LETTERS);
        found.extend(tree_errors(visit));
        found
    });
}

/// The default font size of browsers, in pixels.
const LETTERS: u32 = 16;

/// Sets the default font size of the browser.
fn letters(visit: &Visit, size: u32) {
    visit.cdp("Page.setFontSizes", json!({ "fontSizes": { "standard": size } }));
}

/// Counts the reachable controls in each state, as the DOM has it.
const STATES: &str = "const within = document.querySelector('dialog[open]') ?? document;
    const reached = (one) =>
        one.checkVisibility({ visibilityProperty: true }) && !one.closest('[inert], [aria-hidden=true]');
    const all = [...within.querySelectorAll('*')].filter(reached);
    const states = {
        checked: (one) => one.matches('[type=checkbox], [type=radio]') ? one.checked : null,
        pressed: (one) => JSON.parse(one.getAttribute('aria-pressed')),
        expanded: (one) => one.matches('select') ? false : one.matches('summary') ? one.parentElement.open
            : JSON.parse(one.getAttribute('aria-expanded')),
    };
    return Object.entries(states).flatMap(([state, read]) =>
        [true, false].map((on) => [state, on, all.filter((one) => read(one) === on).length]))";

/// Returns the errors in names, roles and states of the accessibility tree.
fn tree_errors(visit: &Visit) -> Vec<String> {
    let tree = visit.cdp("Accessibility.getFullAXTree", json!({}));
    let nodes = tree["nodes"].as_array().expect("a tree has nodes");
    let exposed: Vec<_> = nodes.iter().filter(|node| node["ignored"] == json!(false)).collect();
    let mut wrong = Vec::new();
    for node in &exposed {
        let (role, name) = (of(node, "role"), of(node, "name"));
        let needs_name = property(node, "focusable") == json!(true) && role != "RootWebArea";
        let names = needs_name || ["img", "navigation", "dialog", "alertdialog"].contains(&role);
        if names && name.trim().is_empty() {
            wrong.push(format!("a {role} has no name"));
        }
    }
    for (state, on, has) in visit.js::<Vec<(String, bool, usize)>>(STATES, &[]) {
        let is_exposed = |node: &&&Value| [json!(on), json!(on.to_string())].contains(&property(node, &state));
        let exposed = exposed.iter().filter(is_exposed).count();
        if exposed != has {
            wrong.push(format!("{has} controls are {state}: {on}, but {exposed} are exposed so"));
        }
    }
    let with = |role: &str| exposed.iter().filter(|node| of(node, "role") == role).count();
    let is_left = visit.is_visible("[data-cover=left]") || visit.is_visible("[data-cover=leaving]");
    let is_covered = with("dialog") + with("alertdialog") > 0 || is_left;
    let first = exposed.iter().filter(|node| of(node, "role") == "heading" && property(node, "level") == json!(1));
    match first.count() {
        1 => {}
        _ if is_covered => {}
        many => wrong.push(format!("{many} headings of level 1")),
    }
    if !is_covered && with("main") != 1 {
        wrong.push("no main landmark".to_owned());
    }
    // `details` is exposed as a group too, named by its summary.
    let groups =
        if is_covered { Vec::new() } else { visit.roles_and_names("fieldset, [role=group], [role=radiogroup]") };
    let is_unnamed = |(role, name): &&(String, String)| !role.ends_with("group") || name.trim().is_empty();
    wrong.extend(groups.iter().filter(is_unnamed).map(|(role, _)| format!("a {role} has no name")));
    wrong
}

fn of<'a>(node: &'a Value, what: &str) -> &'a str {
    node[what]["value"].as_str().unwrap_or_default()
}

fn property(node: &Value, name: &str) -> Value {
    let all = node["properties"].as_array().into_iter().flatten();
    all.into_iter()
        .find(|property| property["name"] == name)
        .map_or(Value::Null, |found| found["value"]["value"].clone())
}

/// Emulates media features, always with reduced motion, so that nothing moves while it is measured.
fn prefer(visit: &Visit, prefers: &[(&str, &str)]) {
    let calm = ("prefers-reduced-motion", "reduce");
    let features: Vec<_> =
        prefers.iter().chain([&calm]).map(|(name, value)| json!({ "name": name, "value": value })).collect();
    visit.cdp("Emulation.setEmulatedMedia", json!({ "features": features }));
}
