use std::fmt;

use thiserror::Error;

/// Why a text is not an e-mail address. The texts are those of pydantic 2.10 and email-validator 2.2. A surface with
/// other texts matches the variants.
///
/// `characters` is a list ready to be shown, such as `'(', SPACE`.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "the texts say it")]
pub enum InvalidEmail {
    #[error("Length must not exceed 2048 characters")]
    InputTooLong,
    #[error("An email address must have an @-sign.")]
    NoAtSign,
    #[error("Extra character(s) found after close quote: {characters}")]
    AfterCloseQuote { characters: String },
    #[error("The display name contains invalid characters when not quoted: {characters}.")]
    DisplayNameCharacters { characters: String },
    #[error(
        "An open angle bracket at the start of the email address has to be followed by a close angle \
         bracket at the end."
    )]
    UnclosedAngleBracket,
    #[error("There can't be anything after the email address.")]
    TextAfterAddress,
    #[error("A display name and angle brackets around the email address are not permitted here.")]
    DisplayName,

    #[error("The email address contains unsafe characters: {characters}.")]
    UnsafeCharacters { characters: String },
    #[error("An email address cannot have two periods in a row.")]
    TwoPeriods,
    /// Over 254 bytes in one of the forms of the address; the reason says which and by how much.
    #[error("The email address is too long {reason}.")]
    TooLong { reason: String },

    #[error("There must be something before the @-sign.")]
    NothingBeforeAt,
    #[error("The email address is too long before the @-sign ({}).", too_many(*excess))]
    LocalPartTooLong { excess: usize },
    #[error("The email address contains invalid characters before the @-sign: {characters}.")]
    LocalPartCharacters { characters: String },
    #[error("The email address contains invalid characters in quotes before the @-sign: {characters}.")]
    QuotedCharacters { characters: String },
    #[error("An email address cannot start with a period.")]
    StartsWithPeriod,
    #[error("An email address cannot have a period immediately before the @-sign.")]
    PeriodBeforeAt,
    #[error("Quoting the part before the @-sign is not allowed here.")]
    QuotedLocalPart,
    /// The address is valid, but the configured mail server cannot send mail to it. `EmailAddress::parse` never gives
    /// this error.
    #[error("Internationalized characters before the @-sign are not supported.")]
    International,
    #[error("After Unicode normalization: {0}")]
    AfterNormalization(Box<InvalidEmail>),

    #[error("There must be something after the @-sign.")]
    NothingAfterAt,
    #[error("A bracketed IP address after the @-sign is not allowed here.")]
    DomainLiteral,
    /// The text in brackets is not an IP address either.
    #[error("The {reason}.")]
    BrokenDomainLiteral { reason: String },
    #[error("The part after the @-sign contains invalid characters: {characters}.")]
    DomainCharacters { characters: String },
    #[error("The part after the @-sign contains invalid characters ({reason}).")]
    UnmappableDomain { reason: String },
    #[error(
        "The part after the @-sign contains invalid characters after Unicode normalization: {characters}."
    )]
    DomainCharactersAfterNormalization { characters: String },
    #[error("An email address cannot have a {0} immediately after the @-sign.")]
    DomainStartsWith(Mark),
    #[error("An email address cannot end with a {0}.")]
    DomainEndsWith(Mark),
    #[error("An email address cannot have a period and a hyphen next to each other.")]
    PeriodBesideHyphen,
    #[error(
        "An email address cannot have two letters followed by two dashes immediately after the @-sign or \
         after a period, except Punycode."
    )]
    ReservedLabel,
    #[error("The part after the @-sign is invalid ({reason}).")]
    UnencodableDomain { reason: String },
    #[error("The email address is too long after the @-sign ({}).", too_many(*excess))]
    DomainTooLong { excess: usize },
    #[error(
        "The email address is too long after the @-sign ({excess} byte{} too many after IDNA encoding).",
        plural(*excess)
    )]
    EncodedDomainTooLong { excess: usize },
    #[error(
        "After the @-sign, periods cannot be separated by so many characters ({}).",
        too_many(*excess)
    )]
    LabelTooLong { excess: usize },
    #[error("The part after the @-sign is not valid. It should have a period.")]
    NoPeriodInDomain,
    #[error("The part after the @-sign is not valid. It is not within a valid top-level domain.")]
    NoTopLevelDomain,
    #[error("The part after the @-sign is a special-use or reserved name that cannot be used with email.")]
    SpecialUseDomain,
    #[error("The part after the @-sign is not valid IDNA ({reason}).")]
    UndecodableDomain { reason: String },
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

fn too_many(excess: usize) -> String {
    format!("{excess} character{} too many", plural(excess))
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
