//! The name of a practice, as somebody typed it or as a link says it.

use super::Warning;

/// The most characters that a name may have. A letter with accents that stand by themselves is one.
const LONGEST: usize = 80;
/// So many digits make a telephone number, the shortest of which are those for help.
const NUMBER: usize = 3;
/// The ends of addresses that people read as such after `dot` or a full stop.
const ENDS: [&str; 8] = ["com", "net", "org", "info", "nl", "eu", "io", "uk"];

/// The letters, marks and digits of the scripts that people write in today, from first to last. Everything else is left
/// out: punctuation, signs that turn the direction of a line, signs without width, and letters that only look like others
/// (mathematical, encircled, of double width).
///
/// `char::is_alphabetic` would let the last ones pass, keep the marks of Hindi or Thai out, and cost 1.5 KB of wasm.
const LETTERS: &[(u32, u32)] = &[
    // Latin: 0-9, A-Z, a-z, accents, African letters, accents that stand by themselves, Vietnamese.
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
    // Ethiopic, Cherokee, the syllables of Canada.
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

/// The name as it is meant, or why it cannot stand in an invitation.
pub fn practice(text: &str) -> Result<String, Warning> {
    let mut name = String::new();
    for ch in text.chars().filter_map(meant) {
        if ch != ' ' || !name.is_empty() && !name.ends_with(' ') {
            name.push(ch);
        }
    }
    let name = name.trim_end_matches([' ', ',', '&', '>', ']', '}', '…']);
    let fits = |ch: char| is_letter(ch) || matches!(ch, ' ' | '.' | '\'' | '&' | '-' | '(' | ')' | '/' | ',');
    if !name.chars().all(fits) || !name.chars().any(is_letter) || deceives(name) {
        return Err(Warning::Practice);
    }
    if name.chars().filter(|ch| !is_accent(*ch)).count() > LONGEST {
        return Err(Warning::PracticeTooLong);
    }
    if is_number(name) || is_address(name) {
        return Err(Warning::Address);
    }
    Ok(name.to_owned())
}

/// What is meant by a sign that a keyboard, Word or practice software puts in the place of another one; nothing for those
/// that only surround a name or break a line.
fn meant(ch: char) -> Option<char> {
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

/// Whether this is a letter, a mark or a digit.
fn is_letter(ch: char) -> bool {
    is_within(ch, LETTERS)
}

fn is_within(ch: char, table: &[(u32, u32)]) -> bool {
    table.iter().any(|(first, last)| (*first..=*last).contains(&u32::from(ch)))
}

/// Returns whether this is an accent that stands by itself.
fn is_accent(ch: char) -> bool {
    matches!(ch, '\u{300}'..='\u{333}')
}

/// Whether a word mixes scripts, so that a letter may pass for another one, or marks are piled up or stand on nothing.
fn deceives(name: &str) -> bool {
    let (mut is_latin, mut other, mut marks, mut is_in_word) = (false, 0, 0, false);
    for ch in name.chars() {
        if !is_letter(ch) {
            (is_latin, other, marks, is_in_word) = (false, 0, 0, false);
            continue;
        }
        marks = if is_mark(ch) { marks + 1 } else { 0 };
        if marks > most_marks(ch) || marks > 0 && !is_in_word {
            return true;
        }
        is_in_word = true;
        match script(ch) {
            ANY => {}
            LATIN => is_latin = true,
            script if other == ANY || other == script => other = script,
            _ => return true,
        }
        // Where no blanks stand between words, Latin ones stand among them.
        if is_latin && other != ANY && other < WITHOUT_BLANKS {
            return true;
        }
    }
    false
}

/// A sign of every script: a plain digit or an accent.
const ANY: u32 = 0;
const LATIN: u32 = 1;
/// Scripts from this number on put no blanks between words.
const WITHOUT_BLANKS: u32 = 1000;

/// The script of a letter, mark or digit, as a number.
fn script(ch: char) -> u32 {
    match u32::from(ch) {
        0x30..=0x39 | 0x300..=0x333 => ANY,
        0..=0x2ff | 0x1e00..=0x1eff => LATIN,
        // Greek, Cyrillic, Armenian, Georgian, Hebrew, Arabic, Ethiopic, the syllables of Canada.
        0x334..=0x3ff | 0x1f00..=0x1fff => 2,
        0x400..=0x52f => 3,
        0x530..=0x58f => 4,
        0x10a0..=0x10ff | 0x1c90..=0x1cbf => 5,
        0x590..=0x5ff => 6,
        0x600..=0x6ff => 7,
        0x1200..=0x139f => 8,
        0x1400..=0x167f => 9,
        // Japanese, Chinese and Korean stand together.
        0x2e80.. => WITHOUT_BLANKS,
        0x1000..=0x109f => WITHOUT_BLANKS + 1,
        // Thai, Lao, Khmer.
        code @ (0xe00..=0xeff | 0x1780..=0x17ff) => WITHOUT_BLANKS + (code >> 7),
        code => code >> 7,
    }
}

/// The marks of scripts that have some, but for those of India, whose blocks are laid out alike.
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
    let is_indian = (0x900..0xd80).contains(&code)
        && matches!(code & 0x7f, 0..=3 | 0x3a..=0x3c | 0x3e..=0x4d | 0x51..=0x57 | 0x62 | 0x63);
    is_indian || is_within(ch, MARKS)
}

/// The most marks that may stand on one letter, the last of them this one.
fn most_marks(ch: char) -> u32 {
    match u32::from(ch) {
        0x300..=0x333 | 0xe00..=0xeff => 2,
        0x1000.. => 5,
        _ => 3,
    }
}

/// Whether somebody could call it: three digits in a row, also with signs between them. A digit before a letter, as in
/// `2e`, is none of them, and no telephone has the number `24/7`.
fn is_number(name: &str) -> bool {
    let (mut row, mut digits) = (0, 0);
    for (at, ch) in name.char_indices().chain([(name.len(), ' ')]) {
        if is_digit(ch) {
            digits += 1;
            if digits >= NUMBER {
                return true;
            }
        } else if is_letter(ch) {
            (row, digits) = (0, 0);
        } else {
            row += digits;
            digits = 0;
            let before = name.get(..at).unwrap_or_default();
            if row >= NUMBER && !(row == NUMBER && (before.ends_with("24/7") || before.ends_with("24-7"))) {
                return true;
            }
        }
    }
    false
}

/// Whether this is a digit: each script's stand in a row of ten, as in [`LETTERS`].
fn is_digit(ch: char) -> bool {
    const ZEROS: [u32; 20] = [
        0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0,
        0x1040, 0x1090, 0x17e0, 0x1810,
    ];
    ZEROS.iter().any(|zero| (*zero..*zero + 10).contains(&u32::from(ch)))
}

/// Whether this could be an address of the web: `www`, `http`, a dot with two letters right behind it, or the end of an
/// address after a dot, also one in words. A dot at the end of a short form, or between initials, is none.
fn is_address(name: &str) -> bool {
    let starts =
        |text: &[u8], start: &[u8]| text.len() >= start.len() && text[..start.len()].eq_ignore_ascii_case(start);
    let bytes = name.as_bytes();
    if (0..bytes.len()).any(|at| starts(&bytes[at..], b"www") || starts(&bytes[at..], b"http")) {
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
        let is_end = is_after_dot && ENDS.iter().any(&is);
        is_after_dot = part.ends_with('.') || ["dot", "punt", "point"].iter().any(is);
        is_end
    })
}
