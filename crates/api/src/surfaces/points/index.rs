//! `GET /api/` (points contract 2.2).

use actix_web::http::StatusCode;
use actix_web::web;

use super::{Endpoint, Message};

const WORKS: Message = Message::of("I am working good !");

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/api/", index).called("index", "index", "A sign of life").answers_one_of(
        StatusCode::OK,
        "It works",
        [("", WORKS)],
    )
}

async fn index() -> web::Json<Message> {
    web::Json(WORKS)
}
