//! Removes exports that only the linker or the splitter of modules needs.

use anyhow::{Context, Result};
use walrus::{Module, ModuleConfig};

use crate::split;

/// The prefix of the export that Leptos adds for the splitter. The rest of the name depends on the folder in which
/// cargo keeps its sources, so a build on another machine would give different bytes if the export stayed.
const MARKER: &str = "_WASM_SPLIT_MARKER_";

/// Parses a compiled module and removes these exports. Keeps the names of its functions if `names` is set.
///
/// # Errors
///
/// Returns an error if the bytes are not a WebAssembly module.
pub fn without_markers(module: &[u8], names: bool) -> Result<Module> {
    let mut config = ModuleConfig::new();
    config.strict_validate(false).generate_name_section(names).generate_producers_section(false);
    let mut module = config.parse(module).context("the compiled app cannot be read")?;
    let is_unused = |name: &str| name.starts_with(MARKER) || split::UNUSED_EXPORTS.contains(&name);
    let unused: Vec<_> = module.exports.iter().filter(|one| is_unused(&one.name)).map(|one| one.id()).collect();
    unused.into_iter().for_each(|export| module.exports.delete(export));
    Ok(module)
}
