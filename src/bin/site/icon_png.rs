//! Renders an SVG to a PNG, for home screens and link previews, which do not support SVG.

use anyhow::{Context, Result};
use resvg::render;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Renders the SVG as a PNG of this width in pixels, with the aspect ratio of the SVG.
///
/// # Errors
///
/// Fails when the text is not valid SVG or the picture has no size.
pub fn png(svg: &str, width: u32) -> Result<Vec<u8>> {
    let tree = Tree::from_str(svg, &Options::default()).context("it is not a valid SVG")?;
    let size = tree.size().to_int_size().scale_to_width(width).context("it has no size")?;
    let mut picture = Pixmap::new(size.width(), size.height()).context("it has no size")?;
    let scale = width as f32 / tree.size().width();
    render(&tree, Transform::from_scale(scale, scale), &mut picture.as_mut());
    picture.encode_png().context("it cannot be encoded as PNG")
}
