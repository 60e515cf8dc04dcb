//! Where the app cannot run, the page reports it, offers the questions on paper, and still saves and erases.

use serde_json::{Value, json};

use crate::support::{Engine, Fault, Host, Journey, Stage, StorageChoice, StoredKeys, Visit, built, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("an_app_that_is_missing_is_said_and_what_is_kept_is_safe", |stage| {
        unable(stage, ".wasm", Fault::Missing)
    }),
    Journey::new("an_app_that_is_cut_off_is_said_and_what_is_kept_is_safe", |stage| {
        unable(stage, ".wasm", Fault::CutOff)
    }),
    Journey::new("an_app_that_was_changed_is_said_and_what_is_kept_is_safe", |stage| {
        unable(stage, ".wasm", Fault::Damaged)
    }),
    Journey::new("a_script_that_is_missing_is_said_and_what_is_kept_is_safe", |stage| {
        unable(stage, &script_name(), Fault::Missing);
    }),
    Journey::new("a_script_that_was_changed_is_said_and_what_is_kept_is_safe", |stage| {
        unable(stage, &script_name(), Fault::Damaged);
    }),
    Journey::new("an_app_of_the_wrong_type_runs_all_the_same", wrong_type),
    Journey::new("without_scripts_the_paper_is_offered", without_scripts)
        .not_in(&[(Engine::Firefox, "its driver needs scripts too"), (Engine::WebKit, "its driver needs scripts too")]),
];

/// Returns the name of the script that starts the questions.
fn script_name() -> String {
    let names = std::fs::read_dir(built().join("assets")).unwrap();
    let mut names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.find(|name| name.starts_with("reflect-") && name.ends_with(".js")).expect("the questions have a script")
}

/// Stores an answer with a working app, and copies it to a site where the app does not run.
fn store_answer(stage: &Stage, visit: &Visit, host: &Host) {
    let before = stage.visit();
    before.begin();
    before.write("feelings-now", "from before");
    before.next();
    before.choose_storage(StorageChoice::Device);
    before.wait_for_save_status("yes");
    visit.goto(&host.url(&format!("{}/help/", stage.locale)));
    for (key, value) in before.stored().device {
        visit.js::<()>("localStorage.setItem(arguments[0], arguments[1])", &[key.into(), value.into()]);
    }
}

fn unable(stage: &Stage, file: &str, fault: Fault) {
    let host = Host::start(built());
    host.add_fault(file, fault);
    let visit = stage.visit();
    store_answer(stage, &visit, &host);
    visit.goto(&host.url(&format!("{}/reflect/", stage.locale)));
    until("the message about the unsupported browser shows", || {
        visit.is_visible("[data-unable] a[href$='questions/']").then_some(())
    });

    let capture = "const make = URL.createObjectURL;
        URL.createObjectURL = (blob) => { blob.text().then((text) => { window.saved = text }); return make.call(URL, blob) }";
    visit.js::<()>(capture, &[]);
    visit.click("[data-unable] [data-action=save]");
    let saved: String = until("a file is saved", || visit.js::<Option<String>>("return window.saved ?? null", &[]));
    assert!(saved.contains("from before"), "the file contains {saved}");

    visit.click("[data-unable] [data-action=erase]");
    visit.click("[data-action=erase-yes]");
    until("nothing is stored", || (visit.stored() == StoredKeys::default()).then_some(()));
    visit.reload();
    visit.click("[data-unable] a[href$='questions/']");
    until("the paper shows", || visit.url().ends_with("/questions/").then_some(()));
    assert!(visit.is_visible("[data-action=print]"));
}

fn wrong_type(stage: &Stage) {
    let host = Host::start(built());
    host.add_fault(".wasm", Fault::AsText);
    let visit = stage.visit();
    visit.goto(&host.url(&format!("{}/reflect/", stage.locale)));
    visit.ready();
    visit.wait_for_step("feelings-now");
}

fn without_scripts(stage: &Stage) {
    let visit = stage.visit();
    visit.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    visit.open("reflect/");
    let page = visit.cdp("DOM.getDocument", json!({ "depth": 0 }));
    let root = page["root"]["nodeId"].clone();
    let find = |css: &str| visit.cdp("DOM.querySelector", json!({ "nodeId": root, "selector": css }))["nodeId"].clone();
    let shows = |css: &str| {
        let node = find(css);
        assert_ne!(node, Value::from(0), "{css} does not exist");
        let shape = visit.cdp("DOM.getBoxModel", json!({ "nodeId": node }));
        shape["model"]["height"].as_i64().is_some_and(|height| height > 0)
    };
    assert!(shows("noscript [role=heading]"), "no message shows");
    assert!(shows("noscript a[href$='questions/']"), "no link to the paper shows");
    assert!(shows("header a[href$='help/']"), "no link to help shows");
    visit.open("questions/");
    visit.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": false }));
    assert!(visit.count("main .write, main .boxes") > 0, "the paper is empty");
}
