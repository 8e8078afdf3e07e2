//! Registrations that wait for the owner of their address.

use std::net::IpAddr;

use time::OffsetDateTime;
use uuid::Uuid;

use super::{AccountId, PasswordHash};
use crate::secret::SecretDigest;

/// The id of a registration. Confirm links carry it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RegistrationId(pub Uuid);

/// A registration of an address whose account is not activated yet.
///
/// Anyone can name an address. So each registration keeps a password and a token of its own until the owner of the
/// address comes. The account gets the password of the registration whose token comes back; its other registrations
/// become void.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PendingRegistration {
    pub id: RegistrationId,
    /// The account that waits for the owner of the address.
    pub account: AccountId,
    /// Digest of the secret in the latest mail about this registration.
    pub digest: SecretDigest,
    /// Hash of the password that this registration chose.
    pub hashed_password: PasswordHash,
    /// The display name that this registration chose.
    pub display_name: Option<String>,
    /// The address of the client that registered.
    pub client_address: Option<IpAddr>,
    pub created_at: OffsetDateTime,
    /// The first instant at which the mailed secret is no longer accepted. The registration stays, because another
    /// mail may be asked for.
    pub expires_at: OffsetDateTime,
}

impl PendingRegistration {
    /// Whether the mailed secret has expired.
    pub fn is_expired(&self, now: OffsetDateTime) -> bool {
        now >= self.expires_at
    }
}
