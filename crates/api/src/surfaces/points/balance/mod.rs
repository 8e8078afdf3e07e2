//! The endpoints of balances.

mod add;
mod change;
mod deduct;
mod number;

use super::Endpoint;

/// All of them.
pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![add::endpoint(), deduct::endpoint()]
}
