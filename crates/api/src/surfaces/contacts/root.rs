//! `GET /` (contacts contract 2.0).

use actix_web::{HttpRequest, HttpResponse};

use super::auth::Message;
use super::{Endpoint, policy};
use crate::pages;
use actix_web::http::StatusCode;

const WORKS: Message = Message { message: "It works!" };

/// The endpoint.
pub(in crate::surfaces::contacts) fn endpoint() -> Endpoint {
    Endpoint::get("/", root).called("root", "root", "A sign of life").limited(policy::ROOT).answers_one_of(
        StatusCode::OK,
        "It works",
        [("", WORKS)],
    )
}

/// In development a browser is told what there is to see.
async fn root(request: HttpRequest) -> HttpResponse {
    pages::home(&request).unwrap_or_else(|| HttpResponse::Ok().json(WORKS))
}
