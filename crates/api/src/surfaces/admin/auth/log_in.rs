//! `POST /api/v1/auth/login` (admin contract 2.4).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::sessions::{LogInError, LogInInput, Mismatch};
use vestibule_domain::accounts::{EmailAddress, Password};

use crate::http::extract::{BodyKind, ClientDevice, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, email, secret, string};
use crate::http::json;
use crate::surfaces::admin::policy::{self, AdminPolicy};
use crate::surfaces::admin::{Endpoint, Input, Rejection};

/// Who wants to come in.
#[derive(ToSchema)]
struct Login {
    /// Address.
    #[schema(value_type = String, format = Email, example = "ada@example.com")]
    email: EmailAddress,
    /// Password.
    #[schema(value_type = String, format = Password, example = "Engine1843")]
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
struct Tokens {
    /// Authenticates requests, for 30 minutes by default.
    access_token: String,
    /// Is exchanged for further access tokens, for seven days by default.
    refresh_token: String,
}

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/api/v1/auth/login", log_in)
        .called("auth", "logIn", "Log in")
        .limited(policy::LOG_IN)
        .json::<Login>()
        .answers::<Tokens>(StatusCode::OK, "A session is open")
        .refuses(
            "The address or the password is wrong, or the account may not sign in",
            LogInError::WrongCredentials(Mismatch::Password),
        )
}

async fn log_in(
    input: Input<Login>,
    device: ClientDevice,
    services: web::Data<Services>,
    policy: web::Data<AdminPolicy>,
) -> Result<HttpResponse, Rejection> {
    let Login { email, password } = input.values;
    let input = LogInInput { identifier: email.into(), password, device: device.0, policy: policy.session };
    let session = services.log_in.execute(input).await?;
    let tokens = Tokens {
        access_token: session.access_token.reveal().to_owned(),
        refresh_token: session.refresh_token.reveal().to_owned(),
    };
    Ok(json(StatusCode::OK, &tokens))
}
