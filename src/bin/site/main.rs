//! The builder and preview server: `cargo run` compiles the app, renders every page and serves the result.
//!
//! - [`build`]: the steps of a build, in order
//!   - [`wasm`]: compiles the bundles of the app and their JavaScript bindings
//!   - [`libraries`]: asks rustup for what Rust needs to compile for the browser
//!   - [`split`]: splits a bundle into the main module and the chunk that a page loads afterwards
//!   - [`strip_exports`]: removes exports that only the linker or the splitter needs
//!   - [`strip_comments`]: removes comments and indentation from scripts
//!   - [`shorten_imports`]: shortens the names of the imports that a module and its bindings share
//!   - [`style`]: joins and minifies the style sheets
//!   - [`assets`]: names and completes the files that pages link to
//!   - [`public_file`]: reads the files of `public/`
//!   - [`manifest`]: writes the web app manifests and their icons
//!   - [`icon_png`]: renders an SVG to a PNG
//!   - [`render`]: renders the pages and rejects markup that the content security policy would block
//!   - [`output`]: the built files: their names and hashes, and the output folder
//!   - [`compress`]: writes the `.br` and `.gz` files
//!   - [`cache`]: keeps results of slow steps between builds
//!   - [`report`]: prints the table of sizes at the end
//! - [`check`]: inspects a live copy
//! - [`server`]: the preview server of the library, with the one table of response headers
//! - [`watch`]: rebuilds and reloads the page when a source changes
//! - [`size_report`]: prints the sizes of the app's crates and functions

mod assets;
mod build;
mod cache;
mod check;
mod compress;
mod icon_png;
mod libraries;
mod manifest;
mod output;
mod public_file;
mod render;
mod report;
mod shorten_imports;
mod size_report;
mod split;
mod strip_comments;
mod strip_exports;
mod style;
mod wasm;
mod watch;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use between_us::server;
use lexopt::prelude::*;

const USAGE: &str = "\
Builds and serves the site.

Usage: cargo run -- [COMMAND] [OPTIONS]
       cargo run -- check URL

Commands:
  serve   Build, then serve at http://127.0.0.1:8080/ (the default)
  build   Build only
  watch   For developers: build a quick version, serve it at http://127.0.0.1:8081/,
          and build again and reload the page at every change
  weigh   For developers: what the bytes of the questions' app are spent on, by crate
          and by function
  check   Look at the live copy at this address: its headers, its files and their
          bytes, and whether it is the build in --out

Options:
  --port N       Serve at this port; 0 picks a free one
  --out DIR      The folder to build into, replaced as a whole (default: target/site)
  --content DIR  The folder of the words (default: content)
  --public DIR   The folder of the icon and the small scripts (default: public)
  --quick        Build an app that is large and compressed nowhere, but ready soon
  --help         Show this
";

/// The parsed command line.
struct Arguments {
    command: Command,
    /// The address that `check` inspects.
    url: Option<String>,
    port: Option<u16>,
    out: Option<PathBuf>,
    content: Option<PathBuf>,
    public: Option<PathBuf>,
    quick: bool,
}

/// A command of the builder.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Command {
    Build,
    Check,
    Serve,
    Watch,
    Weigh,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let Some(arguments) = arguments()? else {
        print!("{USAGE}");
        return Ok(());
    };
    let root = package_root()?;
    let watching = arguments.command == Command::Watch;
    let out = if watching { "target/watch" } else { "target/site" };
    let plan = build::Plan {
        content: as_seen_from_here(arguments.content.unwrap_or_else(|| root.join("content")))?,
        public: as_seen_from_here(arguments.public.unwrap_or_else(|| root.join("public")))?,
        out: as_seen_from_here(arguments.out.unwrap_or_else(|| root.join(out)))?,
        quick: arguments.quick || watching,
        root,
    };
    match arguments.command {
        Command::Build => build::build(&plan),
        Command::Check => check::check(&arguments.url.context("check takes the address of a copy")?, &plan.out),
        Command::Serve => {
            // Bound before the long build, so that a port in use is reported at once.
            let listener = server::listen(arguments.port.unwrap_or(8080))?;
            build::build(&plan)?;
            server::serve(listener, &plan.out)
        }
        Command::Watch => watch::watch(server::listen(arguments.port.unwrap_or(8081))?, &plan),
        Command::Weigh => size_report::size_report(&plan.root),
    }
}

/// Parses the command line. Returns `None` for `--help`.
fn arguments() -> Result<Option<Arguments>> {
    let mut read = Arguments {
        command: Command::Serve,
        url: None,
        port: None,
        out: None,
        content: None,
        public: None,
        quick: false,
    };
    let mut named = false;
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(None),
            Long("port") => {
                let value = parser.value()?;
                read.port = Some(value.parse().context("--port takes a number from 0 to 65535")?);
            }
            Long("out") => read.out = Some(parser.value()?.into()),
            Long("content") => read.content = Some(parser.value()?.into()),
            Long("public") => read.public = Some(parser.value()?.into()),
            Long("quick") => read.quick = true,
            Value(command) if !named => {
                named = true;
                read.command = match command.to_str() {
                    Some("build") => Command::Build,
                    Some("check") => Command::Check,
                    Some("serve") => Command::Serve,
                    Some("watch") => Command::Watch,
                    Some("weigh") => Command::Weigh,
                    _ => bail!("{} is no command; see --help", command.display()),
                };
            }
            Value(url) if read.command == Command::Check && read.url.is_none() => {
                read.url = Some(url.string()?);
            }
            other => bail!("{}; see --help", other.unexpected()),
        }
    }
    Ok(Some(read))
}

/// Returns the folder of `Cargo.toml`: the one that cargo passes, or else the nearest one above the working folder.
///
/// Determined at run time rather than at compile time, so that a checkout can be moved.
fn package_root() -> Result<PathBuf> {
    if let Some(root) = std::env::var_os("CARGO_MANIFEST_DIR") {
        return Ok(root.into());
    }
    let here = working_folder()?;
    here.ancestors()
        .find(|folder| folder.join("Cargo.toml").is_file() && folder.join("src/bin/site").is_dir())
        .map(Path::to_owned)
        .context("run this inside the folder of Between Us, where Cargo.toml stands")
}

/// Returns a path relative to the working folder if it is inside of it, which makes messages shorter.
fn as_seen_from_here(path: PathBuf) -> Result<PathBuf> {
    let here = working_folder()?;
    let path = std::path::absolute(path)?;
    Ok(match path.strip_prefix(&here) {
        Ok(inside) if !inside.as_os_str().is_empty() => inside.to_owned(),
        _ => path,
    })
}

fn working_folder() -> Result<PathBuf> {
    std::env::current_dir().context("the working folder cannot be read")
}
