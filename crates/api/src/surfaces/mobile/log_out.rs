//! `GET` and `POST /user/logout/` (mobile contract 2.5, decision 6).

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::sessions::LogOutInput;

use super::admission::{Caller, asks_for_access};
use super::json::json;
use super::{Endpoint, Rejection};
use crate::http::extract::Admission as _;

/// Who is logged out.
#[derive(Serialize, ToSchema)]
struct LoggedOut {
    /// In words.
    #[schema(example = "User ada successfully logged out.")]
    message: String,
}

const PATH: &str = "/user/logout/";

/// The endpoint as published, and the one that changes nothing on `GET`.
pub(super) fn endpoints() -> [Endpoint; 2] {
    let get = Endpoint::get(PATH, log_out).without_head();
    [
        described(get, "logOut", "Log out"),
        described(Endpoint::post(PATH, log_out), "logOutByPost", "Log out, by the method that says so"),
    ]
}

fn described(endpoint: Endpoint, operation: &'static str, summary: &'static str) -> Endpoint {
    asks_for_access(endpoint.called("users", operation, summary))
        .about("The session ends: its access and refresh tokens are refused from then on.")
        .leaving_other_methods()
        .answers::<LoggedOut>(StatusCode::OK, "The session is over")
}

async fn log_out(request: HttpRequest, services: web::Data<Services>) -> Result<HttpResponse, Rejection> {
    let Caller(actor) = Caller::admit(&request).await?;
    let account = services.show_account.own(&actor).await?;
    services.log_out.execute(LogOutInput { session: actor.session }).await?;
    // Who came through another surface may have no name.
    let named = account.username.map(|username| username.to_string());
    let named = named.or_else(|| account.email.map(|email| email.to_string()));
    let named = named.unwrap_or_else(|| account.uuid.0.to_string());
    let message = format!("User {named} successfully logged out.");
    Ok(json(StatusCode::OK, &LoggedOut { message }))
}
