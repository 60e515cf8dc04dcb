//! The table of what each page costs.

use between_us::pages::Assets;

use crate::output::Files;

/// Prints the bytes of each page, as they stand and compressed with brotli: the page alone, and with the style, scripts
/// and app that it loads.
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
            plain(files, page),
            compressed(files, page),
            all().map(|path| plain(files, path)).sum::<usize>(),
            all().map(|path| compressed(files, path)).sum::<usize>(),
        );
    }
    for chunk in assets.bundles.iter().filter_map(|(_, module)| module.chunk.as_ref()) {
        let path = &chunk.path;
        println!("{path:<48}{:>10}{:>10}, loaded once the page is ready", plain(files, path), compressed(files, path));
    }
}

fn plain(files: &Files, path: &str) -> usize {
    files.0.get(path).map_or(0, Vec::len)
}

/// The size with brotli, or as it stands where that is no smaller.
fn compressed(files: &Files, path: &str) -> usize {
    files.0.get(&format!("{path}.br")).map_or_else(|| plain(files, path), Vec::len)
}
