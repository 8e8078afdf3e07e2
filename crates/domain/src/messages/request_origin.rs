//! Where a request came from.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// When and from where a request came, to be told to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestOrigin {
    /// Seconds since 1970, in UTC.
    at: i64,
    /// The address of the client; `None` if it is not known.
    pub client_address: Option<IpAddr>,
}

impl RequestOrigin {
    /// The origin of a request at this time. Fractions of a second are dropped.
    pub fn new(at: OffsetDateTime, client_address: Option<IpAddr>) -> Self {
        Self { at: at.unix_timestamp(), client_address }
    }

    /// When the request came, in UTC and whole seconds.
    pub fn at(&self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(self.at).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }
}
