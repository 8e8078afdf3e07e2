//! `POST /api/v1/accounts/reset-password/complete/` (theater contract 2.4).

use actix_web::web;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::accounts::CompletePasswordResetInput;
use vestibule_domain::accounts::{EmailAddress, NewPassword};
use vestibule_domain::secret::SecretToken;

use super::message::Message;
use crate::http::FrameworkProblem::BodyUnreadable;
use crate::http::extract::{BodyKind, ReadFields, RequestLanguage};
use crate::http::fields::{Fields, Rule as _, ValidationErrors, email, secret, string};
use crate::surfaces::theater::Endpoint;
use crate::surfaces::theater::dialect::weak_password;
use crate::surfaces::theater::policy;
use crate::surfaces::theater::policy::TheaterPolicy;
use crate::surfaces::theater::{Input, PASSWORD, Rejection};
use actix_web::http::StatusCode;
use vestibule_application::Failure;
use vestibule_application::accounts::CompletePasswordResetError;

const CHANGED: Message = Message { message: "Password reset successfully." };

/// What was mailed, to whom, and the new password.
#[derive(ToSchema)]
pub(in crate::surfaces::theater) struct PasswordReset {
    /// Address.
    #[schema(value_type = String, format = Email, example = "ada@example.com")]
    email: EmailAddress,
    /// The new password; the rules are those of registration.
    #[schema(value_type = String, format = Password, min_length = 8, example = "Difference#1822")]
    password: NewPassword,
    /// The mailed token.
    #[schema(value_type = String, example = "AOu6Ae5vGbn9nLqXtJE0RyZqPSnzPZkEgWGcR1NJZ9k")]
    token: SecretToken,
}

impl ReadFields for PasswordReset {
    const BODY: BodyKind = BodyKind::Json;

    // The order of the fields is that of the contract.
    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let email = fields.body("email", email());
        let password = fields.body(
            "password",
            secret(string()).check(|text: String| PASSWORD.check(&text).map_err(weak_password)),
        );
        let token = fields.body("token", secret(string()));
        fields.finish(|| Some(Self { email: email?, password: password?, token: SecretToken::new(token?) }))
    }
}

/// The endpoint.
pub(in crate::surfaces::theater) fn endpoint() -> Endpoint {
    Endpoint::post("/api/v1/accounts/reset-password/complete/", complete_password_reset)
        .called("accounts", "completePasswordReset", "Set a new password")
        .about("Ends every session of the account. A wrong or expired token cancels the reset.")
        .limited(policy::COMPLETE_RESET)
        .json::<PasswordReset>()
        .answers_one_of(StatusCode::OK, "The password is changed", [("", CHANGED)])
        .refuses_for(
            "The address or the token is not good",
            [("token", CompletePasswordResetError::InvalidToken.into()), ("body", BodyUnreadable.into())],
        )
        .refuses(
            "The password was not changed",
            CompletePasswordResetError::from(Failure::Internal("an example".into())),
        )
}

async fn complete_password_reset(
    input: Input<PasswordReset>,
    language: RequestLanguage,
    policy: web::Data<TheaterPolicy>,
    services: web::Data<Services>,
) -> Result<web::Json<Message>, Rejection> {
    let PasswordReset { email, password, token } = input.values;
    let input = CompletePasswordResetInput {
        email: Some(email),
        token,
        password,
        language: Some(language.or(policy.language)),
    };
    services.complete_password_reset.execute(input).await?;
    Ok(web::Json(CHANGED))
}
