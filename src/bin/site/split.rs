//! Splits a compiled module in two: the main module, with which a page starts, and a chunk that it loads afterwards
//! (`src/pages/chunk.rs`).
//!
//! Uses the splitter of Leptos' `#[lazy]`. It needs the linker's output with relocations and function names, and runs
//! before `wasm-bindgen`, which then processes the main module only. The chunk imports memory, table and stack pointer
//! from the main module, and calls its functions through the table.

use std::fmt::Debug;
use std::fs;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, anyhow, ensure};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber, subscriber};
use walrus::ModuleConfig;
use wasm_split_cli_support::{Options, transform};

/// The compiler flag that makes the linker keep relocations, which the splitter needs.
pub const LINKER_FLAG: &str = "-Clink-arg=--emit-relocs";

/// The unused exports of the linker. `wasm-bindgen` keeps its other exports, which the chunk needs.
pub const UNUSED_EXPORTS: [&str; 2] = ["__heap_base", "__data_end"];

/// A module in two parts.
pub struct Split {
    /// The main module, with which a page starts.
    pub main: Vec<u8>,
    /// The chunk, which the page loads afterwards.
    pub chunk: Vec<u8>,
}

/// Splits a module. `main` keeps the names of its functions for the following build steps; the chunk has none.
///
/// # Errors
///
/// Returns an error if the module does not have exactly one chunk, or if the splitter logs a warning: after a reference
/// that it cannot resolve it only warns, and the resulting module would fail at run time.
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

/// Removes unused items from the chunk. Encoding it again also shortens the integers that the linker pads to be able to
/// overwrite them.
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

    // Spans are ignored.
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// The fields of an event as text.
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
