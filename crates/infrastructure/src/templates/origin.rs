//! When and from where a request came.

use std::net::IpAddr;

use vestibule_domain::messages::RequestOrigin;

use super::moment::Moment;

/// An origin in the parts that every language needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) at: Moment,
    pub(super) client_address: Option<IpAddr>,
}

impl From<RequestOrigin> for Origin {
    fn from(origin: RequestOrigin) -> Self {
        Self { at: origin.at().into(), client_address: origin.client_address }
    }
}
