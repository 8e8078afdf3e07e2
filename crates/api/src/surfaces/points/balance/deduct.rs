//! `PUT /api/users/points/deduct` (points contract 2.10).

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use vestibule_application::Services;
use vestibule_application::points::ChangePointsError;
use vestibule_domain::points::PointsKind;

use super::change::{BalanceChange, change, described, told};
use crate::http::extract::NotAuthenticated;
use crate::surfaces::points::policy::PointsPolicy;
use crate::surfaces::points::{Endpoint, Input, Message, Rejection};

const PATH: &str = "/api/users/points/deduct";
const SCOPE: &str = "PUT /api/users/points/deduct";
const DONE: Message = Message::of("5 points deducted from Ada successfully");

/// The endpoint.
pub(in crate::surfaces::points) fn endpoint() -> Endpoint {
    let endpoint = Endpoint::put(PATH, deduct)
        .called("points", "deductPoints", "Deduct points")
        .about("A balance is never negative.");
    described(endpoint)
        .refuses_for(
            "No access token, or not a good one; or the balance is smaller",
            [("token", NotAuthenticated.into()), ("balance", ChangePointsError::Insufficient.into())],
        )
        .answers_one_of(StatusCode::OK, "The balance is changed", [("", DONE)])
}

async fn deduct(
    request: HttpRequest,
    input: Input<BalanceChange>,
    services: web::Data<Services>,
    policy: web::Data<PointsPolicy>,
) -> Result<web::Json<Message>, Rejection> {
    let changed = change(PointsKind::Deduct, SCOPE, &request, input.values, &services, &policy).await?;
    Ok(web::Json(Message { message: told(changed, "deducted from").into() }))
}
