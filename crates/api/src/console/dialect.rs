//! How the console words errors: as pages, or as the way to the sign-in.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use vestibule_application::{Code, ErrorKind};

use super::codes;
use crate::http::{Dialect, FrameworkProblem, Problem};

/// The dialect of the console. An answer says which refusal it is, and [`frame`](fn@super::frame) puts it into words, since
/// it knows the language of the browser.
pub(crate) struct Console;

/// A refusal that a person reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// No session, or one that is over: the browser is led to the sign-in.
    SignIn,
    MayNotUse,
    AdministratorsOnly,
    StaleForm,
    ForeignPage,
    NoSuchPage,
    NoSuchAccount,
    NoSuchSession,
    NoSuchMessage,
    NoSuchMovie,
    UploadUnderWay,
    UploadTooLarge,
    LastAdmin,
    AlreadyInTrash,
    NotInTrash,
    BeingRemoved,
    NotActive,
    NoAddress,
    Unreadable,
    TooLarge,
    OtherMethod,
    Limited,
    Busy,
    Failed,
}

impl Dialect for Console {
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

    /// The refusal that a code stands for.
    pub(super) fn of_code(code: Code) -> Self {
        match code {
            codes::NOT_AUTHENTICATED
            | codes::ACCESS_TOKEN_EXPIRED
            | codes::INVALID_ACCESS_TOKEN
            | codes::ACCESS_TOKEN_REVOKED => Self::SignIn,
            codes::CONSOLE_FORBIDDEN => Self::MayNotUse,
            codes::ADMINISTRATORS_ONLY => Self::AdministratorsOnly,
            codes::STALE_FORM => Self::StaleForm,
            codes::FOREIGN_PAGE | codes::THROUGH_A_PROXY => Self::ForeignPage,
            codes::ACCOUNT_NOT_FOUND => Self::NoSuchAccount,
            codes::SESSION_NOT_FOUND => Self::NoSuchSession,
            codes::MESSAGE_NOT_FOUND => Self::NoSuchMessage,
            codes::MOVIE_NOT_FOUND => Self::NoSuchMovie,
            codes::UPLOAD_UNDER_WAY => Self::UploadUnderWay,
            codes::UPLOAD_TOO_LARGE => Self::UploadTooLarge,
            codes::LAST_ADMIN => Self::LastAdmin,
            codes::ALREADY_IN_TRASH => Self::AlreadyInTrash,
            codes::NOT_IN_TRASH | codes::NOTHING_TO_REMOVE => Self::NotInTrash,
            codes::BEING_REMOVED => Self::BeingRemoved,
            codes::ACCOUNT_NOT_ACTIVE => Self::NotActive,
            codes::ACCOUNT_WITHOUT_ADDRESS => Self::NoAddress,
            // What a form asks for once more stands beside its field.
            codes::WRONG_CREDENTIALS
            | codes::PASSWORD_NEEDED
            | codes::MOVIE_CHANGED_MEANWHILE
            | codes::MOVIE_EXISTS => Self::Unreadable,
            _ => match code.kind() {
                ErrorKind::RateLimited => Self::Limited,
                ErrorKind::Unavailable => Self::Busy,
                ErrorKind::NotFound => Self::NoSuchPage,
                _ => Self::Failed,
            },
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Self::SignIn => StatusCode::SEE_OTHER,
            Self::MayNotUse | Self::AdministratorsOnly | Self::StaleForm | Self::ForeignPage => {
                StatusCode::FORBIDDEN
            }
            Self::NoSuchPage
            | Self::NoSuchAccount
            | Self::NoSuchSession
            | Self::NoSuchMessage
            | Self::NoSuchMovie => StatusCode::NOT_FOUND,
            Self::UploadTooLarge | Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UploadUnderWay
            | Self::LastAdmin
            | Self::AlreadyInTrash
            | Self::NotInTrash
            | Self::BeingRemoved
            | Self::NotActive
            | Self::NoAddress => StatusCode::CONFLICT,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::OtherMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Limited => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Failed => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}
