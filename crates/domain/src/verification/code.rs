//! A code that was sent.

use std::fmt;

use time::OffsetDateTime;

use crate::accounts::{AccountId, EmailAddress, MobileNumber};
use crate::messages::{Channel, Recipient};
use crate::secret::SecretDigest;

/// What a code is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CodePurpose {
    /// Proves an address, to whoever asks.
    Address,
    /// Activates the account of a mobile number.
    Activation,
}

impl CodePurpose {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Activation => "activation",
        }
    }
}

/// What there is one code of at a time: a way to a person, and a purpose. `Debug` does not print to whom.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CodeKey {
    recipient: Recipient,
    purpose: CodePurpose,
}

impl CodeKey {
    /// Of a code that is mailed.
    pub fn mail(address: &EmailAddress, purpose: CodePurpose) -> Self {
        Self { recipient: Recipient::Email(address.as_str().to_owned()), purpose }
    }

    /// Of a code that is sent by SMS.
    pub fn sms(number: &MobileNumber, purpose: CodePurpose) -> Self {
        Self { recipient: Recipient::Mobile(number.as_str().to_owned()), purpose }
    }

    /// Where the code goes.
    pub fn recipient(&self) -> &Recipient {
        &self.recipient
    }

    /// How it goes there.
    pub fn channel(&self) -> Channel {
        match self.recipient {
            Recipient::Email(_) => Channel::Mail,
            Recipient::Mobile(_) => Channel::Sms,
        }
    }

    /// The address or number.
    pub fn to(&self) -> &str {
        match &self.recipient {
            Recipient::Email(to) | Recipient::Mobile(to) => to,
        }
    }

    /// What the code is good for.
    pub fn purpose(&self) -> CodePurpose {
        self.purpose
    }
}

impl fmt::Debug for CodeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CodeKey").field(&self.channel()).field(&self.purpose).finish()
    }
}

/// A code as it is kept: never the code itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerificationCode {
    /// For whom, and for what.
    pub key: CodeKey,
    /// The account that it is about, where there is one; the code goes with it.
    pub account: Option<AccountId>,
    /// Keyed hash of the code. Once the code was given back: of the client that did it, who alone may use the proof.
    pub digest: SecretDigest,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// The first instant at which it, or the proof, is no longer good.
    pub expires_at: OffsetDateTime,
    /// When it was given back. From then on no code fits.
    pub verified_at: Option<OffsetDateTime>,
}
