//! Bundles and minifies the style sheets.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use between_us::content::read_source;
use lightningcss::printer::PrinterOptions;
use lightningcss::rules::CssRule;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, StyleSheet};
use lightningcss::traits::ToCss;

/// The only file outside a cascade layer. Browsers without support for layers ignore all other rules.
const UNLAYERED: &str = "hidden.css";

/// Returns the style sheet `style/{sheet}`, minified, with each `@import` replaced by the imported file in its cascade
/// layer.
///
/// lightningcss has a bundler too, but its feature also pulls in threads and source maps.
///
/// # Errors
///
/// Fails when a file cannot be read or parsed, a file other than `hidden.css` is imported outside a layer, an imported
/// file has imports of its own, or the style references another file.
pub fn join(folder: &Path, sheet: &str) -> Result<String> {
    let text = read(folder, sheet)?;
    let mut joined = String::new();
    for rule in parse(sheet, &text)?.rules.0 {
        match rule {
            CssRule::Import(import) => {
                let (name, css) = (&import.url, read(folder, &import.url)?);
                let has_imports = parse(name, &css)?.rules.0.iter().any(|rule| matches!(rule, CssRule::Import(_)));
                ensure!(!has_imports, "style/{name} imports a file; only style/main.css and style/apart.css may");
                let Some(layer) = &import.layer else {
                    ensure!(
                        *name == UNLAYERED,
                        "style/{sheet} imports {name} without a layer; write `@import \"{name}\" layer(…);`"
                    );
                    joined += &(css + "\n");
                    continue;
                };
                let Some(layer) = layer else {
                    bail!("style/{sheet} imports {name} into an anonymous layer; give the layer a name");
                };
                let layer = layer.to_css_string(PrinterOptions::default())?;
                joined += &format!("@layer {layer} {{\n{css}\n}}\n");
            }
            rule => joined += &(rule.to_css_string(PrinterOptions::default())? + "\n"),
        }
    }
    let mut joined = parse(&format!("{sheet} with its imports"), &joined)?;
    joined
        .minify(MinifyOptions::default())
        .map_err(|error| anyhow::anyhow!("the style cannot be minified: {error}"))?;
    let css = joined.to_css(PrinterOptions { minify: true, ..PrinterOptions::default() })?.code;
    for url in css.split("url(").skip(1) {
        ensure!(
            url.trim_start_matches(['"', '\'']).starts_with("data:"),
            "style/{sheet} references another file; only `data:` URLs are allowed"
        );
    }
    Ok(css)
}

fn read(folder: &Path, name: &str) -> Result<String> {
    let bytes = read_source(&folder.join(name)).with_context(|| format!("style/{name} cannot be read"))?;
    String::from_utf8(bytes).with_context(|| format!("style/{name} is not valid UTF-8"))
}

fn parse<'a>(name: &str, css: &'a str) -> Result<StyleSheet<'a>> {
    StyleSheet::parse(css, ParserOptions::default()).map_err(|error| match &error.loc {
        Some(place) => anyhow::anyhow!("style/{name}, line {}: {}", place.line + 1, error.kind),
        None => anyhow::anyhow!("style/{name}: {}", error.kind),
    })
}
