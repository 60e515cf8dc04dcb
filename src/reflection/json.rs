//! A minimal JSON reader and writer for stored values: strings, arrays of strings, and objects whose values stay raw
//! JSON.
//!
//! It replaces `serde_json` because that made the questions page 10 KB larger (measured: docs/architecture.md): it also
//! parses floating-point numbers and formats every error. The tests compare every function with `serde_json` on random
//! input.
//!
//! All readers return `None` for malformed JSON.

/// Reads a JSON string.
pub fn text(json: &str) -> Option<String> {
    parse(json, Reader::text)
}

/// Reads a JSON array of strings.
pub fn texts(json: &str) -> Option<Vec<String>> {
    parse(json, |reader| {
        let mut all = Vec::new();
        let mut has_next = reader.open(b'[', b']')?;
        while has_next {
            reader.skip_whitespace();
            all.push(reader.text()?);
            has_next = reader.has_next(b']')?;
        }
        Some(all)
    })
}

/// Reads the members of a JSON object in order: the name of each, and the raw JSON of its value.
pub fn members(json: &str) -> Option<Vec<(String, &str)>> {
    parse(json, |reader| {
        let mut all = Vec::new();
        let mut has_next = reader.open(b'{', b'}')?;
        while has_next {
            reader.skip_whitespace();
            let name = reader.text()?;
            reader.colon()?;
            all.push((name, reader.value()?));
            has_next = reader.has_next(b'}')?;
        }
        Some(all)
    })
}

/// Returns a string as JSON.
pub fn quoted(text: &str) -> String {
    let mut out = String::new();
    quote(text, &mut out);
    out
}

/// Returns an array of strings as JSON.
pub fn list<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::from("[");
    for text in texts {
        if out.len() > 1 {
            out.push(',');
        }
        quote(text, &mut out);
    }
    out.push(']');
    out
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for ch in text.chars() {
        let short = match ch {
            '"' | '\\' => ch,
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\u{8}' => 'b',
            '\u{c}' => 'f',
            '\0'..='\u{1f}' => 'u',
            _ => {
                out.push(ch);
                continue;
            }
        };
        out.push('\\');
        out.push(short);
        if short == 'u' {
            let digit = |digit| char::from_digit(digit, 16).unwrap_or_default();
            out.extend(['0', '0', digit(u32::from(ch) / 16), digit(u32::from(ch) % 16)]);
        }
    }
    out.push('"');
}

/// Applies `read` to the whole text. Returns `None` if anything but white space is left.
fn parse<'a, T>(json: &'a str, read: impl FnOnce(&mut Reader<'a>) -> Option<T>) -> Option<T> {
    let mut reader = Reader { json, at: 0 };
    reader.skip_whitespace();
    let value = read(&mut reader)?;
    reader.skip_whitespace();
    (reader.at == json.len()).then_some(value)
}

struct Reader<'a> {
    json: &'a str,
    /// The position in bytes, always at a character boundary.
    at: usize,
}

