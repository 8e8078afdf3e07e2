//! Who asks (contract 1.2).

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use vestibule_application::{Actor, Code, CodedError, Services};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::secret::SecretToken;

use super::{Contacts, Rejection, codes};
use crate::http::FrameworkProblem;
use crate::http::extract::{Admission, authorization, bearer_token};

/// Lets callers in who have a good access token.
pub(super) struct Caller(pub Actor);

impl Admission<Contacts> for Caller {
    async fn admit(request: &HttpRequest) -> Result<Self, Rejection> {
        let services = request.app_data::<web::Data<Services>>().ok_or(FrameworkProblem::Panicked)?;
        let token = bearer_token(request).ok_or(HeaderError::NotAuthenticated)?;
        Ok(Self(services.verify_access.execute(token).await?))
    }

    fn account(&self) -> Option<AccountId> {
        Some(self.0.account)
    }
}

/// The refresh token of a request.
pub(super) struct RefreshToken(pub SecretToken);

impl FromRequest for RefreshToken {
    type Error = Rejection;
    type Future = Ready<Result<Self, Rejection>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (scheme, token) = authorization(request);
        ready(if scheme.is_empty() || token.is_empty() {
            Err(HeaderError::Missing.into())
        } else if scheme.eq_ignore_ascii_case("bearer") {
            Ok(Self(SecretToken::new(token)))
        } else {
            Err(HeaderError::UnknownScheme.into())
        })
    }
}

/// Why the header `Authorization` is refused.
#[derive(Debug, thiserror::Error)]
pub(super) enum HeaderError {
    #[error("there is no access token")]
    NotAuthenticated,
    #[error("there is no refresh token")]
    Missing,
    #[error("the scheme of the refresh token is unknown")]
    UnknownScheme,
}

impl CodedError for HeaderError {
    fn code(&self) -> Code {
        match self {
            Self::NotAuthenticated => codes::NOT_AUTHENTICATED,
            Self::Missing => codes::REFRESH_HEADER_MISSING,
            Self::UnknownScheme => codes::REFRESH_SCHEME_UNKNOWN,
        }
    }
}
