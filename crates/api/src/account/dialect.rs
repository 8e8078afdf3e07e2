//! How the account pages word errors: as pages, or as the way to the sign-in.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use vestibule_application::{Code, ErrorKind};

use crate::http::{Dialect, FrameworkProblem, Problem, codes};

/// The dialect of the account pages. An answer says which refusal it is, and [`frame`](fn@super::frame) puts it into
/// words, since it knows the language of the browser.
pub(super) struct Account;

/// A refusal that a person reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// No session, or one that is over: the browser is led to the sign-in.
    SignIn,
    StaleForm,
    ForeignPage,
    NoSuchPage,
    NoSuchSession,
    LastAdmin,
    Unreadable,
    TooLarge,
    OtherMethod,
    Limited,
    Busy,
    Failed,
}

impl Dialect for Account {
    const SURFACE: &'static str = super::policy::NAME;

    fn render(problem: &Problem) -> HttpResponse {
        let refusal = Refusal::of(problem);
        let mut answer = HttpResponse::build(refusal.status()).finish();
        answer.extensions_mut().insert(refusal);
        answer
    }
}

impl Refusal {
    fn of(problem: &Problem) -> Self {
        match problem {
            Problem::Refused { code, .. } => Self::of_code(*code),
            Problem::Invalid(_) => Self::Unreadable,
            Problem::Framework(problem) => match problem {
                FrameworkProblem::RouteNotFound => Self::NoSuchPage,
                FrameworkProblem::MethodNotAllowed { .. } => Self::OtherMethod,
                FrameworkProblem::BodyUnreadable | FrameworkProblem::BodyTooSlow => Self::Unreadable,
                FrameworkProblem::BodyTooLarge => Self::TooLarge,
                FrameworkProblem::TimedOut => Self::Busy,
                FrameworkProblem::Panicked => Self::Failed,
            },
        }
    }

    fn of_code(code: Code) -> Self {
        match code {
            codes::NOT_AUTHENTICATED
            | codes::ACCESS_TOKEN_EXPIRED
            | codes::INVALID_ACCESS_TOKEN
            | codes::ACCESS_TOKEN_REVOKED
            // The account went while the request was under way.
            | codes::ACCOUNT_NOT_FOUND => Self::SignIn,
            codes::STALE_FORM => Self::StaleForm,
            codes::FOREIGN_PAGE | codes::THROUGH_A_PROXY => Self::ForeignPage,
            codes::SESSION_NOT_FOUND => Self::NoSuchSession,
            codes::LAST_ADMIN => Self::LastAdmin,
            // What a form asks for once more stands beside its field.
            codes::WRONG_CREDENTIALS | codes::PASSWORD_NEEDED | codes::ACCOUNT_NOT_ACTIVE => Self::Unreadable,
            _ => match code.kind() {
                ErrorKind::RateLimited => Self::Limited,
                ErrorKind::Unavailable => Self::Busy,
                ErrorKind::NotFound => Self::NoSuchPage,
                // Everybody may do with the own account what these pages do, unless the session has just ended.
                ErrorKind::Forbidden => Self::SignIn,
                _ => Self::Failed,
            },
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Self::SignIn => StatusCode::SEE_OTHER,
            Self::StaleForm | Self::ForeignPage => StatusCode::FORBIDDEN,
            Self::NoSuchPage | Self::NoSuchSession => StatusCode::NOT_FOUND,
            Self::LastAdmin => StatusCode::CONFLICT,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::OtherMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Limited => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Failed => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}