impl<'a> Reader<'a> {
    /// Returns the next byte without consuming it; 0, which valid JSON never contains, at the end.
    fn peek(&self) -> u8 {
        self.json.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    /// Consumes the next byte if it is this one. Returns `true` if it was.
    fn consume(&mut self, byte: u8) -> bool {
        let matches = self.peek() == byte && self.at < self.json.len();
        self.at += usize::from(matches);
        matches
    }

    fn skip_whitespace(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    /// Reads the opening bracket of an array or object. Returns whether it has an item.
    fn open(&mut self, open: u8, close: u8) -> Option<bool> {
        let opened = self.consume(open);
        self.skip_whitespace();
        opened.then(|| !self.consume(close))
    }

    /// Reads the comma or the closing bracket after an item. Returns whether another item follows.
    fn has_next(&mut self, close: u8) -> Option<bool> {
        self.skip_whitespace();
        if self.consume(b',') {
            return Some(true);
        }
        self.consume(close).then_some(false)
    }

    /// Reads the colon between the name of a member and its value.
    fn colon(&mut self) -> Option<()> {
        self.skip_whitespace();
        let follows = self.consume(b':');
        self.skip_whitespace();
        follows.then_some(())
    }

    /// Reads a string.
    fn text(&mut self) -> Option<String> {
        let mut text = String::new();
        if !self.consume(b'"') {
            return None;
        }
        loop {
            let from = self.at;
            while !matches!(self.peek(), b'"' | b'\\' | ..b' ') {
                self.at += 1;
            }
            text.push_str(self.json.get(from..self.at)?);
            if self.consume(b'"') {
                return Some(text);
            }
            text.push(self.escaped()?);
        }
    }

    /// Skips a string. Unlike [`Reader::text`] it accepts unpaired surrogates, which raw JSON may contain and a
    /// `String` may not.
    fn skip_text(&mut self) -> Option<()> {
        if !self.consume(b'"') {
            return None;
        }
        loop {
            while !matches!(self.peek(), b'"' | b'\\' | ..b' ') {
                self.at += 1;
            }
            if self.consume(b'"') {
                return Some(());
            }
            let short = if self.consume(b'\\') { self.peek() } else { return None };
            self.at += 1;
            match short {
                b'"' | b'\\' | b'/' | b'n' | b'r' | b't' | b'b' | b'f' => {}
                b'u' => {
                    self.hex4()?;
                }
                _ => return None,
            }
        }
    }

    /// Reads an escape sequence.
    fn escaped(&mut self) -> Option<char> {
        if !self.consume(b'\\') {
            return None;
        }
        let short = self.peek();
        self.at += 1;
        Some(match short {
            b'"' | b'\\' | b'/' => char::from(short),
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => {
                let code = self.hex4()?;
                // A character beyond U+FFFF is written as a surrogate pair.
                if !(0xd800..0xdc00).contains(&code) {
                    return char::from_u32(code);
                }
                let follows = self.consume(b'\\') && self.consume(b'u');
                let low = self.hex4().filter(|low| follows && (0xdc00..0xe000).contains(low))?;
                return char::from_u32(0x10000 + (code - 0xd800) * 0x400 + low - 0xdc00);
            }
            _ => return None,
        })
    }

    /// Reads four hexadecimal digits.
    fn hex4(&mut self) -> Option<u32> {
        let mut code = 0;
        for _ in 0..4 {
            code = code * 16 + char::from(self.peek()).to_digit(16)?;
            self.at += 1;
        }
        Some(code)
    }

    /// Skips any value and returns its raw JSON. It is not recursive, so that deep nesting cannot overflow the stack.
    fn value(&mut self) -> Option<&'a str> {
        let from = self.at;
        // The closing bracket of each open array and object. In ASCII it is two above the opening one.
        let mut closing: Vec<u8> = Vec::new();
        loop {
            let first = self.peek();
            let mut has_next = match first {
                b'[' | b'{' => {
                    closing.push(first + 2);
                    self.open(first, first + 2)?
                }
                _ => {
                    self.skip_scalar()?;
                    false
                }
            };
            if !has_next && matches!(first, b'[' | b'{') {
                closing.pop();
            }
            while !has_next {
                let Some(close) = closing.last() else { return self.json.get(from..self.at) };
                has_next = self.has_next(*close)?;
                if !has_next {
                    closing.pop();
                }
            }
            self.skip_whitespace();
            if closing.last() == Some(&b'}') {
                self.skip_text()?;
                self.colon()?;
            }
        }
    }

    /// Skips a string, number or literal.
    fn skip_scalar(&mut self) -> Option<()> {
        if self.peek() == b'"' {
            return self.skip_text();
        }
        let rest = self.json.get(self.at..)?;
        if let Some(word) = ["true", "false", "null"].iter().find(|word| rest.starts_with(**word)) {
            self.at += word.len();
            return Some(());
        }
        self.consume(b'-');
        if !self.consume(b'0') {
            self.skip_digits()?;
        }
        if self.consume(b'.') {
            self.skip_digits()?;
        }
        if self.consume(b'e') || self.consume(b'E') {
            let _ = self.consume(b'+') || self.consume(b'-');
            self.skip_digits()?;
        }
        Some(())
    }

    /// Skips one or more digits.
    fn skip_digits(&mut self) -> Option<()> {
        let from = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        (self.at > from).then_some(())
    }
}
