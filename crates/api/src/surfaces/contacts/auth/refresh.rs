//! `GET /api/auth/refresh_token` (contacts contract 2.11).

use actix_web::web;
use vestibule_application::Services;
use vestibule_application::sessions::{RefreshAccessError, RefreshAccessInput};

use super::log_in::Tokens;
use crate::http::documented::ErrorDetail;
use crate::surfaces::contacts::Rejection;
use crate::surfaces::contacts::admission::RefreshToken;
use crate::surfaces::contacts::documented::{LimitedEndpoint, PlainEndpoint};
use crate::surfaces::contacts::policy::ContactsPolicy;

/// Exchange the refresh token
///
/// It travels in the place of the access token. For ten seconds it gives the same successor; used later, it ends
/// its session.
#[utoipa::path(
    get, path = "/api/auth/refresh_token", tag = "auth", operation_id = "refresh",
    security(("bearer" = [])),
    responses(
        LimitedEndpoint, PlainEndpoint,
        (status = 200, description = "New tokens", body = Tokens),
        (status = 401, description = "The token is not good", body = ErrorDetail, examples(
            ("invalid" = (value = json!({"detail": "Cannot validate"}))),
            ("use" = (value = json!({"detail": "Invalid Scope"}))),
            ("revoked" = (value = json!({"detail": "Invalid refresh token"}))),
        )),
        (status = 403, description = "The header is missing or of another scheme", body = ErrorDetail, examples(
            ("missing" = (value = json!({"detail": "Not authenticated"}))),
            ("scheme" = (value = json!({"detail": "Invalid authentication credentials"}))),
        )),
    )
)]
pub(in crate::surfaces::contacts) async fn refresh(
    token: RefreshToken,
    services: web::Data<Services>,
    policy: web::Data<ContactsPolicy>,
) -> Result<web::Json<Tokens>, Rejection> {
    let input = RefreshAccessInput { refresh_token: token.0, policy: policy.session };
    let refreshed = services.refresh_access.execute(input).await?;
    // The surface rotates, so there is a successor.
    let successor = refreshed.refresh_token.ok_or(RefreshAccessError::Unknown)?;
    Ok(web::Json(Tokens::new(&refreshed.access_token, &successor)))
}
