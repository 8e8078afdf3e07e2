//! The name that identifies an account.

use std::fmt;

use crate::secret::SecretDigest;
use crate::spelling::{decomposed, fold, fold_as_typed, folded_name};

/// A user name: 1 to 255 characters, without control characters and without blanks at either end. Names that differ
/// only in letter case, or in the form in which Unicode writes a letter, are the same name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Username(String);

/// Why a text is not a user name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidUsername {
    /// The text is empty or consists of blanks.
    #[error("a user name needs at least one character")]
    Empty,
    /// Over 255 characters.
    #[error("a user name has at most {} characters", Username::MAX_CHARS)]
    TooLong,
    /// A control character, NUL and line breaks among them.
    #[error("a user name has no control characters")]
    ControlCharacter,
}

impl Username {
    /// The greatest length, in characters.
    pub const MAX_CHARS: usize = 255;

    /// Reads a user name. Blanks at either end are dropped.
    pub fn parse(text: &str) -> Result<Self, InvalidUsername> {
        let name = text.trim();
        if name.is_empty() {
            return Err(InvalidUsername::Empty);
        }
        if name.chars().count() > Self::MAX_CHARS {
            return Err(InvalidUsername::TooLong);
        }
        if name.chars().any(char::is_control) {
            return Err(InvalidUsername::ControlCharacter);
        }
        Ok(Self(name.to_owned()))
    }

    /// Reads a user name and stores it in small letters, as some surfaces do (admin contract, decision 4). The
    /// length is that of what is stored: small letters can be more.
    pub fn parse_lowercase(text: &str) -> Result<Self, InvalidUsername> {
        Self::parse(&text.to_lowercase())
    }

    /// Wraps a name from the store, without checking it again.
    pub fn from_stored(name: String) -> Self {
        Self(name)
    }

    /// A name that no account can have, for a text that is not a name. With it a use case does the same work as for an
    /// unknown name.
    pub fn of_nobody(text: &str) -> Self {
        Self(format!("\u{1}{}", SecretDigest::of(text).to_hex()))
    }

    /// The name in the letter case in which it was chosen.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name in [lower case](crate::spelling::lower_case): names are compared in this form.
    ///
    /// Of a name that this would make longer than [`MAX_FOLDED_CHARS`](crate::spelling::MAX_FOLDED_CHARS), which no
    /// natural name is, it is the lower case without the normal form.
    pub fn folded(&self) -> String {
        folded_name(&self.0)
    }

    /// The forms in which an account may have this name, the most fitting first. Releases that compared names as they
    /// were typed let in names that differ in nothing but their form, and one of them may still have its name so.
    pub fn folded_forms(&self) -> Vec<String> {
        let mut forms = vec![self.0.to_lowercase()];
        if !self.0.is_ascii() {
            let folded = self.folded();
            let decomposed = decomposed(&folded);
            for form in [folded, decomposed] {
                if !forms.contains(&form) {
                    forms.push(form);
                }
            }
        }
        forms
    }

    /// The form in which parts of names are looked for. It is not the one by which they are compared, in which a
    /// sigma at the end is another letter than one in the middle.
    pub fn searched(&self) -> String {
        fold(&self.0)
    }

    /// What releases that compared names as they were typed had in the place of [`searched`](Self::searched). `None`
    /// where it is the same.
    pub fn searched_before(&self) -> Option<String> {
        if self.0.is_ascii() {
            None
        } else {
            Some(fold_as_typed(&self.0)).filter(|text| *text != self.searched())
        }
    }
}

impl fmt::Display for Username {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_at_the_ends_are_dropped() {
        assert_eq!(Username::parse("  Олена ").map(|name| name.folded()), Ok("олена".to_owned()));
    }

    #[test]
    fn the_form_that_was_typed_is_looked_for_first() {
        let forms = |name: &str| Username::parse(name).unwrap().folded_forms();
        assert_eq!(forms("Ada"), ["ada"]);
        assert_eq!(forms("Олена"), ["олена"]);
        assert_eq!(forms("Björn"), ["björn", "bjo\u{308}rn"]);
        assert_eq!(forms("Bjo\u{308}rn"), ["bjo\u{308}rn", "björn"]);
        assert_eq!(forms("e\u{302}\u{323}"), ["e\u{302}\u{323}", "\u{1ec7}", "e\u{323}\u{302}"]);
    }

    #[test]
    fn the_name_of_nobody_is_no_name() {
        let nobody = Username::of_nobody("a\0b");
        assert_eq!(Username::parse(nobody.as_str()), Err(InvalidUsername::ControlCharacter));
        assert_eq!(nobody.as_str(), nobody.folded());
    }

    #[test]
    fn what_is_no_name_is_refused() {
        assert_eq!(Username::parse(" "), Err(InvalidUsername::Empty));
        assert_eq!(Username::parse("a\0b"), Err(InvalidUsername::ControlCharacter));
        assert_eq!(Username::parse(&"x".repeat(256)), Err(InvalidUsername::TooLong));
        assert!(Username::parse(&"é".repeat(255)).is_ok());
    }
}
