//! Which endpoint a request is for.

use std::ops::Range;
use std::rc::Rc;

use actix_web::{HttpMessage as _, HttpRequest};
use percent_encoding::percent_decode_str;

/// The pattern that the path of a request fits, and where in the path its values stand. It is among the extensions of a
/// request for an endpoint. Requests for other routes have none.
pub(crate) struct Matched {
    pub(super) pattern: Rc<str>,
    pub(super) values: Vec<(&'static str, Range<usize>)>,
}

impl Matched {
    /// The pattern that a request fits, by which it is logged and counted. `None` if nothing is at its path.
    pub(crate) fn pattern(request: &HttpRequest) -> Option<Rc<str>> {
        let own = request.extensions().get::<Self>().map(|matched| matched.pattern.clone());
        own.or_else(|| request.match_pattern().map(Rc::from))
    }

    /// The values in the path of a request for an endpoint, by name, decoded.
    pub(crate) fn values(request: &HttpRequest) -> Vec<(&'static str, String)> {
        let path = request.match_info().as_str();
        let value = |range: &Range<usize>| decoded(path.get(range.clone()).unwrap_or_default());
        let extensions = request.extensions();
        let values = extensions.get::<Self>().map(|matched| matched.values.as_slice()).unwrap_or_default();
        values.iter().map(|(name, range)| (*name, value(range))).collect()
    }

    /// A value in the path of a request for an endpoint, as actix decodes it: everything but `%25`, `%2B` and `%2F`.
    pub(crate) fn as_routed(request: &HttpRequest, name: &str) -> Option<String> {
        let extensions = request.extensions();
        let mut values = extensions.get::<Self>()?.values.iter();
        let (_, range) = values.find(|(other, _)| *other == name)?;
        request.match_info().as_str().get(range.clone()).map(str::to_owned)
    }
}

fn decoded(value: &str) -> String {
    if !value.contains('%') {
        // As nearly all are.
        return value.to_owned();
    }
    percent_decode_str(value).decode_utf8_lossy().into_owned()
}
