//! Tests of a toolchain without the wasm target: the builder installs the target with rustup, or reports why it cannot.
//!
//! The programs are stubs: `rustc` prints its folders, `rustup` logs its arguments and runs the script of the test, and
//! `cargo` logs that it was started, then fails.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::{folder, site, stderr};

const TARGET: &str = "wasm32-unknown-unknown";

/// A folder with a stub toolchain that lacks the wasm target.
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

    /// Installs a stub of rustup whose `which` prints the path `rustc`, and which runs the script `add` for other
    /// commands.
    fn rustup(&self, rustc: &Path, add: &str) {
        let log = self.path("rustup.log");
        let log_arguments = format!("echo \"$@\" >> {}", log.display());
        let which = format!("[ \"$1\" = which ] && {{ echo {}; exit; }}", rustc.display());
        program(&self.path("programs/rustup"), &format!("{log_arguments}\n{which}\n{add}"));
    }

    /// Returns a script that adds the missing libraries, as rustup does.
    fn add_script(&self) -> String {
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

    /// Returns the `target` commands that rustup was called with.
    fn rustup_calls(&self) -> Vec<String> {
        let log = fs::read_to_string(self.path("rustup.log")).unwrap_or_default();
        log.lines().filter(|line| line.starts_with("target")).map(str::to_owned).collect()
    }

    /// Returns whether the build went on to call cargo.
    fn has_compiled(&self) -> bool {
        self.path("cargo.log").exists()
    }
}

/// Writes an executable shell script.
fn program(path: &Path, script: &str) {
    fs::write(path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Asserts that the build failed before it called cargo, and returns the builder's own error message.
#[track_caller]
fn build_error(machine: &Machine, output: &Output) -> String {
    assert!(!output.status.success() && !machine.path("site").exists());
    assert!(!machine.has_compiled(), "the build called cargo");
    let stderr = stderr(output);
    let own: Vec<_> = stderr.lines().filter(|line| line.starts_with("error: ")).collect();
    assert_eq!(own.len(), 1, "the error has more than one line: {stderr}");
    own[0].to_owned()
}

#[test]
fn a_missing_target_is_installed_with_rustup() {
    let machine = Machine::new();
    machine.rustup(&machine.rustc(), &machine.add_script());
    let output = machine.build();
    assert_eq!(machine.rustup_calls(), [format!("target add {TARGET}")], "{}", stderr(&output));
    assert!(machine.has_compiled(), "{}", stderr(&output));
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert_eq!(stdout.lines().filter(|line| line.contains("rustup target add")).count(), 1, "{stdout}");
    // The target is installed now.
    machine.build();
    assert_eq!(machine.rustup_calls().len(), 1);
}

#[test]
fn an_empty_folder_of_libraries_counts_as_missing() {
    let machine = Machine::new();
    fs::create_dir_all(machine.libraries()).unwrap();
    machine.rustup(&machine.rustc(), &machine.add_script());
    let output = machine.build();
    assert!(machine.has_compiled(), "{}", stderr(&output));
}

#[test]
fn concurrent_builds_call_rustup_once() {
    let machine = Machine::new();
    let busy = machine.path("busy");
    let add = format!("mkdir {0} || exit 1\nsleep 1\n{1}\nrmdir {0}", busy.display(), machine.add_script());
    machine.rustup(&machine.rustc(), &add);
    let start = || machine.command().stdout(std::process::Stdio::null()).spawn().unwrap();
    let mut builds = [start(), start(), start()];
    for build in &mut builds {
        build.wait().unwrap();
    }
    assert_eq!(machine.rustup_calls().len(), 1);
    let cargo_calls = fs::read_to_string(machine.path("cargo.log")).unwrap();
    assert_eq!(cargo_calls.lines().count(), 3);
}

#[test]
fn a_failure_of_rustup_is_shown_with_the_command_to_repeat() {
    let machine = Machine::new();
    machine.rustup(&machine.rustc(), "echo no network >&2\nexit 1");
    let output = machine.build();
    let message = build_error(&machine, &output);
    assert!(message.contains(&format!("rustup target add {TARGET}")), "{message}");
    assert!(stderr(&output).contains("no network"), "the message of rustup is not shown");
}

#[test]
fn libraries_that_rustup_did_not_add_despite_success_are_reported() {
    let machine = Machine::new();
    machine.rustup(&machine.rustc(), "exit 0");
    let message = build_error(&machine, &machine.build());
    assert!(message.contains(machine.libraries().to_str().unwrap()), "{message}");
}

#[test]
fn without_rustup_the_error_suggests_the_distributions_package() {
    let machine = Machine::new();
    let output = machine.command().env("PATH", machine.path("programs")).output().unwrap();
    let message = build_error(&machine, &output);
    for part in [TARGET, "distribution", "https://rustup.rs", machine.toolchain().to_str().unwrap()] {
        assert!(message.contains(part), "{part} is not in: {message}");
    }
    assert!(!message.contains("rustup target add"), "rustup is not installed: {message}");
}

#[test]
fn a_toolchain_that_rustup_did_not_install_is_left_unchanged() {
    let other = Machine::new();
    for which in [&*other.rustc(), Path::new("/nowhere/bin/rustc"), Path::new("")] {
        let machine = Machine::new();
        machine.rustup(which, &machine.add_script());
        let message = build_error(&machine, &machine.build());
        assert!(machine.rustup_calls().is_empty(), "rustup was called for another toolchain");
        assert!(message.contains(machine.toolchain().to_str().unwrap()) && message.contains("PATH"), "{message}");
    }
}

#[test]
fn a_linked_toolchain_has_its_own_error_message() {
    let machine = Machine::new();
    symlink(machine.toolchain(), machine.path("linked")).unwrap();
    machine.rustup(&machine.path("linked/bin/rustc"), "echo custom toolchain >&2\nexit 1");
    let message = build_error(&machine, &machine.build());
    assert!(message.contains("linked") && !message.contains("rustup target add"), "{message}");
}
