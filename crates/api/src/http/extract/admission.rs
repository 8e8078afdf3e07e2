//! Who may call an endpoint.

use std::future::Future;

use actix_web::{HttpRequest, web};
use vestibule_application::{Actor, Code, CodedError, Services};
use vestibule_domain::accounts::AccountId;

use super::bearer_token;
use crate::http::{Dialect, FrameworkProblem, Rejection, codes};

/// Decides from the head of a request whether the caller is let in, and as whom. The type in the handler's signature is
/// the policy.
pub trait Admission<D: Dialect>: Sized + 'static {
    /// Lets the caller in, or refuses in the dialect of the surface.
    fn admit(request: &HttpRequest) -> impl Future<Output = Result<Self, Rejection<D>>>;

    /// The account that asks, if the policy is to know it. Nobody else uploads: what is read for an upload is
    /// counted for its account.
    fn account(&self) -> Option<AccountId> {
        None
    }
}

/// Lets everybody in.
impl<D: Dialect> Admission<D> for () {
    async fn admit(_: &HttpRequest) -> Result<Self, Rejection<D>> {
        Ok(())
    }
}

/// Lets callers in who have a good access token in the header `Authorization` (RFC 6750 §2.1).
impl<D: Dialect> Admission<D> for Actor {
    async fn admit(request: &HttpRequest) -> Result<Self, Rejection<D>> {
        let services = request.app_data::<web::Data<Services>>().ok_or(FrameworkProblem::Panicked)?;
        let token = bearer_token(request).filter(|token| !token.is_empty()).ok_or(NotAuthenticated)?;
        Ok(services.verify_access.execute(token).await?)
    }

    fn account(&self) -> Option<AccountId> {
        Some(self.account)
    }
}

/// The request carries no credentials.
#[derive(Debug, thiserror::Error)]
#[error("not authenticated")]
pub struct NotAuthenticated;

impl CodedError for NotAuthenticated {
    fn code(&self) -> Code {
        codes::NOT_AUTHENTICATED
    }
}
