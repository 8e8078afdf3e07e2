//! `POST /api/auth/request_email` (contacts contract 2.12).

use actix_web::web;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::accounts::{ConfirmationRequested, RequestConfirmationInput};
use vestibule_domain::accounts::EmailAddress;

use super::Message;
use super::confirm::CONFIRMED_BEFORE;
use super::refused::Refused;
use crate::http::extract::{BodyKind, ReadFields, RequestLanguage};
use crate::http::fields::{Fields, ValidationErrors, email};
use crate::surfaces::contacts::Endpoint;
use crate::surfaces::contacts::policy;
use crate::surfaces::contacts::policy::ContactsPolicy;
use crate::surfaces::contacts::{Input, Rejection};
use actix_web::http::StatusCode;

const MAILED: Message = Message { message: "Check your email for confirmation." };

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
        let email = fields.body("email", email());
        fields.finish(|| Some(Self { email: email? }))
    }
}

/// The endpoint.
pub(in crate::surfaces::contacts) fn endpoint() -> Endpoint {
    Endpoint::post("/api/auth/request_email", request_email)
        .called("auth", "requestEmail", "Mail the confirmation link once more")
        .about(
            "Where an address was signed up for several times, each sign-up gets a mail that says when and from where it\n\
             came.",
        )
        .limited(policy::TWO)
        .json::<Address>()
        .answers_one_of(
            StatusCode::OK,
            "A mail is on its way, or there is nothing to confirm",
            [("mailed", MAILED), ("before", CONFIRMED_BEFORE)],
        )
        .refuses("No account has this address", Refused::UnknownAccount)
}

async fn request_email(
    input: Input<Address>,
    language: RequestLanguage,
    services: web::Data<Services>,
    policy: web::Data<ContactsPolicy>,
) -> Result<web::Json<Message>, Rejection> {
    let Address { email } = input.values;
    let input = RequestConfirmationInput {
        email,
        language: Some(language.or(policy.language)),
        policy: policy.registration,
    };
    let message = match services.request_confirmation.execute(input).await? {
        ConfirmationRequested::Mailed => MAILED,
        ConfirmationRequested::ConfirmedBefore => CONFIRMED_BEFORE,
        ConfirmationRequested::UnknownAddress => return Err(Refused::UnknownAccount.into()),
    };
    Ok(web::Json(message))
}
