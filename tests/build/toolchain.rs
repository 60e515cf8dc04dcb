//! A Rust that cannot compile for the browser yet: the builder asks rustup, and says what is wrong where that does not help.
//!
//! The programs are stand-ins: `rustc` names a folder, `rustup` notes what it is asked for and does what a test wants, and
//! `cargo` fails, since reaching it is all that is to be seen here.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::{errors, folder, site};

const TARGET: &str = "wasm32-unknown-unknown";

/// A machine with a Rust that has no libraries for the browser.
struct Machine {
    folder: tempfile::TempDir,
}

impl Machine {
    fn new() -> Self {
        let machine = Self { folder: folder() };
        fs::create_dir_all(machine.toolchain().join("bin")).unwrap();
        fs::create_dir_all(machine.path("programs")).unwrap();
        let (sysroot, libraries) = (machine.toolchain(), machine.libraries());
        let rustc = format!("echo {}\necho {}", sysroot.display(), libraries.display());
        program(&machine.rustc(), &rustc);
        program(&machine.path("cargo"), &format!("echo started >> {}\nexit 1", machine.path("cargo.log").display()));
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn toolchain(&self) -> PathBuf {
        self.path("1.95.0-x86_64-unknown-linux-gnu")
    }

    fn rustc(&self) -> PathBuf {
        self.toolchain().join("bin/rustc")
    }

    fn libraries(&self) -> PathBuf {
        self.toolchain().join(format!("lib/rustlib/{TARGET}/lib"))
    }

    /// Installs a rustup that takes this file for the compiler in use, and does this when it is to add something.
    fn rustup(&self, rustc: &Path, add: &str) {
        let log = self.path("rustup.log");
        let asked = format!("echo \"$@\" >> {}", log.display());
        let which = format!("[ \"$1\" = which ] && {{ echo {}; exit; }}", rustc.display());
        program(&self.path("programs/rustup"), &format!("{asked}\n{which}\n{add}"));
    }

    /// Adds what is missing, as rustup would.
    fn adds(&self) -> String {
        let libraries = self.libraries();
        format!("mkdir -p {0}\n: > {0}/libcore-0.rlib", libraries.display())
    }

    fn build(&self) -> Output {
        self.command().output().unwrap()
    }

    fn command(&self) -> Command {
        let mut build = site();
        let path = std::env::var("PATH").unwrap();
        let path = format!("{}:{path}", self.path("programs").display());
        build.args(["build", "--out"]).arg(self.path("site")).env("PATH", path);
        build.env("RUSTC", self.rustc()).env("CARGO", self.path("cargo"));
        build
    }

    /// What rustup was asked to add.
    fn asked(&self) -> Vec<String> {
        let log = fs::read_to_string(self.path("rustup.log")).unwrap_or_default();
        log.lines().filter(|line| line.starts_with("target")).map(str::to_owned).collect()
    }

    fn compiled(&self) -> bool {
        self.path("cargo.log").exists()
    }
}

fn program(path: &Path, script: &str) {
    fs::write(path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// The one sentence that the builder ends with, after what other programs wrote.
#[track_caller]
fn refused(machine: &Machine, output: &Output) -> String {
    assert!(!output.status.success() && !machine.path("site").exists());
    assert!(!machine.compiled(), "it went on");
    let said = errors(output);
    let own: Vec<_> = said.lines().filter(|line| line.starts_with("error: ")).collect();
    assert_eq!(own.len(), 1, "more than a sentence: {said}");
    own[0].to_owned()
}

#[test]
fn rustup_is_asked_for_a_missing_target_and_the_build_goes_on() {
    let machine = Machine::new();
    machine.rustup(&machine.rustc(), &machine.adds());
    let output = machine.build();
    assert_eq!(machine.asked(), [format!("target add {TARGET}")], "{}", errors(&output));
    assert!(machine.compiled(), "{}", errors(&output));
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(said.lines().filter(|line| line.contains("rustup target add")).count(), 1, "{said}");
    // Nothing is missing any more.
    machine.build();
    assert_eq!(machine.asked().len(), 1);
}

#[test]
fn a_folder_without_its_libraries_is_missing_too() {
    let machine = Machine::new();
    fs::create_dir_all(machine.libraries()).unwrap();
    machine.rustup(&machine.rustc(), &machine.adds());
    let output = machine.build();
    assert!(machine.compiled(), "{}", errors(&output));
}

#[test]
fn builds_at_the_same_time_ask_rustup_once() {
    let machine = Machine::new();
    let busy = machine.path("busy");
    let adds = format!("mkdir {0} || exit 1\nsleep 1\n{1}\nrmdir {0}", busy.display(), machine.adds());
    machine.rustup(&machine.rustc(), &adds);
    let start = || machine.command().stdout(std::process::Stdio::null()).spawn().unwrap();
    let mut builds = [start(), start(), start()];
    for build in &mut builds {
        build.wait().unwrap();
    }
    assert_eq!(machine.asked().len(), 1);
    let compiled = fs::read_to_string(machine.path("cargo.log")).unwrap();
    assert_eq!(compiled.lines().count(), 3);
}

#[test]
fn where_rustup_fails_its_reason_shows_and_the_command_is_named() {
    let machine = Machine::new();
    machine.rustup(&machine.rustc(), "echo no network >&2\nexit 1");
    let output = machine.build();
    let said = refused(&machine, &output);
    assert!(said.contains(&format!("rustup target add {TARGET}")), "{said}");
    assert!(errors(&output).contains("no network"), "rustup's reason does not show");
}

#[test]
fn what_rustup_says_to_have_added_must_be_there() {
    let machine = Machine::new();
    machine.rustup(&machine.rustc(), "exit 0");
    let said = refused(&machine, &machine.build());
    assert!(said.contains(machine.libraries().to_str().unwrap()), "{said}");
}

#[test]
fn a_rust_without_rustup_is_told_of_its_distribution() {
    let machine = Machine::new();
    let output = machine.command().env("PATH", machine.path("programs")).output().unwrap();
    let said = refused(&machine, &output);
    for part in [TARGET, "distribution", "https://rustup.rs", machine.toolchain().to_str().unwrap()] {
        assert!(said.contains(part), "{part} is not in: {said}");
    }
    assert!(!said.contains("rustup target add"), "there is no rustup to run: {said}");
}

#[test]
fn a_rust_that_is_not_rustups_own_is_not_added_to() {
    let other = Machine::new();
    for which in [&*other.rustc(), Path::new("/nowhere/bin/rustc"), Path::new("")] {
        let machine = Machine::new();
        machine.rustup(which, &machine.adds());
        let said = refused(&machine, &machine.build());
        assert!(machine.asked().is_empty(), "rustup would add to another Rust than this one");
        assert!(said.contains(machine.toolchain().to_str().unwrap()) && said.contains("PATH"), "{said}");
    }
}

#[test]
fn a_toolchain_that_was_linked_into_rustup_has_a_sentence_of_its_own() {
    let machine = Machine::new();
    symlink(machine.toolchain(), machine.path("linked")).unwrap();
    machine.rustup(&machine.path("linked/bin/rustc"), "echo custom toolchain >&2\nexit 1");
    let said = refused(&machine, &machine.build());
    assert!(said.contains("linked") && !said.contains("rustup target add"), "{said}");
}
