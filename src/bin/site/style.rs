//! Joins the files of the style sheets.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use between_us::content::read_source;
use lightningcss::printer::PrinterOptions;
use lightningcss::rules::CssRule;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, StyleSheet};
use lightningcss::traits::ToCss;

/// The one file that stands in no layer: browsers that know none drop all others.
const UNLAYERED: &str = "hidden.css";

/// The sheet `style/{name}` with the files it imports in their place, each in its cascade layer if it names one, and without
/// what only people need.
///
/// lightningcss could do the joining as well, but only together with threads and source maps.
pub fn join(folder: &Path, sheet: &str) -> Result<String> {
    let text = read(folder, sheet)?;
    let mut joined = String::new();
    for rule in parse(sheet, &text)?.rules.0 {
        match rule {
            CssRule::Import(import) => {
                let (name, css) = (&import.url, read(folder, &import.url)?);
                let imports = parse(name, &css)?.rules.0.iter().any(|rule| matches!(rule, CssRule::Import(_)));
                ensure!(!imports, "style/{name} imports a file; only style/main.css and style/apart.css may");
                let Some(layer) = &import.layer else {
                    ensure!(
                        *name == UNLAYERED,
                        "style/{sheet} imports {name} into no layer; write `@import \"{name}\" layer(…);`"
                    );
                    joined += &(css + "\n");
                    continue;
                };
                let Some(layer) = layer else {
                    bail!("style/{sheet} imports {name} into a layer without a name");
                };
                let layer = layer.to_css_string(PrinterOptions::default())?;
                joined += &format!("@layer {layer} {{\n{css}\n}}\n");
            }
            rule => joined += &(rule.to_css_string(PrinterOptions::default())? + "\n"),
        }
    }
    let mut joined = parse("the joined sheet", &joined)?;
    joined
        .minify(MinifyOptions::default())
        .map_err(|error| anyhow::anyhow!("the style cannot be minified: {error}"))?;
    let css = joined.to_css(PrinterOptions { minify: true, ..PrinterOptions::default() })?.code;
    for place in css.split("url(").skip(1) {
        ensure!(
            place.trim_start_matches(['"', '\'']).starts_with("data:"),
            "the style points to another file; only `data:` pictures may stand in it"
        );
    }
    Ok(css)
}

fn read(folder: &Path, name: &str) -> Result<String> {
    let bytes = read_source(&folder.join(name)).with_context(|| format!("style/{name} cannot be read"))?;
    String::from_utf8(bytes).with_context(|| format!("style/{name} is no text in UTF-8"))
}

fn parse<'a>(name: &str, css: &'a str) -> Result<StyleSheet<'a>> {
    StyleSheet::parse(css, ParserOptions::default()).map_err(|error| match &error.loc {
        Some(place) => anyhow::anyhow!("style/{name}, line {}: {}", place.line + 1, error.kind),
        None => anyhow::anyhow!("style/{name}: {}", error.kind),
    })
}
