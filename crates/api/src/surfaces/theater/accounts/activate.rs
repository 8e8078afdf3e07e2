//! `POST /api/v1/accounts/activate/` (theater contract 2.2).

use actix_web::web;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::accounts::ActivateAccountInput;
use vestibule_domain::accounts::EmailAddress;
use vestibule_domain::secret::SecretToken;

use super::message::Message;
use crate::http::documented::{AnyEndpoint, ErrorDetail, JsonEndpoint, LimitedEndpoint};
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, email, string, token};
use crate::surfaces::theater::{Input, Rejection};

/// What was mailed, and to whom.
#[derive(ToSchema)]
pub(in crate::surfaces::theater) struct Activation {
    /// Address.
    #[schema(value_type = String, format = Email, example = "ada@example.com")]
    email: EmailAddress,
    /// The mailed token.
    #[schema(value_type = String, example = "AOu6Ae5vGbn9nLqXtJE0RyZqPSnzPZkEgWGcR1NJZ9k")]
    token: SecretToken,
}

impl ReadFields for Activation {
    const BODY: BodyKind = BodyKind::Json;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let email = fields.body("email", email());
        let token = fields.body("token", token(string()));
        fields.finish(|| Some(Self { email: email?, token: SecretToken::new(token?) }))
    }
}

/// Activate an account
#[utoipa::path(
    post, path = "/api/v1/accounts/activate/", tag = "accounts", operation_id = "activate",
    request_body = Activation,
    responses(
        JsonEndpoint, LimitedEndpoint, AnyEndpoint,
        (status = 200, description = "The account is active", body = Message,
            example = json!({"message": "User account activated successfully."})),
        (status = 400, description = "The token is not good, or the account is active", body = ErrorDetail,
            examples(
                ("token" = (value = json!({"detail": "Invalid or expired activation token."}))),
                ("body" = (value = json!({"detail": "There was an error parsing the body"}))),
                ("active" = (value = json!({"detail": "User account is already active."}))),
            )),
    )
)]
pub(in crate::surfaces::theater) async fn activate(
    input: Input<Activation>,
    services: web::Data<Services>,
) -> Result<web::Json<Message>, Rejection> {
    let Activation { email, token } = input.values;
    services.activate_account.execute(ActivateAccountInput { email, token }).await?;
    Ok(web::Json(Message { message: "User account activated successfully." }))
}
