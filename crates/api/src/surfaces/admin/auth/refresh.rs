//! `POST /api/v1/refresh/` (admin contract 2.5).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::sessions::{RefreshAccessError, RefreshAccessInput};
use vestibule_domain::secret::SecretToken;

use crate::http::FrameworkProblem::BodyUnreadable;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, secret, string};
use crate::http::json;
use crate::surfaces::admin::policy::{self, AdminPolicy};
use crate::surfaces::admin::{Endpoint, Input, Rejection};

/// What is exchanged.
#[derive(ToSchema)]
struct RefreshRequest {
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
struct AccessToken {
    /// Authenticates requests, for 30 minutes by default.
    access_token: String,
}

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/api/v1/refresh/", refresh)
        .called("auth", "refresh", "Get a further access token")
        .about("The refresh token stays good.")
        .limited(policy::REFRESH)
        .json::<RefreshRequest>()
        .answers::<AccessToken>(StatusCode::OK, "A further access token")
        .refuses_for(
            "The token is not good",
            [("body", BodyUnreadable.into()), ("token", RefreshAccessError::Invalid.into())],
        )
        .refuses("The token was revoked, or the account may not sign in", RefreshAccessError::Unknown)
}

async fn refresh(
    input: Input<RefreshRequest>,
    services: web::Data<Services>,
    policy: web::Data<AdminPolicy>,
) -> Result<HttpResponse, Rejection> {
    let input = RefreshAccessInput { refresh_token: input.values.refresh_token, policy: policy.session };
    let refreshed = services.refresh_access.execute(input).await?;
    let token = AccessToken { access_token: refreshed.access_token.reveal().to_owned() };
    Ok(json(StatusCode::OK, &token))
}
