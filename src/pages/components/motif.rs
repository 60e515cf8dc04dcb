//! The motif: a plant with a leaf for each theme. A leaf is open or closed; it never depends on the content of an
//! answer.

use leptos::prelude::*;
use leptos::svg::svg;

use super::blocks::{Node, attr, node, nothing, raw};

/// A leaf: its theme, the blade and the veins. The base is at 0,0, and it grows upwards to about -21.
struct Leaf {
    theme: &'static str,
    blade: &'static str,
    veins: &'static str,
    /// The transform that places it on the plant: position, rotation in degrees, scale.
    place: &'static str,
}

const LEAVES: [Leaf; 7] = [
    Leaf {
        theme: "feelings",
        blade: "M0 0C-10-4-9-14 2-21 10-13 9-4 0 0z",
        veins: "M0 3C0-3-1-8 1-14",
        place: "translate(127 204)rotate(-82)scale(2.7)",
    },
    Leaf {
        theme: "care",
        blade: "M0 0C-3-5-10-7-9-14-8-19-4-20 0-21 4-20 8-19 9-14 10-7 3-5 0 0z",
        veins: "M0 3V-15M0-6l-4-4M0-6l4-4",
        place: "translate(143 182)rotate(66)scale(2.6)",
    },
    Leaf {
        theme: "contact",
        blade: "M0 0C-9-1-13-7-11-16-3-14 0-8 0 0 0-9 4-16 11-19 13-9 9-1 0 0z",
        veins: "M0 3V0C-2-4-4-7-6-10M0 0C2-5 4-9 7-12",
        place: "translate(126 160)rotate(-70)scale(2.4)",
    },
    Leaf {
        theme: "calm",
        blade: "M0 0C-8-6-7-16 4-22 6-13 6-5 0 0z",
        veins: "M0 3C-1-3-2-9 1-16",
        place: "translate(137 137)rotate(62)scale(2.9)",
    },
    Leaf {
        theme: "joy",
        blade: "M0 0C-4 1-8-2-6-5-11-5-11-11-7-12-8-17-3-18 0-21 3-18 8-17 7-12 11-11 11-5 6-5 8-2 4 1 0 0z",
        veins: "M0 3V-15M0-5l-3-3M0-5l3-3",
        place: "translate(121 110)rotate(-50)scale(2.3)",
    },
    Leaf {
        theme: "closeness",
        blade: "M0 0C-12-4-11-15 0-21 11-15 12-4 0 0z",
        veins: "M0 3V0C-6-4-5-9 0-13 5-9 6-4 0 0",
        place: "translate(133 98)rotate(50)scale(2.5)",
    },
    Leaf {
        theme: "talk",
        blade: "M0 0C0-3-1-4-4-5-13-9-9-21 2-21 13-21 13-7 4-5 1-4 1-2 0 0z",
        veins: "M0 3C0-3 1-9 3-15M1-8c-2-2-3-3-6-4",
        place: "translate(137 57)rotate(8)scale(2.7)",
    },
];

/// Returns the icon of a theme: its leaf, open or in outline. It is decorative, because a text beside it says the same.
pub fn mark(theme: &str, open: bool, class: &'static str) -> Node {
    let Some(leaf) = LEAVES.iter().find(|leaf| leaf.theme == theme) else { return nothing() };
    drawing(class, "-13 -22.5 26 26", Some((leaf.theme, open)), None, leaf.paths())
}

/// Returns the plant, with the leaves of these themes open. Without a label it is decorative.
pub fn plant(open: &[&str], label: Option<String>) -> Node {
    let mut drawn = String::from(GLASS);
    for leaf in &LEAVES {
        let state = if open.contains(&leaf.theme) { " data-open" } else { "" };
        let head = ["<g data-leaf=\"", leaf.theme, "\"", state, " transform=\"", leaf.place, "\">"];
        drawn += &head.concat();
        drawn += &leaf.paths();
        drawn += "</g>";
    }
    drawing("plant", "0 0 260 290", None, label, drawn)
}

/// Returns the sprig, the icon beside the name of the site.
pub fn sprig() -> Node {
    let path = "<path d=\"M12 22V9M12 15C5 15 4 10 4 7c5 0 8 3 8 8zM12 12c0-5 3-8 8-8 0 4-2 8-8 8z\"/>";
    drawing("mark", "0 0 24 24", None, None, path.to_owned())
}

/// Returns the icon of a free text: a quill.
pub fn quill() -> Node {
    let path = "<path d=\"M4 20c1-6 6-13 15-16 1 7-3 12-11 13M4 20c3-5 6-8 10-10M13 20.5h7\"/>";
    drawing("mark", "0 0 24 24", None, None, path.to_owned())
}

/// Returns the icon of the talk at the table: two leaves on one sheet that grow towards two people.
pub fn table() -> Node {
    let path = "<rect x=\"5\" y=\"1\" width=\"14\" height=\"22\" rx=\"3\"/><path d=\"M5 12h14\"/>\
        <path d=\"M12 20c-3-1-4-3-3-5 3 0 4 2 3 5zM12 4c3 1 4 3 3 5-3 0-4-2-3-5z\"/>";
    drawing("mark large", "0 0 24 24", None, None, path.to_owned())
}

/// The lamp, the table, and the glass with the stem.
const GLASS: &str = "<circle class=\"lamp\" cx=\"146\" cy=\"112\" r=\"100\"/><path d=\"M30 280h200\"/>\
    <path class=\"glass\" d=\"M95 196l6 80c0 5 48 5 48 0l6-80\"/><path d=\"M97 224c18 4 38 4 56 0\"/>\
    <path d=\"M122 270C128 232 140 206 134 168 128 130 120 104 136 62\"/>";

impl Leaf {
    fn paths(&self) -> String {
        ["<path d=\"", self.blade, "\"/><path d=\"", self.veins, "\"/>"].concat()
    }
}

/// Returns a drawing as one SVG element. `content` is inserted as markup, so it must never contain text from a person.
fn drawing(
    class: &'static str,
    view_box: &'static str,
    leaf: Option<(&'static str, bool)>,
    label: Option<String>,
    content: String,
) -> Node {
    // These attributes make it a small outline drawing if the style sheet is missing.
    let mut attributes = vec![
        attr("class", class),
        attr("viewBox", view_box),
        attr("width", "64"),
        attr("fill", "none"),
        attr("stroke", "currentColor"),
    ];
    if let Some((theme, open)) = leaf {
        attributes.push(attr("data-leaf", theme));
        if open {
            attributes.push(attr("data-open", ""));
        }
    }
    match label {
        Some(label) => attributes.extend([attr("role", "img"), attr("aria-label", &label)]),
        None => attributes.push(attr("aria-hidden", "true")),
    }
    node(svg().inner_html(content).add_any_attr(raw(attributes)))
}
