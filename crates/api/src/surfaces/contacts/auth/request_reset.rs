//! `POST /api/auth/reset_pwd` (contacts contract 2.13, decision 9).

use actix_web::web;
use vestibule_application::Services;
use vestibule_application::accounts::{PasswordResetRequested, RequestPasswordResetInput};

use super::Message;
use super::refused::Refused;
use super::request_email::Address;
use crate::http::extract::RequestLanguage;
use crate::surfaces::contacts::Endpoint;
use crate::surfaces::contacts::policy;
use crate::surfaces::contacts::policy::ContactsPolicy;
use crate::surfaces::contacts::{Input, Rejection};
use actix_web::http::StatusCode;

const MAILED: Message = Message { message: "Check your email for new password." };

/// The endpoint.
pub(in crate::surfaces::contacts) fn endpoint() -> Endpoint {
    Endpoint::post("/api/auth/reset_pwd", request_reset)
        .called("auth", "requestPasswordReset", "Mail a link to choose a new password")
        .about("The password stays as it is until the link is used: it works once, for 30 minutes.")
        .limited(policy::TWO)
        .json::<Address>()
        .answers_one_of(StatusCode::OK, "A mail is on its way", [("", MAILED)])
        .refuses("No account has this address", Refused::UnknownAccount)
}

async fn request_reset(
    input: Input<Address>,
    language: RequestLanguage,
    services: web::Data<Services>,
    policy: web::Data<ContactsPolicy>,
) -> Result<web::Json<Message>, Rejection> {
    let Address { email } = input.values;
    let input = RequestPasswordResetInput {
        email,
        language: Some(language.or(policy.language)),
        policy: policy.reset,
    };
    match services.request_password_reset.execute(input).await? {
        PasswordResetRequested::Mailed | PasswordResetRequested::NotActive => Ok(web::Json(MAILED)),
        PasswordResetRequested::UnknownAddress => Err(Refused::UnknownAccount.into()),
    }
}
