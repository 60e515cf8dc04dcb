//! Compiles the app to wasm, with the JavaScript that binds it to the browser.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use between_us::pages::Module;
use serde_json::Value;
use wasm_bindgen_cli_support::Bindgen;

use crate::cache::Cache;
use crate::libraries;
use crate::shorten_imports::shorten;
use crate::split::{self, Split, split};
use crate::strip_comments::strip_comments;
use crate::strip_exports::{block, stand_before_linker, without_unused};

/// What else the compiler is told. Measured on this app with brotli: 122 KB with it, 142 without.
const FLAGS: &[&str] = &["--cfg=erase_components", "-Cpasses=mergefunc"];

/// The browser, as Rust calls it.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// The compiled app.
pub struct App {
    /// Its modules, each for other pages.
    pub modules: Vec<Compiled>,
    /// Folders of this machine whose names may stand in no built file.
    pub private: Vec<PathBuf>,
}

/// One compiled module of the app.
pub struct Compiled {
    /// Which one.
    pub module: Module,
    /// The generated JavaScript; it exports the function that starts the app as `default`, by the name of `__wbg_init`.
    pub js: String,
    /// The wasm itself.
    pub wasm: Vec<u8>,
    /// The wasm that is loaded afterwards, where the module is split.
    pub chunk: Option<Vec<u8>>,
}

/// Compiles the package at `root`: small, or with `quick` soon.
pub fn compile(root: &Path, quick: bool, cache: &Cache) -> Result<App> {
    let compiler = Compiler::find(root)?;
    let mut modules = Vec::new();
    for module in Module::ALL {
        // Where it shall be ready soon, one compilation with all screens serves every page.
        let is_split = !quick && module.has_chunk();
        let compiled = compiler.module(quick, module)?;
        let bound = cache.get("bound", &compiled, || Ok(bind(&compiled, is_split, false)?.into_bytes()))?;
        let bound = Bound::from_bytes(&bound).context("what stands in target/site-cache is damaged")?;
        modules.push(Compiled { module, js: bound.js, wasm: bound.wasm, chunk: bound.chunk });
    }
    // What is compiled stands below these. The package's own folder alone may be called no more than `/src`, which
    // is in many a remapped path too.
    let Compiler { sysroot, cargo_home, .. } = compiler;
    let compiled = [Some(root.join("src")), cargo_home.map(|path| path.join("registry")), Some(sysroot.join("lib"))];
    let private = compiled.into_iter().flatten().chain(env::home_dir()).collect();
    Ok(App { modules, private })
}

/// Compiles one module as it is served, but with the names of its functions. The chunk is not part of it.
pub fn with_names(root: &Path, module: Module) -> Result<Vec<u8>> {
    Ok(bind(&Compiler::find(root)?.module(false, module)?, module.has_chunk(), true)?.wasm)
}

/// What compiles the package for the browser.
struct Compiler<'a> {
    root: &'a Path,
    /// Where this Rust stands.
    sysroot: PathBuf,
    /// Where cargo keeps the sources of libraries.
    cargo_home: Option<PathBuf>,
}

impl<'a> Compiler<'a> {
    /// Fails where this Rust cannot compile for the browser, and rustup cannot help.
    fn find(root: &'a Path) -> Result<Self> {
        let (sysroot, libraries) = toolchain(root)?;
        libraries::provide(root, &sysroot, &libraries)?;
        let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
        Ok(Self { root, sysroot, cargo_home })
    }

    /// Compiles a module. Where it shall be ready soon, one with all screens serves every page.
    fn module(&self, quick: bool, module: Module) -> Result<Vec<u8>> {
        let mut features: Vec<&str> = if quick { Module::ALL.map(Module::name).into() } else { vec![module.name()] };
        let is_split = !quick && module.has_chunk();
        if is_split {
            features.push("split");
        }
        let path = self.run(quick, is_split, &features.join(","))?;
        fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))
    }

    /// Runs cargo and returns the path of the module it made of what these features hold.
    fn run(&self, quick: bool, is_split: bool, features: &str) -> Result<PathBuf> {
        // Later prefixes win, hence the one that may hold the others stands first.
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
            .args(["rustc", "--lib", "--crate-type=cdylib", "--target", TARGET])
            .args(["--no-default-features", "--features", features])
            .args(["--profile", if quick { "dev" } else { "wasm" }])
            .arg("--message-format=json-render-diagnostics")
            // Flags meant for this machine, such as a linker's, would break the build for another one.
            .env_remove("RUSTFLAGS")
            .env("CARGO_ENCODED_RUSTFLAGS", flags.join(&OsString::from("\x1f")))
            // Modules of other features get a file of their own, so that none is compiled anew because another one was. Cargo
            // itself names modules for the browser by the package alone.
            .env("__CARGO_DEFAULT_LIB_METADATA", "site")
            .current_dir(self.root)
            .stderr(Stdio::inherit());
        if !quick {
            cargo.arg("--");
            stand_before_linker(&mut cargo, &self.sysroot)?;
        }
        if is_split {
            cargo.arg(split::LINKER_FLAG);
        }
        let output = cargo.output().with_context(|| format!("{} cannot be run", program.display()))?;
        ensure!(output.status.success(), "the app does not compile; the reasons stand above");
        String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .filter(|message| message["reason"] == "compiler-artifact")
            .flat_map(|message| message["filenames"].as_array().cloned().unwrap_or_default())
            .filter_map(|name| Some(PathBuf::from(name.as_str()?)))
            .rfind(|path| path.extension().is_some_and(|extension| extension == "wasm"))
            .context("cargo made no wasm module")
    }
}

/// Where this Rust stands, and where its libraries for the browser would.
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
    /// All of it, each part behind its length.
    fn into_bytes(self) -> Vec<u8> {
        let parts = [Some(self.js.into_bytes()), Some(self.wasm), self.chunk];
        let with_length = |part: Vec<u8>| [&(part.len() as u32).to_le_bytes()[..], &part].concat();
        parts.into_iter().flatten().flat_map(with_length).collect()
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let mut rest = bytes;
        let mut part = || block(&mut rest).map(|part| part[4..].to_vec());
        let (js, wasm) = (String::from_utf8(part()?)?, part()?);
        Ok(Self { js, wasm, chunk: if rest.is_empty() { None } else { Some(block(&mut rest)?[4..].to_vec()) } })
    }
}

/// Makes the bindings, and the module that goes with them, in two parts if it `is_split`.
fn bind(module: &[u8], is_split: bool, names: bool) -> Result<Bound> {
    let parts = if is_split { Some(split(module)?) } else { None };
    let (main, chunk) = parts.map_or((None, None), |Split { main, chunk }| (Some(main), Some(chunk)));
    let mut main = without_unused(main.as_deref().unwrap_or(module), names)?;
    let unused = main.exports.iter().filter(|one| split::UNUSED_EXPORTS.contains(&&*one.name)).map(|one| one.id());
    let unused: Vec<_> = unused.collect();
    unused.into_iter().for_each(|export| main.exports.delete(export));
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
