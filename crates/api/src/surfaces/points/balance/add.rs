//! `PUT /api/users/points/add` (points contract 2.9).

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use vestibule_application::Services;
use vestibule_domain::points::PointsKind;

use super::change::{BalanceChange, change, described, told};
use crate::surfaces::points::policy::PointsPolicy;
use crate::surfaces::points::{Endpoint, Input, Message, Rejection};

const PATH: &str = "/api/users/points/add";
const SCOPE: &str = "PUT /api/users/points/add";
const DONE: Message = Message::of("5 points added to Ada successfully");

/// The endpoint.
pub(in crate::surfaces::points) fn endpoint() -> Endpoint {
    let endpoint = Endpoint::put(PATH, add)
        .called("points", "addPoints", "Add points")
        .about("While the door `self_credit` is closed only administrators add points.");
    described(endpoint).answers_one_of(StatusCode::OK, "The balance is changed", [("", DONE)])
}

async fn add(
    request: HttpRequest,
    input: Input<BalanceChange>,
    services: web::Data<Services>,
    policy: web::Data<PointsPolicy>,
) -> Result<web::Json<Message>, Rejection> {
    let changed = change(PointsKind::Add, SCOPE, &request, input.values, &services, &policy).await?;
    Ok(web::Json(Message { message: told(changed, "added to").into() }))
}
