//! Probes for load balancers and containers.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use vestibule_application::Deps;

use crate::http::{Plain, get_or_head, resource};

/// Mounts `GET /health/live` and `GET /health/ready`.
pub(crate) fn configure(app: &mut web::ServiceConfig) {
    app.service(resource::<Plain>("/health/live", "GET, HEAD").route(get_or_head().to(live)))
        .service(resource::<Plain>("/health/ready", "GET, HEAD").route(get_or_head().to(ready)));
}

#[derive(Serialize)]
struct Liveness {
    status: &'static str,
}

/// The process answers. Nothing else is asked.
async fn live() -> web::Json<Liveness> {
    web::Json(Liveness { status: "up" })
}

#[derive(Serialize)]
struct Readiness {
    status: &'static str,
    checks: Checks,
}

#[derive(Serialize)]
struct Checks {
    database: &'static str,
    cache: &'static str,
}

/// Each part that the server needs answers; 503 names the one that does not.
async fn ready(deps: web::Data<Deps>) -> HttpResponse {
    let (database, cache) = futures::join!(deps.store.ping(), deps.cache.ping());
    let failed = [
        database.as_ref().err().map(|error| error as &dyn std::error::Error),
        cache.as_ref().err().map(|error| error as &dyn std::error::Error),
    ];
    for error in failed.into_iter().flatten() {
        tracing::warn!(error, "not ready");
    }
    let word = |up: bool| if up { "up" } else { "down" };
    let up = database.is_ok() && cache.is_ok();
    let body = Readiness {
        status: word(up),
        checks: Checks { database: word(database.is_ok()), cache: word(cache.is_ok()) },
    };
    if up { HttpResponse::Ok().json(body) } else { HttpResponse::ServiceUnavailable().json(body) }
}
