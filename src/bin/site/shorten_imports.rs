//! Shortens the names of the imports that a module and its bindings share.
//!
//! `wasm-bindgen` ends the name of each import in a hash of sixteen digits, so that different versions of a library can
//! be linked together. The hashes are in both files and do not compress: 2.6 KB of the questions page on the wire
//! (measured: docs/architecture.md). Once the bindings are generated, the position in the list identifies an import.

use anyhow::{Result, ensure};
use walrus::Module;

/// The prefix of the names that are shortened.
const GENERATED: &str = "__wb";

/// Renames every generated import in the module, and returns the bindings with the same short names.
///
/// # Errors
///
/// Returns an error if the bindings do not contain a name exactly once, as a key on a line of its own.
pub fn shorten(js: &str, wasm: &mut Module) -> Result<String> {
    let mut short = js.to_owned();
    let imports = wasm.imports.iter_mut().filter(|import| import.name.starts_with(GENERATED));
    for (place, import) in imports.enumerate() {
        let key = format!("\n{}: ", import.name);
        let bound = short.matches(import.name.as_str()).count() == 1 && short.contains(&key);
        ensure!(bound, "this version of wasm-bindgen binds {} in another way", import.name);
        import.name = format!("_{place}");
        short = short.replace(&key, &format!("\n{}: ", import.name));
    }
    Ok(short)
}

#[cfg(test)]
mod tests {
    use walrus::{Module, ValType};

    use super::shorten;

    fn module(names: &[&str]) -> Module {
        let mut module = Module::default();
        let nothing = module.types.add(&[], &[ValType::I32]);
        for name in names {
            module.add_import_func("./app_bg.js", name, nothing);
        }
        module
    }

    #[test]
    fn both_sides_know_the_same_short_names() {
        let mut wasm = module(&["__wbg_a_0123456789abcdef", "memory", "__wbg_ab_0123456789abcdef"]);
        let js = "{\n__wbg_a_0123456789abcdef: one,\nmemory: two,\n__wbg_ab_0123456789abcdef: three\n}";
        assert_eq!(shorten(js, &mut wasm).unwrap(), "{\n_0: one,\nmemory: two,\n_1: three\n}");
        let names: Vec<&str> = wasm.imports.iter().map(|import| import.name.as_str()).collect();
        assert_eq!(names, ["_0", "memory", "_1"]);
    }

    #[test]
    fn what_is_bound_in_another_way_is_refused() {
        for js in ["", "\n\"__wbg_a_0\": one", "\n__wbg_a_0: one, again: __wbg_a_0"] {
            assert!(shorten(js, &mut module(&["__wbg_a_0"])).is_err(), "{js}");
        }
    }
}
