//! Several copies of the site at one address, each in a folder of its own: a browser takes them for one and the same site, so
//! the copies themselves keep apart what is theirs.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use serde_json::json;

use crate::storage::saved_file;
use crate::support::{
    Engine, FROZEN_LOCALE, Host, Journey, Stage, StorageChoice, Trouble, Visit, built, frozen, until,
};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("copies_at_one_address_see_erase_and_save_only_their_own", apart),
    Journey::new("a_folder_takes_over_once_what_an_earlier_version_kept", take_over),
];

/// The copies, and how the keys of each begin. The root comes last: a folder takes over what it finds there.
const COPIES: [(&str, &str); 3] =
    [("a/", "between-us@%2Fa%2F:"), ("b/c/", "between-us@%2Fb%2Fc%2F:"), ("", "between-us:")];

/// A folder to serve: this build at the root and in the folders.
fn copies_of(build: &Path) -> tempfile::TempDir {
    let base = tempfile::tempdir().expect("a folder can be made");
    fs::create_dir(base.path().join("b")).expect("a folder can be made");
    for entry in fs::read_dir(build).expect("it is built") {
        let entry = entry.expect("it can be read");
        symlink(entry.path(), base.path().join(entry.file_name())).expect("a link can be made");
    }
    for (folder, _) in COPIES.iter().filter(|(folder, _)| !folder.is_empty()) {
        symlink(build, base.path().join(folder.trim_end_matches('/'))).expect("a link can be made");
    }
    base
}

/// All that stands in local storage.
fn local(visit: &Visit) -> BTreeMap<String, String> {
    visit.js("return Object.fromEntries(Object.entries(localStorage))", &[])
}

/// What stands there under keys that begin so.
fn under(visit: &Visit, prefix: &str) -> BTreeMap<String, String> {
    local(visit).into_iter().filter(|(key, _)| key.starts_with(prefix)).collect()
}

fn erase_all(visit: &Visit) {
    visit.click("main [data-action=erase]");
    visit.click("[data-action=erase-yes]");
}

/// The copies, by their folders, that the browser keeps files of.
fn kept_offline(visit: &Visit, host: &Host) -> Vec<&'static str> {
    let names: Vec<String> = visit.js("return globalThis.caches ? caches.keys() : []", &[]);
    let is_there = |folder: &str| names.iter().any(|name| name.contains(&format!("{}:", host.url(folder))));
    COPIES.iter().map(|(folder, _)| *folder).filter(|folder| is_there(folder)).collect()
}

