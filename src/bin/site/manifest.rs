//! The web app manifest of each locale, and its icons.

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use between_us::content::Content;
use between_us::pages::Asset;
use serde_json::{Map, Value, json};

use crate::icon_png::png;
use crate::output::Files;
use crate::public_file::read;

/// Adds a manifest for each locale: `public/manifest.json` with the locale's name, language and direction.
///
/// Each icon in the template names an SVG in `public/`. An icon of the type `image/png` is rendered from it at the
/// first width in its `sizes`.
pub fn add(files: &mut Files, public: &Path, content: &Content) -> Result<Vec<(String, Asset)>> {
    let mut template: Map<String, Value> =
        serde_json::from_str(&read(public, "manifest.json")?).context("public/manifest.json is not a JSON object")?;
    for icon in template.get_mut("icons").and_then(Value::as_array_mut).into_iter().flatten() {
        let picture = add_icon(files, public, icon).context("an icon of public/manifest.json is invalid")?;
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
    let text = |key: &str| icon[key].as_str().ok_or_else(|| anyhow!("the key `{key}` is missing"));
    let source = text("src")?;
    let svg = read(public, source)?;
    if text("type")? != "image/png" {
        return Ok(files.add_hashed(source, svg));
    }
    let width = text("sizes")?.split('x').next().and_then(|width| width.parse().ok());
    add_png(files, source, &svg, width.context("its `sizes` must have the form 192x192")?)
}

/// Renders an SVG to a PNG of this width in pixels, and adds it under the name of the SVG followed by the width.
pub fn add_png(files: &mut Files, source: &str, svg: &str, width: u32) -> Result<Asset> {
    let stem = source.trim_end_matches(".svg");
    let picture = png(svg, width).with_context(|| format!("public/{source} cannot be rendered"))?;
    Ok(files.add_hashed(&format!("{stem}-{width}.png"), picture))
}
