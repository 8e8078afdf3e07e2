//! Names of the catalogue: of movies, genres, actors, languages.

use crate::spelling::folded_name;

/// The three kinds of names that movies share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum NameKind {
    Genre,
    Actor,
    Language,
}

impl NameKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Genre, Self::Actor, Self::Language];
}

/// A name: at most 255 characters, without NUL. It may be empty, because the contract allows that.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

/// Why a text is not a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidName {
    /// Over 255 characters.
    #[error("a name has at most {} characters", Name::MAX_CHARS)]
    TooLong,
    /// A NUL character, which not every store can keep.
    #[error("a name has no NUL character")]
    Nul,
}

impl Name {
    /// The greatest length, in characters (theater contract, decision 5).
    pub const MAX_CHARS: usize = 255;

    /// Checks a name and keeps its spelling.
    pub fn parse(text: impl Into<String>) -> Result<Self, InvalidName> {
        let name = text.into();
        if name.contains('\0') {
            return Err(InvalidName::Nul);
        }
        if name.len() > Self::MAX_CHARS && name.chars().count() > Self::MAX_CHARS {
            return Err(InvalidName::TooLong);
        }
        Ok(Self(name))
    }

    /// Wraps a name from the store, without checking it again.
    pub fn from_stored(name: String) -> Self {
        Self(name)
    }

    /// The name in its own spelling.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name in [lower case](crate::spelling::lower_case). Names of one kind are compared in this form (theater
    /// contract, decision 7).
    ///
    /// Of a name that this would make longer than [`MAX_FOLDED_CHARS`](crate::spelling::MAX_FOLDED_CHARS), which no
    /// natural name is, it is the lower case without the normal form.
    pub fn folded(&self) -> String {
        folded_name(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_counted_in_characters() {
        assert!(Name::parse("é".repeat(255)).is_ok());
        assert_eq!(Name::parse("é".repeat(256)), Err(InvalidName::TooLong));
        assert_eq!(Name::parse("a\0"), Err(InvalidName::Nul));
        assert!(Name::parse("").is_ok());
    }

    #[test]
    fn letter_case_does_not_count() {
        assert_eq!(Name::parse("TV Movie").unwrap().folded(), Name::parse("Tv movie").unwrap().folded());
        assert_eq!(Name::parse("ОЛЕНА").unwrap().folded(), "олена");
    }
}
