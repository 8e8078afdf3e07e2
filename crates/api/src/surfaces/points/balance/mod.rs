//! The endpoints of balances.

mod add;
mod change;
mod deduct;
mod number;

use super::Endpoint;

/// The endpoints of this folder.
pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![add::endpoint(), deduct::endpoint()]
}
