//! `DELETE /user/<uuid>` (mobile contract 2.10, decisions 4 and 9).

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::accounts::{DirectoryReader, OwnerOrAdministrator, ShowAccountError};
use vestibule_application::trash::{RemoveOwnAccountError, TrashAccountInput};

use super::admission::{Keeper, UUID, asks_for_access};
use super::json::json;
use super::show::{NO_SUCH_USER, PATH, PATTERN};
use super::{Endpoint, Rejection};
use crate::http::endpoint::PathValue;
use crate::http::extract::Admission as _;

/// What was done.
#[derive(Serialize, ToSchema)]
struct Removed {
    /// In words.
    #[schema(example = "User deleted.")]
    message: &'static str,
    /// The status, once more.
    #[schema(example = 200)]
    status: u16,
}

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    asks_for_access(Endpoint::delete(PATH, remove).called("users", "deleteUser", "Delete a user"))
        .about(
            "One's own account is removed for good, and its name and number are free. An administrator moves another's\n\
             into the trash.",
        )
        .at(PATTERN)
        .path_value(PathValue::text(UUID, "The id of a user"))
        .answers::<Removed>(StatusCode::OK, "The user is deleted")
        .refuses("The last administrator stays", RemoveOwnAccountError::LastAdmin)
        .refuses("Another's account", DirectoryReader::REFUSED)
        .refuses(NO_SUCH_USER, ShowAccountError::NotFound)
}

async fn remove(request: HttpRequest, services: web::Data<Services>) -> Result<HttpResponse, Rejection> {
    let Keeper { actor, account } = Keeper::admit(&request).await?;
    if account == actor.uuid {
        services.remove_own_account.execute(&actor).await?;
    } else {
        let who = OwnerOrAdministrator::of(&actor, account)?;
        services.trash_account.execute(TrashAccountInput { who, reason: String::new() }).await?;
    }
    Ok(json(StatusCode::OK, &Removed { message: "User deleted.", status: 200 }))
}
