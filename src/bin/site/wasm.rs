//! Compiles the app to WebAssembly and generates its JavaScript bindings.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use between_us::pages::Bundle;
use serde_json::Value;
use wasm_bindgen_cli_support::Bindgen;

use crate::cache::Cache;
use crate::libraries;
use crate::shorten_imports::shorten;
use crate::split::{self, Split, split};
use crate::strip_comments::strip_comments;
use crate::strip_exports::without_markers;

/// Additional compiler flags. Measured on this app with brotli: 122 KB with them, 142 KB without.
const FLAGS: &[&str] = &["--cfg=erase_components", "-Cpasses=mergefunc"];

/// The target triple of the browser.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// The compiled app.
pub struct App {
    /// The compiled bundles.
    pub bundles: Vec<Compiled>,
    /// Folders of this machine whose names must not appear in any built file.
    pub private: Vec<PathBuf>,
}

/// A compiled bundle of the app.
pub struct Compiled {
    /// The bundle that was compiled.
    pub bundle: Bundle,
    /// The generated JavaScript. It exports the function that initializes the module as `default`, named `__wbg_init`.
    pub js: String,
    /// The WebAssembly module.
    pub wasm: Vec<u8>,
    /// The module that is loaded once the page is ready, if the bundle is split.
    pub chunk: Option<Vec<u8>>,
}

/// Compiles every bundle of the package at `root`, optimized for size, or for build time if `quick` is set.
///
/// # Errors
///
/// Returns an error if Rust cannot compile for the browser, or if a step of the compilation fails.
pub fn compile(root: &Path, quick: bool, cache: &Cache) -> Result<App> {
    let compiler = Compiler::find(root)?;
    let mut bundles = Vec::new();
    for bundle in Bundle::ALL {
        let is_split = !quick && bundle.has_chunk();
        let module = compiler.compile(quick, bundle)?;
        let bound = cache.get("bound", &module, || Ok(bind(&module, is_split, false)?.into_bytes()))?;
        let bound = Bound::from_bytes(&bound).context("an entry of target/site-cache is damaged")?;
        bundles.push(Compiled { bundle, js: bound.js, wasm: bound.wasm, chunk: bound.chunk });
    }
    // Paths of compiled sources begin with these. The package's own folder is listed with `src`: the folder alone could
    // be as short as `/src`, which is part of many remapped paths too.
    let Compiler { sysroot, cargo_home, .. } = compiler;
    let sources = [Some(root.join("src")), cargo_home.map(|path| path.join("registry")), Some(sysroot.join("lib"))];
    let private = sources.into_iter().flatten().chain(env::home_dir()).collect();
    Ok(App { bundles, private })
}

/// Compiles a bundle as for release, but keeps the names of its functions. The chunk is not part of the result.
///
/// # Errors
///
/// Returns an error where [`compile`] does.
pub fn with_names(root: &Path, bundle: Bundle) -> Result<Vec<u8>> {
    Ok(bind(&Compiler::find(root)?.compile(false, bundle)?, bundle.has_chunk(), true)?.wasm)
}

/// Compiles the package for the browser.
struct Compiler<'a> {
    root: &'a Path,
    /// The root of the installed Rust toolchain.
    sysroot: PathBuf,
    /// The folder in which cargo keeps the sources of libraries.
    cargo_home: Option<PathBuf>,
}

impl<'a> Compiler<'a> {
    /// Finds the toolchain, and asks rustup for the browser's target if it is missing.
    ///
    /// # Errors
    ///
    /// Returns an error if this Rust cannot compile for the browser and rustup cannot add the target.
    fn find(root: &'a Path) -> Result<Self> {
        let (sysroot, libraries) = toolchain(root)?;
        libraries::provide(root, &sysroot, &libraries)?;
        let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
        Ok(Self { root, sysroot, cargo_home })
    }

