//! Takes out of the compiled module what a library exports and nothing here calls.
//!
//! `leptos` links `wasm-streams` by way of `server_fn`. Its exported classes keep their code, and the code of the
//! promises they make, in the module and in the bindings: 8 KB on the wire (measured: docs/architecture.md). It goes in
//! two steps: the linker is not told of these exports, and drops the code; then their descriptions go, so that no
//! bindings are made for them.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use walrus::{Module, ModuleConfig, RawCustomSection};

/// What every name that `wasm-streams` exports holds, in small letters.
const UNUSED: &str = "intounderlying";

/// The section in which each use of `wasm-bindgen` describes itself.
const SECTION: &str = "__wasm_bindgen_unstable";

/// Names the compiler's own linker to this program, when the compiler runs it in that one's place.
const LINKER: &str = "BETWEEN_US_LINKER";

/// Lets this program stand between the compiler that `cargo` runs and its linker. `sysroot` is where this Rust stands. What is
/// said to the compiler itself follows in this command, behind a `--`.
///
/// Where the linker is not found, everything is linked as usual, and the module is a little larger.
pub fn stand_before_linker(cargo: &mut Command, sysroot: &Path) -> Result<()> {
    let hosts = std::fs::read_dir(sysroot.join("lib/rustlib")).into_iter().flatten().flatten();
    let linkers = hosts.map(|host| host.path().join(format!("bin/rust-lld{}", env::consts::EXE_SUFFIX)));
    if let Some(linker) = linkers.into_iter().find(|path| path.is_file()) {
        let own = env::current_exe().context("this program does not know its own path")?;
        let mut flag = OsString::from("-Clinker=");
        flag.push(own);
        cargo.env(LINKER, linker).arg(flag);
    }
    Ok(())
}

/// Links in place of the compiler's own linker, if the compiler runs this program for that.
pub fn link() -> Option<ExitCode> {
    let linker = PathBuf::from(env::var_os(LINKER)?);
    let mut arguments = env::args_os().skip(1);
    let mut wanted = Vec::new();
    while let Some(argument) = arguments.next() {
        if argument != "--export" {
            wanted.push(argument);
        } else if let Some(name) = arguments.next().filter(|name| !is_unused(&name.to_string_lossy())) {
            wanted.extend([argument, name]);
        }
    }
    match Command::new(&linker).args(wanted).status() {
        Ok(status) if status.success() => Some(ExitCode::SUCCESS),
        Ok(_) => Some(ExitCode::FAILURE),
        Err(error) => {
            eprintln!("error: {} cannot be run: {error}", linker.display());
            Some(ExitCode::FAILURE)
        }
    }
}

/// Reads a compiled module, without the unused exports and without their descriptions, so that no bindings are made for
/// them and nothing holds on to their code. What functions are called is left out unless the `names` are asked for.
pub fn without_unused(module: &[u8], names: bool) -> Result<Module> {
    let mut config = ModuleConfig::new();
    config.strict_validate(false).generate_name_section(names).generate_producers_section(false);
    let mut module = config.parse(module).context("the compiled app cannot be read")?;
    let exports: Vec<_> = module.exports.iter().filter(|one| is_unused(&one.name)).map(|one| one.id()).collect();
    exports.into_iter().for_each(|export| module.exports.delete(export));
    let mut kept = Vec::new();
    while let Some(section) = module.customs.remove_raw(SECTION) {
        let mut rest = &section.data[..];
        // Each description is two blocks: by which version of `wasm-bindgen` it was written, and what it describes.
        while !rest.is_empty() {
            let version = block(&mut rest)?;
            let description = block(&mut rest)?;
            if !is_unused(&String::from_utf8_lossy(description)) {
                kept.extend([version, description].concat());
            }
        }
    }
    module.customs.add(RawCustomSection { name: SECTION.to_owned(), data: kept });
    Ok(module)
}

fn is_unused(name: &str) -> bool {
    name.to_ascii_lowercase().contains(UNUSED) || name.starts_with(SPLIT)
}

/// The export that Leptos' own helpers leave for the splitter, which does without it (`split`). Its name changes with the
/// folder in which cargo keeps its sources: with it, the same sources gave other bytes on another machine.
const SPLIT: &str = "_WASM_SPLIT_MARKER_";

/// Takes one block off the front: its length in four bytes, and as many bytes. The length stays with it.
pub fn block<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8]> {
    let length = rest.first_chunk::<4>().map(|length| 4 + u32::from_le_bytes(*length) as usize);
    let block = length.and_then(|length| rest.split_at_checked(length));
    let (block, after) = block.context("this version of wasm-bindgen describes itself in another way")?;
    *rest = after;
    Ok(block)
}
