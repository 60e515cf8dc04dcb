//! The web app manifest of each locale, and its icons.

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use between_us::content::Content;
use between_us::pages::Asset;
use serde_json::{Map, Value, json};

use crate::assets::read;
use crate::icon_png::png;
use crate::output::Files;

/// Adds a manifest for each locale: what `public/manifest.json` says, with the locale's words.
///
/// Each icon in it names an SVG in `public/`; one of the type `image/png` is drawn from it at the first of its `sizes`.
pub fn add(files: &mut Files, public: &Path, content: &Content) -> Result<Vec<(String, Asset)>> {
    let mut template: Map<String, Value> =
        serde_json::from_str(&read(public, "manifest.json")?).context("public/manifest.json is not a JSON object")?;
    for icon in template.get_mut("icons").and_then(Value::as_array_mut).into_iter().flatten() {
        let picture = add_icon(files, public, icon).context("an icon of public/manifest.json cannot be made")?;
        icon["src"] = json!(format!("../{}", picture.path));
    }
    let manifests = content.locales.iter().map(|(id, locale)| {
        let mut manifest = template.clone();
        manifest.insert("name".into(), json!(locale.brand));
        manifest.insert("short_name".into(), json!(locale.brand));
        manifest.insert("lang".into(), json!(id));
        manifest.insert("dir".into(), json!(locale.dir.as_str()));
        let text = Value::Object(manifest).to_string();
        (id.clone(), files.add(format!("{id}/manifest.webmanifest"), text))
    });
    Ok(manifests.collect())
}

fn add_icon(files: &mut Files, public: &Path, icon: &Value) -> Result<Asset> {
    let text = |key: &str| icon[key].as_str().ok_or_else(|| anyhow!("it has no `{key}`"));
    let source = text("src")?;
    let svg = read(public, source)?;
    if text("type")? != "image/png" {
        return Ok(files.add_hashed(source, svg));
    }
    let width = text("sizes")?.split('x').next().and_then(|width| width.parse().ok());
    add_png(files, source, &svg, width.context("its `sizes` is not such as 192x192")?)
}

/// Adds an SVG drawn to a PNG of this width, under the same name with the width.
pub fn add_png(files: &mut Files, source: &str, svg: &str, width: u32) -> Result<Asset> {
    let stem = source.trim_end_matches(".svg");
    let drawn = png(svg, width).with_context(|| format!("public/{source} cannot be drawn"))?;
    Ok(files.add_hashed(&format!("{stem}-{width}.png"), drawn))
}
