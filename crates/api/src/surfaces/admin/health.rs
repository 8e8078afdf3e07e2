//! `GET /health` (admin contract 2.1).

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Endpoint, policy};

/// A sign of life.
#[derive(Serialize, ToSchema)]
struct Health {
    /// In words.
    status: &'static str,
}

const HEALTHY: Health = Health { status: "I am healthy" };

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/health", health)
        .called("health", "health", "A sign of life")
        .about("Nothing is asked of any service. For load balancers there are `/health/live` and `/health/ready`.")
        .limited(policy::HEALTH)
        .answers_one_of(StatusCode::OK, "The process answers", [("", HEALTHY)])
}

async fn health() -> web::Json<Health> {
    web::Json(HEALTHY)
}
