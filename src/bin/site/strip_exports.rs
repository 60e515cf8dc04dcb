//! Removes exports that only the linker or the splitter of modules needs.

use anyhow::{Context, Result};
use walrus::{Module, ModuleConfig};

use crate::split;

/// The start of the name of an export that Leptos leaves for the splitter. The rest of the name changes with the folder in
/// which cargo keeps its sources: with it, the same sources give other bytes on another machine.
const MARKER: &str = "_WASM_SPLIT_MARKER_";

/// Reads a compiled module without these exports. The names of functions are left out unless `names` asks for them.
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
