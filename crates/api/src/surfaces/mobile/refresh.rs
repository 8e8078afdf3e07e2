//! `GET /user/refresh-token/` (mobile contract 2.4).

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::sessions::{RefreshAccessError, RefreshAccessInput};
use vestibule_domain::secret::SecretToken;
use vestibule_domain::sessions::TokenUse;

use super::json::json;
use super::policy::{self, MobilePolicy};
use super::token::{TokenRefused, credential, fault};
use super::{Endpoint, Rejection};

/// A further access token.
#[derive(Serialize, ToSchema)]
struct AccessToken<'a> {
    /// Authenticates requests, for 15 minutes by default.
    access_token: &'a str,
}

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/user/refresh-token/", refresh)
        .called("users", "refreshToken", "Get a further access token")
        .about("The refresh token travels in the place of the access token. It stays good.")
        .leaving_other_methods()
        .limited(policy::REFRESH)
        .bearer()
        .answers::<AccessToken<'_>>(StatusCode::OK, "A further access token")
        .refuses_for(
            "No refresh token, or not a good one any more",
            [
                ("header", TokenRefused::NoHeader.into()),
                ("expired", RefreshAccessError::Expired.into()),
                ("revoked", RefreshAccessError::Unknown.into()),
            ],
        )
        .refuses_for(
            "The token is not understood, or is for another use",
            [
                ("header", TokenRefused::BadHeader.into()),
                ("signature", TokenRefused::Signature.into()),
                ("use", TokenRefused::NotRefresh.into()),
            ],
        )
}

async fn refresh(
    request: HttpRequest,
    services: web::Data<Services>,
    policy: web::Data<MobilePolicy>,
) -> Result<HttpResponse, Rejection> {
    let token = credential(&request)?;
    let input = RefreshAccessInput { refresh_token: SecretToken::new(token), policy: policy.session };
    match services.refresh_access.execute(input).await {
        Ok(refreshed) => {
            Ok(json(StatusCode::OK, &AccessToken { access_token: refreshed.access_token.reveal() }))
        }
        Err(RefreshAccessError::Invalid | RefreshAccessError::OtherUse | RefreshAccessError::Foreign) => {
            Err(fault(&request, token, TokenUse::Refresh)?.into())
        }
        Err(error) => Err(error.into()),
    }
}
