//! The command `check` on an intact copy and on damaged copies of the site.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::nginx::Nginx;
use crate::{OnHost, built, files, output_text, site};

pub const TRIALS: &[OnHost] = &[
    ("check_accepts_an_intact_copy", intact_copy),
    ("check_reports_changed_and_missing_files", changed_files),
    ("check_reports_missing_headers", missing_headers),
    ("check_rejects_an_address_without_a_copy", no_copy),
];

fn check(address: &str) -> Output {
    site().args(["check", address, "--out"]).arg(built()).output().expect("the builder can be run")
}

fn intact_copy(host: &Nginx) {
    for base in [&host.shallow, &host.deep] {
        let output = check(base);
        assert!(output.status.success(), "{}", output_text(&output));
        assert!(output_text(&output).contains("identical to the build"), "{}", output_text(&output));
    }
}

/// Serves a copy of the built site with a change.
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

fn changed_files(_: &Nginx) {
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
        assert!(output_text(&output).contains(part), "{part} is not in: {}", output_text(&output));
    }
}

fn missing_headers(_: &Nginx) {
    let (_folder, host) = copy_with(|site| {
        let snippet = hosting(site).join("nginx.conf");
        let text = fs::read_to_string(&snippet).unwrap();
        let lines: Vec<_> = text.lines().filter(|line| !line.contains("Referrer-Policy")).collect();
        fs::write(snippet, lines.join("\n").replace("immutable", "private")).unwrap();
    });
    let output = check(&host.shallow);
    assert!(!output.status.success());
    for part in ["the header Referrer-Policy is missing", "not served as immutable"] {
        assert!(output_text(&output).contains(part), "{part} is not in: {}", output_text(&output));
    }
}

fn no_copy(host: &Nginx) {
    let output = check(&format!("{}nl/", host.shallow));
    assert!(!output.status.success());
    assert!(output_text(&output).contains("is a copy of this site there?"), "{}", output_text(&output));
    assert!(!check("nowhere").status.success());
}
