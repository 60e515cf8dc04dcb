//! As much of JSON as kept values need: a text, a list of texts, and an object whose values stay the text they are.
//!
//! A library reads numbers with fractions and words every error; neither is ever asked for here, and both came along: with
//! `serde_json` in this place the questions page was 10 KB larger (measured: docs/architecture.md). The tests hold every
//! answer of these functions against that of `serde_json`, for any input.

/// Reads a JSON text.
pub fn text(json: &str) -> Option<String> {
    whole(json, Reader::text)
}

/// Reads a JSON list of texts.
pub fn texts(json: &str) -> Option<Vec<String>> {
    whole(json, |reader| {
        let mut all = Vec::new();
        let mut goes_on = reader.opens(b'[', b']')?;
        while goes_on {
            reader.space();
            all.push(reader.text()?);
            goes_on = reader.goes_on(b']')?;
        }
        Some(all)
    })
}

/// The members of a JSON object in their order: the name of each, and the JSON text of its value.
pub fn members(json: &str) -> Option<Vec<(String, &str)>> {
    whole(json, |reader| {
        let mut all = Vec::new();
        let mut goes_on = reader.opens(b'{', b'}')?;
        while goes_on {
            reader.space();
            let name = reader.text()?;
            reader.colon()?;
            all.push((name, reader.value()?));
            goes_on = reader.goes_on(b'}')?;
        }
        Some(all)
    })
}

/// The JSON text of a text.
pub fn quoted(text: &str) -> String {
    let mut out = String::new();
    quote(text, &mut out);
    out
}

/// The JSON text of a list of texts.
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

/// What `read` makes of the JSON text, if nothing but space stands around it.
fn whole<'a, T>(json: &'a str, read: impl FnOnce(&mut Reader<'a>) -> Option<T>) -> Option<T> {
    let mut reader = Reader { json, at: 0 };
    reader.space();
    let value = read(&mut reader)?;
    reader.space();
    (reader.at == json.len()).then_some(value)
}

struct Reader<'a> {
    json: &'a str,
    /// How many bytes have been read: always between two signs.
    at: usize,
}

impl<'a> Reader<'a> {
    /// The byte that comes; zero, which JSON has nowhere, at the end.
    fn next(&self) -> u8 {
        self.json.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    /// Takes this byte, if it comes.
    fn takes(&mut self, byte: u8) -> bool {
        let comes = self.next() == byte && self.at < self.json.len();
        self.at += usize::from(comes);
        comes
    }

    fn space(&mut self) {
        while matches!(self.next(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    /// Opens a list or an object, and tells whether something stands in it.
    fn opens(&mut self, open: u8, close: u8) -> Option<bool> {
        let opened = self.takes(open);
        self.space();
        opened.then(|| !self.takes(close))
    }

    /// Behind an item: whether another one follows, or the list or object ends.
    fn goes_on(&mut self, close: u8) -> Option<bool> {
        self.space();
        if self.takes(b',') {
            return Some(true);
        }
        self.takes(close).then_some(false)
    }

    /// What stands between the name of a member and its value.
    fn colon(&mut self) -> Option<()> {
        self.space();
        let follows = self.takes(b':');
        self.space();
        follows.then_some(())
    }

    /// A text.
    fn text(&mut self) -> Option<String> {
        let mut text = String::new();
        if !self.takes(b'"') {
            return None;
        }
        loop {
            let from = self.at;
            while !matches!(self.next(), b'"' | b'\\' | ..b' ') {
                self.at += 1;
            }
            text.push_str(self.json.get(from..self.at)?);
            if self.takes(b'"') {
                return Some(text);
            }
            text.push(self.escaped()?);
        }
    }

    /// Passes over a text. What is only kept may hold half a sign, which no text of ours can.
    fn pass_text(&mut self) -> Option<()> {
        if !self.takes(b'"') {
            return None;
        }
        loop {
            while !matches!(self.next(), b'"' | b'\\' | ..b' ') {
                self.at += 1;
            }
            if self.takes(b'"') {
                return Some(());
            }
            let short = if self.takes(b'\\') { self.next() } else { return None };
            self.at += 1;
            match short {
                b'"' | b'\\' | b'/' | b'n' | b'r' | b't' | b'b' | b'f' => {}
                b'u' => {
                    self.code()?;
                }
                _ => return None,
            }
        }
    }

    /// A sign that is written behind a backslash.
    fn escaped(&mut self) -> Option<char> {
        if !self.takes(b'\\') {
            return None;
        }
        let short = self.next();
        self.at += 1;
        Some(match short {
            b'"' | b'\\' | b'/' => char::from(short),
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => {
                let code = self.code()?;
                // A sign beyond the first 65,536 is written as two halves.
                if !(0xd800..0xdc00).contains(&code) {
                    return char::from_u32(code);
                }
                let follows = self.takes(b'\\') && self.takes(b'u');
                let low = self.code().filter(|low| follows && (0xdc00..0xe000).contains(low))?;
                return char::from_u32(0x10000 + (code - 0xd800) * 0x400 + low - 0xdc00);
            }
            _ => return None,
        })
    }

    /// Four digits to the base of sixteen.
    fn code(&mut self) -> Option<u32> {
        let mut code = 0;
        for _ in 0..4 {
            code = code * 16 + char::from(self.next()).to_digit(16)?;
            self.at += 1;
        }
        Some(code)
    }

    /// Passes over any value, and gives its JSON text. However deep it is nested, this calls itself never.
    fn value(&mut self) -> Option<&'a str> {
        let from = self.at;
        // What closes each list and object that is open.
        let mut open: Vec<u8> = Vec::new();
        loop {
            let first = self.next();
            let mut goes_on = match first {
                b'[' | b'{' => {
                    open.push(first + 2);
                    self.opens(first, first + 2)?
                }
                _ => {
                    self.single()?;
                    false
                }
            };
            if !goes_on && matches!(first, b'[' | b'{') {
                open.pop();
            }
            while !goes_on {
                let Some(close) = open.last() else { return self.json.get(from..self.at) };
                goes_on = self.goes_on(*close)?;
                if !goes_on {
                    open.pop();
                }
            }
            self.space();
            if open.last() == Some(&b'}') {
                self.pass_text()?;
                self.colon()?;
            }
        }
    }

    /// Passes over a value that holds no others.
    fn single(&mut self) -> Option<()> {
        if self.next() == b'"' {
            return self.pass_text();
        }
        let rest = self.json.get(self.at..)?;
        if let Some(word) = ["true", "false", "null"].iter().find(|word| rest.starts_with(**word)) {
            self.at += word.len();
            return Some(());
        }
        self.takes(b'-');
        if !self.takes(b'0') {
            self.digits()?;
        }
        if self.takes(b'.') {
            self.digits()?;
        }
        if self.takes(b'e') || self.takes(b'E') {
            let _ = self.takes(b'+') || self.takes(b'-');
            self.digits()?;
        }
        Some(())
    }

    /// One digit or more.
    fn digits(&mut self) -> Option<()> {
        let from = self.at;
        while self.next().is_ascii_digit() {
            self.at += 1;
        }
        (self.at > from).then_some(())
    }
}
