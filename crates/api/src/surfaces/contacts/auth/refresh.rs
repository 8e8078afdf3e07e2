//! `GET /api/auth/refresh_token` (contacts contract 2.11).

use actix_web::web;
use vestibule_application::Services;
use vestibule_application::sessions::{RefreshAccessError, RefreshAccessInput};

use super::log_in::Tokens;
use crate::surfaces::contacts::Endpoint;
use crate::surfaces::contacts::Rejection;
use crate::surfaces::contacts::admission::HeaderError;
use crate::surfaces::contacts::admission::RefreshToken;
use crate::surfaces::contacts::policy;
use crate::surfaces::contacts::policy::ContactsPolicy;
use actix_web::http::StatusCode;

/// The endpoint.
pub(in crate::surfaces::contacts) fn endpoint() -> Endpoint {
    Endpoint::get("/api/auth/refresh_token", refresh)
        .called("auth", "refresh", "Exchange the refresh token")
        .about(
            "It travels in the place of the access token. For ten seconds it gives the same successor; used later, it ends\n\
             its session.",
        )
        .limited(policy::TEN)
        .bearer()
        .answers::<Tokens>(StatusCode::OK, "New tokens")
        .refuses_for(
            "The token is not good",
            [
                ("invalid", RefreshAccessError::Invalid.into()),
                ("use", RefreshAccessError::OtherUse.into()),
                ("revoked", RefreshAccessError::Unknown.into()),
            ],
        )
        .refuses_for(
            "The header is missing or of another scheme",
            [("missing", HeaderError::Missing.into()), ("scheme", HeaderError::UnknownScheme.into())],
        )
}

async fn refresh(
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
