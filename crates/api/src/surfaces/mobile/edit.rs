//! `PATCH /user/<uuid>` (mobile contract 2.8, decisions 4 and 7).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde_json::Value;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::accounts::{
    Administrator, Change, DirectoryReader, EditMobileError, EditMobileInput, OwnerOrAdministrator,
    ShowAccountError,
};
use vestibule_domain::accounts::{EmailAddress, Gender, MobileNumber, Username};

use super::admission::{Keeper, UUID, asks_for_access};
use super::answers::{OneUser, success};
use super::dialect::missing;
use super::rules::{email, gender, mobile, status, username};
use super::show::{NO_SUCH_USER, PATH, PATTERN};
use super::{Endpoint, Input, Rejection};
use crate::http::endpoint::PathValue;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fault, Fields, Item, Patch, Rule as _, ValidationErrors};
use crate::http::{FrameworkProblem, Problem};

/// What is to change. What is left out stays.
#[derive(ToSchema)]
#[schema(as = UserChange)]
pub(super) struct UserChange {
    /// The name that identifies, whatever its letter case.
    #[schema(value_type = Option<String>, max_length = 255, example = "ada")]
    username: Option<Username>,
    /// Address; `null` takes it away.
    #[schema(value_type = Option<String>, format = Email, example = "ada@example.com")]
    email: Patch<EmailAddress>,
    /// Mobile number: 3 to 20 digits, perhaps after a `+`.
    #[schema(value_type = Option<String>, example = "01700000001")]
    mobile: Option<MobileNumber>,
    /// `Male` or `Female`, in any letter case; `null` takes it away.
    #[schema(value_type = Option<String>, example = "Female")]
    gender: Patch<Gender>,
    /// Whether the account is active. Administrators decide that; of others it is not looked at.
    #[schema(value_type = Option<bool>, example = true)]
    status: Option<Result<bool, Fault>>,
}

impl ReadFields for UserChange {
    const BODY: BodyKind = BodyKind::Json;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        // `null` is no name and no number.
        let username = fields.body_or("username", None, username().refine(|username| Ok(Some(username))));
        let email = fields.body_optional("email", email());
        let mobile = fields.body_or("mobile", None, mobile().refine(|mobile| Ok(Some(mobile))));
        let gender = fields.body_optional("gender", gender());
        let status = fields.body_or("status", None, status().refine(|status| Ok(Some(status))));
        fields.finish(|| {
            Some(Self {
                username: username?,
                email: email?,
                mobile: mobile?,
                gender: gender?,
                status: status?,
            })
        })
    }
}

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    asks_for_access(Endpoint::patch(PATH, edit).called("users", "editUser", "Change a user"))
        .about("Oneself, or as an administrator any. An own value that stays as it is is no duplicate.")
        .at(PATTERN)
        .path_value(PathValue::text(UUID, "The id of a user"))
        .json::<UserChange>()
        .answers::<OneUser>(StatusCode::OK, "The user is changed")
        .refuses_for(
            "A value breaks a rule or is taken",
            [
                ("json", FrameworkProblem::BodyUnreadable.into()),
                ("missing", missing("username")),
                ("username", EditMobileError::UsernameTaken.into()),
                ("email", EditMobileError::EmailTaken.into()),
                ("mobile", EditMobileError::MobileTaken.into()),
                ("last", EditMobileError::LastAdmin.into()),
            ],
        )
        .refuses("Another's account", DirectoryReader::REFUSED)
        .refuses(NO_SUCH_USER, ShowAccountError::NotFound)
}

async fn edit(
    input: Input<UserChange, Keeper>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let Keeper { actor, account } = input.admitted;
    let UserChange { username, email, mobile, gender, status } = input.values;
    let active = match (status, Administrator::with_role(&actor)) {
        (Some(status), Ok(administrator)) => Some((administrator, status.map_err(bad_status)?)),
        (None, _) | (_, Err(_)) => None,
    };
    let input = EditMobileInput {
        who: OwnerOrAdministrator::of(&actor, account)?,
        username,
        email: change(email),
        mobile,
        gender: change(gender),
        active,
    };
    Ok(success(services.edit_mobile.execute(input).await?))
}

fn change<T>(patch: Patch<T>) -> Change<T> {
    match patch {
        Patch::Absent => Change::Keep,
        Patch::Null => Change::Clear,
        Patch::Value(value) => Change::Set(value),
    }
}

fn bad_status(fault: Fault) -> Rejection {
    let errors = ValidationErrors::from(Item::new(["body", "status"], fault, Value::Null));
    Rejection::new(Problem::from(errors))
}
