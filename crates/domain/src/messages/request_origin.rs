//! Where a request came from.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// When and from where a request came that somebody is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestOrigin {
    /// Seconds since 1970, in UTC.
    at: i64,
    /// The address of the client; `None` where it is not known.
    pub client_address: Option<IpAddr>,
}

impl RequestOrigin {
    /// Of a request at this time.
    pub fn new(at: OffsetDateTime, client_address: Option<IpAddr>) -> Self {
        Self { at: at.unix_timestamp(), client_address }
    }

    /// When it came, in UTC and whole seconds.
    pub fn at(&self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(self.at).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }
}
