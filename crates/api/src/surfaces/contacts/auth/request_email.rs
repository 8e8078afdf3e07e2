//! `POST /api/auth/request_email` (contacts contract 2.12).

use actix_web::web;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::accounts::{ConfirmationRequested, RequestConfirmationInput};
use vestibule_domain::accounts::EmailAddress;

use super::Message;
use super::refused::Refused;
use crate::http::documented::{AnyEndpoint, ErrorDetail, JsonEndpoint};
use crate::http::extract::{BodyKind, ReadFields, RequestLanguage};
use crate::http::fields::{Fields, ValidationErrors, email};
use crate::surfaces::contacts::dialect::invalid_email;
use crate::surfaces::contacts::documented::LimitedEndpoint;
use crate::surfaces::contacts::policy::ContactsPolicy;
use crate::surfaces::contacts::{Input, Rejection};

/// Whom to mail.
#[derive(ToSchema)]
pub(in crate::surfaces::contacts) struct Address {
    /// Address.
    #[schema(value_type = String, format = Email, example = "ada@example.com")]
    pub(super) email: EmailAddress,
}

impl ReadFields for Address {
    const BODY: BodyKind = BodyKind::Json;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let email = fields.body("email", email().worded(invalid_email));
        fields.finish(|| Some(Self { email: email? }))
    }
}

/// Mail the confirmation link once more
///
/// Where an address was signed up for several times, each sign-up gets a mail that says when and from where it
/// came.
#[utoipa::path(
    post, path = "/api/auth/request_email", tag = "auth", operation_id = "requestEmail",
    request_body = Address,
    responses(
        JsonEndpoint, LimitedEndpoint, AnyEndpoint,
        (status = 200, description = "A mail is on its way, or there is nothing to confirm", body = Message, examples(
            ("mailed" = (value = json!({"message": "Check your email for confirmation."}))),
            ("before" = (value = json!({"message": "Your email is already confirmed"}))),
        )),
        (status = 401, description = "No account has this address", body = ErrorDetail,
            example = json!({"detail": "Wrong user"})),
    )
)]
pub(in crate::surfaces::contacts) async fn request_email(
    input: Input<Address>,
    language: RequestLanguage,
    services: web::Data<Services>,
    policy: web::Data<ContactsPolicy>,
) -> Result<web::Json<Message>, Rejection> {
    let Address { email } = input.values;
    let input = RequestConfirmationInput { email, language: language.0, policy: policy.registration };
    let message = match services.request_confirmation.execute(input).await? {
        ConfirmationRequested::Mailed => "Check your email for confirmation.",
        ConfirmationRequested::ConfirmedBefore => "Your email is already confirmed",
        ConfirmationRequested::UnknownAddress => return Err(Refused::UnknownAccount.into()),
    };
    Ok(web::Json(Message { message }))
}
