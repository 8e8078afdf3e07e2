//! `DELETE /api/v1/auth/users/{user_id}` (admin contract 2.9).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use time::OffsetDateTime;
use vestibule_application::accounts::Administrator;
use vestibule_application::trash::{TrashAccountError, TrashAccountInput};
use vestibule_application::{Actor, Services};

use super::NOT_THEIRS;
use crate::http::endpoint::{PathValue, QueryValue};
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, string};
use crate::surfaces::admin::rules::owner_or_administrator;
use crate::surfaces::admin::{Endpoint, Input, Rejection};

/// Which account, and why.
struct Removal {
    id: String,
    reason: String,
}

impl ReadFields for Removal {
    const BODY: BodyKind = BodyKind::None;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let id = fields.path("user_id", string());
        let reason = fields.query("reason", string().without_nul());
        fields.finish(|| Some(Self { id: id?, reason: reason? }))
    }
}

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    Endpoint::delete("/api/v1/auth/users/{user_id}", remove)
        .called("users", "removeUser", "Move an account into the trash")
        .about("It cannot sign in any more, and its tokens end at once.")
        .bearer()
        .path_value(PathValue::text("user_id", "Id of the account"))
        .query_value(QueryValue::text("reason", "Why; any text").required())
        .answers_nothing(StatusCode::NO_CONTENT, "The account is in the trash")
        .refuses(NOT_THEIRS, Administrator::REFUSED)
        .refuses("There is no such account", TrashAccountError::NotFound)
        .refuses_for(
            "The account stays",
            [
                ("trash", TrashAccountError::AlreadyInTrash.into()),
                ("last", TrashAccountError::LastAdmin.into()),
            ],
        )
}

async fn remove(
    input: Input<Removal, Actor>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let Removal { id, reason } = input.values;
    let who = owner_or_administrator(&input.admitted, &id)?;
    services.trash_account.execute(TrashAccountInput { who, reason }).await?;
    Ok(HttpResponse::NoContent().finish())
}
