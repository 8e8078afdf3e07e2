use super::characters::{check_safe, not_allowed};
use super::{InvalidEmail, Mark, idna2008};

/// Names to which no mail can be sent, and all names below them (IANA special-use domain names, as email-validator
/// 2.2 lists them). `example` domains are accepted.
const SPECIAL_USE: [&str; 6] = ["arpa", "invalid", "local", "localhost", "onion", "test"];

/// The part after the `@`: a name with at least one period, in lower case.
pub(super) struct DomainName {
    /// As people read it; this is what an address keeps.
    pub(super) unicode: String,
    /// As it goes over the wire.
    pub(super) ascii: String,
}

impl DomainName {
    /// The greatest length of the ASCII form, in bytes (RFC 1035 §2.3.4).
    const MOST_BYTES: usize = 253;

    /// The greatest length of what stands between two periods, in bytes (RFC 1035 §2.3.1).
    const MOST_LABEL_BYTES: usize = 63;

    pub(super) fn parse(text: &str) -> Result<Self, InvalidEmail> {
        if let Some(characters) = not_allowed(text, is_host_character) {
            return Err(InvalidEmail::DomainCharacters { characters });
        }
        check_safe(text, false)?;
        let mapped = idna2008::map(text).map_err(|reason| InvalidEmail::UnmappableDomain { reason })?;
        if let Some(characters) = not_allowed(&mapped, is_host_character) {
            return Err(InvalidEmail::DomainCharactersAfterNormalization { characters });
        }
        check_dots_and_hyphens(&mapped)?;
        if mapped.split('.').any(is_reserved_label) {
            return Err(InvalidEmail::ReservedLabel);
        }
        let ascii = if mapped.is_ascii() && !mapped.is_empty() {
            mapped
        } else {
            idna2008::encode(&mapped).map_err(|reason| InvalidEmail::UnencodableDomain { reason })?
        };
        check_lengths(&ascii, text)?;
        check_top_level(&ascii)?;
        let unicode =
            idna2008::decode(&ascii).map_err(|reason| InvalidEmail::UndecodableDomain { reason })?;
        // Invisible joiners may hide in Punycode. The original accepts them there and nowhere else.
        check_safe(&unicode, false)?;
        Ok(Self { unicode, ascii })
    }
}

fn is_host_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '.') || !character.is_ascii()
}

fn check_dots_and_hyphens(domain: &str) -> Result<(), InvalidEmail> {
    if domain.ends_with('.') {
        return Err(InvalidEmail::DomainEndsWith(Mark::Period));
    }
    if domain.starts_with('.') {
        return Err(InvalidEmail::DomainStartsWith(Mark::Period));
    }
    if domain.contains("..") {
        return Err(InvalidEmail::TwoPeriods);
    }
    if domain.ends_with('-') {
        return Err(InvalidEmail::DomainEndsWith(Mark::Hyphen));
    }
    if domain.starts_with('-') {
        return Err(InvalidEmail::DomainStartsWith(Mark::Hyphen));
    }
    if domain.contains(".-") || domain.contains("-.") {
        return Err(InvalidEmail::PeriodBesideHyphen);
    }
    Ok(())
}

/// Two characters and two hyphens (RFC 5890 §2.3.1), unless it is Punycode.
fn is_reserved_label(label: &str) -> bool {
    label.chars().skip(2).take(2).eq(['-', '-']) && !label.starts_with("xn")
}

fn check_lengths(ascii: &str, typed: &str) -> Result<(), InvalidEmail> {
    if let Some(excess) = ascii.len().checked_sub(DomainName::MOST_BYTES).filter(|excess| *excess > 0) {
        let is_as_typed = ascii == typed;
        return Err(if is_as_typed {
            InvalidEmail::DomainTooLong { excess }
        } else {
            InvalidEmail::EncodedDomainTooLong { excess }
        });
    }
    let excess =
        |label: &str| label.len().checked_sub(DomainName::MOST_LABEL_BYTES).filter(|excess| *excess > 0);
    match ascii.split('.').find_map(excess) {
        Some(excess) => Err(InvalidEmail::LabelTooLong { excess }),
        None => Ok(()),
    }
}

fn check_top_level(ascii: &str) -> Result<(), InvalidEmail> {
    let Some((_, top_level)) = ascii.rsplit_once('.') else {
        return Err(InvalidEmail::NoPeriodInDomain);
    };
    if !top_level.ends_with(|c: char| c.is_ascii_alphabetic()) {
        return Err(InvalidEmail::NoTopLevelDomain);
    }
    if SPECIAL_USE.contains(&top_level) {
        return Err(InvalidEmail::SpecialUseDomain);
    }
    Ok(())
}
