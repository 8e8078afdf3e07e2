use std::fmt::{self, Display};

use serde_json::Value;
use vestibule_domain::accounts::InvalidEmail;

/// What is wrong with one value, before a dialect puts it into words.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// The field, or the whole body, is not there.
    Missing,
    /// The body has no fields.
    NotAnObject,
    /// The content type says JSON and the body is broken. Holds the parser's words.
    BrokenJson(&'static str),
    /// A rule of the application is broken, in its own words.
    Rule(String),

    /// A value that is not text.
    NotText,
    /// A text shorter than this, in characters.
    TooShort(usize),
    /// A text longer than this, in characters.
    TooLong(usize),
    /// A text that does not match this pattern, as the contract writes it.
    Mismatch(&'static str),
    /// A text with a NUL character.
    Nul,
    /// A text that is not an e-mail address.
    NotAnEmail(InvalidEmail),
    /// A text that is not one of these.
    NotAmong(Vec<&'static str>),

    /// A value of a type that is not a whole number.
    NotAnInteger,
    /// A text that reads as no whole number.
    UnreadableInteger,
    /// A whole number with more digits than are read.
    HugeInteger,
    /// A number with a fraction where a whole one belongs.
    Fraction,
    /// A value of a type that is not a number.
    NotANumber,
    /// A text that reads as no number.
    UnreadableNumber,
    /// An infinite number, or NaN.
    NotFinite,
    /// A number below this.
    Below(Bound),
    /// A number of this or less.
    NotAbove(Bound),
    /// A number above this.
    Above(Bound),
    /// A number of this or more.
    NotBelow(Bound),

    /// A value of a type that is neither true nor false.
    NotABoolean,
    /// A text or number that reads as neither true nor false.
    UnreadableBoolean,

    /// A value of a type that is not a date.
    NotADate,
    /// A text or number that reads as no date; the reader's words.
    UnreadableDate(&'static str),
    /// A date that the calendar of the application does not have; the reader's words.
    ImpossibleDate(&'static str),
    /// A date with a time of day.
    NotMidnight,

    /// A value that is not a list.
    NotAList,
    /// A list of more items than this.
    TooMany {
        /// How many it may have.
        most: usize,
        /// How many it has.
        given: usize,
    },
    /// A text where a file belongs.
    NotAFile,
}

impl Fault {
    /// A rule of the application is broken.
    pub fn rule(words: impl Display) -> Self {
        Self::Rule(words.to_string())
    }
}

/// The end of a range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// Of whole numbers.
    Integer(i64),
    /// Of numbers.
    Number(f64),
}

impl From<i64> for Bound {
    fn from(bound: i64) -> Self {
        Self::Integer(bound)
    }
}

impl From<f64> for Bound {
    fn from(bound: f64) -> Self {
        Self::Number(bound)
    }
}

impl From<Bound> for Value {
    fn from(bound: Bound) -> Self {
        match bound {
            Bound::Integer(bound) => bound.into(),
            Bound::Number(bound) => bound.into(),
        }
    }
}

impl Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(bound) => bound.fmt(f),
            Self::Number(bound) => bound.fmt(f),
        }
    }
}
