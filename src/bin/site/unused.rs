//! Takes out of the compiled module what a library exports and nothing here calls.
//!
//! `leptos` links `wasm-streams` by way of `server_fn`. Its exported classes keep their code, and the code of the
//! promises they make, in the module and in the bindings: 4 KB on the wire (measured: docs/architecture.md).

use anyhow::{Context, Result};
use walrus::{Module, ModuleConfig, RawCustomSection};

/// What every name that `wasm-streams` exports holds, in small letters.
const UNUSED: &str = "intounderlying";

/// The section in which each use of `wasm-bindgen` describes itself.
const SECTION: &str = "__wasm_bindgen_unstable";

/// Reads a compiled module, without the unused exports and without their descriptions, so that no bindings are made for
/// them and nothing holds on to their code.
pub fn without_unused(module: &[u8]) -> Result<Module> {
    let mut config = ModuleConfig::new();
    config.strict_validate(false).generate_name_section(false).generate_producers_section(false);
    let mut module = config.parse(module).context("the compiled app cannot be read")?;
    let unused = |name: &str| name.to_ascii_lowercase().contains(UNUSED);
    let exports: Vec<_> = module.exports.iter().filter(|one| unused(&one.name)).map(|one| one.id()).collect();
    exports.into_iter().for_each(|export| module.exports.delete(export));
    let mut kept = Vec::new();
    while let Some(section) = module.customs.remove_raw(SECTION) {
        let mut rest = &section.data[..];
        // Each description is two blocks: by which version of `wasm-bindgen` it was written, and what it describes.
        while !rest.is_empty() {
            let version = block(&mut rest)?;
            let description = block(&mut rest)?;
            if !unused(&String::from_utf8_lossy(description)) {
                kept.extend([version, description].concat());
            }
        }
    }
    module.customs.add(RawCustomSection { name: SECTION.to_owned(), data: kept });
    Ok(module)
}

/// Takes one block off the front: its length in four bytes, and as many bytes. The length stays with it.
fn block<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8]> {
    let length = rest.first_chunk::<4>().map(|length| 4 + u32::from_le_bytes(*length) as usize);
    let block = length.and_then(|length| rest.split_at_checked(length));
    let (block, after) = block.context("this version of wasm-bindgen describes itself in another way")?;
    *rest = after;
    Ok(block)
}
