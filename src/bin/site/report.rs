//! The size report at the end of a build.

use between_us::pages::Assets;

use crate::output::Files;

/// Prints the size of each page in bytes, raw and compressed with brotli: the document alone, and with the styles,
/// scripts and wasm that it loads.
pub fn print<'a>(files: &Files, assets: &Assets, pages: impl Iterator<Item = &'a str>) {
    println!("{:<24}{:>10}{:>10}{:>14}{:>10}", "bytes", "page", "brotli", "all it loads", "brotli");
    for page in pages {
        let html = files.0.get(page).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
        let mut loaded: Vec<&str> = [&assets.style, &assets.apart, &assets.shell]
            .into_iter()
            .map(|asset| asset.path.as_str())
            .filter(|path| html.contains(path))
            .collect();
        for (_, module) in assets.bundles.iter().filter(|(_, module)| html.contains(&module.boot.path)) {
            loaded.extend([module.boot.path.as_str(), &module.wasm.path]);
        }
        let all = || loaded.iter().copied().chain([page]);
        println!(
            "{:<24}{:>10}{:>10}{:>14}{:>10}",
            page.trim_end_matches("index.html"),
            raw_size(files, page),
            brotli_size(files, page),
            all().map(|path| raw_size(files, path)).sum::<usize>(),
            all().map(|path| brotli_size(files, path)).sum::<usize>(),
        );
    }
    for chunk in assets.bundles.iter().filter_map(|(_, module)| module.chunk.as_ref()) {
        let path = &chunk.path;
        println!(
            "{path:<48}{:>10}{:>10}, loaded once the page is ready",
            raw_size(files, path),
            brotli_size(files, path)
        );
    }
}

fn raw_size(files: &Files, path: &str) -> usize {
    files.0.get(path).map_or(0, Vec::len)
}

/// Returns the size with brotli, or the raw size where compression does not help.
fn brotli_size(files: &Files, path: &str) -> usize {
    files.0.get(&format!("{path}.br")).map_or_else(|| raw_size(files, path), Vec::len)
}
