//! The steps of a build, in order.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use between_us::content::Content;
use between_us::server::headers;

use crate::cache::Cache;
use crate::compress::compress;
use crate::output::{Files, check_replaceable, write_file};
use crate::{assets, render, report, style, wasm};

/// The sources and the options of a build.
pub struct Plan {
    /// The folder of `Cargo.toml`.
    pub root: PathBuf,
    /// The folder of the content: the questionnaire, the help lines and the locales.
    pub content: PathBuf,
    /// The folder of the icons and the scripts.
    pub public: PathBuf,
    /// The folder to build into.
    pub out: PathBuf,
    /// True optimizes for build time, false for size.
    pub quick: bool,
}

/// Builds the site in memory, and replaces the output folder only once every file is complete.
///
/// # Errors
///
/// Returns an error if a source is missing or invalid, a compilation fails, or the output folder cannot be replaced.
pub fn build(plan: &Plan) -> Result<()> {
    check_replaceable(&plan.out)?;
    println!("reading the content …");
    let content = Content::load(&plan.content)?;
    let unchecked: Vec<_> =
        content.help.unchecked().map(|(country, line)| format!("{} ({})", line.name, country.id)).collect();
    if !unchecked.is_empty() {
        println!("help lines shown without a number, since they are unchecked: {}", unchecked.join(", "));
    }

    // Before the app is compiled, which takes minutes, so that an error in a style sheet is reported at once.
    let [style, apart] = ["main.css", "apart.css"].map(|sheet| style::join(&plan.root.join("style"), sheet));
    let (style, apart) = (style?, apart?);

    println!("compiling the app …");
    let cache = Cache::open(plan.root.join("target/site-cache"));
    let app = wasm::compile(&plan.root, plan.quick, &cache)?;

    println!("joining the scripts …");
    let mut files = Files::default();
    let assets = assets::add(&mut files, &plan.public, &content, &app, (&style, &apart))?;

    println!("rendering {} pages …", render::count(&content));
    let pages = render::render(&content, &assets)?;
    for (path, html) in &pages {
        files.add(path.clone(), html.as_bytes());
    }
    assets::add_worker(&mut files, &plan.public, &content)?;
    files.add("_headers", headers::netlify());

    if !plan.quick {
        check_machine_paths(&files, &app.private)?;
        println!("compressing {} files …", files.0.len());
        compress(&mut files, &cache)?;
    }
    files.write(&plan.out)?;
    write_host_files(plan)?;
    if !plan.quick {
        report::print(&files, &assets, pages.iter().map(|(path, _)| path.as_str()));
    }
    println!("built {}", plan.out.display());
    Ok(())
}

/// Writes the configuration snippets for hosts into a folder beside the site, where they are not served.
fn write_host_files(plan: &Plan) -> Result<()> {
    let mut name = plan.out.file_name().context("--out names no folder")?.to_owned();
    name.push(".hosting");
    let folder = plan.out.with_file_name(name);
    write_file(&folder.join("nginx.conf"), headers::nginx().as_bytes())?;
    write_file(&folder.join("Caddyfile"), headers::caddy().as_bytes())
}

/// Checks that no file contains the path of a folder of this machine: it would reveal who built the site, and the same
/// source would give different bytes elsewhere.
///
/// # Errors
///
/// Returns an error for the first file that contains one of the folders in `private`.
fn check_machine_paths(files: &Files, private: &[PathBuf]) -> Result<()> {
    for (path, bytes) in &files.0 {
        // Compiled code stores strings next to each other; in a text, a path starts at a word boundary.
        let is_compiled = path.ends_with(".wasm") || path.ends_with(".js");
        // A home directory of `/` would match everything.
        for folder in private.iter().filter(|folder| folder.file_name().is_some()) {
            let folder = folder.components().collect::<PathBuf>().join("").display().to_string();
            let found = bytes
                .windows(folder.len())
                .enumerate()
                .filter(|(_, window)| *window == folder.as_bytes())
                .any(|(at, _)| is_compiled || at == 0 || !bytes[at - 1].is_ascii_alphanumeric());
            if found {
                bail!("{path} contains the path {folder} of this machine");
            }
        }
    }
    Ok(())
}
