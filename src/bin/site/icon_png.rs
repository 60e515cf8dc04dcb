//! Draws an SVG to a PNG, for what cannot read SVG: home screens, and the previews of links.

use anyhow::{Context, Result};
use resvg::render;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// The picture as a PNG of this width in pixels. Its height follows from the shape of the SVG.
pub fn png(svg: &str, width: u32) -> Result<Vec<u8>> {
    let tree = Tree::from_str(svg, &Options::default()).context("it is no SVG that can be drawn")?;
    let size = tree.size().to_int_size().scale_to_width(width).context("it has no size")?;
    let mut picture = Pixmap::new(size.width(), size.height()).context("it has no size")?;
    let scale = width as f32 / tree.size().width();
    render(&tree, Transform::from_scale(scale, scale), &mut picture.as_mut());
    picture.encode_png().context("it cannot be written as PNG")
}
