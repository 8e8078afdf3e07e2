//! Every format by its name.

use crate::format::Format;
use crate::readers::{REFUSED, SYSTEMS};

/// All formats that are accepted. The most general one stands before those that have the same text.
pub fn formats() -> impl Iterator<Item = &'static Format> {
    SYSTEMS.iter().copied().flatten()
}

/// The formats that are known and not accepted, with the reason.
pub fn refused() -> impl Iterator<Item = (&'static str, &'static str)> {
    REFUSED.iter().copied()
}
