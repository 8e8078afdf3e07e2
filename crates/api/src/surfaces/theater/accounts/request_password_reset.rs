//! `POST /api/v1/accounts/password-reset/request/` (theater contract 2.3).

use actix_web::web;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::accounts::RequestPasswordResetInput;
use vestibule_domain::accounts::EmailAddress;

use super::message::Message;
use crate::http::extract::{BodyKind, ReadFields, RequestLanguage};
use crate::http::fields::{Fields, ValidationErrors, email};
use crate::surfaces::theater::Endpoint;
use crate::surfaces::theater::policy;
use crate::surfaces::theater::{Input, Rejection, TheaterPolicy};
use actix_web::http::StatusCode;

const REQUESTED: Message =
    Message { message: "If you are registered, you will receive an email with instructions." };

/// Who forgot a password.
#[derive(ToSchema)]
pub(in crate::surfaces::theater) struct PasswordResetRequest {
    /// Address.
    #[schema(value_type = String, format = Email, example = "ada@example.com")]
    email: EmailAddress,
}

impl ReadFields for PasswordResetRequest {
    const BODY: BodyKind = BodyKind::Json;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let email = fields.body("email", email());
        fields.finish(|| Some(Self { email: email? }))
    }
}

/// The endpoint.
pub(in crate::surfaces::theater) fn endpoint() -> Endpoint {
    Endpoint::post("/api/v1/accounts/password-reset/request/", request_password_reset)
        .called("accounts", "requestPasswordReset", "Ask for a password reset")
        .about("The answer is the same whether the address has an account or not.")
        .limited(policy::REQUEST_RESET)
        .json::<PasswordResetRequest>()
        .answers_one_of(
            StatusCode::OK,
            "If the address has an active account, a token is mailed to it",
            [("", REQUESTED)],
        )
}

async fn request_password_reset(
    input: Input<PasswordResetRequest>,
    language: RequestLanguage,
    services: web::Data<Services>,
    policy: web::Data<TheaterPolicy>,
) -> Result<web::Json<Message>, Rejection> {
    let input = RequestPasswordResetInput {
        email: input.values.email,
        language: Some(language.or(policy.language)),
        policy: policy.reset,
    };
    services.request_password_reset.execute(input).await?;
    Ok(web::Json(REQUESTED))
}
