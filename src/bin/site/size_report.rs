//! What the bytes of the questions' module are spent on: a table by crate, and its largest functions.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result};
use between_us::pages::Bundle;
use walrus::ModuleConfig;

use crate::wasm;

/// How many functions are named, the largest first.
const NAMED: usize = 25;

/// Compiles the module and prints the bytes of its code without the chunk, before they are compressed, by the crate whose function it is. What
/// a function of a library becomes within one of ours counts as ours.
pub fn size_report(root: &Path) -> Result<()> {
    let module = wasm::with_names(root, Bundle::Reflect)?;
    let module = ModuleConfig::new().strict_validate(false).parse(&module).context("the app cannot be read")?;
    let mut functions: Vec<(usize, String)> = Vec::new();
    let mut crates: HashMap<String, usize> = HashMap::new();
    for (id, function) in module.funcs.iter_local() {
        let name = module.funcs.get(id).name.as_deref().unwrap_or_default();
        // What is behind the path only tells two functions of one name apart.
        let name = name.rsplit_once("::h").map_or(name, |(path, _)| path);
        let bytes = function.original_range.as_ref().map_or(0, ExactSizeIterator::len);
        *crates.entry(crate_of(name).to_owned()).or_default() += bytes;
        functions.push((bytes, name.to_owned()));
    }
    let mut crates: Vec<_> = crates.into_iter().map(|(name, bytes)| (bytes, name)).collect();
    println!("{:>8}  crate", "bytes");
    table(&mut crates, usize::MAX);
    println!("{:>8}  in all\n", functions.iter().map(|(bytes, _)| bytes).sum::<usize>());
    println!("{:>8}  function", "bytes");
    table(&mut functions, NAMED);
    Ok(())
}

fn table(rows: &mut [(usize, String)], length: usize) {
    rows.sort_by(|one, other| other.cmp(one));
    for (bytes, name) in rows.iter().take(length) {
        println!("{bytes:>8}  {name}");
    }
}

/// The crate of a function, or of the type or trait whose function it is: the first name in a path.
fn crate_of(name: &str) -> &str {
    let is_sign = |ch: char| !ch.is_alphanumeric() && ch != '_';
    let paths = name.split([' ', '<', '&', '(']).filter_map(|path| path.split_once("::"));
    // Some names tell crates of one name apart by a number in brackets.
    let mut crates = paths.map(|(first, _)| first.split_once('[').map_or(first, |(first, _)| first));
    crates.find(|first| !first.is_empty() && !first.contains(is_sign)).unwrap_or("(no path)")
}
