//! `DELETE /api/v1/trash/permanent/delete/{user_id}` (admin contract 2.13, decision 7).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use vestibule_application::accounts::Administrator;
use vestibule_application::trash::{RemoveAccountError, RemoveAccountInput};
use vestibule_application::{Actor, Services};

use super::Wanted;
use crate::http::endpoint::PathValue;
use crate::surfaces::admin::rules::account;
use crate::surfaces::admin::{Endpoint, Input, Rejection};

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    Endpoint::delete("/api/v1/trash/permanent/delete/{user_id}", remove)
        .called("trash", "removeForGood", "Remove an account for good")
        .about("With all that belongs to it. Its address and its name are free again.")
        .bearer()
        .path_value(PathValue::text("user_id", "Id of the account"))
        .answers_nothing(StatusCode::NO_CONTENT, "The account is gone")
        .refuses("No administrator", Administrator::REFUSED)
        .refuses("There is no such account in the trash", RemoveAccountError::NotInTrash)
}

async fn remove(
    input: Input<Wanted, Actor>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let administrator = Administrator::with_role(&input.admitted)?;
    let account = account(&input.values.0);
    services.remove_account.execute(RemoveAccountInput { administrator, account }).await?;
    Ok(HttpResponse::NoContent().finish())
}
