use std::ops::Range;

use crate::http::fields::{JsonError, JsonSyntaxError};

/// The greatest depth that `serde_json` reads.
const MOST_LEVELS: usize = 127;

/// The error of Python for a text that `serde_json` refuses.
pub(super) fn first_error(text: &str) -> JsonError {
    let mut scanner = Scanner::new(text);
    match scanner.run().and_then(|()| scanner.forgiven.take().map_or(Ok(()), Err)) {
        Err(Stop::Broken(message, at)) => {
            let offset = text.get(..at).map_or(at, |before| before.chars().count());
            JsonError::Syntax(JsonSyntaxError { message, offset })
        }
        Err(Stop::TooDeep) | Ok(()) => JsonError::Unreadable,
    }
}

/// The text with the greatest double of the same sign in the place of every number beyond the range of a double. A text
/// that is broken elsewhere stays broken.
pub(super) fn saturated(text: &str) -> String {
    let mut scanner = Scanner::new(text);
    let _where_it_breaks = scanner.run();
    let mut saturated = String::with_capacity(text.len());
    let mut written = 0;
    for number in scanner.huge {
        saturated.push_str(text.get(written..number.start).unwrap_or_default());
        let is_negative = text.get(number.clone()).is_some_and(|number| number.starts_with('-'));
        saturated.push_str(if is_negative { "-1.7976931348623157e308" } else { "1.7976931348623157e308" });
        written = number.end;
    }
    saturated.push_str(text.get(written..).unwrap_or_default());
    saturated
}

/// Walks the text in the steps of `CPython`'s `_json.c`, without recursion.
struct Scanner<'t> {
    text: &'t [u8],
    at: usize,
    /// The first thing that Python accepts and we do not: told only if nothing else is wrong.
    forgiven: Option<Stop>,
    /// Where the numbers beyond the range of a double are.
    huge: Vec<Range<usize>>,
}

enum Stop {
    /// Python's text and the byte offset.
    Broken(&'static str, usize),
    TooDeep,
}

enum Level {
    Object,
    Array,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str) -> Self {
        Self { text: text.as_bytes(), at: 0, forgiven: None, huge: Vec::new() }
    }

    fn run(&mut self) -> Result<(), Stop> {
        let mut levels = Vec::new();
        self.skip_blanks();
        loop {
            let is_value_done = self.value(&mut levels)?;
            if is_value_done && self.close(&mut levels)? {
                return Ok(());
            }
        }
    }

    /// Reads a scalar or an empty container, or opens one up to its first value. Answers whether the value is
    /// complete.
    fn value(&mut self, levels: &mut Vec<Level>) -> Result<bool, Stop> {
        match self.peek() {
            Some(b'"') => self.string().map(|()| true),
            Some(b'{') => self.open(levels, Level::Object, b'}'),
            Some(b'[') => self.open(levels, Level::Array, b']'),
            Some(b'-' | b'0'..=b'9') => self.number().map(|()| true),
            _ => self.word().map(|()| true),
        }
    }

    fn open(&mut self, levels: &mut Vec<Level>, level: Level, end: u8) -> Result<bool, Stop> {
        if levels.len() == MOST_LEVELS {
            return Err(Stop::TooDeep);
        }
        self.at += 1;
        self.skip_blanks();
        if self.take(end) {
            return Ok(true);
        }
        if matches!(level, Level::Object) {
            self.key()?;
        }
        levels.push(level);
        Ok(false)
    }

    /// After a complete value: closes what ends here and goes on to the next value. Answers whether the whole
    /// text is read.
    fn close(&mut self, levels: &mut Vec<Level>) -> Result<bool, Stop> {
        loop {
            self.skip_blanks();
            let Some(level) = levels.last() else {
                return if self.peek().is_none() { Ok(true) } else { self.broken("Extra data") };
            };
            let end = match level {
                Level::Object => b'}',
                Level::Array => b']',
            };
            if self.take(end) {
                levels.pop();
                continue;
            }
            if !self.take(b',') {
                return self.broken("Expecting ',' delimiter");
            }
            self.skip_blanks();
            if matches!(level, Level::Object) {
                self.key()?;
            }
            return Ok(false);
        }
    }

