//! `GET /api/v1/auth/users/{user_id}` (admin contract 2.7).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use time::OffsetDateTime;
use vestibule_application::accounts::{Administrator, ShowDirectoryEntryError};
use vestibule_application::answers::Question;
use vestibule_application::{Actor, Services};

use super::NOT_THEIRS;
use crate::http::endpoint::PathValue;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, string};
use crate::http::{json, kept};
use crate::surfaces::admin::rules::owner_or_administrator;
use crate::surfaces::admin::view::User;
use crate::surfaces::admin::{Endpoint, Input, Rejection};

/// Which account.
struct Wanted(String);

impl ReadFields for Wanted {
    const BODY: BodyKind = BodyKind::None;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let id = fields.path("user_id", string());
        fields.finish(|| id.map(Self))
    }
}

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/api/v1/auth/users/{user_id}", show)
        .called("users", "showUser", "Show an account")
        .bearer()
        .path_value(PathValue::text("user_id", "Id of the account"))
        .answers::<User>(StatusCode::OK, "The account")
        .refuses(NOT_THEIRS, Administrator::REFUSED)
        .refuses("There is no such account, or it is in the trash", ShowDirectoryEntryError::NotFound)
}

async fn show(input: Input<Wanted, Actor>, services: web::Data<Services>) -> Result<HttpResponse, Rejection> {
    let who = owner_or_administrator(&input.admitted, &input.values.0)?;
    let is_own = who.target() == input.admitted.uuid;
    let make = async || -> Result<HttpResponse, Rejection> {
        let account = services.show_directory_entry.execute(who).await?;
        Ok(json(StatusCode::OK, &User::from(account)))
    };
    if !is_own {
        return Box::pin(make()).await;
    }
    kept(&services.answers, Question::of_account(input.admitted.account, "admin user"), make).await
}
