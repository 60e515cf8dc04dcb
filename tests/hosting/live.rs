//! `cargo run -- check`, on a copy that is right and on copies that are not.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::nginx::Nginx;
use crate::{OnHost, built, files, said, site};

pub const TRIALS: &[OnHost] = &[
    ("a_copy_that_is_right_is_found_right", right),
    ("a_copy_with_a_changed_file_is_found_wrong", changed),
    ("a_copy_without_headers_is_found_wrong", bare),
    ("what_is_no_copy_is_said_so", none),
];

fn check(address: &str) -> Output {
    site().args(["check", address, "--out"]).arg(built()).output().expect("the builder starts")
}

fn right(host: &Nginx) {
    for base in [&host.shallow, &host.deep] {
        let output = check(base);
        assert!(output.status.success(), "{}", said(&output));
        assert!(said(&output).contains("the very build"), "{}", said(&output));
    }
}

/// A copy of the built site with a change.
fn copy_with(change: impl Fn(&Path)) -> (tempfile::TempDir, Nginx) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let copy = folder.path().join("site");
    for (from, to) in [(built().to_owned(), copy.clone()), (hosting(built()), hosting(&copy))] {
        for path in files(&from) {
            fs::create_dir_all(to.join(&path).parent().unwrap()).unwrap();
            fs::copy(from.join(&path), to.join(&path)).unwrap();
        }
    }
    change(&copy);
    let host = Nginx::start(&copy);
    (folder, host)
}

fn hosting(site: &Path) -> std::path::PathBuf {
    site.with_file_name("site.hosting")
}

fn changed(_: &Nginx) {
    let (_folder, host) = copy_with(|site| {
        for ending in ["", ".br", ".gz"] {
            let _ = fs::remove_file(site.join(format!("nl/help/index.html{ending}")));
        }
        fs::write(site.join("nl/help/index.html"), "<!DOCTYPE html>something else").unwrap();
        let wasm = files(site).into_iter().find(|path| path.ends_with(".wasm")).unwrap();
        for ending in ["", ".br", ".gz"] {
            fs::remove_file(site.join(format!("{wasm}{ending}"))).unwrap();
        }
    });
    let output = check(&host.shallow);
    assert!(!output.status.success());
    for part in ["nl/help/", ".wasm", "2 things are wrong"] {
        assert!(said(&output).contains(part), "{part} is not in: {}", said(&output));
    }
}

fn bare(_: &Nginx) {
    let (_folder, host) = copy_with(|site| {
        let snippet = hosting(site).join("nginx.conf");
        let text = fs::read_to_string(&snippet).unwrap();
        let kept: Vec<_> = text.lines().filter(|line| !line.contains("Referrer-Policy")).collect();
        fs::write(snippet, kept.join("\n").replace("immutable", "private")).unwrap();
    });
    let output = check(&host.shallow);
    assert!(!output.status.success());
    for part in ["the header Referrer-Policy is missing", "asked for again"] {
        assert!(said(&output).contains(part), "{part} is not in: {}", said(&output));
    }
}

fn none(host: &Nginx) {
    let output = check(&format!("{}nl/", host.shallow));
    assert!(!output.status.success());
    assert!(said(&output).contains("is a copy of this site there?"), "{}", said(&output));
    assert!(!check("nowhere").status.success());
}
