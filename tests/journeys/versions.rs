//! From the frozen build of an earlier version to today's, both at once, and back: nothing that was kept is lost.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::{Engine, FROZEN_LOCALE, Host, Journey, Place, Stage, Trouble, Visit, built, frozen, until};

const NO_WORKER: &[(Engine, &str)] =
    &[(Engine::WebKit, "an automated WebKitGTK keeps nothing, and so has no service worker")];

pub const JOURNEYS: &[Journey] = &[
    Journey::new("frozen_store", dump).only_by_name(),
];

fn open(visit: &Visit, host: &Host, page: &str) {
    visit.goto(&host.url(&format!("{FROZEN_LOCALE}/{page}")));
}

/// All that a person can leave behind with the frozen build: two reflections, what was said about oneself, a topic for a
/// moment alone, what was agreed, the caregiver's practice.
fn whole_visit(visit: &Visit, host: &Host, place: Place) {
    open(visit, host, "");
    visit.begin();
    visit.choose("feelings-now", "worry");
    visit.write("feelings-now", "first words");
    assert_eq!(visit.next(), "keep");
    visit.keep(place);
    visit.menu();
    visit.role("carrying");
    visit.wish("no-touch");
    for (field, text) in [("nickname", "Pip"), ("weeks", "24"), ("number", "020 123 4567")] {
        visit.tell(field, text);
    }
    let mut step = visit.next();
    while step != "themes" {
        match step.as_str() {
            "care-mind" => visit.choose("care-mind", "appointments"),
            "talk-topics" => {
                for topic in ["feeding", "relationship", "mood"] {
                    visit.choose("talk-topics", topic);
                }
                visit.click("label:has(input[name='talk-topics.alone'][value=relationship])");
                visit.write("talk-topics", "own topic");
            }
            _ => {}
        }
        step = visit.next();
    }
    visit.to_sheet();
    visit.ready();
    visit.click("[data-action=table]");
    visit.click("[data-side=parent] [data-action=pause]");
    visit.click("[data-action=to-agreed]");
    visit.type_into("textarea[name=agreed]", "plan of two");
    visit.type_into("textarea[name=calls]", "midwife on monday");
    visit.click("[data-side=parent] [data-action=pause]");
    visit.click("[data-side=parent] [data-action=leave]");
    visit.wait_for("[data-sheet]");
    open(visit, host, "reflect/");
    visit.ready();
    visit.go("answers");
    visit.go("reflections");
    visit.click("[data-action=begin-again]");
    visit.at("feelings-now");
    visit.choose("feelings-now", "joy");
    visit.write("feelings-now", "second words");
    visit.next();
    open(visit, host, "caregivers/");
    visit.click("[data-form] summary");
    visit.type_into("[name=practice]", "De Wieg");
    visit.click("label:has([name=keep-practice])");
    until("it is kept", || visit.kept().device.contains_key("between-us:practice").then_some(()));
}

fn dump(stage: &Stage) {
    let host = Host::start(frozen());
    let visit = stage.visit();
    whole_visit(&visit, &host, Place::Device);
    open(&visit, &host, "changed/");
    visit.click("[data-action=rest]");
    until("it rests", || visit.sees("[data-action=wake]").then_some(()));
    let local = visit.kept();
    let other = Host::start(frozen());
    whole_visit(&visit, &other, Place::Tab);
    open(&visit, &other, "changed/");
    visit.click("[data-action=rest]");
    until("it rests", || visit.sees("[data-action=wake]").then_some(()));
    let session = visit.kept();
    println!("{local:#?} {session:#?}");
    let all: BTreeMap<&str, _> = [("local", local.device), ("session", session.tab)].into();
    std::fs::write("/tmp/h-base/store.json", serde_json::to_string_pretty(&all).unwrap()).unwrap();
    let _ = (Trouble::Missing, built(), NO_WORKER, Value::Null);
}
