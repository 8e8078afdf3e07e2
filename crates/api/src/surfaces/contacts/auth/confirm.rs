//! `GET /api/email/confirm/{email_token}` (contacts contract 2.1).

use actix_web::web;
use time::OffsetDateTime;
use vestibule_application::Services;
use vestibule_application::accounts::EmailConfirmed;
use vestibule_domain::secret::SecretToken;

use super::Message;
use crate::http::documented::{AnyEndpoint, ErrorDetail};
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, string, token};
use crate::surfaces::contacts::documented::LimitedEndpoint;
use crate::surfaces::contacts::{Input, Rejection};

/// What was mailed.
pub(in crate::surfaces::contacts) struct Confirmation {
    token: SecretToken,
}

impl ReadFields for Confirmation {
    const BODY: BodyKind = BodyKind::None;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let token = fields.path("email_token", token(string()));
        fields.finish(|| Some(Self { token: SecretToken::new(token?) }))
    }
}

/// Confirm an address
///
/// The link of the mail. It may be opened as often as one likes until it expires.
#[utoipa::path(
    get, path = "/api/email/confirm/{email_token}", tag = "auth", operation_id = "confirmEmail",
    params(("email_token" = String, Path, description = "The mailed token")),
    responses(
        LimitedEndpoint, AnyEndpoint,
        (status = 200, description = "The address is confirmed", body = Message, examples(
            ("now" = (value = json!({"message": "Email confirmed"}))),
            ("before" = (value = json!({"message": "Your email is already confirmed"}))),
        )),
        (status = 400, description = "The account is gone", body = ErrorDetail,
            example = json!({"detail": "Verification error"})),
        (status = 422, description = "The token is not good", body = ErrorDetail,
            example = json!({"detail": "Invalid token for email verification"})),
    )
)]
pub(in crate::surfaces::contacts) async fn confirm(
    input: Input<Confirmation>,
    services: web::Data<Services>,
) -> Result<web::Json<Message>, Rejection> {
    let message = match services.confirm_email.execute(input.values.token.reveal()).await? {
        EmailConfirmed::Now => "Email confirmed",
        EmailConfirmed::Before => "Your email is already confirmed",
    };
    Ok(web::Json(Message { message }))
}
