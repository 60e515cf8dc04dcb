//! Splits a compiled module in two: what a page starts with, and a chunk that it loads afterwards (`src/pages/chunk.rs`).
//!
//! It is the splitter that Leptos' own `#[lazy]` uses. It needs the module as the linker made it, with relocations and the
//! names of functions, and runs before `wasm-bindgen`, which then sees the first of the two only. The chunk imports memory,
//! table and stack pointer from it, and reaches its functions by the table.

use std::fmt::Debug;
use std::fs;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, anyhow, ensure};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber, subscriber};
use walrus::ModuleConfig;
use wasm_split_cli_support::{Options, transform};

/// The flag that makes the linker keep relocations, which the splitter needs.
pub const LINKER_FLAG: &str = "-Clink-arg=--emit-relocs";

/// The exports of the linker that nothing uses. `wasm-bindgen` is to keep the rest for the chunk.
pub const UNUSED_EXPORTS: [&str; 2] = ["__heap_base", "__data_end"];

/// A module in two parts.
pub struct Split {
    /// The part that a page starts with.
    pub main: Vec<u8>,
    /// The part that it loads afterwards.
    pub chunk: Vec<u8>,
}

/// Splits a module. `main` keeps the names of its functions, for what follows; the chunk has none.
///
/// # Errors
///
/// Fails where the module has no chunk, or more than one, and on each warning of the splitter: it goes on where it does not
/// know what a function refers to, and the module would break when it runs.
pub fn split(module: &[u8]) -> Result<Split> {
    let folder = tempfile::tempdir().context("no folder can be made for the parts of the app")?;
    let main = folder.path().join("main.wasm");
    let mut options = Options::new(module);
    options.output_dir = folder.path();
    options.main_out_path = &main;
    options.emit_dwarf = false;
    let warnings = Warnings::default();
    let parts = subscriber::with_default(warnings.clone(), || transform(options));
    let parts = parts.map_err(|error| anyhow!("the app cannot be split: {error:#}"))?;
    let warnings = warnings.0.lock().unwrap_or_else(PoisonError::into_inner).join("; ");
    ensure!(warnings.is_empty(), "the app cannot be split without doubt: {warnings}");
    ensure!(
        parts.split_modules.len() == 1,
        "the app is split into {} chunks in place of one",
        parts.split_modules.len()
    );
    let read = |path| fs::read(path).context("a part of the app cannot be read");
    Ok(Split { main: read(&main)?, chunk: small(&read(&parts.split_modules[0])?)? })
}

/// The chunk without what nothing in it uses, and with short numbers in place of those that a linker can write over.
fn small(chunk: &[u8]) -> Result<Vec<u8>> {
    let mut config = ModuleConfig::new();
    config.strict_validate(false).generate_name_section(false).generate_producers_section(false);
    let mut chunk = config.parse(chunk).context("the chunk of the app cannot be read")?;
    walrus::passes::gc::run(&mut chunk);
    Ok(chunk.emit_wasm())
}

/// Collects the warnings of the splitter.
#[derive(Clone, Default)]
struct Warnings(Arc<Mutex<Vec<String>>>);

impl Subscriber for Warnings {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::WARN
    }

    fn event(&self, event: &Event<'_>) {
        let mut text = Text::default();
        event.record(&mut text);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(text.0);
    }

    // Spans of work are not looked at.
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// The fields of an event, in words.
#[derive(Default)]
struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, _: &Field, value: &dyn Debug) {
        self.0 += &format!("{value:?} ");
    }
}

#[cfg(test)]
mod tests {
    use walrus::Module;

    use super::split;

    #[test]
    fn a_module_without_relocations_is_refused() {
        let Err(error) = split(&Module::default().emit_wasm()) else { panic!("it was split") };
        assert!(error.to_string().contains("cannot be split"), "{error}");
    }
}
