//! The code of a country.

use crate::spelling::normal_form;

/// A country code: upper-case and in Unicode's form NFC, at most 3 characters, without NUL. It may be empty, because the contract allows that.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode(String);

/// Why a text is not a country code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCountryCode {
    /// The text has more than 3 characters in upper case.
    #[error("a country code has at most {} characters", CountryCode::MAX_CHARS)]
    TooLong,
    /// The text has a NUL character, which not every store can keep.
    #[error("a country code has no NUL character")]
    Nul,
}

impl CountryCode {
    /// The greatest length, in characters (theater contract, decision 5).
    pub const MAX_CHARS: usize = 3;

    /// Reads a code. Letters become upper-case.
    pub fn parse(text: &str) -> Result<Self, InvalidCountryCode> {
        let code = normal_form(&normal_form(text).to_uppercase()).into_owned();
        if code.contains('\0') {
            return Err(InvalidCountryCode::Nul);
        }
        if code.chars().count() > Self::MAX_CHARS {
            return Err(InvalidCountryCode::TooLong);
        }
        Ok(Self(code))
    }

    /// Wraps a code from the store, without checking it again.
    pub fn from_stored(code: String) -> Self {
        Self(code)
    }

    /// The code in upper case; it may be empty.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_upper_case_and_short() {
        assert_eq!(CountryCode::parse("us").unwrap().as_str(), "US");
        assert_eq!(CountryCode::parse("abcd"), Err(InvalidCountryCode::TooLong));
        // Upper-casing may lengthen.
        assert_eq!(CountryCode::parse("ßß"), Err(InvalidCountryCode::TooLong));
        assert_eq!(CountryCode::parse("\0"), Err(InvalidCountryCode::Nul));
    }
}
