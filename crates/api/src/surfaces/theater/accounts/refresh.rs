//! `POST /api/v1/accounts/refresh/` (theater contract 2.6).

use actix_web::web;
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::sessions::RefreshAccessInput;
use vestibule_domain::secret::SecretToken;

use crate::http::FrameworkProblem::BodyUnreadable;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, secret, string};
use crate::surfaces::theater::Endpoint;
use crate::surfaces::theater::policy;
use crate::surfaces::theater::{Input, Rejection, TheaterPolicy};
use actix_web::http::StatusCode;
use vestibule_application::sessions::RefreshAccessError;

/// What is exchanged.
#[derive(ToSchema)]
pub(in crate::surfaces::theater) struct RefreshRequest {
    /// The refresh token.
    #[schema(value_type = String)]
    refresh_token: SecretToken,
}

impl ReadFields for RefreshRequest {
    const BODY: BodyKind = BodyKind::Json;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let token = fields.body("refresh_token", secret(string()));
        fields.finish(|| Some(Self { refresh_token: SecretToken::new(token?) }))
    }
}

/// A further access token.
#[derive(Serialize, ToSchema)]
pub(in crate::surfaces::theater) struct AccessToken {
    /// Authenticates requests, for ten minutes by default.
    access_token: String,
    /// Always `bearer`.
    #[schema(example = "bearer")]
    token_type: &'static str,
}

/// The endpoint.
pub(in crate::surfaces::theater) fn endpoint() -> Endpoint {
    Endpoint::post("/api/v1/accounts/refresh/", refresh)
        .called("accounts", "refresh", "Get a further access token")
        .about("The refresh token stays good.")
        .limited(policy::REFRESH)
        .json::<RefreshRequest>()
        .answers::<AccessToken>(StatusCode::OK, "A further access token")
        .refuses_for(
            "The token is not good",
            [
                ("body", BodyUnreadable.into()),
                ("expired", RefreshAccessError::Expired.into()),
                ("invalid", RefreshAccessError::Invalid.into()),
            ],
        )
        .refuses("The token was revoked, or the account may not sign in", RefreshAccessError::Unknown)
        .refuses("The account is gone", RefreshAccessError::AccountGone)
}

async fn refresh(
    input: Input<RefreshRequest>,
    services: web::Data<Services>,
    policy: web::Data<TheaterPolicy>,
) -> Result<web::Json<AccessToken>, Rejection> {
    let input = RefreshAccessInput { refresh_token: input.values.refresh_token, policy: policy.session };
    let refreshed = services.refresh_access.execute(input).await?;
    Ok(web::Json(AccessToken {
        access_token: refreshed.access_token.reveal().to_owned(),
        token_type: "bearer",
    }))
}
