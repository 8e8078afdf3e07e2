//! Problems as examples.

use time::OffsetDateTime;

use crate::http::extract::ReadFields;
use crate::http::fields::{Fields, RequestValues};
use crate::http::{FrameworkProblem, Problem};

/// The problem that the reader of an endpoint finds in these values, some of which break rules.
pub fn broken_rules<T: ReadFields>(values: &RequestValues) -> Problem {
    match T::read(Fields::new(values), OffsetDateTime::UNIX_EPOCH) {
        Err(errors) => errors.into(),
        // No fault to show: the document would say so.
        Ok(_) => FrameworkProblem::Panicked.into(),
    }
}
