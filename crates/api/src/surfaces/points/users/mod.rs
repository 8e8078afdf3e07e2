//! The account endpoints.

mod change_password;
mod create;
mod email_exist;
mod log_in;
mod show;

use super::Endpoint;

/// All of them. Of those with one path the first one is what the answer to another method names.
pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        create::endpoint(),
        show::endpoint(),
        log_in::endpoint(),
        email_exist::endpoint(),
        change_password::endpoint(),
    ]
}
