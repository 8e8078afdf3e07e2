//! `POST /api/v1/accounts/register/` (theater contract 2.1).

use actix_web::{HttpResponse, web};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::accounts::{RegisterAccountInput, RegisteredAccount};
use vestibule_domain::accounts::{EmailAddress, NewPassword};

use crate::http::documented::{
    AnyEndpoint, ErrorDetail, JsonEndpoint, LimitedEndpoint, ValidationErrorDetail,
};
use crate::http::extract::{BodyKind, ClientDevice, ReadFields, RequestLanguage};
use crate::http::fields::{Fields, Rule as _, ValidationErrors, email, secret, string};
use crate::surfaces::theater::dialect::weak_password;
use crate::surfaces::theater::{Input, PASSWORD, Rejection, TheaterPolicy};

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

/// Register an account
///
/// The account is inactive until the token that is mailed to the address comes back. Registering
/// the address of an inactive account again is a conflict, and mails a token of its own: the account gets
/// the password of the registration whose token comes back.
#[utoipa::path(
    post, path = "/api/v1/accounts/register/", tag = "accounts", operation_id = "register",
    request_body = Registration,
    responses(
        JsonEndpoint, LimitedEndpoint, AnyEndpoint,
        (status = 201, description = "The account is registered", body = Registered),
        (status = 409, description = "The address is taken", body = ErrorDetail,
            example = json!({"detail": "A user with this email ada@example.com already exists."})),
        (status = 422, description = "The values break rules", body = ValidationErrorDetail,
            example = json!({"detail": [{"type": "value_error", "loc": ["body", "password"],
                "msg": "Value error, Password must contain at least 8 characters.", "input": "***",
                "ctx": {"error": {}}}]})),
        (status = 500, description = "The account was not created", body = ErrorDetail,
            example = json!({"detail": "An error occurred during user creation."})),
    )
)]
pub(in crate::surfaces::theater) async fn register(
    input: Input<Registration>,
    language: RequestLanguage,
    device: ClientDevice,
    services: web::Data<Services>,
    policy: web::Data<TheaterPolicy>,
) -> Result<HttpResponse, Rejection> {
    let Registration { email, password } = input.values;
    let (language, policy) = (language.0, policy.registration);
    let client_address = device.0.client_address;
    let input =
        RegisterAccountInput { email, display_name: None, password, client_address, language, policy };
    let account = services.register_account.execute(input).await?;
    Ok(HttpResponse::Created().json(Registered::from(account)))
}
