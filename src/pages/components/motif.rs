//! The drawn motif: a plant with a leaf for each theme. A leaf is open or not, whatever an answer says.

use leptos::prelude::*;

/// A leaf: its theme, the blade and the veins. The base is at 0,0, and it grows upwards to about -21.
struct Leaf {
    theme: &'static str,
    blade: &'static str,
    veins: &'static str,
    /// Where it hangs on the plant: across, down, degrees, size.
    place: &'static str,
}

const LEAVES: [Leaf; 7] = [
    Leaf {
        theme: "feelings",
        blade: "M0 0C-9-4-9-13 2-21 9-14 9-5 0 0z",
        veins: "M0 0C-1-5-1-9 1-14",
        place: "translate(124 172)rotate(-70)scale(2.3)",
    },
    Leaf {
        theme: "care",
        blade: "M0 0C-3-5-10-7-9-14-8-19-3-20 0-21 3-20 8-19 9-14 10-7 3-5 0 0z",
        veins: "M0 0V-14M0-7l-4-4M0-7l4-4",
        place: "translate(122 152)rotate(64)scale(2.35)",
    },
    Leaf {
        theme: "contact",
        blade: "M0 0C0-8-3-12-10-16-11-8-7-2 0 0 0-8 3-14 9-19 12-9 8-2 0 0z",
        veins: "M0 0C-2-5-4-8-6-10M0 0C2-6 4-9 6-12",
        place: "translate(119.5 130)rotate(-56)scale(2.3)",
    },
    Leaf {
        theme: "calm",
        blade: "M0 0C-7-6-6-15 3-22 5-13 5-5 0 0z",
        veins: "M0 0C-2-6-1-11 1-16",
        place: "translate(119.5 110)rotate(58)scale(2.4)",
    },
    Leaf {
        theme: "joy",
        blade: "M0 0C-4 0-7-2-6-5-10-6-10-11-6-12-7-16-3-18 0-21 3-18 7-16 6-12 10-11 10-6 6-5 7-2 4 0 0 0z",
        veins: "M0 0V-15M0-5l-3-3M0-5l3-3",
        place: "translate(121 92)rotate(-46)scale(2.15)",
    },
    Leaf {
        theme: "closeness",
        blade: "M0 0C-11-5-11-15 0-21 11-15 11-5 0 0z",
        veins: "M0 0C-5-4-5-9 0-13 5-9 5-4 0 0z",
        place: "translate(124 80)rotate(40)scale(2.15)",
    },
    Leaf {
        theme: "talk",
        blade: "M0 0C-1-3-2-4-4-5-12-8-10-21 1-21 12-20 12-6 2-5 1-5 1-3 0 0z",
        veins: "M1-9v-7M-4-11l5 2 5-2",
        place: "translate(130 58)rotate(4)scale(2.3)",
    },
];

/// The mark of a theme: its leaf, open or in outline. Decorative; what it says stands beside it in words.
pub fn mark(theme: &str, open: bool, class: &'static str) -> AnyView {
    let leaf = LEAVES.iter().find(|leaf| leaf.theme == theme);
    leaf.map(|leaf| {
        view! {
            <svg
                class=class
                viewBox="-12 -22.5 24 24"
                data-leaf=leaf.theme
                data-open=open.then_some("")
                aria-hidden="true"
            >
                <path d=leaf.blade></path>
                <path d=leaf.veins></path>
            </svg>
        }
    })
    .into_any()
}

/// The plant, with the leaves of these themes open. Without a label it is decorative.
pub fn plant(open: &[&str], label: Option<String>) -> AnyView {
    let leaves = LEAVES.iter().map(|leaf| {
        view! {
            <g
                class="leaf"
                data-leaf=leaf.theme
                data-open=open.contains(&leaf.theme).then_some("")
                transform=leaf.place
            >
                <path d=leaf.blade></path>
                <path d=leaf.veins></path>
            </g>
        }
    });
    view! {
        <svg
            class="plant"
            viewBox="0 0 240 264"
            role=label.is_some().then_some("img")
            aria-hidden=label.is_none().then_some("true")
            aria-label=label
        >
            <circle class="lamp" cx="128" cy="104" r="92"></circle>
            <path class="stem" d="M118 242C122 205 128 180 122 150 117 122 118 96 130 58"></path>
            {leaves.collect::<Vec<_>>()}
            <path
                class="glass"
                d="M94 178l5 68c0 4 38 4 38 0l5-68M95 202c14 3 32 3 46 0M28 249h184"
            ></path>
        </svg>
    }
    .into_any()
}

/// The sprig beside the name.
pub fn sprig() -> AnyView {
    view! {
        <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M12 22V9M12 15C5 15 4 10 4 7c5 0 8 3 8 8zM12 12c0-5 3-8 8-8 0 4-2 8-8 8z"></path>
        </svg>
    }
    .into_any()
}
