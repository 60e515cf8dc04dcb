//! Reading the files of `public/`.

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use between_us::content::read_source;

/// Reads a text file in `public/`.
///
/// # Errors
///
/// Fails if the file cannot be read, or is not valid UTF-8.
pub fn read(public: &Path, name: &str) -> Result<String> {
    let bytes = read_source(&public.join(name)).map_err(|error| anyhow!("public/{name} cannot be read: {error}"))?;
    String::from_utf8(bytes).with_context(|| format!("public/{name} is not valid UTF-8"))
}
