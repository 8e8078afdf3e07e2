//! Registrations that wait for the owner of their address.

use std::net::IpAddr;

use time::OffsetDateTime;
use uuid::Uuid;

use super::{AccountId, PasswordHash};
use crate::secret::SecretDigest;

/// The id of a registration: a confirm link names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RegistrationId(pub Uuid);

/// What somebody registered for an address that is not activated yet.
///
/// Anyone can name an address. Until its owner comes, each registration keeps a password and a token of its
/// own: the account gets the password of the registration whose token comes back, and the others are void.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingRegistration {
    /// Id.
    pub id: RegistrationId,
    /// The account that waits for the owner of the address.
    pub account: AccountId,
    /// Digest of the secret that was mailed for it last.
    pub digest: SecretDigest,
    /// The hash of the password that was chosen in it.
    pub hashed_password: PasswordHash,
    /// The name to show that was chosen in it.
    pub display_name: Option<String>,
    /// Where it came from.
    pub client_address: Option<IpAddr>,
    /// When it came.
    pub created_at: OffsetDateTime,
    /// The first instant at which the mailed secret is no longer good. The registration stays: another mail
    /// may be asked for.
    pub expires_at: OffsetDateTime,
}

impl PendingRegistration {
    /// Whether the mailed secret is past its life.
    pub fn is_expired(&self, now: OffsetDateTime) -> bool {
        now >= self.expires_at
    }
}
