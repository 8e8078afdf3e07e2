//! `POST /api/v1/accounts/login/` (theater contract 2.5).

use actix_web::{HttpResponse, web};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::sessions::{LogInInput, LoggedIn};
use vestibule_domain::accounts::{EmailAddress, Password};

use crate::http::documented::{AnyEndpoint, ErrorDetail, JsonEndpoint, LimitedEndpoint};
use crate::http::extract::{BodyKind, ClientDevice, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, email, secret, string};
use crate::surfaces::theater::{Input, Rejection, TheaterPolicy};

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

/// Log in
#[utoipa::path(
    post, path = "/api/v1/accounts/login/", tag = "accounts", operation_id = "logIn",
    request_body = Login,
    responses(
        JsonEndpoint, LimitedEndpoint, AnyEndpoint,
        (status = 201, description = "A session is open", body = Tokens),
        (status = 401, description = "The address or the password is wrong", body = ErrorDetail,
            example = json!({"detail": "Invalid email or password."})),
        (status = 403, description = "The account is not active", body = ErrorDetail,
            example = json!({"detail": "User account is not activated."})),
        (status = 500, description = "No session was opened", body = ErrorDetail,
            example = json!({"detail": "An error occurred while processing the request."})),
    )
)]
pub(in crate::surfaces::theater) async fn log_in(
    input: Input<Login>,
    device: ClientDevice,
    services: web::Data<Services>,
    policy: web::Data<TheaterPolicy>,
) -> Result<HttpResponse, Rejection> {
    let Login { email, password } = input.values;
    let input = LogInInput { email, password, device: device.0, policy: policy.session };
    let session = services.log_in.execute(input).await?;
    Ok(HttpResponse::Created().json(Tokens::from(session)))
}
