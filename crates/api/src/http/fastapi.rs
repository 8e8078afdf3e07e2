//! What the surfaces made with `FastAPI` have in common.

use std::borrow::Cow;

use super::documented::{ErrorDetail, ValidationErrorDetail};
use super::endpoint::Shape;
use super::extract::{BodyKind, NoBoundary};
use super::fields::lax_integer;
use super::{FrameworkProblem, Problem, bad_picture};

/// The shape of the body about a problem, but where a surface has one of its own.
pub fn shape(problem: &Problem) -> Shape {
    match problem {
        Problem::Refused { .. } | Problem::Framework(_) if bad_picture("", problem).is_none() => {
            Shape::of::<ErrorDetail>()
        }
        _ => invalid_shape(),
    }
}

/// The shape of the body about values that break rules.
pub fn invalid_shape() -> Shape {
    Shape::of::<ValidationErrorDetail>()
}

/// How a body may be unreadable.
pub fn unreadable_bodies(kind: BodyKind) -> Vec<(&'static str, Problem)> {
    let mut cases = vec![("body", FrameworkProblem::BodyUnreadable.into())];
    if matches!(kind, BodyKind::Form | BodyKind::Upload) {
        cases.push(("boundary", NoBoundary.into()));
    }
    cases
}

/// An id of the path is the number that it is, however it is spelled; those beyond what a store counts to are all
/// nobody's.
pub fn spelling(value: &str) -> Cow<'_, str> {
    match lax_integer(value) {
        Some(id) => i64::try_from(id).unwrap_or(-1).to_string().into(),
        None => value.into(),
    }
}
