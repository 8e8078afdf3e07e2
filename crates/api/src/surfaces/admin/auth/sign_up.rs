//! `POST /api/v1/auth/signup` (admin contract 2.2).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;
use serde_json::json;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::accounts::{NameSuggestions, SignUpAs, SignUpError, SignUpInput};
use vestibule_domain::accounts::{EmailAddress, NewPassword, Username};

use crate::http::endpoint::broken_rules;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, RequestValues, ValidationErrors, email};
use crate::http::json as answer;
use crate::surfaces::admin::rules::{new_password, username};
use crate::surfaces::admin::{Endpoint, Input, Rejection, policy};

/// Who wants an account.
#[derive(ToSchema)]
pub(super) struct NewUser {
    /// Address; kept in small letters.
    #[schema(value_type = String, format = Email, example = "ada@example.com")]
    email: EmailAddress,
    /// The name that identifies; kept in small letters.
    #[schema(value_type = String, min_length = 1, max_length = 255, example = "ada")]
    username: Username,
    /// At least 6 characters.
    #[schema(value_type = String, format = Password, min_length = 6, example = "Engine1843")]
    password: NewPassword,
}

impl ReadFields for NewUser {
    const BODY: BodyKind = BodyKind::Json;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let email = fields.body("email", email());
        let username = fields.body("username", username());
        let password = fields.body("password", new_password());
        fields.finish(|| Some(Self { email: email?, username: username?, password: password? }))
    }
}

impl NewUser {
    pub(super) fn input(self, role: SignUpAs) -> SignUpInput {
        SignUpInput { email: self.email, username: self.username, password: self.password, role }
    }

    /// Values that break rules, for the document.
    pub(super) fn broken() -> crate::http::Problem {
        broken_rules::<Self>(&RequestValues::of_json(
            json!({ "email": "ada", "username": "ada", "password": "Engine1843" }),
        ))
    }
}

/// What was done.
#[derive(Serialize, ToSchema)]
pub(super) struct Created {
    /// In words.
    message: &'static str,
}

/// The answer to a sign-up.
pub(super) const CREATED: Created = Created { message: "User account created successfully." };

/// What 409 means, by example.
pub(super) fn conflicts() -> [(&'static str, crate::http::Problem); 2] {
    let suggestions = NameSuggestions::example();
    [
        ("email", SignUpError::EmailTaken.into()),
        ("username", SignUpError::UsernameTaken { suggestions }.into()),
    ]
}

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/api/v1/auth/signup", sign_up)
        .called("auth", "signUp", "Sign up")
        .about("The account is active at once. Accounts in the trash keep their address and name.")
        .limited(policy::SIGN_UP)
        .json::<NewUser>()
        .answers_one_of(StatusCode::CREATED, "The account is created", [("", CREATED)])
        .refuses_for("The address or the name is taken", conflicts())
        .refuses("The values break rules", NewUser::broken())
}

async fn sign_up(input: Input<NewUser>, services: web::Data<Services>) -> Result<HttpResponse, Rejection> {
    services.sign_up.execute(input.values.input(SignUpAs::User)).await?;
    Ok(answer(StatusCode::CREATED, &CREATED))
}
