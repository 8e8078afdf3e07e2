//! A mobile number.

use std::fmt;

/// A mobile number: an optional `+`, then 3 to 20 digits. What people and their address books write between the digits
/// is dropped: blanks, dots, dashes, slashes and brackets, and the invisible marks of text that was copied.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct MobileNumber(String);

/// The text is not a mobile number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a mobile number is an optional + and 3 to 20 digits")]
pub struct InvalidMobileNumber;

impl MobileNumber {
    /// Reads a number as people write it.
    pub fn parse(text: &str) -> Result<Self, InvalidMobileNumber> {
        let mut number = String::with_capacity(21);
        for character in text.chars() {
            match character {
                '+' if number.is_empty() => number.push('+'),
                '0'..='9' => number.push(character),
                _ if is_separator(character) => {}
                _ => return Err(InvalidMobileNumber),
            }
        }
        let digits = number.trim_start_matches('+').len();
        if (3..=20).contains(&digits) { Ok(Self(number)) } else { Err(InvalidMobileNumber) }
    }

    /// Wraps a number from the store, without checking it again.
    pub fn from_stored(number: String) -> Self {
        Self(number)
    }

    /// The number without separators.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_separator(character: char) -> bool {
    matches!(character, '.' | '-' | '/' | '(' | ')' | '[' | ']' | '\u{b7}')
        || is_dash(character)
        || is_invisible(character)
        || character.is_whitespace()
}

/// A hyphen, dash or minus sign of Unicode.
fn is_dash(character: char) -> bool {
    matches!(character, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}')
}

/// A soft hyphen, a character without width, or one that sets the direction of writing, as address books add.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

impl fmt::Debug for MobileNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MobileNumber(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_dropped() {
        for text in [
            " +33 (6) 12.34-56 ",
            "+33/612/3456",
            "+33\u{a0}6\u{202f}12\u{2009}34\u{3000}56",
            "+33\u{2011}6\u{2013}12\u{2212}3456",
            "\u{202a}+336123456\u{202c}",
            "\u{2066}+33 6123456\u{2069}\u{200e}",
            "+33[6]12\u{b7}34\t56",
        ] {
            assert_eq!(MobileNumber::parse(text).unwrap().as_str(), "+336123456", "{text:?}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            "+",
            "12",
            "1+2345",
            "++123",
            "12a45",
            "12,345",
            "12\u{0}345",
            "123456789012345678901",
            "١٢٣٤٥",
        ] {
            assert_eq!(MobileNumber::parse(text), Err(InvalidMobileNumber), "{text}");
        }
    }
}
