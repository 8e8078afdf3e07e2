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
use crate::http::documented::{AnyEndpoint, ErrorDetail, ValidationErrorDetail};
use crate::http::extract::{BodyKind, ClientDevice, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, secret, string};
use crate::surfaces::contacts::documented::LimitedEndpoint;
use crate::surfaces::contacts::policy::ContactsPolicy;
use crate::surfaces::contacts::{Input, Rejection};

/// Who wants to come in. Further fields of OAuth 2 (`scope`, `client_id`, `client_secret`) are taken and not
/// looked at.
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

/// Log in
#[utoipa::path(
    post, path = "/api/auth/login", tag = "auth", operation_id = "logIn",
    request_body(content = Login, content_type = "application/x-www-form-urlencoded"),
    responses(
        LimitedEndpoint, AnyEndpoint,
        (status = 200, description = "A session is open", body = Tokens),
        (status = 400, description = "The body cannot be read", body = ErrorDetail, examples(
            ("body" = (value = json!({"detail": "There was an error parsing the body"}))),
            ("boundary" = (value = json!({"detail": "Missing boundary in multipart."}))),
        )),
        (status = 401, description = "No session is opened", body = ErrorDetail, examples(
            ("user" = (value = json!({"detail": "Wrong user"}))),
            ("confirmation" = (value = json!({"detail": "Email not confirmed"}))),
            ("password" = (value = json!({"detail": "Wrong password"}))),
        )),
        (status = 413, description = "The body is too large", body = ErrorDetail,
            example = json!({"detail": "Request Entity Too Large"})),
        (status = 422, description = "The values break rules", body = ValidationErrorDetail,
            example = json!({"detail": [{"type": "missing", "loc": ["body", "username"],
                "msg": "Field required", "input": null}]})),
    )
)]
pub(in crate::surfaces::contacts) async fn log_in(
    input: Input<Login>,
    device: ClientDevice,
    services: web::Data<Services>,
    policy: web::Data<ContactsPolicy>,
) -> Result<web::Json<Tokens>, Rejection> {
    let Login { username: email, password, .. } = input.values;
    let input = LogInInput { email, password, device: device.0, policy: policy.session };
    let session = services.log_in.execute(input).await.map_err(|error| match error {
        LogInError::WrongCredentials(mismatch) => Refused::from(mismatch).into(),
        LogInError::NotActive { never_activated: true } => Refused::NotConfirmed.into(),
        LogInError::NotActive { never_activated: false } => Refused::UnknownAccount.into(),
        other => Rejection::from(other),
    })?;
    Ok(web::Json(Tokens::new(&session.access_token, &session.refresh_token)))
}
