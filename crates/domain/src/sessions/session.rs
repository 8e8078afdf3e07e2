//! The session.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::accounts::{AccountId, AccountUuid, AddressMark, Role};

/// How far the clock of one node may be ahead of that of another. Nodes keep their clocks within seconds, so a sign of
/// life from further ahead is of a clock that was set wrong. The latest sign stays, so such a time would hide all that
/// follow until it is past.
pub const CLOCKS_DIFFER: Duration = Duration::HOUR;

/// Whether a session can have been seen at a time, as a node knows whose clock shows `now`.
pub fn can_be_seen_at(seen: OffsetDateTime, now: OffsetDateTime) -> bool {
    seen <= now.saturating_add(CLOCKS_DIFFER)
}

/// The id of a session. Its tokens carry it as `sid`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SessionId(pub Uuid);

/// A device on which a person is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Session {
    pub id: SessionId,
    pub account: AccountId,
    /// The surface at which the person signed in.
    pub surface: String,
    /// The `User-Agent` of the client, at most 255 characters.
    pub user_agent: Option<String>,
    /// The client's address at the sign-in.
    pub client_address: Option<IpAddr>,
    /// The time of the sign-in.
    pub created_at: OffsetDateTime,
    /// The first instant at which the session is over, whatever the `exp` of its tokens.
    pub expires_at: OffsetDateTime,
    /// When the session was ended before its time.
    pub revoked_at: Option<OffsetDateTime>,
    /// The minute of its last sign of life after the sign-in that was noted; `None` if there was none yet. It is noted
    /// a few seconds late.
    pub last_seen_at: Option<OffsetDateTime>,
}

impl Session {
    /// The session as a node lists it whose clock shows `now`: a sign of life that cannot be is none.
    #[must_use]
    pub fn listed_at(self, now: OffsetDateTime) -> Self {
        Self { last_seen_at: self.last_seen_at.filter(|seen| can_be_seen_at(*seen, now)), ..self }
    }

    /// When its owner was last seen: at the sign-in, or by a sign of life after it.
    pub fn last_seen(&self) -> OffsetDateTime {
        // The minute of a sign of life may have begun before the sign-in.
        self.last_seen_at.map_or(self.created_at, |seen| seen.max(self.created_at))
    }
}

/// Everything that decides whether a token of a session is accepted, and with which role.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SessionState {
    pub account: AccountId,
    pub uuid: AccountUuid,
    /// The mark of the account's address now; `None` if the account has no address.
    pub address: Option<AddressMark>,
    /// The surface at which the person signed in; at most 32 bytes. The session's refresh tokens are accepted only
    /// there.
    pub surface: String,
    /// The account's role now, which may differ from the role in the token.
    pub role: Role,
    /// The account is active and not in the trash, and the session is not revoked.
    pub is_open: bool,
    /// The time of the sign-in.
    pub created_at: OffsetDateTime,
    /// The first instant at which the session is over.
    pub expires_at: OffsetDateTime,
}

impl SessionState {
    /// Whether the session gives access at this time.
    pub fn gives_access(&self, now: OffsetDateTime) -> bool {
        self.is_open && now < self.expires_at
    }
}
