//! The styles: contrast, computed from the tokens, no rule that nothing uses, and no movement for who wants none.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What must be read on what, with the least contrast (WCAG 2.2): 7 for text that is read at length, 4.5 for other text, 3
/// for lines and drawings that tell something.
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

/// The styles without comments.
fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    first + &parts.filter_map(|part| part.split_once("*/").map(|(_, after)| after)).collect::<String>()
}

/// The colours that the first block after this mark sets.
fn colours(css: &str, mark: &str) -> BTreeMap<String, [f64; 3]> {
    let block = &css[css.find(mark).unwrap_or_else(|| panic!("{mark} is there")) + mark.len()..];
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

/// The contrast of two colours, from 1 to 21.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let light = |colour: [f64; 3]| {
        let linear = colour.map(|part| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    let (one, other) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn everything_can_be_read_by_day_by_night_and_on_paper() {
    let tokens = style("tokens.css");
    let day = colours(&tokens, "");
    let over_day = |own: BTreeMap<_, _>| day.clone().into_iter().chain(own).collect::<BTreeMap<_, _>>();
    let night = over_day(colours(&tokens, "prefers-color-scheme: dark"));
    let paper = over_day(colours(&style("print.css"), "@media print"));
    for (look, colours) in [("day", &day), ("night", &night), ("paper", &paper)] {
        for (text, grounds, least) in PAIRS {
            for ground in *grounds {
                let found = contrast(colours[*text], colours[*ground]);
                // Nothing is printed on the accent, and on paper all grounds are white.
                let is_printed = look != "paper" || colours[*ground] == [1.0; 3];
                assert!(found >= *least || !is_printed, "by {look} {text} on {ground} has {found:.2}, not {least}");
            }
        }
    }
}

#[test]
fn every_class_with_a_rule_is_drawn_by_a_view() {
    let drawn = strings_below(&root().join("src/pages")) + &strings_below(&root().join("public"));
    let drawn: BTreeSet<_> = drawn.split_whitespace().collect();
    for file in files(&root().join("style")) {
        let css = without_comments(&fs::read_to_string(&file).unwrap());
        for class in classes(&css) {
            assert!(drawn.contains(class.as_str()), "{} has a rule for .{class}, which nothing draws", file.display());
        }
    }
}

#[test]
fn colours_stand_among_the_tokens_alone() {
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

/// How long something moves is said once, and only where the person has not asked for less of it.
#[test]
fn whatever_moves_moves_as_the_one_token_says() {
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
    assert_eq!(quick.len(), 2, "it is said once, and once where one may move: {quick:?}");
    assert_eq!(quick[0], "0s");
    let (before, _) = tokens.split_once(&format!("--quick: {};", quick[1])).unwrap();
    let media = before.rsplit('@').next().unwrap();
    assert!(media.starts_with("media (prefers-reduced-motion: no-preference)"), "{media}");
}

/// Each property that is set, with its value on one line.
fn declarations(css: &str) -> impl Iterator<Item = (&str, &str)> {
    css.split([';', '{', '}'])
        .filter_map(|part| part.trim().split_once(':'))
        .map(|(name, value)| (name.trim_end(), value.trim()))
}

/// Whether this is a length of time, such as `0.2s`.
fn is_time(word: &str) -> bool {
    let number = word.strip_suffix("ms").or_else(|| word.strip_suffix('s'));
    number.is_some_and(|number| number.parse::<f64>().is_ok())
}

/// Each class that a rule names.
fn classes(css: &str) -> BTreeSet<String> {
    css.split('{')
        .map(|part| part.rsplit(['}', ';']).next().unwrap_or_default())
        .filter(|selector| !selector.trim_start().starts_with('@'))
        .flat_map(|selector| selector.split('.').skip(1))
        .map(|part| part.chars().take_while(|sign| sign.is_ascii_alphanumeric() || *sign == '-').collect::<String>())
        .filter(|class| class.starts_with(|sign: char| sign.is_ascii_alphabetic()))
        .collect()
}

/// What stands between quotes in the files of a folder.
fn strings_below(folder: &Path) -> String {
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
