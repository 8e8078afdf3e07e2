//! `POST /api/v1/accounts/activate/` (theater contract 2.2).

use actix_web::web;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::accounts::ActivateAccountInput;
use vestibule_domain::accounts::EmailAddress;
use vestibule_domain::secret::SecretToken;

use super::message::Message;
use crate::http::FrameworkProblem::BodyUnreadable;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, email, secret, string};
use crate::surfaces::theater::Endpoint;
use crate::surfaces::theater::policy;
use crate::surfaces::theater::{Input, Rejection};
use actix_web::http::StatusCode;
use vestibule_application::accounts::ActivateAccountError;

const ACTIVATED: Message = Message { message: "User account activated successfully." };

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
        let token = fields.body("token", secret(string()));
        fields.finish(|| Some(Self { email: email?, token: SecretToken::new(token?) }))
    }
}

/// The endpoint.
pub(in crate::surfaces::theater) fn endpoint() -> Endpoint {
    Endpoint::post("/api/v1/accounts/activate/", activate)
        .called("accounts", "activate", "Activate an account")
        .limited(policy::ACTIVATE)
        .json::<Activation>()
        .answers_one_of(StatusCode::OK, "The account is active", [("", ACTIVATED)])
        .refuses_for(
            "The token is not good, or the account is active",
            [
                ("token", ActivateAccountError::InvalidToken.into()),
                ("body", BodyUnreadable.into()),
                ("active", ActivateAccountError::AlreadyActive.into()),
            ],
        )
}

async fn activate(
    input: Input<Activation>,
    services: web::Data<Services>,
) -> Result<web::Json<Message>, Rejection> {
    let Activation { email, token } = input.values;
    services.activate_account.execute(ActivateAccountInput { email, token }).await?;
    Ok(web::Json(ACTIVATED))
}
