//! Refusing a request in the dialect of its surface.

use std::any::type_name;
use std::error::Error;
use std::fmt;
use std::marker::PhantomData;

use actix_web::http::header::{ALLOW, HeaderValue, RETRY_AFTER};
use actix_web::http::{ConnectionType, StatusCode};
use actix_web::{HttpResponse, ResponseError};
use vestibule_application::{CodedError, ErrorKind};

use super::fields::ValidationErrors;
use super::{Dialect, FrameworkProblem, Problem};

/// A refused request. `?` turns the error of any use case into one.
pub struct Rejection<D> {
    problem: Problem,
    dialect: PhantomData<D>,
}

impl<D> Rejection<D> {
    /// Refuses for this reason.
    pub fn new(problem: Problem) -> Self {
        Self { problem, dialect: PhantomData }
    }

    /// The answer in the words of `render`, with the headers that every surface's answers have.
    pub fn answer(&self, render: impl FnOnce(&Problem) -> HttpResponse) -> HttpResponse {
        let mut response = render(&self.problem);
        if let Some(wait) = self.problem.retry_after() {
            // Whole seconds, rounded up: after that time the call must work.
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        if let Problem::Framework(FrameworkProblem::MethodNotAllowed { allow }) = self.problem {
            response.headers_mut().insert(ALLOW, HeaderValue::from_static(allow));
        }
        if let Problem::Framework(FrameworkProblem::BodyTooSlow) = self.problem {
            // RFC 9110 section 15.5.9: what the client may still send is not waited for.
            response.head_mut().set_connection_type(ConnectionType::Close);
        }
        response
    }
}

impl<D, E: CodedError> From<E> for Rejection<D> {
    fn from(error: E) -> Self {
        log(&error);
        Self::new(error.into())
    }
}

impl<D> From<ValidationErrors> for Rejection<D> {
    fn from(errors: ValidationErrors) -> Self {
        Self::new(errors.into())
    }
}

impl<D> From<FrameworkProblem> for Rejection<D> {
    fn from(problem: FrameworkProblem) -> Self {
        Self::new(problem.into())
    }
}

/// The one place where a failure is logged; the request's span adds its id, and the name of the error's type tells
/// which use case failed. The answer says nothing of the cause.
fn log<E: CodedError>(error: &E) {
    let code = error.code();
    let cause = error as &dyn Error;
    match code.kind() {
        ErrorKind::Internal => {
            tracing::error!(
                code = code.name(),
                error_type = type_name::<E>(),
                error = cause,
                "request failed"
            );
        }
        ErrorKind::Unavailable => {
            tracing::warn!(
                code = code.name(),
                error_type = type_name::<E>(),
                error = cause,
                "request turned away"
            );
        }
        _ => {}
    }
}

impl<D> fmt::Debug for Rejection<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)
    }
}

impl<D> fmt::Display for Rejection<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request is refused")
    }
}

impl<D: Dialect> ResponseError for Rejection<D> {
    fn status_code(&self) -> StatusCode {
        D::render(&self.problem).status()
    }

    fn error_response(&self) -> HttpResponse {
        self.answer(D::render)
    }
}
