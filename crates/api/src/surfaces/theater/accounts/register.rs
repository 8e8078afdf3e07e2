//! `POST /api/v1/accounts/register/` (theater contract 2.1).

use actix_web::{HttpResponse, web};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::accounts::{RegisterAccountInput, RegisteredAccount};
use vestibule_domain::accounts::{EmailAddress, NewPassword};

use crate::http::endpoint::broken_rules;
use crate::http::extract::{BodyKind, ClientDevice, ReadFields, RequestLanguage};
use crate::http::fields::RequestValues;
use crate::http::fields::{Fields, Rule as _, ValidationErrors, email, secret, string};
use crate::surfaces::theater::Endpoint;
use crate::surfaces::theater::dialect::weak_password;
use crate::surfaces::theater::policy;
use crate::surfaces::theater::{Input, PASSWORD, Rejection, TheaterPolicy};
use actix_web::http::StatusCode;
use serde_json::json;
use vestibule_application::Failure;
use vestibule_application::accounts::RegisterAccountError;

/// Who wants an account.
#[derive(ToSchema)]
pub(in crate::surfaces::theater) struct Registration {
    /// Address; lower-cased.
    #[schema(value_type = String, format = Email, example = "ada@example.com")]
    email: EmailAddress,
    /// At least 8 characters, among them an upper-case and a lower-case letter, a digit and one of
    /// `@ $ ! % * ? # &`.
    #[schema(value_type = String, format = Password, min_length = 8, example = "Analytical#1843")]
    password: NewPassword,
}

impl ReadFields for Registration {
    const BODY: BodyKind = BodyKind::Json;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let email = fields.body("email", email());
        let password = fields.body(
            "password",
            secret(string()).check(|text: String| PASSWORD.check(&text).map_err(weak_password)),
        );
        fields.finish(|| Some(Self { email: email?, password: password? }))
    }
}

/// The new account.
#[derive(Serialize, ToSchema)]
pub(in crate::surfaces::theater) struct Registered {
    /// Its id.
    #[schema(example = 1)]
    id: i64,
    /// Its address, as stored.
    #[schema(example = "ada@example.com")]
    email: String,
}

impl From<RegisteredAccount> for Registered {
    fn from(account: RegisteredAccount) -> Self {
        Self { id: account.id.0, email: account.email.to_string() }
    }
}

/// The endpoint.
pub(in crate::surfaces::theater) fn endpoint() -> Endpoint {
    Endpoint::post("/api/v1/accounts/register/", register)
        .called("accounts", "register", "Register an account")
        .about(
            "The account is inactive until the token that is mailed to the address comes back. Registering\n\
             the address of an inactive account again is a conflict, and mails a token of its own: the account gets\n\
             the password of the registration whose token comes back.",
        )
        .limited(policy::REGISTER)
        .json::<Registration>()
        .answers::<Registered>(StatusCode::CREATED, "The account is registered")
        .refuses(
            "The address is taken",
            RegisterAccountError::EmailTaken { email: EmailAddress::from_stored("ada@example.com".to_owned()) },
        )
        .refuses("The values break rules", broken_rules::<Registration>(&RequestValues::of_json(
            json!({ "email": "ada@example.com", "password": "short" }),
        )))
        .refuses("The account was not created", RegisterAccountError::from(Failure::Internal("an example".into())))
}

async fn register(
    input: Input<Registration>,
    language: RequestLanguage,
    device: ClientDevice,
    services: web::Data<Services>,
    policy: web::Data<TheaterPolicy>,
) -> Result<HttpResponse, Rejection> {
    let Registration { email, password } = input.values;
    let (language, policy) = (Some(language.or(policy.language)), policy.registration);
    let client_address = device.0.client_address;
    let input =
        RegisterAccountInput { email, display_name: None, password, client_address, language, policy };
    let account = services.register_account.execute(input).await?;
    Ok(HttpResponse::Created().json(Registered::from(account)))
}
