//! A mobile number.

use std::fmt;

/// A mobile number: an optional `+`, then 3 to 20 digits; blanks, dots, hyphens and brackets that
/// people write between them are dropped.
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
        for character in text.trim().chars() {
            match character {
                '+' if number.is_empty() => number.push('+'),
                '0'..='9' => number.push(character),
                ' ' | '.' | '-' | '(' | ')' => {}
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
        assert_eq!(MobileNumber::parse(" +33 (6) 12.34-56 ").unwrap().as_str(), "+336123456");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "+", "12", "1+2345", "12a45", "123456789012345678901", "١٢٣٤٥"] {
            assert_eq!(MobileNumber::parse(text), Err(InvalidMobileNumber), "{text}");
        }
    }
}
