//! `POST /user` (mobile contract 2.1).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::accounts::{RegisterMobileError, RegisterMobileInput};
use vestibule_domain::accounts::{MobileNumber, NewPassword, Username};

use super::answers::{OneUser, created};
use super::dialect::missing;
use super::policy::{self, MobilePolicy};
use super::rules::{mobile, new_password, username};
use super::{Endpoint, Input, Rejection};
use crate::http::FrameworkProblem;
use crate::http::extract::{BodyKind, ReadFields, RequestLanguage};
use crate::http::fields::{Fields, ValidationErrors};

/// Who wants an account. A number is taken as its decimal text.
#[derive(ToSchema)]
#[schema(as = NewUser)]
pub(super) struct NewUser {
    /// The name that identifies, whatever its letter case.
    #[schema(value_type = String, max_length = 255, example = "ada")]
    username: Username,
    /// Mobile number: 3 to 20 digits, perhaps after a `+`.
    #[schema(value_type = String, example = "01700000001")]
    mobile: MobileNumber,
    /// At least 8 characters, and at most 1024 bytes.
    #[schema(value_type = String, format = Password, min_length = 8, example = "Engine1843")]
    password: NewPassword,
}

impl ReadFields for NewUser {
    const BODY: BodyKind = BodyKind::Json;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let username = fields.body("username", username());
        let mobile = fields.body("mobile", mobile());
        let password = fields.body("password", new_password());
        fields.finish(|| Some(Self { username: username?, mobile: mobile?, password: password? }))
    }
}

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/user", register)
        .called("users", "register", "Register")
        .about(
            "A code that activates the account is sent to the mobile number. The answer's status is 200, and its body says\n\
             201, as published.",
        )
        .limited(policy::REGISTER)
        .json::<NewUser>()
        .answers::<OneUser>(StatusCode::OK, "The account is created")
        .refuses_for(
            "A value is missing, breaks a rule or is taken",
            [
                ("json", FrameworkProblem::BodyUnreadable.into()),
                ("missing", missing("username")),
                ("username", RegisterMobileError::UsernameTaken.into()),
                ("mobile", RegisterMobileError::MobileTaken.into()),
            ],
        )
}

async fn register(
    input: Input<NewUser>,
    language: RequestLanguage,
    services: web::Data<Services>,
    policy: web::Data<MobilePolicy>,
) -> Result<HttpResponse, Rejection> {
    let NewUser { username, mobile, password } = input.values;
    let input = RegisterMobileInput {
        username,
        mobile,
        password,
        language: Some(language.or(policy.language)),
        policy: policy.code,
    };
    Ok(created(services.register_mobile.execute(input).await?))
}
