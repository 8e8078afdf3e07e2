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
use crate::http::FrameworkProblem::BodyUnreadable;
use crate::http::extract::{BodyKind, ReadFields, RequestLanguage};
use crate::http::fields::{Fields, ValidationErrors, secret, string};
use crate::surfaces::contacts::Endpoint;
use crate::surfaces::contacts::policy;
use crate::surfaces::contacts::policy::{ContactsPolicy, PUBLISHED_PASSWORD};
use crate::surfaces::contacts::{Input, Rejection};
use actix_web::http::StatusCode;
use vestibule_application::accounts::CompletePasswordResetError;

const CHANGED: Message = Message { message: "Password changed" };

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
        let token = fields.body("token", secret(string()));
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

/// The endpoint.
pub(in crate::surfaces::contacts) fn endpoint() -> Endpoint {
    Endpoint::post("/api/auth/reset_pwd/complete", complete_reset)
        .called("auth", "completePasswordReset", "Set a new password")
        .about("Ends every session of the account.")
        .limited(policy::TEN)
        .json::<PasswordReset>()
        .answers_one_of(StatusCode::OK, "The password is changed", [("", CHANGED)])
        .refuses_for(
            "The token is not good",
            [("token", CompletePasswordResetError::InvalidToken.into()), ("body", BodyUnreadable.into())],
        )
}

async fn complete_reset(
    input: Input<PasswordReset>,
    language: RequestLanguage,
    policy: web::Data<ContactsPolicy>,
    services: web::Data<Services>,
) -> Result<web::Json<Message>, Rejection> {
    let PasswordReset { token, password } = input.values;
    let input = CompletePasswordResetInput {
        email: None,
        token,
        password,
        language: Some(language.or(policy.language)),
    };
    services.complete_password_reset.execute(input).await?;
    Ok(web::Json(CHANGED))
}
