//! `GET /api/email/confirm/{email_token}` (contacts contract 2.1).

use actix_web::{HttpRequest, HttpResponse, web};
use time::OffsetDateTime;
use vestibule_application::Services;
use vestibule_application::accounts::EmailConfirmed;
use vestibule_domain::secret::SecretToken;

use super::Message;
use crate::http::endpoint::PathValue;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, secret, string};
use crate::pages;
use crate::surfaces::contacts::Endpoint;
use crate::surfaces::contacts::policy;
use crate::surfaces::contacts::{Input, Rejection};
use actix_web::http::StatusCode;
use vestibule_application::accounts::ConfirmEmailError;

const CONFIRMED: Message = Message { message: "Email confirmed" };
pub(super) const CONFIRMED_BEFORE: Message = Message { message: "Your email is already confirmed" };

/// What was mailed.
pub(in crate::surfaces::contacts) struct Confirmation {
    token: SecretToken,
}

impl ReadFields for Confirmation {
    const BODY: BodyKind = BodyKind::None;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let token = fields.path("email_token", secret(string()));
        fields.finish(|| Some(Self { token: SecretToken::new(token?) }))
    }
}

/// The endpoint.
pub(in crate::surfaces::contacts) fn endpoint() -> Endpoint {
    Endpoint::get("/api/email/confirm/{email_token}", confirm)
        .called("auth", "confirmEmail", "Confirm an address")
        .about("The link of the mail. It may be opened as often as one likes until it expires.")
        .limited(policy::TEN)
        .path_value(PathValue::text("email_token", "The mailed token"))
        .answers_one_of(
            StatusCode::OK,
            "The address is confirmed",
            [("now", CONFIRMED), ("before", CONFIRMED_BEFORE)],
        )
        .refuses("The account is gone", ConfirmEmailError::AccountGone)
        .refuses("The token is not good", ConfirmEmailError::InvalidToken)
}

async fn confirm(
    request: HttpRequest,
    input: Input<Confirmation>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let confirmed = services.confirm_email.execute(input.values.token.reveal()).await;
    let confirmed = match pages::confirmation(&request, confirmed) {
        Ok(page) => return Ok(page),
        Err(confirmed) => confirmed?,
    };
    let message = match confirmed {
        EmailConfirmed::Now => CONFIRMED,
        EmailConfirmed::Before => CONFIRMED_BEFORE,
    };
    Ok(HttpResponse::Ok().json(message))
}
