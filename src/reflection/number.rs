//! Telephone numbers: what is dialled is what is shown, or nothing is. `public/shell/fill-in.js` has the same rule for pages
//! without the app; both are held against `tests/fixtures/numbers.json`.

/// The most characters of a number that may show.
const SHOWN: usize = 40;
/// The most digits that a number has: with the code of its country, with `00` before that, and without it.
const WITH_PLUS: usize = 15;
const WITH_ZEROS: usize = 17;
const WITHIN: usize = 12;
/// More digits stand before a slash in no code of an area.
const AREA: usize = 6;

/// A number as it is shown, in plain digits, and as a telephone dials it. None where anything but one number stands there:
/// words, an extension, a second number, signs of a service code.
pub fn dial(typed: &str) -> Option<(String, String)> {
    let mut shown = String::new();
    for ch in typed.chars().map(plain).filter(|ch| !is_hidden(*ch)) {
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
                // `+31 (0)20`: the nought is for calls within the country.
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
    let most = match (has_plus, has_country) {
        (true, _) => WITH_PLUS + 1,
        (_, true) => WITH_ZEROS,
        _ => WITHIN,
    };
    (!is_in_brackets && dialled.len() > 1 && dialled.len() <= most).then(|| (shown.to_owned(), dialled))
}

/// A sign as every telephone has it.
fn plain(ch: char) -> char {
    if ch.is_whitespace() {
        return ' ';
    }
    match ch {
        '\u{ff0b}' => '+',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        ch => digit(ch).unwrap_or(ch),
    }
}

/// The plain digit of a digit of ours, of double width, of Arabic or of Persian.
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

/// Returns whether a sign shows nothing by itself but changes what stands around it: controls, direction, joiners, tags.
pub fn is_hidden(ch: char) -> bool {
    ch.is_control() && !ch.is_whitespace()
        || matches!(
            ch,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
        )
}
