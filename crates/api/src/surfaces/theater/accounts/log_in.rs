//! `POST /api/v1/accounts/login/` (theater contract 2.5).

use actix_web::{HttpResponse, web};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::sessions::{LogInInput, LoggedIn};
use vestibule_domain::accounts::{EmailAddress, Password};

use crate::http::extract::{BodyKind, ClientDevice, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, email, secret, string};
use crate::surfaces::theater::Endpoint;
use crate::surfaces::theater::policy;
use crate::surfaces::theater::{Input, Rejection, TheaterPolicy};
use actix_web::http::StatusCode;
use vestibule_application::Failure;
use vestibule_application::sessions::{LogInError, Mismatch};

/// Who wants to come in.
#[derive(ToSchema)]
pub(in crate::surfaces::theater) struct Login {
    /// Address.
    #[schema(value_type = String, format = Email, example = "ada@example.com")]
    email: EmailAddress,
    /// Password.
    #[schema(value_type = String, format = Password, example = "Analytical#1843")]
    password: Password,
}

impl ReadFields for Login {
    const BODY: BodyKind = BodyKind::Json;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let email = fields.body("email", email());
        let password = fields.body("password", secret(string()));
        fields.finish(|| Some(Self { email: email?, password: Password::new(password?) }))
    }
}

/// The tokens of an open session.
#[derive(Serialize, ToSchema)]
pub(in crate::surfaces::theater) struct Tokens {
    /// Authenticates requests, for ten minutes by default.
    access_token: String,
    /// Is exchanged for further access tokens, for seven days by default.
    refresh_token: String,
    /// Always `bearer`.
    #[schema(example = "bearer")]
    token_type: &'static str,
}

impl From<LoggedIn> for Tokens {
    fn from(session: LoggedIn) -> Self {
        Self {
            access_token: session.access_token.reveal().to_owned(),
            refresh_token: session.refresh_token.reveal().to_owned(),
            token_type: "bearer",
        }
    }
}

/// The endpoint.
pub(in crate::surfaces::theater) fn endpoint() -> Endpoint {
    Endpoint::post("/api/v1/accounts/login/", log_in)
        .called("accounts", "logIn", "Log in")
        .limited(policy::LOG_IN)
        .json::<Login>()
        .answers::<Tokens>(StatusCode::CREATED, "A session is open")
        .refuses("The address or the password is wrong", LogInError::WrongCredentials(Mismatch::Password))
        .refuses("The account is not active", LogInError::NotActive { never_activated: true })
        .refuses("No session was opened", LogInError::from(Failure::Internal("an example".into())))
}

async fn log_in(
    input: Input<Login>,
    device: ClientDevice,
    services: web::Data<Services>,
    policy: web::Data<TheaterPolicy>,
) -> Result<HttpResponse, Rejection> {
    let Login { email, password } = input.values;
    let input = LogInInput { identifier: email.into(), password, device: device.0, policy: policy.session };
    let session = services.log_in.execute(input).await?;
    Ok(HttpResponse::Created().json(Tokens::from(session)))
}
