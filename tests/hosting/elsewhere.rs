//! The same sources give the same bytes wherever they are built.

use std::env;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use crate::{built, files, said, site};

/// What a build is made from.
const SOURCES: [&str; 8] =
    ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml", "content", "public", "src", "style", "tests"];

/// Builds in a folder of another name and depth, with a cargo home of another name, and compares.
///
/// The program is the same: it draws the pages and compiles nothing into itself of where it stands, which the builder
/// holds every file against as well. What is compiled anew, from the first crate on, is the app.
pub fn same_bytes() {
    let folder = tempfile::Builder::new().prefix("another-place-").tempdir().unwrap();
    let root = folder.path().join("deeper/sources");
    for source in SOURCES {
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(source), &root.join(source));
    }
    // What cargo has fetched is lent, so that nothing is fetched twice.
    let home = folder.path().join("home-of-cargo");
    fs::create_dir_all(&home).unwrap();
    symlink(cargo_home().join("registry"), home.join("registry")).unwrap();
    let out = folder.path().join("site");
    let mut build = site();
    build.args(["build", "--out"]).arg(&out).current_dir(&root);
    build.env("CARGO_MANIFEST_DIR", &root).env("CARGO_HOME", &home).env_remove("CARGO_TARGET_DIR");
    let output = build.output().expect("the builder starts");
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(files(built()), files(&out));
    for path in files(&out) {
        assert!(fs::read(built().join(&path)).unwrap() == fs::read(out.join(&path)).unwrap(), "{path} differs");
    }
}

fn cargo_home() -> PathBuf {
    let home = || env::home_dir().expect("there is a home").join(".cargo");
    env::var_os("CARGO_HOME").map_or_else(home, PathBuf::from)
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().map(Result::unwrap) {
        if entry.file_type().is_file() {
            let within = entry.path().strip_prefix(from).unwrap();
            // A file that is copied by itself has no path within itself, and joining none would make a folder of it.
            let target = if within.as_os_str().is_empty() { to.to_owned() } else { to.join(within) };
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
