//! `POST /api/auth/reset_pwd` (contacts contract 2.13, decision 9).

use actix_web::web;
use vestibule_application::Services;
use vestibule_application::accounts::{PasswordResetRequested, RequestPasswordResetInput};

use super::Message;
use super::refused::Refused;
use super::request_email::Address;
use crate::http::documented::{AnyEndpoint, ErrorDetail, JsonEndpoint};
use crate::http::extract::RequestLanguage;
use crate::surfaces::contacts::documented::LimitedEndpoint;
use crate::surfaces::contacts::policy::ContactsPolicy;
use crate::surfaces::contacts::{Input, Rejection};

/// Mail a link to choose a new password
///
/// The password stays as it is until the link is used: it works once, for 30 minutes.
#[utoipa::path(
    post, path = "/api/auth/reset_pwd", tag = "auth", operation_id = "requestPasswordReset",
    request_body = Address,
    responses(
        JsonEndpoint, LimitedEndpoint, AnyEndpoint,
        (status = 200, description = "A mail is on its way", body = Message,
            example = json!({"message": "Check your email for new password."})),
        (status = 401, description = "No account has this address", body = ErrorDetail,
            example = json!({"detail": "Wrong user"})),
    )
)]
pub(in crate::surfaces::contacts) async fn request_reset(
    input: Input<Address>,
    language: RequestLanguage,
    services: web::Data<Services>,
    policy: web::Data<ContactsPolicy>,
) -> Result<web::Json<Message>, Rejection> {
    let Address { email } = input.values;
    let input = RequestPasswordResetInput { email, language: language.0, policy: policy.reset };
    match services.request_password_reset.execute(input).await? {
        PasswordResetRequested::Mailed | PasswordResetRequested::NotActive => {
            Ok(web::Json(Message { message: "Check your email for new password." }))
        }
        PasswordResetRequested::UnknownAddress => Err(Refused::UnknownAccount.into()),
    }
}