    /// Compiles the entry point of a bundle and returns the module that the linker wrote.
    fn compile(&self, quick: bool, bundle: Bundle) -> Result<Vec<u8>> {
        // Later prefixes win, so a prefix of another one comes first.
        let remapped = [
            self.cargo_home.as_deref().map(|path| (path, "cargo")),
            Some((self.sysroot.as_path(), "rust")),
            Some((self.root, "between-us")),
        ];
        let flags: Vec<OsString> = remapped
            .into_iter()
            .flatten()
            .map(|(path, name)| {
                let mut flag = OsString::from("--remap-path-prefix=");
                flag.push(path);
                flag.push(format!("={name}"));
                flag
            })
            .chain(FLAGS.iter().map(Into::into))
            .collect();
        let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut cargo = Command::new(&program);
        cargo
            .args(["rustc", "--package", env!("CARGO_PKG_NAME"), "--bin", bundle.name(), "--target", TARGET])
            .args(["--profile", if quick { "dev" } else { "wasm" }])
            .arg("--message-format=json-render-diagnostics")
            // Flags meant for this machine, such as a linker's, would break the build for another one.
            .env_remove("RUSTFLAGS")
            .env("CARGO_ENCODED_RUSTFLAGS", flags.join(&OsString::from("\x1f")))
            .current_dir(self.root)
            .stderr(Stdio::inherit());
        if !quick {
            cargo.args(["--features", "split"]);
        }
        if !quick && bundle.has_chunk() {
            cargo.args(["--", split::LINKER_FLAG]);
        }
        let output = cargo.output().with_context(|| format!("{} cannot be run", program.display()))?;
        ensure!(output.status.success(), "the app does not compile; the compiler's messages are above");
        let path = String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .filter(|message| message["reason"] == "compiler-artifact")
            .flat_map(|message| message["filenames"].as_array().cloned().unwrap_or_default())
            .filter_map(|name| Some(PathBuf::from(name.as_str()?)))
            .rfind(|path| path.extension().is_some_and(|extension| extension == "wasm"))
            .context("cargo made no wasm module")?;
        fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))
    }
}

/// Returns the root of the Rust toolchain, and the folder of its libraries for the browser, which may not exist.
fn toolchain(root: &Path) -> Result<(PathBuf, PathBuf)> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(&rustc)
        .args(["--print=sysroot", "--print=target-libdir", "--target", TARGET])
        .current_dir(root)
        .output()
        .with_context(|| format!("{} cannot be run; is Rust installed?", rustc.display()))?;
    let printed = String::from_utf8_lossy(&output.stdout);
    match printed.lines().collect::<Vec<_>>()[..] {
        [sysroot, libraries] if output.status.success() => Ok((sysroot.into(), libraries.into())),
        _ => bail!(
            "{} does not say where it stands: {}",
            rustc.display(),
            String::from_utf8_lossy(&output.stderr).trim()
        ),
    }
}

/// A module with its bindings.
struct Bound {
    js: String,
    wasm: Vec<u8>,
    chunk: Option<Vec<u8>>,
}

impl Bound {
    /// Returns all parts, each after its length, for the cache.
    fn into_bytes(self) -> Vec<u8> {
        let parts = [Some(self.js.into_bytes()), Some(self.wasm), self.chunk];
        let with_length = |part: Vec<u8>| [&(part.len() as u32).to_le_bytes()[..], &part].concat();
        parts.into_iter().flatten().flat_map(with_length).collect()
    }

    /// Reads the format that [`Self::into_bytes`] writes.
    fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let mut rest = bytes;
        let mut part = || block(&mut rest).map(<[u8]>::to_vec);
        let (js, wasm) = (String::from_utf8(part()?)?, part()?);
        Ok(Self { js, wasm, chunk: if rest.is_empty() { None } else { Some(block(&mut rest)?.to_vec()) } })
    }
}

/// Removes one block from the front of `rest` and returns it. A block is its length in four little-endian bytes,
/// followed by that many bytes.
fn block<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8]> {
    let split = rest.split_first_chunk::<4>();
    let split = split.and_then(|(length, after)| after.split_at_checked(u32::from_le_bytes(*length) as usize));
    let (block, after) = split.context("a block ends too early")?;
    *rest = after;
    Ok(block)
}

/// Generates the bindings of a module. Splits the module into two parts if `is_split` is set.
fn bind(module: &[u8], is_split: bool, names: bool) -> Result<Bound> {
    let parts = if is_split { Some(split(module)?) } else { None };
    let (main, chunk) = parts.map_or((None, None), |Split { main, chunk }| (Some(main), Some(chunk)));
    let main = without_markers(main.as_deref().unwrap_or(module), names)?;
    let mut output = Bindgen::new()
        .input_module("app", main)
        .keep_lld_exports(is_split)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .generate_output()
        .context("the bindings of the app cannot be made")?;
    let snippets = output.snippets().iter().filter(|(_, files)| !files.is_empty()).map(|(library, _)| library);
    let beside: Vec<&str> = snippets.chain(output.local_modules().keys()).map(String::as_str).collect();
    ensure!(
        beside.is_empty(),
        "a library brings JavaScript of its own, which would cost one more request each: {}",
        beside.join(", ")
    );
    let js = strip_comments(output.js())?;
    let js = shorten(&js, output.wasm_mut())?;
    Ok(Bound { js, wasm: output.wasm_mut().emit_wasm(), chunk })
}
