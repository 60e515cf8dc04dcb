//! Shortens the names by which the module and its bindings know one another.
//!
//! `wasm-bindgen` ends the name of each import in a hash of sixteen letters, so that libraries of different versions may be
//! linked together. They stand in both files, and nothing compresses them: 2.6 KB of the questions page on the wire
//! (measured: docs/architecture.md). Once the bindings are made, the place in the list does as well.

use anyhow::{Result, ensure};
use walrus::Module;

/// What the names that are shortened begin with.
const GENERATED: &str = "__wb";

/// Gives every generated import a short name, in the module and in its bindings alike.
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
