//! The rules for new passwords. Each surface states its own policy as data.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use super::NewPassword;

/// The rules for a new password, checked in the order of the fields. The first rule that fails is the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordPolicy {
    /// Least length in characters, inclusive.
    pub min_chars: usize,
    /// Greatest length in characters, inclusive.
    pub max_chars: Option<usize>,
    /// At least one of `A`–`Z`.
    pub uppercase: bool,
    /// At least one of `a`–`z`.
    pub lowercase: bool,
    /// At least one decimal digit of any script.
    pub digit: bool,
    /// At least one of these characters; `None` asks for none.
    pub special: Option<&'static str>,
}

/// The first rule that a password breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Shorter than the policy allows.
    #[error("the password needs at least {min} characters")]
    TooShort {
        /// Least length in characters.
        min: usize,
    },
    /// Longer than the policy allows.
    #[error("the password may have at most {max} characters")]
    TooLong {
        /// Greatest length in characters.
        max: usize,
    },
    /// No upper-case letter.
    #[error("the password needs an upper-case letter")]
    NoUppercase,
    /// No lower-case letter.
    #[error("the password needs a lower-case letter")]
    NoLowercase,
    /// No digit.
    #[error("the password needs a digit")]
    NoDigit,
    /// No special character.
    #[error("the password needs one of {characters}")]
    NoSpecial {
        /// The characters of which the policy asks for one.
        characters: &'static str,
    },
}

impl PasswordPolicy {
    /// Checks a new password, and names the first rule that it breaks.
    pub fn check(&self, text: &str) -> Result<NewPassword, WeakPassword> {
        let length = text.chars().count();
        if length < self.min_chars {
            return Err(WeakPassword::TooShort { min: self.min_chars });
        }
        if let Some(max) = self.max_chars.filter(|max| length > *max) {
            return Err(WeakPassword::TooLong { max });
        }
        if self.uppercase && !text.contains(|c: char| c.is_ascii_uppercase()) {
            return Err(WeakPassword::NoUppercase);
        }
        if self.lowercase && !text.contains(|c: char| c.is_ascii_lowercase()) {
            return Err(WeakPassword::NoLowercase);
        }
        if self.digit && !text.contains(is_decimal_digit) {
            return Err(WeakPassword::NoDigit);
        }
        if let Some(characters) = self.special.filter(|set| !text.contains(|c| set.contains(c))) {
            return Err(WeakPassword::NoSpecial { characters });
        }
        Ok(NewPassword::accepted(text))
    }
}

/// Whether Python's `\d` matches: any character of the Unicode category Nd, as in the original back ends.
fn is_decimal_digit(character: char) -> bool {
    character.general_category() == GeneralCategory::DecimalNumber
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRICT: PasswordPolicy = PasswordPolicy {
        min_chars: 8,
        max_chars: Some(12),
        uppercase: true,
        lowercase: true,
        digit: true,
        special: Some("@$!%*?#&"),
    };

    #[test]
    fn the_first_broken_rule_is_named() {
        let cases = [
            ("", WeakPassword::TooShort { min: 8 }),
            ("ééééééé", WeakPassword::TooShort { min: 8 }),
            ("1234567890123", WeakPassword::TooLong { max: 12 }),
            ("É2345678", WeakPassword::NoUppercase),
            ("ABCDEFGH", WeakPassword::NoLowercase),
            ("Abcdefgh", WeakPassword::NoDigit),
            ("Abcdefg½", WeakPassword::NoDigit),
            ("Abcdefg1", WeakPassword::NoSpecial { characters: "@$!%*?#&" }),
        ];
        for (text, broken) in cases {
            assert_eq!(STRICT.check(text), Err(broken), "{text}");
        }
    }

    #[test]
    fn a_digit_of_any_script_counts() {
        assert!(STRICT.check("Abcdef٣@").is_ok());
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert!(STRICT.check("Aa1@éééé").is_ok());
    }
}
