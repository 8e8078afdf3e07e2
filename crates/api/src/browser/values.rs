//! What a form or the query of a page says.

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpMessage as _, HttpRequest};
use futures::future::LocalBoxFuture;

use crate::http::FrameworkProblem;
use crate::http::extract::body_bytes;
use crate::http::fields::parse_urlencoded;

/// The values of a form or a query. What is missing is empty, and the last value of a repeated one counts.
pub(crate) struct Values(Vec<(String, String)>);

impl Values {
    pub(crate) fn parse(text: &[u8]) -> Self {
        Self(parse_urlencoded(text))
    }

    /// The values of a form that is posted, else of the query.
    pub(crate) fn read(
        request: &HttpRequest,
        payload: &mut Payload,
    ) -> LocalBoxFuture<'static, Result<Self, FrameworkProblem>> {
        if request.method().is_safe() {
            let values = Self::parse(request.query_string().as_bytes());
            return Box::pin(async move { Ok(values) });
        }
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let body = body_bytes(&request, payload).await?;
            if body.is_empty() || is_form(&request) {
                Ok(Self::parse(&body))
            } else {
                Err(FrameworkProblem::BodyUnreadable)
            }
        })
    }

    /// The value as it was typed, as passwords are taken.
    pub(crate) fn as_typed(&self, name: &str) -> &str {
        self.0.iter().rev().find(|(other, _)| other == name).map_or("", |(_, value)| value)
    }

    /// All values of a repeated one.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The value without blanks at its ends and without NUL, which no database keeps.
    pub(crate) fn text(&self, name: &str) -> String {
        self.as_typed(name).trim().replace('\0', "")
    }

    /// The number of the page, from one.
    pub(crate) fn page_number(&self) -> u64 {
        self.as_typed("page").parse().unwrap_or(1).max(1)
    }
}

/// Whether the body is said to be a form, or nothing is said of it.
fn is_form(request: &HttpRequest) -> bool {
    let is_said = request.headers().contains_key(CONTENT_TYPE);
    !is_said || request.content_type().trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
}
