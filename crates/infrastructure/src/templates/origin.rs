//! When and from where a request came.

use std::net::IpAddr;

use time::OffsetDateTime;
use vestibule_domain::messages::RequestOrigin;

/// The parts of an origin that every language needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Origin {
    /// Day of the month, from 1.
    pub(super) day: u8,
    /// Month of the year, from 0, to index lists of names.
    pub(super) month: usize,
    pub(super) year: i32,
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) client_address: Option<IpAddr>,
}

impl From<RequestOrigin> for Origin {
    fn from(origin: RequestOrigin) -> Self {
        let at: OffsetDateTime = origin.at();
        Self {
            day: at.day(),
            month: usize::from(u8::from(at.month()) - 1),
            year: at.year(),
            hour: at.hour(),
            minute: at.minute(),
            client_address: origin.client_address,
        }
    }
}