fn apart(stage: &Stage) {
    let copies = copies_of(built());
    let host = Host::start(copies.path());
    let visit = stage.visit();
    let open =
        |visit: &Visit, folder: &str, page: &str| visit.goto(&host.url(&format!("{folder}{}/{page}", stage.locale)));
    let words = |folder: &str| format!("words of -{folder}-");
    for (folder, prefix) in COPIES {
        open(&visit, folder, "");
        visit.begin();
        visit.choose("feelings-now", "joy");
        visit.write("feelings-now", &words(folder));
        visit.next();
        visit.keep(StorageChoice::Device);
        visit.saved_is("yes");
        let own = format!("{:?}", under(&visit, prefix));
        assert!(own.contains(&words(folder)), "{folder:?}: {own}");
    }
    // Automated, WebKitGTK keeps no files.
    let keeps = visit.engine() != Engine::WebKit;
    if keeps {
        for (folder, _) in COPIES {
            open(&visit, folder, "about/");
            let ready: bool = visit.js("return navigator.serviceWorker.ready.then(() => true)", &[]);
            assert!(ready);
        }
        assert_eq!(kept_offline(&visit, &host).len(), 3);
    }
    let is_only_own = |text: &str, folder: &str| {
        for (other, _) in COPIES {
            assert_eq!(text.contains(&words(other)), other == folder, "{folder:?} and {other:?}: {text}");
        }
    };
    for (folder, _) in COPIES {
        open(&visit, folder, "sheet/");
        visit.ready();
        is_only_own(&visit.text("[data-app]"), folder);
        open(&visit, folder, "privacy/");
        let file = saved_file(&visit, "main [data-action=save]");
        is_only_own(&file, folder);
        assert!(
            file.contains("\"between-us:journal\"") && !file.contains("between-us@"),
            "it belongs to one copy: {file}"
        );
    }

    // Another copy's tab stays as it is, whatever is erased here.
    let other = stage.visit();
    open(&other, "b/c/", "reflect/");
    other.ready();
    for (at, (folder, prefix)) in [COPIES[0], COPIES[2]].into_iter().enumerate() {
        let before: Vec<_> = COPIES.iter().map(|(_, prefix)| under(&visit, prefix)).collect();
        open(&visit, folder, "privacy/");
        erase_all(&visit);
        until("it is erased", || under(&visit, prefix).is_empty().then_some(()));
        for ((other, prefix), before) in COPIES.iter().zip(before) {
            assert!(*other == folder || under(&visit, prefix) == before, "erasing {folder:?} changed {other:?}");
        }
        if keeps {
            until("its files are gone", || (!kept_offline(&visit, &host).contains(&folder)).then_some(()));
            assert_eq!(kept_offline(&visit, &host).len(), 2 - at, "erasing {folder:?} took the files of another copy");
        }
    }
    other.reload();
    other.ready();
    assert!(format!("{:?}", under(&other, COPIES[1].1)).contains(&words("b/c/")));
    open(&other, "b/c/", "sheet/");
    other.ready();
    is_only_own(&other.text("[data-app]"), "b/c/");
}

fn take_over(stage: &Stage) {
    let (old, new) = (copies_of(frozen()), copies_of(built()));
    let mut host = Host::start(old.path());
    host.trouble("/sw.js", Trouble::Missing);
    let visit = stage.visit();
    let open =
        |host: &Host, folder: &str, page: &str| visit.goto(&host.url(&format!("{folder}{FROZEN_LOCALE}/{page}")));
    open(&host, "a/", "about/");
    let store: BTreeMap<String, BTreeMap<String, String>> =
        serde_json::from_str(include_str!("../fixtures/store-0.1.json")).expect("it is a map of stores");
    let store: BTreeMap<_, _> = store["local"].iter().filter(|(key, _)| *key != "between-us:changed").collect();
    let write = "for (const [key, value] of Object.entries(arguments[0])) localStorage.setItem(key, value)";
    visit.js::<()>(write, &[json!(store)]);
    open(&host, "a/", "reflect/");
    visit.ready();
    let before = under(&visit, "between-us:");

    host.serve(new.path());
    open(&host, "a/", "sheet/");
    visit.ready();
    assert!(visit.text("[data-app]").contains("second words"), "it is taken over");
    open(&host, "a/", "reflect/");
    visit.ready();
    let step = visit.next();
    visit.write(&step, "only in the folder");
    until("it is kept", || format!("{:?}", under(&visit, COPIES[0].1)).contains("only in the folder").then_some(()));
    assert_eq!(under(&visit, "between-us:"), before, "what was taken over stays where it is");

    open(&host, "a/", "privacy/");
    erase_all(&visit);
    until("it is erased", || under(&visit, COPIES[0].1).is_empty().then_some(()));
    for page in ["privacy/", "reflect/", ""] {
        open(&host, "a/", page);
        assert!(under(&visit, COPIES[0].1).is_empty(), "what was erased comes back on {page:?}");
        assert!(!visit.has("html[data-kept]"));
    }
    assert_eq!(under(&visit, "between-us:"), before);

    // Going back opens what the earlier version knew.
    host.serve(old.path());
    open(&host, "a/", "sheet/");
    visit.ready();
    assert!(visit.text("[data-app]").contains("second words"));
}
