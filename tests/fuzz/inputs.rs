//! Inputs of the fuzz tests: files of the corpus, mutated at random from a seed, so that a run can be repeated.

use std::cell::RefCell;
use std::fs;
use std::path::Path;

/// A pseudorandom number generator (SplitMix64). A run depends on its seed only.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number below `bound`, or 0 for a bound of 0.
    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }
}

/// Pieces that are difficult for readers of JSON.
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

/// Pieces that are difficult for readers of links and of typed input.
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

/// Reads the files of `tests/corpus/` and `tests/fixtures/` whose names begin with `name`.
///
/// # Panics
///
/// Panics if there is no such file, or if one cannot be read.
pub fn corpus(name: &str) -> Vec<Vec<u8>> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut files: Vec<_> = ["corpus", "fixtures"]
        .iter()
        .flat_map(|folder| fs::read_dir(tests.join(folder)).expect("the folder should be readable"))
        .map(|file| file.expect("the file should be readable").path())
        .filter(|path| path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(name)))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "there are no inputs for {name}");
    files.into_iter().map(|path| fs::read(path).expect("the file should be readable")).collect()
}

/// Mutates one input one to four times: replaces a byte or a range, truncates, duplicates, deletes, or splices from
/// another input.
fn mutate(random: &mut Random, corpus: &[Vec<u8>], pieces: &[&str]) -> String {
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

/// Returns a number from the environment, or the default.
fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// The factor for the number of runs with `CI=true`: about a minute of processor time for all readers together.
const CI_FACTOR: u64 = 40;

/// Runs a reader on the inputs as they are, and then on mutated ones: `FUZZ_RUNS` of them, or else `default_runs`,
/// times [`CI_FACTOR`] with `CI=true`. A panic prints the input that caused it.
pub fn fuzz(corpus: &[Vec<u8>], pieces: &[&str], default_runs: u64, read: impl Fn(&str)) {
    let current = RefCell::new(String::new());
    let _guard = PrintOnPanic(&current);
    for input in corpus {
        current.replace(String::from_utf8_lossy(input).into_owned());
        read(&current.borrow());
    }
    let mut random = Random(number("FUZZ_SEED", 1));
    let is_ci = std::env::var_os("CI").is_some_and(|ci| ci == "true");
    let runs = number("FUZZ_RUNS", if is_ci { default_runs * CI_FACTOR } else { default_runs });
    for _ in 0..runs {
        current.replace(mutate(&mut random, corpus, pieces));
        read(&current.borrow());
    }
    println!("{runs} inputs");
}

/// Prints the current input when dropped during a panic.
struct PrintOnPanic<'a>(&'a RefCell<String>);

impl Drop for PrintOnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the input was {:?}", self.0.borrow());
        }
    }
}