    /// A key, its colon and the blanks around it.
    fn key(&mut self) -> Result<(), Stop> {
        if self.peek() != Some(b'"') {
            return self.broken("Expecting property name enclosed in double quotes");
        }
        self.string()?;
        self.skip_blanks();
        if !self.take(b':') {
            return self.broken("Expecting ':' delimiter");
        }
        self.skip_blanks();
        Ok(())
    }

    fn word(&mut self) -> Result<(), Stop> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let words = [&b"null"[..], b"true", b"false", b"NaN", b"Infinity"];
        let Some(word) = words.into_iter().find(|word| rest.starts_with(word)) else {
            return self.broken("Expecting value");
        };
        if matches!(word, b"NaN" | b"Infinity") {
            self.forgive("Expecting value", self.at);
        }
        self.at += word.len();
        Ok(())
    }

    /// Takes a number. The caller judges what follows it: `01` is a zero with extra data.
    fn number(&mut self) -> Result<(), Stop> {
        let start = self.at;
        if self.take(b'-') && self.peek() == Some(b'I') {
            return self.negative_infinity(start);
        }
        if !self.take(b'0') && self.take_digits() == 0 {
            return Err(Stop::Broken("Expecting value", start));
        }
        let whole = self.at;
        if self.take(b'.') && self.take_digits() == 0 {
            self.at = whole;
        }
        let mantissa = self.at;
        if self.take(b'e') || self.take(b'E') {
            let _sign = self.take(b'+') || self.take(b'-');
            if self.take_digits() == 0 {
                self.at = mantissa;
            }
        }
        let number = self.text.get(start..self.at).and_then(|number| std::str::from_utf8(number).ok());
        if !number.and_then(|number| number.parse().ok()).is_some_and(f64::is_finite) {
            self.huge.push(start..self.at);
            self.forgive("Expecting value", start);
        }
        Ok(())
    }

    fn negative_infinity(&mut self, start: usize) -> Result<(), Stop> {
        self.forgive("Expecting value", start);
        self.word().map_err(|_at_the_i| Stop::Broken("Expecting value", start))
    }

    fn string(&mut self) -> Result<(), Stop> {
        let unterminated = Stop::Broken("Unterminated string starting at", self.at);
        self.at += 1;
        loop {
            match self.peek() {
                None => return Err(unterminated),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => match self.text.get(self.at + 1) {
                    None => return Err(unterminated),
                    Some(b'u') => self.unicode_escape()?,
                    Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 2,
                    Some(_) => return self.broken("Invalid \\escape"),
                },
                Some(0..=0x1F) => return self.broken("Invalid control character at"),
                Some(_) => self.at += 1,
            }
        }
    }

    /// One escape, or the two of a surrogate pair. The position told is that of the `u`.
    fn unicode_escape(&mut self) -> Result<(), Stop> {
        let place = self.at + 1;
        let code = self.hex_escape().ok_or(Stop::Broken("Invalid \\uXXXX escape", place))?;
        let second = self.at;
        let is_paired = matches!(code, 0xD800..=0xDBFF)
            && self.text.get(second..).is_some_and(|rest| rest.starts_with(b"\\u"))
            && matches!(self.hex_escape(), Some(0xDC00..=0xDFFF));
        if !is_paired {
            self.at = second;
            if matches!(code, 0xD800..=0xDFFF) {
                self.forgive("Invalid \\uXXXX escape", place);
            }
        }
        Ok(())
    }

    /// `\uXXXX`. Python wants at least one more character in the text behind it.
    fn hex_escape(&mut self) -> Option<u16> {
        let digits = self.text.get(self.at + 2..self.at + 6)?;
        self.text.get(self.at + 6)?;
        let code = digits.iter().try_fold(0_u16, |code, digit| {
            let digit = u16::try_from(char::from(*digit).to_digit(16)?).ok()?;
            Some(code << 4 | digit)
        })?;
        self.at += 6;
        Some(code)
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    fn take_digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn forgive(&mut self, message: &'static str, at: usize) {
        self.forgiven.get_or_insert(Stop::Broken(message, at));
    }

    fn broken<T>(&self, message: &'static str) -> Result<T, Stop> {
        Err(Stop::Broken(message, self.at))
    }
}
