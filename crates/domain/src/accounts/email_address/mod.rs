//! The e-mail address as a value (theater contract 1.4).
//!
//! The rules and texts are those of pydantic 2.10 with email-validator 2.2, without its DNS query.

mod characters;
mod display_name;
mod domain_literal;
mod domain_name;
mod idna2008;
mod invalid;
mod local_part;
mod plain;
#[cfg(test)]
mod tests;

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use domain_name::DomainName;
pub use invalid::{InvalidEmail, Mark};
use local_part::LocalPart;

use crate::secret::SecretDigest;

/// A checked e-mail address, in lower case and Unicode NFC, without display name, quotes, blanks and control
/// characters. The domain is in its Unicode form.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// The longest text that is looked at, in characters.
    const MOST_INPUT_CHARS: usize = 2048;

    /// The longest address, in bytes (RFC 3696, erratum 1690).
    const MOST_BYTES: usize = 254;

    /// Reads an address as a person types it. Blanks around it and a display name (`Name <a@b.c>`) are dropped.
    ///
    /// Errors: [`InvalidEmail`] names the first rule that the text breaks.
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        if text.chars().count() > Self::MOST_INPUT_CHARS {
            return Err(InvalidEmail::InputTooLong);
        }
        let address = display_name::strip(text).unwrap_or(text).trim_matches(characters::is_blank);
        let parts = display_name::split(address)?;
        let local = LocalPart::parse(&parts.local, parts.is_local_quoted)?;
        let domain = match parts.domain {
            "" => return Err(InvalidEmail::NothingAfterAt),
            domain => match domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                Some(literal) => return Err(domain_literal::refuse(literal)),
                None => DomainName::parse(domain)?,
            },
        };
        check_length(&format!("{}@{}", parts.local, parts.domain), None)?;
        let normalized = format!("{}@{}", local.as_str(), domain.unicode);
        check_length(&normalized, Some("after normalization"))?;
        let encoded = format!("{}@{}", local.as_str(), domain.ascii);
        check_length(&encoded, Some("when the part after the @-sign is converted to IDNA ASCII"))?;
        if parts.has_display_name {
            return Err(InvalidEmail::DisplayName);
        }
        Self::in_lower_case(local, &domain.unicode)
    }

    /// Wraps an address from the database, which holds only checked addresses.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// An address that no account can have, for a text that is not an address. With it a use case does the same work
    /// as for an unknown address.
    pub fn of_nobody(text: &str) -> Self {
        Self(format!("@{}", SecretDigest::of(text).to_hex()))
    }

    /// Whether there are letters outside ASCII before the @. Mail servers without `SMTPUTF8` (RFC 6531) do not take
    /// such addresses. Letters in the domain do not count, because a domain has an ASCII form.
    pub fn is_international(&self) -> bool {
        self.0.rsplit_once('@').is_some_and(|(local, _)| !local.is_ascii())
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Puts the parts together in lower case, and checks the lengths again: lower case may be longer than what was
    /// typed (`İ`).
    fn in_lower_case(local: LocalPart, domain: &str) -> Result<Self, InvalidEmail> {
        let lower: String = local.as_str().to_lowercase().nfc().collect();
        let local = if lower == local.as_str() { local } else { LocalPart::parse(&lower, false)? };
        let address = format!("{}@{domain}", local.as_str());
        check_length(&address, Some("after normalization"))?;
        Ok(Self(address))
    }
}

/// Fails if the address is too long. `context` names the form of the address whose length is checked; `None` is the
/// form that was typed.
fn check_length(address: &str, context: Option<&'static str>) -> Result<(), InvalidEmail> {
    let Some(excess) = address.len().checked_sub(EmailAddress::MOST_BYTES).filter(|excess| *excess > 0)
    else {
        return Ok(());
    };
    let plural = if excess > 1 { "s" } else { "" };
    let widest = address.chars().map(char::len_utf8).max().unwrap_or(1);
    let least = (excess / widest).max(1);
    let reason = match context {
        Some(context) => format!("{context} ({excess} byte{plural} too many)"),
        None if least == excess => format!("({excess} character{plural} too many)"),
        None => format!("({least}-{excess} character{plural} too many)"),
    };
    Err(InvalidEmail::TooLong { reason })
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Masked as `j***@example.com`, so that no address reaches a log by accident.
impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (local, domain) = self.0.split_once('@').unwrap_or_default();
        let first = local.chars().next().map(String::from).unwrap_or_default();
        write!(f, "{first}***@{domain}")
    }
}
