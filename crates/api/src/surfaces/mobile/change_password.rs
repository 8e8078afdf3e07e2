//! `POST /user/change-password/<uuid>` (mobile contract 2.9, decisions 4 and 11).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::accounts::{ChangePasswordError, ChangePasswordInput};
use vestibule_domain::accounts::{NewPassword, Password};

use super::admission::{Keeper, UUID, asks_for_access};
use super::answers::{Done, SUCCESS};
use super::dialect::missing;
use super::json::json;
use super::policy::{self, MobilePolicy};
use super::rules::{new_password, password};
use super::show::NO_SUCH_USER;
use super::token::TokenRefused;
use super::{Endpoint, Input, Rejection};
use crate::http::FrameworkProblem;
use crate::http::endpoint::PathValue;
use crate::http::extract::{BodyKind, ReadFields, RequestLanguage};
use crate::http::fields::{Fields, ValidationErrors};

/// The old and the new password.
#[derive(ToSchema)]
#[schema(as = PasswordChange)]
pub(super) struct Passwords {
    /// The account's password.
    #[schema(value_type = String, format = Password, example = "Engine1843")]
    old_password: Password,
    /// At least 8 characters, and at most 1024 bytes.
    #[schema(value_type = String, format = Password, min_length = 8, example = "Notes1842")]
    new_password: NewPassword,
}

impl ReadFields for Passwords {
    const BODY: BodyKind = BodyKind::Json;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let old_password = fields.body("old_password", password());
        let new_password = fields.body("new_password", new_password());
        fields.finish(|| Some(Self { old_password: old_password?, new_password: new_password? }))
    }
}

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    let endpoint = Endpoint::post("/user/change-password/{uuid}", change_password);
    asks_for_access(endpoint.called("users", "changePassword", "Change a password"))
        .about("One's own, or as an administrator any. The other sessions of the account end.")
        .leaving_other_methods()
        .limited(policy::CHANGE_PASSWORD)
        .path_value(PathValue::text(UUID, "The id of a user"))
        .json::<Passwords>()
        .answers::<Done>(StatusCode::OK, "The password is changed")
        .refuses_for(
            "A value is missing or breaks a rule",
            [("json", FrameworkProblem::BodyUnreadable.into()), ("missing", missing("old_password"))],
        )
        .refuses_for(
            "The old password is wrong, or the access token is not good",
            [
                ("password", ChangePasswordError::WrongPassword.into()),
                ("header", TokenRefused::NoHeader.into()),
                ("expired", TokenRefused::Expired.into()),
                ("revoked", TokenRefused::Revoked.into()),
            ],
        )
        .refuses("Another's account", ChangePasswordError::Forbidden)
        .refuses(NO_SUCH_USER, ChangePasswordError::NotFound)
}

async fn change_password(
    input: Input<Passwords, Keeper>,
    language: RequestLanguage,
    policy: web::Data<MobilePolicy>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let Keeper { actor, account } = input.admitted;
    let Passwords { old_password: old, new_password: new } = input.values;
    let input =
        ChangePasswordInput { actor, account, old, new, language: Some(language.or(policy.language)) };
    services.change_password.execute(input).await?;
    Ok(json(StatusCode::OK, &Done { message: SUCCESS }))
}
