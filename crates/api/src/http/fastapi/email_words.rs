//! What is wrong with an e-mail address, in the words of pydantic 2.10 and email-validator 2.2.

use vestibule_domain::accounts::InvalidEmail;

/// The published words (theater contract 1.4).
pub fn email_words(reason: &InvalidEmail) -> String {
    match reason {
        InvalidEmail::InputTooLong => "Length must not exceed 2048 characters".to_owned(),
        InvalidEmail::NoAtSign => "An email address must have an @-sign.".to_owned(),
        InvalidEmail::AfterCloseQuote { characters } => format!("Extra character(s) found after close quote: {characters}"),
        InvalidEmail::DisplayNameCharacters { characters } => format!("The display name contains invalid characters when not quoted: {characters}."),
        InvalidEmail::UnclosedAngleBracket => "An open angle bracket at the start of the email address has to be followed by a close angle bracket at the end.".to_owned(),
        InvalidEmail::TextAfterAddress => "There can't be anything after the email address.".to_owned(),
        InvalidEmail::DisplayName => "A display name and angle brackets around the email address are not permitted here.".to_owned(),
        InvalidEmail::UnsafeCharacters { characters } => format!("The email address contains unsafe characters: {characters}."),
        InvalidEmail::TwoPeriods => "An email address cannot have two periods in a row.".to_owned(),
        InvalidEmail::TooLong { reason } => format!("The email address is too long {reason}."),
        InvalidEmail::NothingBeforeAt => "There must be something before the @-sign.".to_owned(),
        InvalidEmail::LocalPartTooLong { excess } => format!("The email address is too long before the @-sign ({}).", too_many(*excess)),
        InvalidEmail::LocalPartCharacters { characters } => format!("The email address contains invalid characters before the @-sign: {characters}."),
        InvalidEmail::QuotedCharacters { characters } => format!("The email address contains invalid characters in quotes before the @-sign: {characters}."),
        InvalidEmail::StartsWithPeriod => "An email address cannot start with a period.".to_owned(),
        InvalidEmail::PeriodBeforeAt => "An email address cannot have a period immediately before the @-sign.".to_owned(),
        InvalidEmail::QuotedLocalPart => "Quoting the part before the @-sign is not allowed here.".to_owned(),
        InvalidEmail::International => "Internationalized characters before the @-sign are not supported.".to_owned(),
        InvalidEmail::AfterNormalization(inner) => format!("After Unicode normalization: {}", email_words(inner)),
        InvalidEmail::NothingAfterAt => "There must be something after the @-sign.".to_owned(),
        InvalidEmail::DomainLiteral => "A bracketed IP address after the @-sign is not allowed here.".to_owned(),
        InvalidEmail::BrokenDomainLiteral { reason } => format!("The {reason}."),
        InvalidEmail::DomainCharacters { characters } => format!("The part after the @-sign contains invalid characters: {characters}."),
        InvalidEmail::UnmappableDomain { reason } => format!("The part after the @-sign contains invalid characters ({reason})."),
        InvalidEmail::DomainCharactersAfterNormalization { characters } => format!("The part after the @-sign contains invalid characters after Unicode normalization: {characters}."),
        InvalidEmail::DomainStartsWith(inner) => format!("An email address cannot have a {inner} immediately after the @-sign."),
        InvalidEmail::DomainEndsWith(inner) => format!("An email address cannot end with a {inner}."),
        InvalidEmail::PeriodBesideHyphen => "An email address cannot have a period and a hyphen next to each other.".to_owned(),
        InvalidEmail::ReservedLabel => "An email address cannot have two letters followed by two dashes immediately after the @-sign or after a period, except Punycode.".to_owned(),
        InvalidEmail::UnencodableDomain { reason } => format!("The part after the @-sign is invalid ({reason})."),
        InvalidEmail::DomainTooLong { excess } => format!("The email address is too long after the @-sign ({}).", too_many(*excess)),
        InvalidEmail::EncodedDomainTooLong { excess } => format!("The email address is too long after the @-sign ({excess} byte{} too many after IDNA encoding).", plural(*excess)),
        InvalidEmail::LabelTooLong { excess } => format!("After the @-sign, periods cannot be separated by so many characters ({}).", too_many(*excess)),
        InvalidEmail::NoPeriodInDomain => "The part after the @-sign is not valid. It should have a period.".to_owned(),
        InvalidEmail::NoTopLevelDomain => "The part after the @-sign is not valid. It is not within a valid top-level domain.".to_owned(),
        InvalidEmail::SpecialUseDomain => "The part after the @-sign is a special-use or reserved name that cannot be used with email.".to_owned(),
        InvalidEmail::UndecodableDomain { reason } => format!("The part after the @-sign is not valid IDNA ({reason})."),
    }
}

fn too_many(excess: usize) -> String {
    format!("{excess} character{} too many", plural(excess))
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
