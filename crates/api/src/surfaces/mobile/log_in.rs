//! `POST /user/login` (mobile contract 2.3, decision 8).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::sessions::{LogInError, LogInInput, Mismatch};
use vestibule_application::{Code, CodedError, Services};
use vestibule_domain::accounts::{Password, Username};

use super::dialect::missing;
use super::json::json;
use super::policy::{self, LOGINS_PER_ACCOUNT, MobilePolicy};
use super::rules::{password, text_or_number};
use super::{Endpoint, Input, Rejection, codes};
use crate::http::FrameworkProblem;
use crate::http::extract::{BodyKind, ClientDevice, ReadFields};
use crate::http::fields::{Fields, ValidationErrors};

/// Who wants to come in.
#[derive(ToSchema)]
#[schema(as = Login)]
pub(super) struct Login {
    /// The name that identifies, whatever its letter case.
    #[schema(value_type = String, example = "ada")]
    username: Username,
    /// Password.
    #[schema(value_type = String, format = Password, example = "Engine1843")]
    password: Password,
}

impl ReadFields for Login {
    const BODY: BodyKind = BodyKind::Json;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let username = fields.body("username", text_or_number());
        let password = fields.body("password", password());
        fields.finish(|| {
            let username = username?;
            // What is no name is nobody's.
            let username =
                Username::parse(&username).unwrap_or_else(|_invalid| Username::of_nobody(&username));
            Some(Self { username, password: password? })
        })
    }
}

/// The tokens of an open session.
#[derive(Serialize, ToSchema)]
struct Tokens<'a> {
    /// Authenticates requests, for 15 minutes by default.
    access_token: &'a str,
    /// Is good for further access tokens, for 30 days by default.
    refresh_token: &'a str,
}

/// Why a login is refused. The contract tells the reasons apart. All take the same work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum Refused {
    #[error("there is no such account")]
    UnknownUser,
    #[error("the password is wrong")]
    WrongPassword,
    #[error("the password is right, and the account is not active")]
    NotActive,
}

impl CodedError for Refused {
    fn code(&self) -> Code {
        match self {
            Self::UnknownUser => codes::ACCOUNT_NOT_FOUND,
            Self::WrongPassword => codes::WRONG_CREDENTIALS,
            Self::NotActive => codes::ACCOUNT_NOT_ACTIVE,
        }
    }
}

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/user/login", log_in)
        .called("users", "logIn", "Log in")
        .leaving_other_methods()
        .limited(policy::LOG_IN)
        .json::<Login>()
        .answers::<Tokens<'_>>(StatusCode::OK, "A session is open")
        .refuses_for(
            "A value is missing, or the account is not activated",
            [
                ("json", FrameworkProblem::BodyUnreadable.into()),
                ("missing", missing("username")),
                ("inactive", Refused::NotActive.into()),
            ],
        )
        .refuses("The password is wrong", Refused::WrongPassword)
        .refuses("No account has this name", Refused::UnknownUser)
}

async fn log_in(
    input: Input<Login>,
    device: ClientDevice,
    services: web::Data<Services>,
    policy: web::Data<MobilePolicy>,
) -> Result<HttpResponse, Rejection> {
    let Login { username, password } = input.values;
    let input =
        LogInInput { identifier: username.into(), password, device: device.0, policy: policy.session };
    let session =
        services.log_in.execute_within(LOGINS_PER_ACCOUNT, input).await.map_err(|error| match error {
            LogInError::WrongCredentials(Mismatch::UnknownAccount) => Refused::UnknownUser.into(),
            LogInError::WrongCredentials(Mismatch::NeverActivated | Mismatch::Password) => {
                Refused::WrongPassword.into()
            }
            LogInError::NotActive { .. } => Refused::NotActive.into(),
            other => Rejection::from(other),
        })?;
    let access_token = session.access_token.reveal();
    Ok(json(StatusCode::OK, &Tokens { access_token, refresh_token: session.refresh_token.reveal() }))
}
