//! The steps of a build, in order.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use between_us::content::Content;

use crate::cache::Cache;
use crate::compress::compress;
use crate::output::{Files, refuse_foreign, write_file};
use crate::{assets, headers, render, report, style, wasm};

/// What to build, from what.
pub struct Plan {
    /// The folder of `Cargo.toml`.
    pub root: PathBuf,
    /// The folder of the words.
    pub content: PathBuf,
    /// The folder of the icon and the small scripts.
    pub public: PathBuf,
    /// The folder to build into.
    pub out: PathBuf,
    /// Whether it shall be ready soon rather than small.
    pub quick: bool,
}

/// Builds the site, and puts it in place only when all of it is there.
pub fn build(plan: &Plan) -> Result<()> {
    refuse_foreign(&plan.out)?;
    println!("reading the words …");
    let content = Content::load(&plan.content)?;
    let unchecked: Vec<_> =
        content.help.unchecked().map(|(country, line)| format!("{} ({})", line.name, country.id)).collect();
    if !unchecked.is_empty() {
        println!("help lines without a number, because nobody has checked them yet: {}", unchecked.join(", "));
    }

    // Before minutes of compiling, so that a slip is told at once.
    let [style, apart] = ["main.css", "apart.css"].map(|sheet| style::join(&plan.root.join("style"), sheet));
    let (style, apart) = (style?, apart?);

    println!("compiling the app …");
    let cache = Cache::open(plan.root.join("target/site-cache"));
    let app = wasm::compile(&plan.root, plan.quick, &cache)?;

    println!("joining the scripts …");
    let mut files = Files::default();
    let assets = assets::add(&mut files, &plan.public, &content, &app, (&style, &apart))?;

    println!("drawing {} pages …", render::count(&content));
    let pages = render::draw(&content, &assets)?;
    for (path, html) in &pages {
        files.add(path.clone(), html.as_bytes());
    }
    assets::add_worker(&mut files, &plan.public, &content)?;
    files.add("_headers", headers::netlify());

    if !plan.quick {
        refuse_machine_paths(&files, &app.private)?;
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

/// Writes what a host's own configuration needs beside the site, not into it: nobody shall be able to fetch it.
fn write_host_files(plan: &Plan) -> Result<()> {
    let mut name = plan.out.file_name().context("--out names no folder")?.to_owned();
    name.push(".hosting");
    let folder = plan.out.with_file_name(name);
    write_file(&folder.join("nginx.conf"), headers::nginx().as_bytes())?;
    write_file(&folder.join("Caddyfile"), headers::caddy().as_bytes())
}

/// Refuses files in which a folder of this machine is named: it would tell who built the site, and make the same source
/// give other bytes elsewhere.
fn refuse_machine_paths(files: &Files, private: &[PathBuf]) -> Result<()> {
    for (path, bytes) in &files.0 {
        // Strings stand next to each other in what was compiled; in a text, a folder begins where a word does.
        let compiled = path.ends_with(".wasm") || path.ends_with(".js");
        // A home of `/` says nothing.
        for folder in private.iter().filter(|folder| folder.file_name().is_some()) {
            let folder = folder.components().collect::<PathBuf>().join("").display().to_string();
            let found = bytes
                .windows(folder.len())
                .enumerate()
                .filter(|(_, window)| *window == folder.as_bytes())
                .any(|(at, _)| compiled || at == 0 || !bytes[at - 1].is_ascii_alphanumeric());
            if found {
                bail!("{path} names the folder {folder} of this machine");
            }
        }
    }
    Ok(())
}
