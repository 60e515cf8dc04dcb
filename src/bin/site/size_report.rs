//! The size report of the questions' wasm: bytes of code by crate, and the largest functions.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result};
use between_us::pages::Bundle;
use walrus::ModuleConfig;

use crate::wasm;

/// The number of functions in the report.
const MAX_FUNCTIONS: usize = 25;

/// Compiles the questions' wasm and prints the uncompressed bytes of its code, without the chunk, by crate and for the
/// largest functions. A library function that is inlined into a function of this crate counts towards this crate.
///
/// # Errors
///
/// Fails when the wasm cannot be compiled or parsed.
pub fn size_report(root: &Path) -> Result<()> {
    let module = wasm::with_names(root, Bundle::Reflect)?;
    let module =
        ModuleConfig::new().strict_validate(false).parse(&module).context("the compiled wasm cannot be parsed")?;
    let mut functions: Vec<(usize, String)> = Vec::new();
    let mut crates: HashMap<String, usize> = HashMap::new();
    for (id, function) in module.funcs.iter_local() {
        let name = module.funcs.get(id).name.as_deref().unwrap_or_default();
        // The hash at the end only tells apart functions of the same path.
        let name = name.rsplit_once("::h").map_or(name, |(path, _)| path);
        let bytes = function.original_range.as_ref().map_or(0, ExactSizeIterator::len);
        *crates.entry(crate_of(name).to_owned()).or_default() += bytes;
        functions.push((bytes, name.to_owned()));
    }
    let mut crates: Vec<_> = crates.into_iter().map(|(name, bytes)| (bytes, name)).collect();
    println!("{:>8}  crate", "bytes");
    table(&mut crates, usize::MAX);
    println!("{:>8}  total\n", functions.iter().map(|(bytes, _)| bytes).sum::<usize>());
    println!("{:>8}  function", "bytes");
    table(&mut functions, MAX_FUNCTIONS);
    Ok(())
}

fn table(rows: &mut [(usize, String)], length: usize) {
    rows.sort_by(|one, other| other.cmp(one));
    for (bytes, name) in rows.iter().take(length) {
        println!("{bytes:>8}  {name}");
    }
}

/// Returns the crate of a function, or of the type or trait it belongs to: the first segment of the first path in its
/// name.
fn crate_of(name: &str) -> &str {
    let is_punctuation = |ch: char| !ch.is_alphanumeric() && ch != '_';
    let paths = name.split([' ', '<', '&', '(']).filter_map(|path| path.split_once("::"));
    // Some names carry a disambiguator of the crate in brackets.
    let mut crates = paths.map(|(first, _)| first.split_once('[').map_or(first, |(first, _)| first));
    crates.find(|first| !first.is_empty() && !first.contains(is_punctuation)).unwrap_or("(no path)")
}
