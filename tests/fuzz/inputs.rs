//! Inputs for readers: files of the corpus, changed at random by a seed, so that a run can be repeated.

use std::cell::RefCell;
use std::fs;
use std::path::Path;

/// A small generator of random numbers (SplitMix64), so that a run depends on its seed alone.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }
}

/// What readers of JSON stumble over.
pub const JSON: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "\\u0000",
    "\\ud800",
    "NaN",
    "1e999",
    "-1",
    "18446744073709551616",
    "null",
    "true",
    "\"format\":1",
    "\"format\":3",
    "\"erasing\":true",
    "\"restoring\":2",
    "\0",
];

/// What readers of links, and of what somebody typed, stumble over.
pub const TYPED: &[&str] = &[
    "&",
    "=",
    "#",
    "%",
    "+",
    "%00",
    "%ff",
    "%26",
    "%3C",
    "v=2",
    "practice=",
    "date=",
    "first=",
    ",",
    "<",
    "www",
    "0900",
    "\u{202e}",
    "\u{200b}",
    "é",
    "\u{660}\u{669}",
    "💜",
    "\0",
];

/// The inputs to begin with: every file whose name begins so.
pub fn corpus(name: &str) -> Vec<Vec<u8>> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut files: Vec<_> = ["corpus", "fixtures"]
        .iter()
        .flat_map(|folder| fs::read_dir(tests.join(folder)).expect("the folder is there"))
        .map(|file| file.expect("the file can be read").path())
        .filter(|path| path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(name)))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "there are inputs for {name}");
    files.into_iter().map(|path| fs::read(path).expect("the file can be read")).collect()
}

/// One input, changed a few times: a byte, a piece, a cut, a doubling, or a part of another one.
fn changed(random: &mut Random, corpus: &[Vec<u8>], pieces: &[&str]) -> String {
    let mut bytes = corpus[random.below(corpus.len())].clone();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        let to = (at + random.below(12)).min(bytes.len());
        match random.below(6) {
            0 if at < bytes.len() => bytes[at] = random.next() as u8,
            1 => drop(bytes.splice(at..to, pieces[random.below(pieces.len())].bytes())),
            2 => bytes.truncate(at),
            3 => drop(bytes.splice(at..at, bytes[at..to].to_vec())),
            4 => drop(bytes.drain(at..to)),
            _ => {
                let other = &corpus[random.below(corpus.len())];
                let from = random.below(other.len());
                let until = (from + random.below(60)).min(other.len());
                drop(bytes.splice(at..to, other[from..until].iter().copied()));
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A number from the environment, or the usual one.
fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// How many times the usual number the gate reads, which takes about a minute of processor for all readers together.
const AT_THE_GATE: u64 = 40;

/// Runs a reader on the inputs as they are, and then on changed ones: as many as `FUZZ_RUNS` says, or `usual`, or with
/// `CI=true` so many times that. A panic names the input that caused it.
pub fn fuzz(corpus: &[Vec<u8>], pieces: &[&str], usual: u64, read: impl Fn(&str)) {
    let current = RefCell::new(String::new());
    let _tell = Tell(&current);
    for input in corpus {
        current.replace(String::from_utf8_lossy(input).into_owned());
        read(&current.borrow());
    }
    let mut random = Random(number("FUZZ_SEED", 1));
    let is_at_the_gate = std::env::var_os("CI").is_some_and(|ci| ci == "true");
    let runs = number("FUZZ_RUNS", if is_at_the_gate { usual * AT_THE_GATE } else { usual });
    for _ in 0..runs {
        current.replace(changed(&mut random, corpus, pieces));
        read(&current.borrow());
    }
    println!("{runs} inputs");
}

/// Tells at a panic which input was being read.
struct Tell<'a>(&'a RefCell<String>);

impl Drop for Tell<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the input was {:?}", self.0.borrow());
        }
    }
}
