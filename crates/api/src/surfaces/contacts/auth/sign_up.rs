//! `POST /api/auth/signup` (contacts contract 2.9).

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use time::OffsetDateTime;
use time::macros::format_description;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::accounts::{RegisterAccountInput, RegisteredAccount};
use vestibule_domain::accounts::{EmailAddress, NewPassword, PasswordPolicy};

use crate::http::endpoint::broken_rules;
use crate::http::extract::{BodyKind, ClientDevice, ReadFields, RequestLanguage};
use crate::http::fields::RequestValues;
use crate::http::fields::{Fields, ValidationErrors, email, string};
use crate::surfaces::contacts::Endpoint;
use crate::surfaces::contacts::policy;
use crate::surfaces::contacts::policy::{ContactsPolicy, PUBLISHED_PASSWORD};
use crate::surfaces::contacts::{Input, Rejection};
use actix_web::http::StatusCode;
use serde_json::json;
use vestibule_application::accounts::RegisterAccountError;

/// Who wants an account.
#[derive(ToSchema)]
pub(in crate::surfaces::contacts) struct SignUp {
    /// A name to show; it need not be unique.
    #[schema(min_length = 5, max_length = 16, example = "ada_l")]
    username: String,
    /// At least 6 characters, and by default 10 at the most.
    #[schema(value_type = String, format = Password, min_length = 6, example = "Engine1843")]
    password: NewPassword,
    /// Address; lower-cased.
    #[schema(value_type = String, format = Email, example = "ada@example.com")]
    email: EmailAddress,
}

impl SignUp {
    fn read_by(mut fields: Fields<'_>, policy: PasswordPolicy) -> Result<Self, ValidationErrors> {
        let username = fields.body("username", string().min_length(5).max_length(16).without_nul());
        let password = fields.body("password", super::password::new_password(policy));
        let email = fields.body("email", email());
        fields.finish(|| Some(Self { username: username?, password: password?, email: email? }))
    }
}

impl ReadFields for SignUp {
    const BODY: BodyKind = BodyKind::Json;

    fn read(fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        Self::read_by(fields, PUBLISHED_PASSWORD)
    }

    fn read_for(
        request: &HttpRequest,
        fields: Fields<'_>,
        _: OffsetDateTime,
    ) -> Result<Self, ValidationErrors> {
        Self::read_by(fields, super::password::policy_of(request))
    }
}

/// The new account.
#[derive(Serialize, ToSchema)]
pub(in crate::surfaces::contacts) struct SignedUp {
    /// The account.
    user: User,
    /// What was done, in words.
    #[schema(example = "Successfully created")]
    detail: &'static str,
}

/// An account.
#[derive(Serialize, ToSchema)]
pub(in crate::surfaces::contacts) struct User {
    /// Its id.
    #[schema(example = 1)]
    id: i64,
    /// Its name to show.
    #[schema(example = "ada_l")]
    username: String,
    /// Its address, as stored.
    #[schema(example = "ada@example.com")]
    email: String,
    /// When it was created, in UTC.
    #[schema(format = DateTime, example = "2023-11-12T16:29:48.633Z")]
    created_at: String,
}

impl From<RegisteredAccount> for User {
    fn from(account: RegisteredAccount) -> Self {
        let form = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
        Self {
            id: account.id.0,
            username: account.display_name.unwrap_or_default(),
            email: account.email.to_string(),
            created_at: account.created_at.format(form).unwrap_or_default(),
        }
    }
}

/// The endpoint.
pub(in crate::surfaces::contacts) fn endpoint() -> Endpoint {
    Endpoint::post("/api/auth/signup", sign_up)
        .called("auth", "signUp", "Sign up")
        .about(
            "The account cannot be used until the mailed link was opened. Signing up again with the address of an account\n\
             that waits for that is a conflict, and mails a link of its own: the account gets the name and the password\n\
             of the sign-up whose link is opened.",
        )
        .limited(policy::TWO)
        .json::<SignUp>()
        .answers::<SignedUp>(StatusCode::CREATED, "The account is created")
        .refuses(
            "The address is taken",
            RegisterAccountError::EmailTaken { email: EmailAddress::from_stored("ada@example.com".to_owned()) },
        )
        .refuses("The values break rules", broken_rules::<SignUp>(&RequestValues::of_json(
            json!({ "username": "ada_l", "password": "short", "email": "ada@example.com" }),
        )))
}

async fn sign_up(
    input: Input<SignUp>,
    language: RequestLanguage,
    device: ClientDevice,
    services: web::Data<Services>,
    policy: web::Data<ContactsPolicy>,
) -> Result<HttpResponse, Rejection> {
    let SignUp { username, password, email } = input.values;
    let (display_name, language, policy) =
        (Some(username), Some(language.or(policy.language)), policy.registration);
    let client_address = device.0.client_address;
    let input = RegisterAccountInput { email, display_name, password, client_address, language, policy };
    let account = services.register_account.execute(input).await?;
    Ok(HttpResponse::Created().json(SignedUp { user: User::from(account), detail: "Successfully created" }))
}
