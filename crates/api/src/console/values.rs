//! What a form or the query of a page says.

use vestibule_domain::page::{PageLimit, PageRequest};

use super::policy::PAGE;
pub(super) use crate::browser::values::Values;

/// The page of this number.
pub(super) fn numbered(page: u64) -> PageRequest {
    PageRequest::numbered(page, PageLimit::new(PAGE))
}

/// Whether a page of this number has another after it.
pub(super) fn has_next(page: u64, total: u64) -> bool {
    page.saturating_mul(u64::from(PAGE)) < total
}

/// A text in the query of an address.
pub(super) fn escaped(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}
