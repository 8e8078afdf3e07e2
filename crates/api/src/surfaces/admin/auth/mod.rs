//! Sign-up, login and refresh.

mod admin_sign_up;
mod log_in;
mod refresh;
mod sign_up;

use super::Endpoint;

/// The endpoints of this folder.
pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![sign_up::endpoint(), admin_sign_up::endpoint(), log_in::endpoint(), refresh::endpoint()]
}
