//! `GET /user/<uuid>` (mobile contract 2.6, decision 4).

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use vestibule_application::Services;
use vestibule_application::accounts::{DirectoryReader, ShowAccountError};
use vestibule_application::answers::Question;

use super::admission::{Target, UUID, asks_for_access, reader};
use super::answers::{OneUser, success};
use super::{Endpoint, Rejection};
use crate::http::endpoint::PathValue;
use crate::http::extract::Admission as _;
use crate::http::kept;

/// The path, as clients know it.
pub(super) const PATH: &str = "/user/{uuid}";
/// The router's pattern: a slash may be part of an id, which is then nobody's.
pub(super) const PATTERN: &str = "/user/{uuid:.+}";
/// What 404 means in the documents.
pub(super) const NO_SUCH_USER: &str = "There is no such user";

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    asks_for_access(Endpoint::get(PATH, show).called("users", "showUser", "Show a user"))
        .about("While the door `user_directory` is closed: oneself, or as an administrator.")
        .at(PATTERN)
        .path_value(PathValue::text(UUID, "The id of a user"))
        .answers::<OneUser>(StatusCode::OK, "The user")
        .refuses("Another's account", DirectoryReader::REFUSED)
        .refuses(NO_SUCH_USER, ShowAccountError::NotFound)
}

async fn show(request: HttpRequest, services: web::Data<Services>) -> Result<HttpResponse, Rejection> {
    let Target { actor, account } = Target::admit(&request).await?;
    // Oneself is shown without a proof.
    let reader = reader(&request, &actor).ok();
    let make = async || -> Result<HttpResponse, Rejection> {
        Ok(success(services.show_account.execute(&actor, reader, account).await?))
    };
    if actor.uuid != account {
        return make().await;
    }
    kept(&services.answers, Question::of_account(actor.account, "mobile user"), make).await
}
