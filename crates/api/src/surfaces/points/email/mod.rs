//! The endpoints of codes.

mod send_code;
mod verify_code;

use super::Endpoint;

/// The endpoints of this folder.
pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![send_code::endpoint(), verify_code::endpoint()]
}
