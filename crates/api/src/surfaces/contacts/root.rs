//! `GET /` (contacts contract 2.0).

use actix_web::web;

use super::auth::Message;
use super::documented::{LimitedEndpoint, PlainEndpoint};

/// A sign of life
#[utoipa::path(
    get, path = "/", tag = "root", operation_id = "root",
    responses(
        LimitedEndpoint, PlainEndpoint,
        (status = 200, description = "It works", body = Message, example = json!({"message": "It works!"})),
    )
)]
pub(super) async fn root() -> web::Json<Message> {
    web::Json(Message { message: "It works!" })
}
