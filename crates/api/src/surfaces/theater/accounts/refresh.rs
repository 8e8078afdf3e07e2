//! `POST /api/v1/accounts/refresh/` (theater contract 2.6).

use actix_web::web;
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::sessions::RefreshAccessInput;
use vestibule_domain::secret::SecretToken;

use crate::http::documented::{AnyEndpoint, ErrorDetail, JsonEndpoint, LimitedEndpoint};
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, string, token};
use crate::surfaces::theater::{Input, Rejection, TheaterPolicy};

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
        let token = fields.body("refresh_token", token(string()));
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

/// Get a further access token
///
/// The refresh token stays good.
#[utoipa::path(
    post, path = "/api/v1/accounts/refresh/", tag = "accounts", operation_id = "refresh",
    request_body = RefreshRequest,
    responses(
        JsonEndpoint, LimitedEndpoint, AnyEndpoint,
        (status = 200, description = "A further access token", body = AccessToken),
        (status = 400, description = "The token is not good", body = ErrorDetail, examples(
            ("body" = (value = json!({"detail": "There was an error parsing the body"}))),
            ("expired" = (value = json!({"detail": "Token has expired."}))),
            ("invalid" = (value = json!({"detail": "Invalid token."}))),
        )),
        (status = 401, description = "The token was revoked, or the account may not sign in",
            body = ErrorDetail, example = json!({"detail": "Refresh token not found."})),
        (status = 404, description = "The account is gone", body = ErrorDetail,
            example = json!({"detail": "User not found."})),
    )
)]
pub(in crate::surfaces::theater) async fn refresh(
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
