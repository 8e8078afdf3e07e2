//! `PUT /api/v1/auth/users/{user_id}` (admin contract 2.8, decision 8).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde_json::{Value, json};
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::accounts::{Administrator, EditAccountError, EditAccountInput};
use vestibule_application::{Actor, Services};
use vestibule_domain::accounts::{EmailAddress, Username};

use super::NOT_THEIRS;
use crate::http::endpoint::{PathValue, broken_rules};
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, Given, Report, RequestValues, Rule, ValidationErrors, email, string};
use crate::http::json as answer;
use crate::surfaces::admin::rules::{owner_or_administrator, username};
use crate::surfaces::admin::view::User;
use crate::surfaces::admin::{Endpoint, Input, Rejection};

/// What is to change; at least one of both.
#[derive(ToSchema)]
#[expect(dead_code, reason = "a shape for the documents; `Edit` reads it")]
struct UserToChange {
    /// The new address; kept in small letters.
    #[schema(format = Email, example = "ada@example.org")]
    email: Option<String>,
    /// The new name; kept in small letters.
    #[schema(min_length = 1, max_length = 255, example = "countess")]
    username: Option<String>,
}

/// What is to change of which account.
struct Edit {
    id: String,
    email: Option<EmailAddress>,
    username: Option<Username>,
}

impl ReadFields for Edit {
    const BODY: BodyKind = BodyKind::Json;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let id = fields.path("user_id", string());
        // Looked at before the values are judged, as the original does.
        let mut is_given = |name| {
            let given = fields.body_or(name, false, Truth);
            given.is_none_or(|given| given)
        };
        if !is_given("email") & !is_given("username") {
            fields.refuse_body("At least one of 'email' or 'username' must be provided.");
            return fields.finish(|| None);
        }
        let email = fields.body_optional("email", email());
        let username = fields.body_optional("username", username());
        fields.finish(|| Some(Self { id: id?, email: email?.value(), username: username?.value() }))
    }
}

/// Whether a value counts as given, which is whether Python takes it for true.
struct Truth;

impl Rule for Truth {
    type Output = bool;

    fn read(&self, given: Given<'_>, _: &mut Report<'_>) -> Option<bool> {
        Some(match given {
            Given::Text(text) => !text.is_empty(),
            Given::Json(Value::Null) => false,
            Given::Json(Value::Bool(value)) => *value,
            Given::Json(Value::Number(number)) => number.as_f64() != Some(0.0),
            Given::Json(Value::String(text)) => !text.is_empty(),
            Given::Json(Value::Array(items)) => !items.is_empty(),
            Given::Json(Value::Object(items)) => !items.is_empty(),
        })
    }
}

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    Endpoint::put("/api/v1/auth/users/{user_id}", edit)
        .called("users", "editUser", "Change the address or the name of an account")
        .about("One's own values are no conflict.")
        .bearer()
        .path_value(PathValue::text("user_id", "Id of the account"))
        .json::<UserToChange>()
        .answers::<User>(StatusCode::OK, "The account as it is now")
        .refuses(NOT_THEIRS, Administrator::REFUSED)
        .refuses("There is no such account, or it is in the trash", EditAccountError::NotFound)
        .refuses_for(
            "Another account has the address or the name",
            [
                ("email", EditAccountError::EmailTaken.into()),
                ("username", EditAccountError::UsernameTaken.into()),
            ],
        )
        .refuses(
            "The values break rules",
            broken_rules::<Edit>(&RequestValues {
                path: vec![("user_id", "1".to_owned())],
                ..RequestValues::of_json(json!({}))
            }),
        )
}

async fn edit(input: Input<Edit, Actor>, services: web::Data<Services>) -> Result<HttpResponse, Rejection> {
    let Edit { id, email, username } = input.values;
    let who = owner_or_administrator(&input.admitted, &id)?;
    let account = services.edit_account.execute(EditAccountInput { who, email, username }).await?;
    Ok(answer(StatusCode::OK, &User::from(account)))
}
