//! Telephone numbers. A number is dialled exactly as shown, or not at all.
//!
//! `public/shell/fill-in.js` implements the same rule for pages without the app. `tests/fixtures/numbers.json` tests
//! both.

/// The maximum length of a displayed number, in characters.
pub(super) const SHOWN: usize = 40;
/// The minimum length of a dialled number, in characters: `15` is an emergency number in France.
const MIN_DIGITS: usize = 2;
/// The maximum number of digits of an international number, including the country code (E.164).
pub(super) const WITH_PLUS: usize = 15;
/// The same with the international prefix `00` in place of `+`.
pub(super) const WITH_ZEROS: usize = 17;
/// The maximum number of digits of a national number.
pub(super) const WITHIN: usize = 12;
/// The maximum number of digits of an area code, which a slash may follow.
const AREA: usize = 6;

/// Returns a number as displayed, with ASCII digits, and as dialled: digits, with a `+` in front if it has one.
///
/// Returns `None` for anything but a single number, such as text, an extension, a second number or a service code with
/// `*` or `#`.
pub fn dial(typed: &str) -> Option<(String, String)> {
    let mut shown = String::new();
    for ch in typed.chars().map(normalize).filter(|ch| !is_hidden(*ch)) {
        if ch != ' ' || !shown.is_empty() && !shown.ends_with(' ') {
            shown.push(ch);
        }
    }
    let shown = shown.trim_end();
    if shown.len() > SHOWN {
        return None;
    }
    let start = shown.trim_start_matches('(');
    let has_plus = start.starts_with('+');
    let has_country = has_plus || start.starts_with("00");
    let (mut dialled, mut is_in_brackets, mut has_slash, mut has_trunk) = (String::new(), false, false, false);
    let mut bracket = 0;
    for (at, ch) in shown.char_indices() {
        match ch {
            '0'..='9' => dialled.push(ch),
            '+' if dialled.is_empty() && at == shown.len() - start.len() => dialled.push(ch),
            '(' if !is_in_brackets => {
                is_in_brackets = true;
                bracket = dialled.len();
            }
            ')' if is_in_brackets => {
                is_in_brackets = false;
                // In `+31 (0)20` the zero is the trunk prefix, which is dialled only within the country.
                if has_country && !has_trunk && dialled.get(bracket..) == Some("0") {
                    has_trunk = true;
                    dialled.truncate(bracket);
                }
            }
            '/' if !has_slash && dialled.len() <= AREA && dialled.starts_with(['0', '+']) => has_slash = true,
            ' ' | '-' | '.' => {}
            _ => return None,
        }
    }
    let max = match (has_plus, has_country) {
        (true, _) => WITH_PLUS + 1,
        (_, true) => WITH_ZEROS,
        _ => WITHIN,
    };
    (!is_in_brackets && (MIN_DIGITS..=max).contains(&dialled.len())).then(|| (shown.to_owned(), dialled))
}

/// Converts a character to its ASCII equivalent: digits, plus sign, hyphens, white space. Others are returned
/// unchanged.
pub(super) fn normalize(ch: char) -> char {
    if ch.is_whitespace() {
        return ' ';
    }
    match ch {
        '\u{ff0b}' => '+',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        ch => digit(ch).unwrap_or(ch),
    }
}

/// Returns the ASCII digit for an ASCII, full-width, Arabic-Indic or Persian digit; `None` for other characters.
pub fn digit(ch: char) -> Option<char> {
    let zero = match ch {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    char::from_digit(ch as u32 - zero as u32, 10)
}

/// Returns whether a character is invisible: controls, bidirectional marks, joiners, tags. White space is not.
pub fn is_hidden(ch: char) -> bool {
    !ch.is_whitespace()
        && (ch.is_control()
            || matches!(
                ch,
                '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                    | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
            ))
}
