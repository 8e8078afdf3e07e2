//! Values in INSERT statements.

use std::io::BufRead;

use serde_json::{Number, Value};

use super::{Bytes, functions};
use crate::OpenError;
use crate::scan::LONGEST;

/// A value, or why it is none.
pub(super) type Literal = Result<Value, String>;

impl<R: BufRead> Bytes<R> {
    /// A tuple whose `(` is next. It is read to its end also where a value in it is bad.
    pub(super) fn tuple(&mut self, backslashes: bool) -> Result<Result<Vec<Value>, String>, OpenError> {
        self.next()?;
        let mut values = Vec::new();
        let mut wrong = None;
        loop {
            match self.literal(backslashes, 0)? {
                Ok(value) => values.push(value),
                Err(reason) => wrong = wrong.or(Some(reason)),
            }
            self.skip_blanks()?;
            match self.next()? {
                Some(b',') => {}
                Some(b')') => break,
                None => return Ok(Err("the file ends within it".to_owned())),
                Some(_) => {
                    wrong = wrong.or(Some("it has a value of a form that is not known".to_owned()));
                    if !self.skip_to_next_value(backslashes)? {
                        break;
                    }
                }
            }
        }
        Ok(wrong.map_or(Ok(values), Err))
    }

    /// A value; a call of one of SQLite's functions counts as one.
    pub(super) fn literal(&mut self, backslashes: bool, depth: u32) -> Result<Literal, OpenError> {
        self.skip_blanks()?;
        let literal = match self.peek()? {
            Some(b'\'') => self.text(backslashes)?,
            Some(b'"') if backslashes => self.text(backslashes)?,
            Some(b'+' | b'-' | b'.' | b'0'..=b'9') => self.number()?,
            Some(_) => self.named(backslashes, depth)?,
            None => Err("the file ends within it".to_owned()),
        };
        self.skip_blanks()?;
        // A cast: `'…'::public.kind`.
        while self.peek()? == Some(b':') && self.peek_second()? == Some(b':') {
            self.next()?;
            self.next()?;
            self.table()?;
            self.names()?;
            self.skip_blanks()?;
        }
        Ok(literal)
    }

    /// A text whose quote is next.
    fn text(&mut self, backslashes: bool) -> Result<Literal, OpenError> {
        let Some(quote) = self.next()? else { return Ok(Err("the file ends within it".to_owned())) };
        let mut text = Vec::new();
        let mut fits = true;
        loop {
            let Some(byte) = self.next()? else { return Ok(Err("the file ends within a text".to_owned())) };
            let byte = if byte == quote {
                if self.peek()? != Some(quote) {
                    break;
                }
                self.next()?;
                quote
            } else if byte == b'\\' && backslashes {
                match self.next()? {
                    Some(b'n') => b'\n',
                    Some(b'r') => b'\r',
                    Some(b't') => b'\t',
                    Some(b'b') => 8,
                    Some(b'0') => 0,
                    Some(b'Z') => 26,
                    Some(other) => other,
                    None => b'\\',
                }
            } else {
                byte
            };
            if text.len() < LONGEST {
                text.push(byte);
            } else {
                fits = false;
            }
        }
        if !fits {
            return Ok(Err(format!("it has a text longer than {LONGEST} bytes")));
        }
        Ok(String::from_utf8(text)
            .map(Value::String)
            .map_err(|_error| "it has a text that is not UTF-8".to_owned()))
    }

    fn number(&mut self) -> Result<Literal, OpenError> {
        let mut text = String::new();
        while let Some(byte) = self.peek()? {
            if !(byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')) || text.len() > 400 {
                break;
            }
            text.push(char::from(byte));
            self.next()?;
        }
        if let Ok(number) = text.parse::<i64>() {
            return Ok(Ok(Value::from(number)));
        }
        let number = text.parse::<f64>().ok().and_then(Number::from_f64);
        Ok(number.map(Value::Number).ok_or_else(|| "it has a number of a form that is not known".to_owned()))
    }

    /// NULL, TRUE, E'…', X'…', `_binary '…'`, or a function.
    fn named(&mut self, backslashes: bool, depth: u32) -> Result<Literal, OpenError> {
        let word = self.word()?.to_ascii_lowercase();
        let next = self.peek()?;
        Ok(match (word.as_str(), next) {
            ("null", _) => Ok(Value::Null),
            ("true", _) => Ok(Value::Bool(true)),
            ("false", _) => Ok(Value::Bool(false)),
            ("e", Some(b'\'')) => self.text(true)?,
            ("n", Some(b'\'')) => self.text(backslashes)?,
            ("x", Some(b'\'')) => self.text(false)?.and_then(|hex| functions::from_hex(&hex)),
            ("b", Some(b'\'')) => self.text(false)?.and_then(|bits| functions::from_bits(&bits)),
            ("_binary" | "_utf8mb4" | "_utf8", _) => {
                self.skip_blanks()?;
                if self.peek()? == Some(b'\'') {
                    self.text(backslashes)?
                } else {
                    Err("it has a value of a form that is not known".to_owned())
                }
            }
            ("replace" | "char" | "unistr", Some(b'(')) if depth < 8 => {
                let arguments = self.arguments(backslashes, depth)?;
                arguments.and_then(|arguments| functions::call(&word, &arguments))
            }
            _ => Err("it has a value of a form that is not known".to_owned()),
        })
    }

    fn arguments(&mut self, backslashes: bool, depth: u32) -> Result<Result<Vec<Value>, String>, OpenError> {
        self.next()?;
        let mut arguments = Vec::new();
        let mut wrong = None;
        loop {
            match self.literal(backslashes, depth + 1)? {
                Ok(value) => arguments.push(value),
                Err(reason) => wrong = wrong.or(Some(reason)),
            }
            self.skip_blanks()?;
            match self.peek()? {
                Some(b',') => self.next()?,
                Some(b')') => {
                    self.next()?;
                    return Ok(wrong.map_or(Ok(arguments), Err));
                }
                _ => return Ok(Err("it has a call of a form that is not known".to_owned())),
            };
        }
    }

    /// Passes over what is left of a bad value; false where it was the last.
    fn skip_to_next_value(&mut self, backslashes: bool) -> Result<bool, OpenError> {
        let mut depth = 0_u32;
        loop {
            self.skip_blanks()?;
            match self.peek()? {
                None | Some(b';') => return Ok(false),
                Some(b'\'') => {
                    self.text(backslashes)?.ok();
                    continue;
                }
                Some(b'(') => depth += 1,
                Some(b')') if depth == 0 => {
                    self.next()?;
                    return Ok(false);
                }
                Some(b')') => depth -= 1,
                Some(b',') if depth == 0 => {
                    self.next()?;
                    return Ok(true);
                }
                Some(_) => {}
            }
            self.next()?;
        }
    }
}
