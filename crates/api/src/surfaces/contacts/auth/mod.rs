//! The account endpoints.

mod complete_reset;
mod confirm;
mod log_in;
mod message;
mod password;
mod refresh;
mod refused;
mod request_email;
mod request_reset;
mod sign_up;

pub(super) use message::Message;

use super::Endpoint;

/// The endpoints of this folder.
pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        confirm::endpoint(),
        sign_up::endpoint(),
        log_in::endpoint(),
        refresh::endpoint(),
        request_email::endpoint(),
        complete_reset::endpoint(),
        request_reset::endpoint(),
    ]
}
