//! Splits a URL fragment into fields, and repairs the damage that mail programs and messengers do to links.
//!
//! No field value may contain `=` or `%`. So `=` always ends the name of a field, however often the link was encoded,
//! and decoding can be repeated until no `%` is left.

use percent_encoding::percent_decode;

/// The maximum number of decoding passes: one for the link itself, and one for each program that encoded it again.
const MAX_PASSES: usize = 5;

/// The HTML character references for `&`, without the leading `&`.
const ENTITIES: [&[u8]; 4] = [b"amp;", b"#38;", b"#038;", b"#x26;"];

/// The names of the known fields.
const NAMES: [&[u8]; 5] = [b"v", b"practice", b"date", b"country", b"first"];

/// The sequences that programs insert into long links to break lines: the soft line breaks of quoted-printable, line
/// breaks, and zero-width characters.
const BREAKS: [&[u8]; 9] = [
    b"=\r\n",
    b"=\n",
    b"\r",
    b"\n",
    b"\t",
    "\u{200b}".as_bytes(),
    "\u{2060}".as_bytes(),
    "\u{feff}".as_bytes(),
    "\u{ad}".as_bytes(),
];

/// Returns the name and value of each field in order, decoded. An element id before the fields is left out. Text that
/// is no field is returned with an empty name.
pub fn fields(fragment: &str) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut bytes = without_breaks(fragment.as_bytes());
    for _ in 0..MAX_PASSES {
        if bytes.contains(&b'=') {
            break;
        }
        bytes = decoded(&bytes);
    }
    // Unencoded punctuation at the end belongs to the sentence around the link.
    while let Some(last) = bytes.last().copied() {
        let opened = bytes.iter().filter(|ch| **ch == b'(').count();
        let closed = bytes.iter().filter(|ch| **ch == b')').count();
        if !(b".,;:!?]}>\"'*_~|` ".contains(&last) || last == b')' && closed > opened) {
            break;
        }
        bytes.pop();
    }
    for _ in 0..MAX_PASSES {
        if !bytes.contains(&b'%') {
            break;
        }
        bytes = decoded(&bytes);
    }
    split(&bytes)
}

fn decoded(bytes: &[u8]) -> Vec<u8> {
    let decoded: Vec<u8> = percent_decode(bytes).collect();
    without_breaks(&decoded)
}

fn without_breaks(mut bytes: &[u8]) -> Vec<u8> {
    let mut clean = Vec::new();
    while let Some((first, rest)) = bytes.split_first() {
        if let Some(found) = BREAKS.iter().find(|found| bytes.starts_with(found)) {
            // After the name of a field, the `=` is the separator and not part of a soft line break.
            if found[0] == b'=' && NAMES.contains(&&clean[end_of(&clean, |ch| ch.is_ascii_lowercase())..]) {
                clean.push(b'=');
            }
            bytes = &bytes[found.len()..];
            continue;
        }
        clean.push(*first);
        bytes = rest;
        while *first == b'&'
            && let Some(entity) = ENTITIES.iter().find(|entity| bytes.starts_with(entity))
        {
            bytes = &bytes[entity.len()..];
        }
    }
    clean
}

/// Returns whether this separates fields: `&` in links of this site, the others before parameters that programs append.
fn is_separator(ch: u8) -> bool {
    b"&?#;".contains(&ch)
}

/// Returns whether a field name or an element id may contain this byte.
fn is_name_byte(ch: u8) -> bool {
    ch.is_ascii_alphanumeric() || b"-_".contains(&ch)
}

fn split(bytes: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut fields = Vec::new();
    let mut name: Option<&[u8]> = None;
    let mut start = 0;
    for (at, _) in bytes.iter().enumerate().filter(|(_, ch)| **ch == b'=') {
        let from = end_of(&bytes[..at], is_name_byte);
        let end = end_of(&bytes[..from], |ch| b" +".contains(&ch));
        // The name of a practice may contain `&`. After one, only a plausible field name begins a new field.
        let new = &bytes[from..at];
        let is_plausible =
            |new: &[u8]| new.len() > 2 && new.iter().all(|ch| b"_abcdefghijklmnopqrstuvwxyz".contains(ch));
        let is_field = name != Some(b"practice") || NAMES.contains(&new) || end == from && is_plausible(new);
        // Any other `=` is part of a value, which is then invalid.
        if end == 0 || end > start && is_separator(bytes[end - 1]) && is_field {
            add(&mut fields, name, &bytes[start..end.max(start + 1) - 1]);
            name = Some(new);
            start = at + 1;
        }
    }
    add(&mut fields, name, &bytes[start..]);
    // Quoted-printable encodes `=` as `=3D`, and ends soft-broken lines with `=`.
    if fields.iter().any(|(name, value)| name == b"v" && value == b"3D1") {
        for (_, value) in &mut fields {
            value.retain(|ch| *ch != b'=');
            if value.starts_with(b"3D") {
                value.drain(..2);
            }
        }
    }
    fields
}

/// Returns the length without the trailing bytes that match.
fn end_of(bytes: &[u8], is_match: impl Fn(u8) -> bool) -> usize {
    bytes.iter().rposition(|ch| !is_match(*ch)).map_or(0, |last| last + 1)
}

/// Adds a field and the unknown parts after it. Only the name of a practice may contain `&`.
fn add(fields: &mut Vec<(Vec<u8>, Vec<u8>)>, name: Option<&[u8]>, value: &[u8]) {
    // A `=` left over from a soft line break.
    let value = value.strip_prefix(b"=").unwrap_or(value);
    let is_practice = name == Some(b"practice");
    let mut parts = value.split(|ch| is_separator(*ch) && !(is_practice && *ch == b'&'));
    let is_before_fields = name.is_none();
    if let Some(name) = name {
        fields.push((name.to_vec(), parts.next().unwrap_or_default().to_vec()));
    }
    for part in parts.filter(|part| !part.is_empty()) {
        if NAMES.contains(&part) {
            fields.push((part.to_vec(), Vec::new()));
        } else if !is_before_fields || !part.iter().all(|ch| is_name_byte(*ch)) {
            fields.push((Vec::new(), part.to_vec()));
        }
    }
}
