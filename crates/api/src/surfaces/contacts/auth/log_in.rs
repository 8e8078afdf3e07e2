//! `POST /api/auth/login` (contacts contract 2.10).

use actix_web::web;
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::sessions::{LogInError, LogInInput};
use vestibule_domain::accounts::{EmailAddress, Password};
use vestibule_domain::secret::SecretToken;

use super::refused::Refused;
use crate::http::endpoint::broken_rules;
use crate::http::extract::{BodyKind, ClientDevice, ReadFields};
use crate::http::fields::RequestValues;
use crate::http::fields::{Fields, ValidationErrors, secret, string};
use crate::surfaces::contacts::Endpoint;
use crate::surfaces::contacts::policy;
use crate::surfaces::contacts::policy::ContactsPolicy;
use crate::surfaces::contacts::{Input, Rejection};
use actix_web::http::StatusCode;

/// Who wants to come in, as a password grant says it (RFC 6749 §4.3.2).
#[derive(ToSchema)]
pub(in crate::surfaces::contacts) struct Login {
    /// `password`, if it is given.
    #[schema(pattern = "password", example = "password")]
    #[expect(dead_code, reason = "it is checked and then of no use")]
    grant_type: Option<String>,
    /// The e-mail address.
    #[schema(value_type = String, example = "ada@example.com")]
    username: EmailAddress,
    /// Password.
    #[schema(value_type = String, format = Password, example = "Engine1843")]
    password: Password,
    /// Scopes with blanks between them. Not looked at: every token is good for all.
    #[schema(example = "")]
    #[expect(dead_code, reason = "a field for the document")]
    scope: Option<String>,
    /// Not looked at.
    #[expect(dead_code, reason = "a field for the document")]
    client_id: Option<String>,
    /// Not looked at.
    #[schema(format = Password)]
    #[expect(dead_code, reason = "a field for the document")]
    client_secret: Option<String>,
}

impl ReadFields for Login {
    const BODY: BodyKind = BodyKind::Form;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        // The pattern has no anchors.
        let grant = string().pattern("password", |text| text.contains("password"));
        let grant_type = fields.body_optional("grant_type", grant);
        let username = fields.body("username", string());
        let password = fields.body("password", secret(string()));
        fields.finish(|| {
            let username = username?;
            Some(Self {
                grant_type: grant_type?.value(),
                // What is no address is nobody's.
                username: EmailAddress::parse(&username)
                    .unwrap_or_else(|_invalid| EmailAddress::of_nobody(&username)),
                password: Password::new(password?),
                scope: None,
                client_id: None,
                client_secret: None,
            })
        })
    }
}

/// The tokens of an open session.
#[derive(Serialize, ToSchema)]
pub(in crate::surfaces::contacts) struct Tokens {
    /// Authenticates requests, for 15 minutes by default.
    access_token: String,
    /// Is exchanged for further tokens, for seven days by default.
    refresh_token: String,
    /// Always `bearer`.
    #[schema(example = "bearer")]
    token_type: &'static str,
}

impl Tokens {
    pub(super) fn new(access: &SecretToken, refresh: &SecretToken) -> Self {
        Self {
            access_token: access.reveal().to_owned(),
            refresh_token: refresh.reveal().to_owned(),
            token_type: "bearer",
        }
    }
}

/// The endpoint.
pub(in crate::surfaces::contacts) fn endpoint() -> Endpoint {
    Endpoint::post("/api/auth/login", log_in)
        .called("auth", "logIn", "Log in")
        .about("A password grant of OAuth 2, without clients and scopes.")
        .limited(policy::TEN)
        .form::<Login>()
        .answers::<Tokens>(StatusCode::OK, "A session is open")
        .refuses_for(
            "No session is opened",
            [
                ("user", Refused::UnknownAccount.into()),
                ("confirmation", Refused::NotConfirmed.into()),
                ("password", Refused::WrongPassword.into()),
            ],
        )
        .refuses(
            "The values break rules",
            broken_rules::<Login>(&RequestValues::of_form(&[("password", "Engine1843")])),
        )
}

async fn log_in(
    input: Input<Login>,
    device: ClientDevice,
    services: web::Data<Services>,
    policy: web::Data<ContactsPolicy>,
) -> Result<web::Json<Tokens>, Rejection> {
    let Login { username: email, password, .. } = input.values;
    let input = LogInInput { identifier: email.into(), password, device: device.0, policy: policy.session };
    let session = services.log_in.execute(input).await.map_err(|error| match error {
        LogInError::WrongCredentials(mismatch) => Refused::from(mismatch).into(),
        LogInError::NotActive { never_activated: true } => Refused::NotConfirmed.into(),
        LogInError::NotActive { never_activated: false } => Refused::UnknownAccount.into(),
        other => Rejection::from(other),
    })?;
    Ok(web::Json(Tokens::new(&session.access_token, &session.refresh_token)))
}
