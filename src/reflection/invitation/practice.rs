//! The name of a practice, as somebody typed it or as a link says it.

use super::Note;

/// How many letters and other signs a name may have.
const LONGEST: usize = 40;
/// So many digits make a telephone number. No name has that many.
const NUMBER: usize = 7;

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

/// The name without blanks around it and with single ones inside, or why it cannot stand in an invitation.
pub fn practice(text: &str) -> Result<String, Note> {
    // A sign may take twelve bytes in a link, and blanks cost nobody anything.
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    // Keyboards of phones put this one in place of a straight apostrophe.
    let name = words.join(" ").replace('’', "'");
    let fits = |sign: char| is_letter(sign) || matches!(sign, ' ' | '.' | '\'' | '&' | '-' | '(' | ')');
    if name.chars().count() > LONGEST || !name.chars().all(fits) || !name.chars().any(is_letter) {
        return Err(Note::Practice);
    }
    if is_number(&name) || words.iter().any(|word| is_address(word)) {
        return Err(Note::Address);
    }
    Ok(name)
}

/// Whether this is a letter, a mark or a digit.
fn is_letter(sign: char) -> bool {
    LETTERS.iter().any(|(first, last)| (*first..=*last).contains(&u32::from(sign)))
}

/// Whether somebody could call it. Digits of every script have a value.
fn is_number(name: &str) -> bool {
    name.chars().filter(|sign| is_digit(*sign)).count() >= NUMBER
}

/// Whether this is a digit: each script's stand in a row of ten, as in [`LETTERS`].
fn is_digit(sign: char) -> bool {
    const ZEROS: [u32; 20] = [
        0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0,
        0x1040, 0x1090, 0x17e0, 0x1810,
    ];
    ZEROS.iter().any(|zero| (*zero..*zero + 10).contains(&u32::from(sign)))
}

/// Whether this could be an address of the web: `www`, or a dot with at least two letters on both sides. A dot at the end
/// of a short form, or between initials, is none.
fn is_address(word: &str) -> bool {
    let long = |part: &&str| part.chars().filter(|sign| is_letter(*sign)).count() >= 2;
    word.as_bytes().windows(3).any(|signs| signs.eq_ignore_ascii_case(b"www"))
        || word.split('.').filter(long).count() >= 2
}
