//! Several copies of the site at one origin, each in its own folder. Browsers share storage within an origin, so the
//! copies separate their data themselves.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use serde_json::json;

use crate::storage::saved_file;
use crate::support::{Engine, FROZEN_LOCALE, Fault, Host, Journey, Stage, StorageChoice, Visit, built, frozen, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("copies_at_one_address_see_erase_and_save_only_their_own", separate),
    Journey::new("a_folder_takes_over_once_what_an_earlier_version_kept", take_over),
];

/// The folders of the copies, and the prefix of their keys. The root comes last: a folder takes over the values stored
/// for it.
const COPIES: [(&str, &str); 3] =
    [("a/", "between-us@%2Fa%2F:"), ("b/c/", "between-us@%2Fb%2Fc%2F:"), ("", "between-us:")];

/// Creates a folder to serve, with this build at the root and in the folders.
fn copies_of(build: &Path) -> tempfile::TempDir {
    let base = tempfile::tempdir().expect("a folder can be made");
    fs::create_dir(base.path().join("b")).expect("a folder can be made");
    for entry in fs::read_dir(build).expect("the build exists") {
        let entry = entry.expect("the entry can be read");
        symlink(entry.path(), base.path().join(entry.file_name())).expect("a link can be made");
    }
    for (folder, _) in COPIES.iter().filter(|(folder, _)| !folder.is_empty()) {
        symlink(build, base.path().join(folder.trim_end_matches('/'))).expect("a link can be made");
    }
    base
}

/// Returns all of local storage.
fn local(visit: &Visit) -> BTreeMap<String, String> {
    visit.js("return Object.fromEntries(Object.entries(localStorage))", &[])
}

/// Returns the values in local storage under keys with this prefix.
fn under(visit: &Visit, prefix: &str) -> BTreeMap<String, String> {
    local(visit).into_iter().filter(|(key, _)| key.starts_with(prefix)).collect()
}

fn erase_all(visit: &Visit) {
    visit.click("main [data-action=erase]");
    visit.click("[data-action=erase-yes]");
}

/// Returns the folders of the copies whose files are in the browser's caches.
fn cached_copies(visit: &Visit, host: &Host) -> Vec<&'static str> {
    let names: Vec<String> = visit.js("return globalThis.caches ? caches.keys() : []", &[]);
    let is_there = |folder: &str| names.iter().any(|name| name.contains(&format!("{}:", host.url(folder))));
    COPIES.iter().map(|(folder, _)| *folder).filter(|folder| is_there(folder)).collect()
}

fn separate(stage: &Stage) {
    let copies = copies_of(built());
    let host = Host::start(copies.path());
    let visit = stage.visit();
    let open =
        |visit: &Visit, folder: &str, page: &str| visit.goto(&host.url(&format!("{folder}{}/{page}", stage.locale)));
    let text_of = |folder: &str| format!("words of -{folder}-");
    for (folder, prefix) in COPIES {
        open(&visit, folder, "");
        visit.begin();
        visit.choose("feelings-now", "joy");
        visit.write("feelings-now", &text_of(folder));
        visit.next();
        visit.choose_storage(StorageChoice::Device);
        visit.wait_for_save_status("yes");
        let own = format!("{:?}", under(&visit, prefix));
        assert!(own.contains(&text_of(folder)), "{folder:?}: {own}");
    }
    // An automated WebKitGTK has no service worker.
    let has_worker = visit.engine() != Engine::WebKit;
    if has_worker {
        for (folder, _) in COPIES {
            open(&visit, folder, "about/");
            let ready: bool = visit.js("return navigator.serviceWorker.ready.then(() => true)", &[]);
            assert!(ready);
        }
        assert_eq!(cached_copies(&visit, &host).len(), 3);
    }
    let is_only_own = |text: &str, folder: &str| {
        for (other, _) in COPIES {
            assert_eq!(text.contains(&text_of(other)), other == folder, "{folder:?} and {other:?}: {text}");
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
            "the file contains the keys of one copy: {file}"
        );
    }

    // Erasing in one copy does not change a tab of another copy.
    let other = stage.visit();
    open(&other, "b/c/", "reflect/");
    other.ready();
    for (at, (folder, prefix)) in [COPIES[0], COPIES[2]].into_iter().enumerate() {
        let before: Vec<_> = COPIES.iter().map(|(_, prefix)| under(&visit, prefix)).collect();
        open(&visit, folder, "privacy/");
        erase_all(&visit);
        until("the copy is erased", || under(&visit, prefix).is_empty().then_some(()));
        for ((other, prefix), before) in COPIES.iter().zip(before) {
            assert!(*other == folder || under(&visit, prefix) == before, "erasing {folder:?} changed {other:?}");
        }
        if has_worker {
            until("the cached files of the copy are gone", || {
                (!cached_copies(&visit, &host).contains(&folder)).then_some(())
            });
            assert_eq!(cached_copies(&visit, &host).len(), 2 - at, "erasing {folder:?} took the files of another copy");
        }
    }
    other.reload();
    other.ready();
    assert!(format!("{:?}", under(&other, COPIES[1].1)).contains(&text_of("b/c/")));
    open(&other, "b/c/", "sheet/");
    other.ready();
    is_only_own(&other.text("[data-app]"), "b/c/");
}

fn take_over(stage: &Stage) {
    let (old, new) = (copies_of(frozen()), copies_of(built()));
    let mut host = Host::start(old.path());
    host.add_fault("/sw.js", Fault::Missing);
    let visit = stage.visit();
    let open =
        |host: &Host, folder: &str, page: &str| visit.goto(&host.url(&format!("{folder}{FROZEN_LOCALE}/{page}")));
    open(&host, "a/", "about/");
    let store: BTreeMap<String, BTreeMap<String, String>> =
        serde_json::from_str(include_str!("../fixtures/store-0.1.json")).expect("the fixture is a map of stores");
    let store: BTreeMap<_, _> = store["local"].iter().filter(|(key, _)| *key != "between-us:changed").collect();
    let write = "for (const [key, value] of Object.entries(arguments[0])) localStorage.setItem(key, value)";
    visit.js::<()>(write, &[json!(store)]);
    open(&host, "a/", "reflect/");
    visit.ready();
    let before = under(&visit, "between-us:");

    host.serve(new.path());
    open(&host, "a/", "sheet/");
    visit.ready();
    assert!(visit.text("[data-app]").contains("second words"), "the values of the root are not taken over");
    open(&host, "a/", "reflect/");
    visit.ready();
    let step = visit.next();
    visit.write(&step, "only in the folder");
    until("the text is stored", || {
        format!("{:?}", under(&visit, COPIES[0].1)).contains("only in the folder").then_some(())
    });
    assert_eq!(under(&visit, "between-us:"), before, "taking over changed the values of the root");

    open(&host, "a/", "privacy/");
    erase_all(&visit);
    until("the copy is erased", || under(&visit, COPIES[0].1).is_empty().then_some(()));
    for page in ["privacy/", "reflect/", ""] {
        open(&host, "a/", page);
        assert!(under(&visit, COPIES[0].1).is_empty(), "erased values came back on {page:?}");
        assert!(!visit.has("html[data-kept]"));
    }
    assert_eq!(under(&visit, "between-us:"), before);

    // After a downgrade the values of the earlier version are used again.
    host.serve(old.path());
    open(&host, "a/", "sheet/");
    visit.ready();
    assert!(visit.text("[data-app]").contains("second words"));
}
