//! Rust's own libraries for the browser: rustup is asked for them where they are missing, so that a first build is one
//! command.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::wasm::TARGET;

/// Makes sure that the Rust in `sysroot` has its libraries for the browser in `libraries`. `root` is the folder of
/// `Cargo.toml`, in which rustup knows the toolchain that is in use.
///
/// # Errors
///
/// Fails where they are missing and rustup cannot add them: there is none, this Rust is none of its own, or it says why.
pub fn provide(root: &Path, sysroot: &Path, libraries: &Path) -> Result<()> {
    // Tests build at the same time, and two runs of rustup at once spoil what they write. The lock is held while looking, too:
    // a folder that another build's rustup is filling is not complete. It ends with the file.
    let folder = root.join("target");
    fs::create_dir_all(&folder).with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    let path = folder.join("rustup.lock");
    let lock = File::create(&path).with_context(|| format!("{} cannot be written", path.display()))?;
    // Some file systems of networks know no locks; one build at a time works there too.
    let _ = lock.lock();
    if are_there(libraries) {
        return Ok(());
    }
    let Some(own) = rustc_of_rustup(root)? else {
        bail!(
            "the Rust in {} has no libraries for the browser, and there is no rustup to ask for them; \
             install your distribution's package of Rust's libraries for {TARGET}, or Rust from https://rustup.rs",
            sysroot.display()
        );
    };
    ensure!(
        same_folder(&own, sysroot),
        "the Rust in {} has no libraries for the browser, and rustup cannot add them, as it did not install this Rust; \
         let rustup's own `cargo` stand first in PATH, or install your distribution's package of Rust's libraries for {TARGET}",
        sysroot.display()
    );
    println!("asking rustup for Rust's libraries for the browser (rustup target add {TARGET}) …");
    let added = Command::new("rustup")
        .args(["target", "add", TARGET])
        .current_dir(root)
        .stdin(Stdio::null())
        .status()
        .context("rustup cannot be run")?;
    if added.success() {
        ensure!(are_there(libraries), "rustup added {TARGET}, but {} is still missing", libraries.display());
        return Ok(());
    }
    ensure!(
        is_official(&own),
        "rustup cannot add libraries for the browser to the Rust in {}, which was linked into it; build that Rust with the \
         target {TARGET}, or use one that rustup installed",
        sysroot.display()
    );
    bail!(
        "rustup did not add Rust's libraries for the browser, and says why above; once that is mended, run \
         `rustup target add {TARGET}`, then this again"
    )
}

/// The first of the libraries stands there. A folder may be there without it.
fn are_there(libraries: &Path) -> bool {
    let entries = fs::read_dir(libraries).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name()).any(|name| name.to_string_lossy().starts_with("libcore-"))
}

/// The folder of the toolchain that rustup would use in `root`; an empty path where it has none that can be used, and `None`
/// without rustup.
fn rustc_of_rustup(root: &Path) -> Result<Option<PathBuf>> {
    let output = match Command::new("rustup").args(["which", "rustc"]).current_dir(root).output() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        output => output.context("rustup cannot be run")?,
    };
    let printed = String::from_utf8_lossy(&output.stdout);
    let rustc = Path::new(if output.status.success() { printed.trim() } else { "" });
    // It is `bin/rustc` in the toolchain's folder.
    let toolchain = rustc.parent().and_then(Path::parent).unwrap_or(Path::new(""));
    Ok(Some(toolchain.to_owned()))
}

/// Whether rustup installed the toolchain in this folder: it then begins with the channel or the version. Any other name was
/// given by who linked it (`rustup toolchain link`), and rustup adds nothing to it.
fn is_official(toolchain: &Path) -> bool {
    let name = toolchain.file_name().unwrap_or_default().to_string_lossy();
    let channel = name.split('-').next().unwrap_or_default();
    ["stable", "beta", "nightly"].contains(&channel) || channel.starts_with(|ch: char| ch.is_ascii_digit())
}

fn same_folder(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}
