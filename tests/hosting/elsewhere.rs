//! A test that builds are reproducible in another folder.

use std::env;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use crate::{built, files, output_text, site};

/// The sources of a build.
const SOURCES: [&str; 8] =
    ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml", "content", "public", "src", "style", "tests"];

/// Builds in a folder of another name and depth, with another `CARGO_HOME`, and compares the files.
///
/// The builder itself is the same program, and only the app is compiled again. The pages it renders cannot depend on
/// its own location: the builder checks every file for paths of this machine.
pub fn same_bytes() {
    let folder = tempfile::Builder::new().prefix("another-place-").tempdir().unwrap();
    let root = folder.path().join("deeper/sources");
    for source in SOURCES {
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(source), &root.join(source));
    }
    // The registry is shared, so that nothing is downloaded again.
    let home = folder.path().join("home-of-cargo");
    fs::create_dir_all(&home).unwrap();
    symlink(cargo_home().join("registry"), home.join("registry")).unwrap();
    let out = folder.path().join("site");
    let mut build = site();
    build.args(["build", "--out"]).arg(&out).current_dir(&root);
    build.env("CARGO_MANIFEST_DIR", &root).env("CARGO_HOME", &home).env_remove("CARGO_TARGET_DIR");
    let output = build.output().expect("the builder can be run");
    assert!(output.status.success(), "{}", output_text(&output));
    assert_eq!(files(built()), files(&out));
    for path in files(&out) {
        assert!(fs::read(built().join(&path)).unwrap() == fs::read(out.join(&path)).unwrap(), "{path} differs");
    }
}

fn cargo_home() -> PathBuf {
    let home = || env::home_dir().expect("there is a home directory").join(".cargo");
    env::var_os("CARGO_HOME").map_or_else(home, PathBuf::from)
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().map(Result::unwrap) {
        if entry.file_type().is_file() {
            let within = entry.path().strip_prefix(from).unwrap();
            // If `from` is a file, the relative path is empty, and joining it would append a slash.
            let target = if within.as_os_str().is_empty() { to.to_owned() } else { to.join(within) };
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
