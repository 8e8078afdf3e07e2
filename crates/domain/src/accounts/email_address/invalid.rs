use std::fmt;

use thiserror::Error;

/// Why a text is no e-mail address: the rules of email-validator 2.2. Each surface has its own words for them.
///
/// `characters` is a list ready to be shown, such as `'(', SPACE`.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the text is no e-mail address")]
#[expect(missing_docs, reason = "the names say it")]
pub enum InvalidEmail {
    InputTooLong,
    NoAtSign,
    AfterCloseQuote {
        characters: String,
    },
    DisplayNameCharacters {
        characters: String,
    },
    UnclosedAngleBracket,
    TextAfterAddress,
    DisplayName,
    UnsafeCharacters {
        characters: String,
    },
    TwoPeriods,
    /// Over 254 bytes in one of the forms of the address; the reason says which and by how much.
    TooLong {
        reason: String,
    },
    NothingBeforeAt,
    LocalPartTooLong {
        excess: usize,
    },
    LocalPartCharacters {
        characters: String,
    },
    QuotedCharacters {
        characters: String,
    },
    StartsWithPeriod,
    PeriodBeforeAt,
    QuotedLocalPart,
    /// An address that mail cannot be sent to from here; that it is one, `EmailAddress::parse` does not doubt.
    International,
    AfterNormalization(Box<InvalidEmail>),
    NothingAfterAt,
    DomainLiteral,
    /// In brackets, and not even an IP address.
    BrokenDomainLiteral {
        reason: String,
    },
    DomainCharacters {
        characters: String,
    },
    UnmappableDomain {
        reason: String,
    },
    DomainCharactersAfterNormalization {
        characters: String,
    },
    DomainStartsWith(Mark),
    DomainEndsWith(Mark),
    PeriodBesideHyphen,
    ReservedLabel,
    UnencodableDomain {
        reason: String,
    },
    DomainTooLong {
        excess: usize,
    },
    EncodedDomainTooLong {
        excess: usize,
    },
    LabelTooLong {
        excess: usize,
    },
    NoPeriodInDomain,
    NoTopLevelDomain,
    SpecialUseDomain,
    UndecodableDomain {
        reason: String,
    },
}

/// The character that stands where it must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `.`
    Period,
    /// `-`
    Hyphen,
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Period => "period",
            Self::Hyphen => "hyphen",
        })
    }
}
