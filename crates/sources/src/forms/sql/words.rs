//! Words, names and what is passed over between them.

use std::io::BufRead;

use super::Bytes;
use crate::OpenError;
use crate::scan::{LONGEST, TableName};

impl<R: BufRead> Bytes<R> {
    /// Passes over blanks and comments.
    pub(super) fn skip_blanks(&mut self) -> Result<(), OpenError> {
        loop {
            match self.peek()? {
                Some(byte) if byte.is_ascii_whitespace() => {
                    self.next()?;
                }
                Some(b'-') if self.peek_second()? == Some(b'-') => self.skip_line()?,
                Some(b'/') if self.peek_second()? == Some(b'*') => self.skip_comment()?,
                _ => return Ok(()),
            }
        }
    }

    fn skip_comment(&mut self) -> Result<(), OpenError> {
        let mut last = 0;
        while let Some(byte) = self.next()? {
            if last == b'*' && byte == b'/' {
                break;
            }
            last = byte;
        }
        Ok(())
    }

    /// A word of letters, digits, `_`, `$` and bytes beyond ASCII; empty where none is next.
    pub(super) fn word(&mut self) -> Result<String, OpenError> {
        self.skip_blanks()?;
        let mut word = Vec::new();
        while let Some(byte) = self.peek()? {
            let belongs = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80;
            if !belongs || word.len() > 255 {
                break;
            }
            word.push(byte);
            self.next()?;
        }
        Ok(String::from_utf8_lossy(&word).into_owned())
    }

    /// A name, in quotes or not.
    pub(super) fn name(&mut self) -> Result<String, OpenError> {
        self.skip_blanks()?;
        let close = match self.peek()? {
            Some(quote @ (b'"' | b'`')) => quote,
            Some(b'[') => b']',
            _ => return self.word(),
        };
        self.next()?;
        let mut name = Vec::new();
        while let Some(byte) = self.next()? {
            if byte == close {
                if self.peek()? != Some(close) || close == b']' {
                    break;
                }
                self.next()?;
            }
            name.push(byte);
            if name.len() > 1024 {
                break;
            }
        }
        Ok(String::from_utf8_lossy(&name).into_owned())
    }

    /// A table, with or without a schema.
    pub(super) fn table(&mut self) -> Result<TableName, OpenError> {
        let name = self.name()?;
        self.skip_blanks()?;
        if self.peek()? == Some(b'.') {
            self.next()?;
            return Ok(TableName { schema: Some(name), name: self.name()? });
        }
        Ok(TableName::bare(name))
    }

    /// A list of names in parentheses; empty where none is next.
    pub(super) fn names(&mut self) -> Result<Vec<String>, OpenError> {
        self.skip_blanks()?;
        let mut names = Vec::new();
        if self.peek()? != Some(b'(') {
            return Ok(names);
        }
        self.next()?;
        loop {
            let name = self.name()?;
            self.skip_blanks()?;
            if !name.is_empty() {
                names.push(name);
            }
            match self.next()? {
                Some(b',') => {}
                _ => return Ok(names),
            }
        }
    }

    /// Passes over the rest of a statement, its `;` included. Quotes and comments are minded.
    pub(super) fn skip_statement(&mut self, backslashes: bool) -> Result<(), OpenError> {
        loop {
            self.skip_blanks()?;
            match self.peek()? {
                None => return Ok(()),
                Some(b';') => {
                    self.next()?;
                    return Ok(());
                }
                Some(quote @ (b'\'' | b'"' | b'`')) => self.skip_quoted(quote, backslashes)?,
                Some(b'$') => self.skip_dollars()?,
                Some(_) => {
                    self.next()?;
                }
            }
        }
    }

    fn skip_quoted(&mut self, quote: u8, backslashes: bool) -> Result<(), OpenError> {
        self.next()?;
        while let Some(byte) = self.next()? {
            if byte == b'\\' && backslashes && quote != b'`' {
                self.next()?;
            } else if byte == quote {
                break;
            }
        }
        Ok(())
    }

    /// Passes over `$tag$ … $tag$`, the form in which functions stand in dumps.
    fn skip_dollars(&mut self) -> Result<(), OpenError> {
        self.next()?;
        let mut tag = vec![b'$'];
        while let Some(byte) = self.peek()? {
            if !(byte.is_ascii_alphanumeric() || byte == b'_') || tag.len() > 64 {
                break;
            }
            tag.push(byte);
            self.next()?;
        }
        if self.peek()? != Some(b'$') {
            return Ok(());
        }
        self.next()?;
        tag.push(b'$');
        let mut end: Vec<u8> = Vec::with_capacity(tag.len());
        while let Some(byte) = self.next()? {
            if end.len() == tag.len() {
                end.remove(0);
            }
            end.push(byte);
            if end == tag {
                break;
            }
        }
        Ok(())
    }

    /// The columns of a CREATE TABLE, whose name was read already. The statement is read to its end.
    pub(super) fn created_columns(&mut self, backslashes: bool) -> Result<Vec<String>, OpenError> {
        const NO_COLUMNS: [&str; 9] =
            ["PRIMARY", "UNIQUE", "KEY", "CONSTRAINT", "FOREIGN", "CHECK", "INDEX", "FULLTEXT", "EXCLUDE"];
        let mut columns = Vec::new();
        self.skip_blanks()?;
        if self.peek()? == Some(b'(') {
            self.next()?;
            loop {
                self.skip_blanks()?;
                let quoted = matches!(self.peek()?, Some(b'"' | b'`' | b'['));
                let name = self.name()?;
                let is_column = quoted || !NO_COLUMNS.iter().any(|word| word.eq_ignore_ascii_case(&name));
                if is_column && !name.is_empty() && columns.len() < LONGEST {
                    columns.push(name);
                }
                if !self.skip_to_next_column(backslashes)? {
                    break;
                }
            }
        }
        self.skip_statement(backslashes)?;
        Ok(columns)
    }

    /// Passes over the rest of a column's definition; false where it was the last.
    fn skip_to_next_column(&mut self, backslashes: bool) -> Result<bool, OpenError> {
        let mut depth = 0_u32;
        loop {
            self.skip_blanks()?;
            match self.peek()? {
                None | Some(b';') => return Ok(false),
                Some(quote @ (b'\'' | b'"' | b'`')) => {
                    self.skip_quoted(quote, backslashes)?;
                    continue;
                }
                Some(b'(') => depth += 1,
                Some(b')') if depth == 0 => return Ok(false),
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
