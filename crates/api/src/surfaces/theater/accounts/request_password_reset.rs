//! `POST /api/v1/accounts/password-reset/request/` (theater contract 2.3).

use actix_web::web;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::accounts::RequestPasswordResetInput;
use vestibule_domain::accounts::EmailAddress;

use super::message::Message;
use crate::http::documented::{AnyEndpoint, JsonEndpoint, LimitedEndpoint};
use crate::http::extract::{BodyKind, ReadFields, RequestLanguage};
use crate::http::fields::{Fields, ValidationErrors, email};
use crate::surfaces::theater::{Input, Rejection, TheaterPolicy};

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

/// Ask for a password reset
///
/// The answer is the same whether the address has an account or not.
#[utoipa::path(
    post, path = "/api/v1/accounts/password-reset/request/", tag = "accounts",
    operation_id = "requestPasswordReset", request_body = PasswordResetRequest,
    responses(
        JsonEndpoint, LimitedEndpoint, AnyEndpoint,
        (status = 200, description = "If the address has an active account, a token is mailed to it",
            body = Message, example = json!({
                "message": "If you are registered, you will receive an email with instructions."})),
    )
)]
pub(in crate::surfaces::theater) async fn request_password_reset(
    input: Input<PasswordResetRequest>,
    language: RequestLanguage,
    services: web::Data<Services>,
    policy: web::Data<TheaterPolicy>,
) -> Result<web::Json<Message>, Rejection> {
    let input =
        RequestPasswordResetInput { email: input.values.email, language: language.0, policy: policy.reset };
    services.request_password_reset.execute(input).await?;
    Ok(web::Json(Message { message: "If you are registered, you will receive an email with instructions." }))
}
