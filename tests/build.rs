//! Tests of the builder from outside: its error messages, the files it writes, and the responses of its server.
//!
//! They build the repository's own pages, scripts and content, so that these are tested as built.

#[path = "build/budgets.rs"]
mod budgets;
#[path = "build/check.rs"]
mod check;
#[path = "build/faults.rs"]
mod faults;
#[path = "build/languages.rs"]
mod languages;
#[path = "build/output.rs"]
mod output;
#[path = "build/pages.rs"]
mod pages;
#[path = "build/server.rs"]
mod server;
#[path = "build/supply.rs"]
mod supply;
#[cfg(unix)]
#[path = "build/toolchain.rs"]
mod toolchain;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// Returns the folder of the repository.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Creates a temporary folder for one test.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap()
}

/// Returns a command that runs the builder.
fn site() -> Command {
    Command::new(env!("CARGO_BIN_EXE_site"))
}

/// Builds the site of the repository into the folder `out`.
fn build(out: &Path) {
    let output = site().args(["build", "--out"]).arg(out).output().unwrap();
    assert!(output.status.success(), "the build failed: {}", stderr(&output));
}

/// Returns the folder of the built site, which is built once for all tests.
fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("site");
        build(&out);
        out
    })
}

/// Copies the repository's content into this folder, with one file changed. Returns the path of the copy.
fn changed_content(folder: &Path, file: &str, change: impl Fn(&str) -> String) -> PathBuf {
    let content = folder.join("content");
    fs::create_dir_all(content.join("locales")).unwrap();
    for name in files(&root().join("content")) {
        let text = fs::read_to_string(root().join("content").join(&name)).unwrap();
        let changed = if name == file { change(&text) } else { text.clone() };
        assert!(name != file || changed != text, "the change had no effect on {file}");
        fs::write(content.join(&name), changed).unwrap();
    }
    content
}

/// Returns the standard error of a program as text.
fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Returns the paths of all files below a folder, relative to it, in order.
fn files(folder: &Path) -> Vec<String> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let paths = files.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path());
    paths.map(|path| path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/")).collect()
}

/// Returns the ids of the locales in the order of `content/site.toml`.
fn locales() -> Vec<String> {
    let site = fs::read_to_string(root().join("content/site.toml")).unwrap();
    toml::from_str::<between_us::content::Site>(&site).unwrap().locales
}
