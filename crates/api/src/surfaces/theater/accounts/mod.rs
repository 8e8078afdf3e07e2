//! The account endpoints.

mod activate;
mod complete_password_reset;
mod log_in;
mod message;
mod refresh;
mod register;
mod request_password_reset;

use super::Endpoint;

/// The endpoints of this folder.
pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        register::endpoint(),
        activate::endpoint(),
        request_password_reset::endpoint(),
        complete_password_reset::endpoint(),
        log_in::endpoint(),
        refresh::endpoint(),
    ]
}
