//! Precompresses the built files with brotli and gzip.

use std::io::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::cache::Cache;
use crate::output::Files;

/// The extensions of files that are worth compressing. PNG pictures are compressed already.
const COMPRESSIBLE: [&str; 8] = ["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest"];

/// Adds a `.br` and a `.gz` beside each compressible file, unless the result is no smaller.
///
/// Brotli at quality 11 takes a second or more for the app alone, so every result is stored in `cache`, and the files
/// are distributed over the processor's cores.
///
/// # Errors
///
/// Fails when a result cannot be written to the cache.
pub fn compress(files: &mut Files, cache: &Cache) -> Result<()> {
    let work: Vec<(&String, &Vec<u8>)> = files.0.iter().filter(|(path, _)| is_compressible(path)).collect();
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    thread::scope(|scope| {
        let workers: Vec<_> = (0..thread::available_parallelism().map_or(1, usize::from))
            .map(|_| {
                scope.spawn(|| -> Result<()> {
                    while let Some((path, bytes)) = work.get(next.fetch_add(1, Ordering::Relaxed)) {
                        for (extension, encode) in [("br", brotli as fn(&[u8]) -> Result<Vec<u8>>), ("gz", gzip)] {
                            let encoded = cache
                                .get(extension, bytes, || encode(bytes))
                                .with_context(|| format!("{path} cannot be compressed"))?;
                            if encoded.len() < bytes.len() {
                                let mut done = done.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
                                done.push((format!("{path}.{extension}"), encoded));
                            }
                        }
                    }
                    Ok(())
                })
            })
            .collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    files.0.extend(done.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner()));
    Ok(())
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoded = Vec::new();
    let parameters =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut encoded, &parameters)?;
    Ok(encoded)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn is_compressible(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| COMPRESSIBLE.contains(&extension))
}
