//! `GET /` (contacts contract 2.0).

use actix_web::web;

use super::auth::Message;
use super::{Endpoint, policy};
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

async fn root() -> web::Json<Message> {
    web::Json(WORKS)
}
