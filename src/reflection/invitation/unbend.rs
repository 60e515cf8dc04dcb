//! The fields of a link, however mail programs and messengers have bent it on its way.
//!
//! Neither `=` nor `%` can stand in anything that a link says. So `=` always ends the name of a field, however often the
//! link was encoded, and decoding goes on as long as there is something to decode.

use percent_encoding::percent_decode;

/// The most times that a link is decoded: once for itself, and for each program that encoded it anew.
const ROUNDS: usize = 5;

/// The forms that programs write for `&`, after the `&` itself.
const ENTITIES: [&[u8]; 4] = [b"amp;", b"#38;", b"#038;", b"#x26;"];

/// The names of the fields.
const NAMES: [&[u8]; 5] = [b"v", b"practice", b"date", b"country", b"first"];

/// What programs put into a long link so that a line can break there: the breaks of quoted-printable and of lines, and signs
/// without width.
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

/// The name and the bytes of each field, in order. A word before them is a place on a page, unless it is the name of one.
pub fn fields(fragment: &str) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut bytes = without_breaks(fragment.as_bytes());
    for _ in 0..ROUNDS {
        if bytes.contains(&b'=') {
            break;
        }
        bytes = decoded(&bytes);
    }
    // What stands at the end, and was not encoded with the rest, belongs to the sentence around the link.
    while let Some(last) = bytes.last().copied() {
        let opened = bytes.iter().filter(|ch| **ch == b'(').count();
        let closed = bytes.iter().filter(|ch| **ch == b')').count();
        if !(b".,;:!?]}>\"'*_~|` ".contains(&last) || last == b')' && closed > opened) {
            break;
        }
        bytes.pop();
    }
    for _ in 0..ROUNDS {
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
    let mut kept = Vec::new();
    while let Some((first, rest)) = bytes.split_first() {
        if let Some(found) = BREAKS.iter().find(|found| bytes.starts_with(found)) {
            // After the name of a field the `=` is its own.
            if found[0] == b'=' && NAMES.contains(&&kept[end_of(&kept, |ch| ch.is_ascii_lowercase())..]) {
                kept.push(b'=');
            }
            bytes = &bytes[found.len()..];
            continue;
        }
        kept.push(*first);
        bytes = rest;
        while *first == b'&'
            && let Some(entity) = ENTITIES.iter().find(|entity| bytes.starts_with(entity))
        {
            bytes = &bytes[entity.len()..];
        }
    }
    kept
}

/// Returns whether fields are parted by this: by `&` in a link of ours. The others begin what programs add to a link.
fn parts(ch: u8) -> bool {
    b"&?#;".contains(&ch)
}

fn is_named(ch: u8) -> bool {
    ch.is_ascii_alphanumeric() || b"-_".contains(&ch)
}

fn split(bytes: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut fields = Vec::new();
    let mut name: Option<&[u8]> = None;
    let mut start = 0;
    for (at, _) in bytes.iter().enumerate().filter(|(_, ch)| **ch == b'=') {
        let from = end_of(&bytes[..at], is_named);
        let end = end_of(&bytes[..from], |ch| b" +".contains(&ch));
        // A name may hold a `&` too. So what follows one there is a field only if it is called like one.
        let new = &bytes[from..at];
        let is_called = |new: &[u8]| new.len() > 2 && new.iter().all(|ch| b"_abcdefghijklmnopqrstuvwxyz".contains(ch));
        let is_field = name != Some(b"practice") || NAMES.contains(&new) || end == from && is_called(new);
        // Any other `=` is part of a value, which then cannot be read.
        if end == 0 || end > start && parts(bytes[end - 1]) && is_field {
            add(&mut fields, name, &bytes[start..end.max(start + 1) - 1]);
            name = Some(new);
            start = at + 1;
        }
    }
    add(&mut fields, name, &bytes[start..]);
    // Quoted-printable writes `=3D` for each `=`, and breaks lines with a `=` of its own.
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

/// Where this ends without the signs at its end that are like that.
fn end_of(bytes: &[u8], is_like: impl Fn(u8) -> bool) -> usize {
    bytes.iter().rposition(|ch| !is_like(*ch)).map_or(0, |last| last + 1)
}

/// Adds a field with all that follows up to the next one. The name of a practice may hold a `&`; nothing else may.
fn add(fields: &mut Vec<(Vec<u8>, Vec<u8>)>, name: Option<&[u8]>, value: &[u8]) {
    // One that a broken line has left behind.
    let value = value.strip_prefix(b"=").unwrap_or(value);
    let is_practice = name == Some(b"practice");
    let mut words = value.split(|ch| parts(*ch) && !(is_practice && *ch == b'&'));
    let is_place = name.is_none();
    if let Some(name) = name {
        fields.push((name.to_vec(), words.next().unwrap_or_default().to_vec()));
    }
    for word in words.filter(|word| !word.is_empty()) {
        if NAMES.contains(&word) {
            fields.push((word.to_vec(), Vec::new()));
        } else if !is_place || !word.iter().all(|ch| is_named(*ch)) {
            fields.push((Vec::new(), word.to_vec()));
        }
    }
}
