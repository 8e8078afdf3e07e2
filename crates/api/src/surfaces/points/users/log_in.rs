//! `POST /api/users/login` (points contract 2.5).

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::sessions::{LogInError, LogInInput, Mismatch};
use vestibule_domain::accounts::Password;

use crate::http::extract::{BodyKind, ClientDevice, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, string};
use crate::surfaces::points::address::of_login;
use crate::surfaces::points::password::password;
use crate::surfaces::points::policy::{self, PointsPolicy};
use crate::surfaces::points::{Endpoint, Input, Rejection};

/// Who wants to come in.
#[derive(ToSchema)]
pub(in crate::surfaces::points) struct Login {
    /// Address.
    #[schema(example = "ada@example.com")]
    email: String,
    /// Password.
    #[schema(value_type = String, format = Password, example = "Analytical1843")]
    password: Password,
}

impl ReadFields for Login {
    const BODY: BodyKind = BodyKind::Any;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let email = fields.body("email", string());
        let password = fields.body("password", password());
        fields.finish(|| Some(Self { email: email?, password: Password::new(password?) }))
    }
}

/// The token of an open session.
#[derive(Serialize, ToSchema)]
pub(in crate::surfaces::points) struct Session {
    /// Authenticates requests, for 60 minutes by default.
    access_token: String,
    /// Always `bearer`.
    #[schema(example = "bearer")]
    token_type: &'static str,
}

/// The endpoint.
pub(in crate::surfaces::points) fn endpoint() -> Endpoint {
    Endpoint::post("/api/users/login", log_in)
        .called("users", "logIn", "Log in")
        .about("Ten a minute for each client, and for each account.")
        .limited(policy::LOG_IN)
        .fields::<Login>()
        .answers::<Session>(StatusCode::OK, "A session is open")
        .refuses(
            "No account has this address, or the password is wrong",
            LogInError::WrongCredentials(Mismatch::Password),
        )
}

async fn log_in(
    input: Input<Login>,
    device: ClientDevice,
    services: web::Data<Services>,
    policy: web::Data<PointsPolicy>,
) -> Result<web::Json<Session>, Rejection> {
    let Login { email, password } = input.values;
    let identifier = of_login(&email).into();
    let input = LogInInput { identifier, password, device: device.0, policy: policy.session };
    let session = services.log_in.execute_within(policy::LOGINS_PER_ACCOUNT, input).await?;
    let access_token = session.access_token.reveal().to_owned();
    Ok(web::Json(Session { access_token, token_type: "bearer" }))
}
