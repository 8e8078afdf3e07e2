//! `POST /api/auth/reset_pwd/complete` (contacts contract, decision 9).

use actix_web::{HttpRequest, web};
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::accounts::CompletePasswordResetInput;
use vestibule_domain::accounts::{NewPassword, PasswordPolicy};
use vestibule_domain::secret::SecretToken;

use super::Message;
use super::password::{new_password, policy_of};
use crate::http::documented::{AnyEndpoint, ErrorDetail, JsonEndpoint};
use crate::http::extract::{BodyKind, ReadFields, RequestLanguage};
use crate::http::fields::{Fields, ValidationErrors, string, token};
use crate::surfaces::contacts::documented::LimitedEndpoint;
use crate::surfaces::contacts::policy::PUBLISHED_PASSWORD;
use crate::surfaces::contacts::{Input, Rejection};

/// What was mailed, and the new password.
#[derive(ToSchema)]
pub(in crate::surfaces::contacts) struct PasswordReset {
    /// The mailed token.
    #[schema(value_type = String, example = "AOu6Ae5vGbn9nLqXtJE0RyZqPSnzPZkEgWGcR1NJZ9k")]
    token: SecretToken,
    /// The new password; the rules are those of signing up.
    #[schema(value_type = String, format = Password, min_length = 6, example = "Notes1842")]
    password: NewPassword,
}

impl PasswordReset {
    fn read_by(mut fields: Fields<'_>, policy: PasswordPolicy) -> Result<Self, ValidationErrors> {
        let token = fields.body("token", token(string()));
        let password = fields.body("password", new_password(policy));
        fields.finish(|| Some(Self { token: SecretToken::new(token?), password: password? }))
    }
}

impl ReadFields for PasswordReset {
    const BODY: BodyKind = BodyKind::Json;

    fn read(fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        Self::read_by(fields, PUBLISHED_PASSWORD)
    }

    fn read_for(
        request: &HttpRequest,
        fields: Fields<'_>,
        _: OffsetDateTime,
    ) -> Result<Self, ValidationErrors> {
        Self::read_by(fields, policy_of(request))
    }
}

/// Set a new password
///
/// Ends every session of the account.
#[utoipa::path(
    post, path = "/api/auth/reset_pwd/complete", tag = "auth", operation_id = "completePasswordReset",
    request_body = PasswordReset,
    responses(
        JsonEndpoint, LimitedEndpoint, AnyEndpoint,
        (status = 200, description = "The password is changed", body = Message,
            example = json!({"message": "Password changed"})),
        (status = 400, description = "The token is not good", body = ErrorDetail, examples(
            ("token" = (value = json!({"detail": "Invalid or expired token"}))),
            ("body" = (value = json!({"detail": "There was an error parsing the body"}))),
        )),
    )
)]
pub(in crate::surfaces::contacts) async fn complete_reset(
    input: Input<PasswordReset>,
    language: RequestLanguage,
    services: web::Data<Services>,
) -> Result<web::Json<Message>, Rejection> {
    let PasswordReset { token, password } = input.values;
    let input = CompletePasswordResetInput { email: None, token, password, language: language.0 };
    services.complete_password_reset.execute(input).await?;
    Ok(web::Json(Message { message: "Password changed" }))
}
