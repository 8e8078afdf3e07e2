//! The session.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::accounts::{AccountId, AccountUuid, Role};

/// The id of a session; the `sid` of its tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SessionId(pub Uuid);

/// A signed-in device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Id.
    pub id: SessionId,
    /// Whose it is.
    pub account: AccountId,
    /// The surface at which the person signed in.
    pub surface: String,
    /// What the client called itself, at most 255 characters.
    pub user_agent: Option<String>,
    /// Where the client was.
    pub client_address: Option<IpAddr>,
    /// When the person signed in.
    pub created_at: OffsetDateTime,
    /// The first instant at which the session is over, whatever its tokens say.
    pub expires_at: OffsetDateTime,
    /// When it was ended before its time.
    pub revoked_at: Option<OffsetDateTime>,
}

/// All that decides whether a token of a session is good, and for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionState {
    /// Whose session it is.
    pub account: AccountId,
    /// The account's opaque id.
    pub uuid: AccountUuid,
    /// The surface at which the person signed in, at most 32 bytes: its refresh tokens are good there alone.
    pub surface: String,
    /// The account's role now, whatever the token says.
    pub role: Role,
    /// The account is active and not in the trash, and the session is not revoked.
    pub is_open: bool,
    /// The first instant at which the session is over.
    pub expires_at: OffsetDateTime,
}

impl SessionState {
    /// Whether the session gives access at this time.
    pub fn gives_access(&self, now: OffsetDateTime) -> bool {
        self.is_open && now < self.expires_at
    }
}
