//! Validates the name of a practice, typed into the form or read from a link.

use super::Warning;

/// The maximum length of a name, in characters without combining accents.
const MAX_LENGTH: usize = 80;
/// The number of digits from which on digits count as a telephone number. Emergency numbers have three.
const MIN_DIGITS: usize = 3;
/// The top-level domains that make a web address of a name after the word "dot" or a full stop.
const TOP_LEVEL_DOMAINS: [&str; 8] = ["com", "net", "org", "info", "nl", "eu", "io", "uk"];

/// The Unicode ranges of letters, marks and digits of the scripts in use today, both ends inclusive. Everything else is
/// excluded: punctuation, bidirectional controls, zero-width characters, and compatibility letters that look like
/// others (mathematical, enclosed, full-width).
///
/// [`char::is_alphabetic`] accepts compatibility letters, rejects some vowel signs of Hindi and Thai, and adds 1.5 KB
/// to the WebAssembly.
const LETTERS: &[(u32, u32)] = &[
    // Latin: 0-9, A-Z, a-z, accented letters, African letters, combining accents, Vietnamese.
    (0x30, 0x39),
    (0x41, 0x5a),
    (0x61, 0x7a),
    (0xc0, 0xd6),
    (0xd8, 0xf6),
    (0xf8, 0x2af),
    (0x300, 0x333),
    (0x1e00, 0x1eff),
    // Greek, Cyrillic, Armenian, Georgian.
    (0x370, 0x374),
    (0x376, 0x37d),
    (0x386, 0x386),
    (0x388, 0x3f5),
    (0x3f7, 0x481),
    (0x48a, 0x52f),
    (0x531, 0x556),
    (0x561, 0x587),
    (0x1f00, 0x1fbc),
    (0x1fc2, 0x1fcc),
    (0x1fd0, 0x1fdc),
    (0x1fe0, 0x1fec),
    (0x1ff2, 0x1ffc),
    (0x10a0, 0x10fa),
    (0x10fc, 0x10ff),
    (0x1c90, 0x1cbf),
    // Hebrew, Arabic, Syriac, Thaana, N’Ko.
    (0x591, 0x5bd),
    (0x5d0, 0x5ea),
    (0x610, 0x61a),
    (0x620, 0x669),
    (0x66e, 0x6d3),
    (0x6d5, 0x6dc),
    (0x6df, 0x6e8),
    (0x6ea, 0x6fc),
    (0x710, 0x7f5),
    // From Devanagari to Sinhala.
    (0x900, 0x963),
    (0x966, 0x96f),
    (0x971, 0x9f1),
    (0xa01, 0xa75),
    (0xa81, 0xaef),
    (0xb01, 0xb6f),
    (0xb82, 0xbef),
    (0xc00, 0xc6f),
    (0xc80, 0xc83),
    (0xc85, 0xcf3),
    (0xd00, 0xd4e),
    (0xd54, 0xd57),
    (0xd5f, 0xd6f),
    (0xd7a, 0xdf3),
    // Thai, Lao, Burmese, Khmer, Mongolian.
    (0xe01, 0xe3a),
    (0xe40, 0xe4e),
    (0xe50, 0xe59),
    (0xe81, 0xedf),
    (0x1000, 0x1049),
    (0x1050, 0x109d),
    (0x1780, 0x17b3),
    (0x17b6, 0x17d3),
    (0x17e0, 0x17e9),
    (0x1810, 0x1878),
    // Ethiopic, Cherokee, Canadian syllabics.
    (0x1200, 0x135f),
    (0x1380, 0x138f),
    (0x13a0, 0x13fd),
    (0x1401, 0x166c),
    // Korean, Japanese, Chinese.
    (0xac00, 0xd7a3),
    (0x3005, 0x3006),
    (0x3041, 0x309a),
    (0x309d, 0x309f),
    (0x30a1, 0x30fa),
    (0x30fc, 0x312f),
    (0x3400, 0x4dbf),
    (0x4e00, 0x9fff),
    (0x20000, 0x323af),
];

