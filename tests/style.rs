//! Tests of the style sheets: contrast computed from the tokens, unused rules, and reduced motion.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Each foreground token with its background tokens and the minimum contrast (WCAG 2.2): 7 for body text, 4.5 for other
/// text, 3 for lines and drawings that convey information.
const PAIRS: &[(&str, &[&str], f64)] = &[
    ("ink", &["page", "surface", "tint", "glow"], 7.0),
    ("soft", &["page", "surface", "tint", "glow"], 4.5),
    ("accent", &["page", "surface", "tint", "glow"], 4.5),
    ("on-accent", &["accent", "accent-strong"], 4.5),
    ("edge", &["page", "surface"], 3.0),
    ("stem", &["page", "surface", "glow"], 3.0),
    ("warm", &["page", "surface", "glow"], 3.0),
    ("on-accent", &["warm"], 4.5),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn style(file: &str) -> String {
    fs::read_to_string(root().join("style").join(file)).unwrap()
}

/// Returns the style sheet without comments.
fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    first + &parts.filter_map(|part| part.split_once("*/").map(|(_, after)| after)).collect::<String>()
}

/// Returns the colours of the first `:root` block after this text, as red, green and blue from 0 to 1.
fn colours(css: &str, after: &str) -> BTreeMap<String, [f64; 3]> {
    let block = &css[css.find(after).unwrap_or_else(|| panic!("{after} is missing")) + after.len()..];
    let block = &block[block.find(":root {").unwrap()..];
    let block = &block[..block.find('}').unwrap()];
    block
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.trim_end_matches(';').split_once(": #"))
        .map(|(name, hex)| (name.to_owned(), rgb(hex)))
        .collect()
}

fn rgb(hex: &str) -> [f64; 3] {
    let wide = if hex.len() == 3 { hex.chars().flat_map(|digit| [digit, digit]).collect() } else { hex.to_owned() };
    [0, 2, 4].map(|at| f64::from(u8::from_str_radix(&wide[at..at + 2], 16).unwrap()) / 255.0)
}

/// Returns the contrast ratio of two colours, from 1 to 21.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let luminance = |colour: [f64; 3]| {
        let linear = colour.map(|part| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn contrast_is_sufficient_in_light_mode_in_dark_mode_and_in_print() {
    let tokens = style("tokens.css");
    let light = colours(&tokens, "");
    let over_light = |own: BTreeMap<_, _>| light.clone().into_iter().chain(own).collect::<BTreeMap<_, _>>();
    let dark = over_light(colours(&tokens, "prefers-color-scheme: dark"));
    let print = over_light(colours(&style("print.css"), "@media print"));
    for (mode, colours) in [("light", &light), ("dark", &dark), ("print", &print)] {
        for (foreground, backgrounds, minimum) in PAIRS {
            for background in *backgrounds {
                let found = contrast(colours[*foreground], colours[*background]);
                // In print, all backgrounds are white, and nothing is printed on the accent.
                let is_used = mode != "print" || colours[*background] == [1.0; 3];
                assert!(
                    found >= *minimum || !is_used,
                    "{mode}: {foreground} on {background} has a contrast of {found:.2}, below {minimum}"
                );
            }
        }
    }
}

#[test]
fn every_class_in_a_selector_is_used_by_a_view_or_script() {
    let used = string_literals(&root().join("src/pages")) + &string_literals(&root().join("public"));
    let used: BTreeSet<_> = used.split_whitespace().collect();
    for file in files(&root().join("style")) {
        let css = without_comments(&fs::read_to_string(&file).unwrap());
        for class in classes(&css) {
            assert!(used.contains(class.as_str()), "{} has a rule for .{class}, which nothing uses", file.display());
        }
    }
}

#[test]
fn colours_are_defined_only_as_tokens() {
    for file in files(&root().join("style")) {
        let name = file.file_name().unwrap().to_str().unwrap();
        if name != "tokens.css" && name != "print.css" {
            let css = without_comments(&fs::read_to_string(&file).unwrap());
            for (number, line) in css.lines().enumerate() {
                let value = line.split_once(": ").map_or("", |(_, value)| value);
                let is_colour = value.contains("rgb(") || value.contains("hsl(") || value.split('#').count() > 1;
                assert!(!is_colour, "style/{name}, line {}: {line}", number + 1);
            }
        }
    }
}

/// The token `--quick` is the only duration. It is zero unless the person has no preference for reduced motion.
#[test]
fn every_transition_and_animation_uses_the_duration_token() {
    for file in files(&root().join("style")) {
        let css = without_comments(&fs::read_to_string(&file).unwrap());
        for (name, value) in declarations(&css) {
            let times = match name {
                "transition" | "animation" => value.split(", ").filter(|part| *part != "none").collect(),
                "transition-duration" | "animation-duration" | "transition-delay" | "animation-delay" => vec![value],
                _ => Vec::new(),
            };
            for time in times {
                assert!(time.contains("var(--quick)"), "{}: {name}: {time}", file.display());
                assert!(!time.split(' ').any(is_time), "{}: {name}: {time}", file.display());
            }
        }
    }
    let tokens = without_comments(&style("tokens.css"));
    let quick: Vec<_> = declarations(&tokens).filter(|(name, _)| *name == "--quick").map(|(_, value)| value).collect();
    assert_eq!(quick.len(), 2, "--quick must be set once, and once for motion: {quick:?}");
    assert_eq!(quick[0], "0s");
    let (before, _) = tokens.split_once(&format!("--quick: {};", quick[1])).unwrap();
    let media = before.rsplit('@').next().unwrap();
    assert!(media.starts_with("media (prefers-reduced-motion: no-preference)"), "{media}");
}

/// Returns each declaration: the name of the property, and its value.
fn declarations(css: &str) -> impl Iterator<Item = (&str, &str)> {
    css.split([';', '{', '}'])
        .filter_map(|part| part.trim().split_once(':'))
        .map(|(name, value)| (name.trim_end(), value.trim()))
}

/// Returns whether this is a duration, such as `0.2s`.
fn is_time(word: &str) -> bool {
    let number = word.strip_suffix("ms").or_else(|| word.strip_suffix('s'));
    number.is_some_and(|number| number.parse::<f64>().is_ok())
}

/// Returns the classes in the selectors of a style sheet.
fn classes(css: &str) -> BTreeSet<String> {
    css.split('{')
        .map(|part| part.rsplit(['}', ';']).next().unwrap_or_default())
        .filter(|selector| !selector.trim_start().starts_with('@'))
        .flat_map(|selector| selector.split('.').skip(1))
        .map(|part| part.chars().take_while(|ch| ch.is_ascii_alphanumeric() || *ch == '-').collect::<String>())
        .filter(|class| class.starts_with(|ch: char| ch.is_ascii_alphabetic()))
        .collect()
}

/// Returns the string literals in the files of a folder, joined with spaces.
fn string_literals(folder: &Path) -> String {
    let texts = files(folder).into_iter().map(|file| fs::read_to_string(file).unwrap_or_default().replace("\\\"", " "));
    texts
        .flat_map(|text| text.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .collect::<Vec<_>>()
        .join(" ")
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    files.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect()
}
