//! `POST /api/users/` (points contract 2.4).

use actix_web::http::StatusCode;
use actix_web::web;
use serde_json::json;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::accounts::{RegisterAtOnceError, RegisterAtOnceInput};
use vestibule_domain::accounts::{EmailAddress, WeakPassword};

use crate::http::FrameworkProblem::BodyUnreadable;
use crate::http::endpoint::broken_rules;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, RequestValues, ValidationErrors, string};
use crate::surfaces::points::address::address;
use crate::surfaces::points::password::password;
use crate::surfaces::points::policy::PointsPolicy;
use crate::surfaces::points::refused::Refused;
use crate::surfaces::points::{Endpoint, Input, Message, Rejection};

const CREATED: Message = Message::of("User created successfully");

/// The greatest length of a name, in characters: decision 8.
const LONGEST_NAME: usize = 55;
/// The greatest length of a phone number, in characters.
const LONGEST_NUMBER: usize = 255;

/// Who wants an account.
#[derive(ToSchema)]
pub(in crate::surfaces::points) struct NewUser {
    /// A name to show; it need not be unique.
    #[schema(max_length = 55, example = "Ada")]
    username: String,
    /// Address; lower-cased.
    #[schema(example = "ada@example.com")]
    email: String,
    /// At least 8 characters, with `A`–`Z`, `a`–`z` and a digit among them.
    #[schema(format = Password, min_length = 8, max_length = 1024, example = "Analytical1843")]
    password: String,
    /// A phone number in any form.
    #[schema(max_length = 255, example = "+33 1 23 45 67 89")]
    phone_number: String,
}

impl ReadFields for NewUser {
    const BODY: BodyKind = BodyKind::Any;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let username = fields.body("username", string().max_length(LONGEST_NAME).without_nul());
        let email = fields.body("email", address());
        let password = fields.body("password", password());
        let phone_number = fields.body("phone_number", string().max_length(LONGEST_NUMBER).without_nul());
        fields.finish(|| {
            Some(Self {
                username: username?,
                email: email?,
                password: password?,
                phone_number: phone_number?,
            })
        })
    }
}

/// The endpoint.
pub(in crate::surfaces::points) fn endpoint() -> Endpoint {
    Endpoint::post("/api/users/", create)
        .called("users", "createUser", "Register")
        .about("The account can be used at once: nobody proves the address.")
        .fields::<NewUser>()
        .answers_one_of(StatusCode::OK, "The account is created", [("", CREATED)])
        .refuses_for(
            "The account is not created",
            [
                ("address", Refused::NewEmail.into()),
                ("password", Refused::Password(WeakPassword::NoDigit).into()),
                ("taken", taken("ada@example.com").into()),
                ("body", BodyUnreadable.into()),
            ],
        )
        .refuses(
            "The values break rules",
            broken_rules::<NewUser>(&RequestValues::of_json(
                json!({ "username": "Ada", "email": "ada@example.com", "password": "Analytical1843" }),
            )),
        )
}

fn taken(email: &str) -> RegisterAtOnceError {
    RegisterAtOnceError::EmailTaken { email: EmailAddress::from_stored(email.to_owned()) }
}

async fn create(
    input: Input<NewUser>,
    services: web::Data<Services>,
    policy: web::Data<PointsPolicy>,
) -> Result<web::Json<Message>, Rejection> {
    let NewUser { username, email, password, phone_number } = input.values;
    let email = EmailAddress::parse_plain(&email).ok_or(Refused::NewEmail)?;
    let password = policy.password.check(&password).map_err(Refused::Password)?;
    let (display_name, phone_number) = (Some(username), Some(phone_number));
    let input = RegisterAtOnceInput { email, display_name, phone_number, password };
    services.register_at_once.execute(input).await?;
    Ok(web::Json(CREATED))
}
