//! Installs Rust's standard libraries for wasm with rustup where they are missing, so that a first build is one
//! command.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::wasm::TARGET;

/// Makes sure that the toolchain in `sysroot` has its libraries for wasm in `libraries`. `root` is the folder of
/// `Cargo.toml`, where rustup resolves the toolchain in use.
///
/// # Errors
///
/// Fails when the libraries are missing and rustup is not installed, did not install this toolchain, or cannot add
/// them.
pub fn provide(root: &Path, sysroot: &Path, libraries: &Path) -> Result<()> {
    // Tests build concurrently, and concurrent runs of rustup corrupt each other's files. The lock also covers the
    // check, since a folder that another rustup is filling is incomplete. Dropping the file releases it.
    let folder = root.join("target");
    fs::create_dir_all(&folder).with_context(|| format!("the folder {} cannot be created", folder.display()))?;
    let path = folder.join("rustup.lock");
    let lock = File::create(&path).with_context(|| format!("{} cannot be written", path.display()))?;
    // Some network file systems do not support locks; there, only concurrent builds are at risk.
    let _ = lock.lock();
    if are_installed(libraries) {
        return Ok(());
    }
    let Some(own) = rustup_toolchain(root)? else {
        bail!(
            "the Rust toolchain in {} lacks the target {TARGET}, and rustup is not installed; install your \
             distribution's package of Rust's libraries for {TARGET}, or install Rust from https://rustup.rs",
            sysroot.display()
        );
    };
    ensure!(
        same_folder(&own, sysroot),
        "the Rust toolchain in {} lacks the target {TARGET}, and rustup cannot add it, since it did not install this \
         toolchain; put rustup's `cargo` first in PATH, or install your distribution's package of Rust's libraries for \
         {TARGET}",
        sysroot.display()
    );
    println!("installing the target with rustup (rustup target add {TARGET}) …");
    let added = Command::new("rustup")
        .args(["target", "add", TARGET])
        .current_dir(root)
        .stdin(Stdio::null())
        .status()
        .context("rustup cannot be run")?;
    if added.success() {
        ensure!(are_installed(libraries), "rustup added {TARGET}, but {} is still missing", libraries.display());
        return Ok(());
    }
    ensure!(
        is_official(&own),
        "rustup cannot add the target {TARGET} to the Rust toolchain in {}, which was linked with \
         `rustup toolchain link`; build that toolchain with the target, or use one that rustup installed",
        sysroot.display()
    );
    bail!(
        "rustup could not add the target {TARGET}; its own message above says why; fix that, run \
         `rustup target add {TARGET}`, then try again"
    )
}

/// Returns whether the folder contains the core library. The folder may exist without it.
fn are_installed(libraries: &Path) -> bool {
    let entries = fs::read_dir(libraries).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name()).any(|name| name.to_string_lossy().starts_with("libcore-"))
}

/// Returns the folder of the toolchain that rustup uses in `root`: an empty path if it has no usable one, and `None` if
/// rustup is not installed.
fn rustup_toolchain(root: &Path) -> Result<Option<PathBuf>> {
    let output = match Command::new("rustup").args(["which", "rustc"]).current_dir(root).output() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        output => output.context("rustup cannot be run")?,
    };
    let printed = String::from_utf8_lossy(&output.stdout);
    let rustc = Path::new(if output.status.success() { printed.trim() } else { "" });
    // The path ends in `bin/rustc`.
    let toolchain = rustc.parent().and_then(Path::parent).unwrap_or(Path::new(""));
    Ok(Some(toolchain.to_owned()))
}

/// Returns whether rustup installed the toolchain in this folder: its name then begins with a channel or a version. A
/// linked toolchain (`rustup toolchain link`) has a custom name, and rustup cannot add targets to it.
fn is_official(toolchain: &Path) -> bool {
    let name = toolchain.file_name().unwrap_or_default().to_string_lossy();
    let channel = name.split('-').next().unwrap_or_default();
    ["stable", "beta", "nightly"].contains(&channel) || channel.starts_with(|ch: char| ch.is_ascii_digit())
}

fn same_folder(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}