/// Returns the normalised name.
///
/// # Errors
///
/// Returns [`Warning::Practice`] for characters that names do not need, or no letters, or a deceptive word;
/// [`Warning::PracticeTooLong`] for more than 80 characters; [`Warning::Address`] for a telephone number or a web
/// address.
pub fn practice(text: &str) -> Result<String, Warning> {
    let mut name = String::new();
    for ch in text.chars().filter_map(normalize) {
        if ch != ' ' || !name.is_empty() && !name.ends_with(' ') {
            name.push(ch);
        }
    }
    let name = name.trim_end_matches([' ', ',', '&', '>', ']', '}', '…']);
    let is_allowed = |ch: char| is_letter(ch) || matches!(ch, ' ' | '.' | '\'' | '&' | '-' | '(' | ')' | '/' | ',');
    if !name.chars().all(is_allowed) || !name.chars().any(is_letter) || is_deceptive(name) {
        return Err(Warning::Practice);
    }
    if name.chars().filter(|ch| !is_accent(*ch)).count() > MAX_LENGTH {
        return Err(Warning::PracticeTooLong);
    }
    if has_number(name) || has_address(name) {
        return Err(Warning::Address);
    }
    Ok(name.to_owned())
}

/// Replaces typographic variants, as inserted by keyboards and word processors, with their ASCII character. Returns
/// `None` for quotation marks and for characters that only allow a line break.
fn normalize(ch: char) -> Option<char> {
    Some(match ch {
        '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '‘' | '’' | '‛' | '′' | '`' | '´' | '\u{2bb}' | '\u{2bc}' | '\u{5f3}' => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{5be}' => '-',
        '\u{2044}' | '\u{2215}' | '／' => '/',
        '\u{60c}' | '、' | '，' => ',',
        '＆' => '&',
        '（' => '(',
        '）' => ')',
        '"' | '“'..='‟' | '″' | '«' | '»' | '\u{5f4}' => return None,
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => return None,
        ch => ch,
    })
}

/// Returns whether this is a letter, mark or digit of a script in use.
fn is_letter(ch: char) -> bool {
    is_within(ch, LETTERS)
}

fn is_within(ch: char, table: &[(u32, u32)]) -> bool {
    table.iter().any(|(first, last)| (*first..=*last).contains(&u32::from(ch)))
}

/// Returns whether this is a combining accent.
fn is_accent(ch: char) -> bool {
    matches!(ch, '\u{300}'..='\u{333}')
}

/// Returns whether a word mixes scripts (a homograph), stacks too many combining marks, or begins with one.
fn is_deceptive(name: &str) -> bool {
    let (mut is_latin, mut other, mut marks, mut is_in_word) = (false, 0, 0, false);
    for ch in name.chars() {
        if !is_letter(ch) {
            (is_latin, other, marks, is_in_word) = (false, 0, 0, false);
            continue;
        }
        marks = if is_mark(ch) { marks + 1 } else { 0 };
        if marks > max_marks(ch) || marks > 0 && !is_in_word {
            return true;
        }
        is_in_word = true;
        match script(ch) {
            ANY => {}
            LATIN => is_latin = true,
            script if other == ANY || other == script => other = script,
            _ => return true,
        }
        // Scripts without spaces between words are commonly mixed with Latin words.
        if is_latin && other != ANY && other < WITHOUT_SPACES {
            return true;
        }
    }
    false
}

/// Characters used with every script: ASCII digits and combining accents.
const ANY: u32 = 0;
const LATIN: u32 = 1;
/// Scripts from this number on write no spaces between words.
const WITHOUT_SPACES: u32 = 1000;

/// Returns a number that identifies the script of a letter, mark or digit.
fn script(ch: char) -> u32 {
    match u32::from(ch) {
        0x30..=0x39 | 0x300..=0x333 => ANY,
        0..=0x2ff | 0x1e00..=0x1eff => LATIN,
        // Greek, Cyrillic, Armenian, Georgian, Hebrew, Arabic, Ethiopic, Canadian syllabics.
        0x334..=0x3ff | 0x1f00..=0x1fff => 2,
        0x400..=0x52f => 3,
        0x530..=0x58f => 4,
        0x10a0..=0x10ff | 0x1c90..=0x1cbf => 5,
        0x590..=0x5ff => 6,
        0x600..=0x6ff => 7,
        0x1200..=0x139f => 8,
        0x1400..=0x167f => 9,
        // Chinese, Japanese and Korean count as one script.
        0x2e80.. => WITHOUT_SPACES,
        0x1000..=0x109f => WITHOUT_SPACES + 1,
        // Thai, Lao, Khmer.
        code @ (0xe00..=0xeff | 0x1780..=0x17ff) => WITHOUT_SPACES + (code >> 7),
        code => code >> 7,
    }
}

/// The Unicode ranges of combining marks, except for the Indic scripts from Devanagari to Malayalam: those share one
/// block layout, which [`is_mark`] tests.
const MARKS: &[(u32, u32)] = &[
    (0x300, 0x333),
    (0x591, 0x5bd),
    (0x610, 0x61a),
    (0x64b, 0x65f),
    (0x670, 0x670),
    (0x6d6, 0x6dc),
    (0x6df, 0x6e4),
    (0x6e7, 0x6ed),
    (0x730, 0x74a),
    (0x7a6, 0x7b0),
    (0x7eb, 0x7f3),
    (0xd81, 0xd83),
    (0xdca, 0xddf),
    (0xe31, 0xe31),
    (0xe34, 0xe3a),
    (0xe47, 0xe4e),
    (0xeb1, 0xeb1),
    (0xeb4, 0xebc),
    (0xec8, 0xece),
    (0x102b, 0x103e),
    (0x135d, 0x135f),
    (0x17b6, 0x17d3),
];

fn is_mark(ch: char) -> bool {
    let code = u32::from(ch);
    let is_indic = (0x900..0xd80).contains(&code)
        && matches!(code & 0x7f, 0..=3 | 0x3a..=0x3c | 0x3e..=0x4d | 0x51..=0x57 | 0x62 | 0x63);
    is_indic || is_within(ch, MARKS)
}

/// Returns the maximum number of marks on one letter when this is the last of them.
fn max_marks(ch: char) -> u32 {
    match u32::from(ch) {
        0x300..=0x333 | 0xe00..=0xeff => 2,
        0x1000.. => 5,
        _ => 3,
    }
}

/// Returns whether a name contains a telephone number: three or more digits, also with punctuation between them. Digits
/// before a letter, as in `2e`, do not count, and neither does `24/7`.
fn has_number(name: &str) -> bool {
    let (mut row, mut digits) = (0, 0);
    for (at, ch) in name.char_indices().chain([(name.len(), ' ')]) {
        if is_digit(ch) {
            digits += 1;
            if digits >= MIN_DIGITS {
                return true;
            }
        } else if is_letter(ch) {
            (row, digits) = (0, 0);
        } else {
            row += digits;
            digits = 0;
            let before = name.get(..at).unwrap_or_default();
            if row >= MIN_DIGITS && !(row == MIN_DIGITS && (before.ends_with("24/7") || before.ends_with("24-7"))) {
                return true;
            }
        }
    }
    false
}

/// Returns whether this is a decimal digit of a script in [`LETTERS`]. The ten digits of a script are consecutive.
fn is_digit(ch: char) -> bool {
    const ZEROS: [u32; 20] = [
        0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0,
        0x1040, 0x1090, 0x17e0, 0x1810,
    ];
    ZEROS.iter().any(|zero| (*zero..*zero + 10).contains(&u32::from(ch)))
}

/// Returns whether a name may contain a web address: `www`, `http`, a dot directly followed by two letters, or a
/// top-level domain after a dot or a word for it. The dots of abbreviations and initials do not match.
fn has_address(name: &str) -> bool {
    let starts_with =
        |text: &[u8], start: &[u8]| text.len() >= start.len() && text[..start.len()].eq_ignore_ascii_case(start);
    let bytes = name.as_bytes();
    if (0..bytes.len()).any(|at| starts_with(&bytes[at..], b"www") || starts_with(&bytes[at..], b"http")) {
        return true;
    }
    let is_word = |ch: &char| is_letter(*ch) && !is_digit(*ch);
    if name.split('.').skip(1).any(|after| after.chars().take(2).filter(is_word).count() == 2) {
        return true;
    }
    let mut is_after_dot = false;
    name.split([' ', '-']).any(|part| {
        let word = part.trim_matches(['.', ',', '(', ')', '\'', '/', '&']);
        let is = |other: &&str| word.eq_ignore_ascii_case(other);
        let is_end = is_after_dot && TOP_LEVEL_DOMAINS.iter().any(&is);
        is_after_dot = part.ends_with('.') || ["dot", "punt", "point"].iter().any(is);
        is_end
    })
}
