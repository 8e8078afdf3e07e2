//! Text of a limited length.

use std::fmt;

/// Text of at most `MOST` characters, without NUL, which not every database can store. It may be empty.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Text<const MOST: usize>(String);

/// Why a text is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidText {
    /// The text has more than `most` characters.
    #[error("a text has at most {most} characters")]
    TooLong {
        /// The greatest length, in characters.
        most: usize,
    },
    /// The text has a NUL character.
    #[error("a text has no NUL characters")]
    Nul,
}

impl<const MOST: usize> Text<MOST> {
    /// The greatest length, in characters.
    pub const MAX_CHARS: usize = MOST;

    /// Checks a text and keeps it as it is.
    pub fn parse(text: impl Into<String>) -> Result<Self, InvalidText> {
        let text = text.into();
        if text.chars().count() > MOST {
            return Err(InvalidText::TooLong { most: MOST });
        }
        if text.contains('\0') {
            return Err(InvalidText::Nul);
        }
        Ok(Self(text))
    }

    /// Wraps a text from the store, without checking it again.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The text; it may be empty.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MOST: usize> From<Text<MOST>> for String {
    fn from(text: Text<MOST>) -> Self {
        text.0
    }
}

/// Prints only the length, because address books are private.
impl<const MOST: usize> fmt::Debug for Text<MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} characters)", self.0.chars().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_counted_in_characters() {
        assert!(Text::<3>::parse("éé🦀").is_ok());
        assert_eq!(Text::<3>::parse("abcd"), Err(InvalidText::TooLong { most: 3 }));
    }

    #[test]
    fn nothing_is_a_text_and_nul_is_in_none() {
        assert!(Text::<3>::parse("").is_ok());
        assert_eq!(Text::<3>::parse("a\0"), Err(InvalidText::Nul));
    }
}
