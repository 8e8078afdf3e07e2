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
        match self.rules().find(|rule| rule.is_of(text)) {
            Some(broken) => Err(broken),
            None => Ok(NewPassword::accepted(text)),
        }
    }

    /// The rules in the order in which they are checked, each as what is wrong with a password that breaks it.
    pub fn rules(&self) -> impl Iterator<Item = WeakPassword> + use<> {
        let rules = [
            Some(WeakPassword::TooShort { min: self.min_chars }),
            self.max_chars.map(|max| WeakPassword::TooLong { max }),
            self.uppercase.then_some(WeakPassword::NoUppercase),
            self.lowercase.then_some(WeakPassword::NoLowercase),
            self.digit.then_some(WeakPassword::NoDigit),
            self.special.map(|characters| WeakPassword::NoSpecial { characters }),
        ];
        rules.into_iter().flatten()
    }
}

impl WeakPassword {
    /// Whether this is wrong with a password.
    fn is_of(self, text: &str) -> bool {
        match self {
            Self::TooShort { min } => text.chars().count() < min,
            Self::TooLong { max } => text.chars().count() > max,
            Self::NoUppercase => !text.contains(|c: char| c.is_ascii_uppercase()),
            Self::NoLowercase => !text.contains(|c: char| c.is_ascii_lowercase()),
            Self::NoDigit => !text.contains(is_decimal_digit),
            Self::NoSpecial { characters } => !text.contains(|c| characters.contains(c)),
        }
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
