//! Probes for load balancers and containers.

mod outbox_state;
mod shared_answer;

use actix_web::{HttpResponse, web};
use serde::Serialize;
use vestibule_application::Deps;

pub(crate) use self::outbox_state::{OutboxState, Waiting};
use self::shared_answer::SharedAnswer;
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

/// Answers that the process runs. No part of the server is asked.
async fn live() -> web::Json<Liveness> {
    web::Json(Liveness { status: UP })
}

#[derive(Serialize)]
struct Readiness {
    status: &'static str,
    checks: Checks,
    messages: Messages,
}

#[derive(Serialize)]
struct Checks {
    database: &'static str,
    writes: &'static str,
    cache: &'static str,
    media: &'static str,
}

impl Checks {
    fn all(&self) -> [(&'static str, bool); 4] {
        let Self { database, writes, cache, media } = *self;
        let all = [("database", database), ("writes", writes), ("cache", cache), ("media", media)];
        all.map(|(part, state)| (part, state == UP))
    }

    fn down(&self) -> impl Iterator<Item = &'static str> {
        self.all().into_iter().filter(|(_, is_up)| !is_up).map(|(part, _)| part)
    }
}

/// The checks that cost something: a durable write and a call of the object store.
pub(crate) struct Probes {
    writes: SharedAnswer,
    media: SharedAnswer,
}

impl Probes {
    pub(crate) fn new() -> Self {
        Self { writes: SharedAnswer::of("writes"), media: SharedAnswer::of("media") }
    }
}

/// States that an operator should look at although the server is ready.
#[derive(Serialize)]
struct Messages {
    /// Messages that were given up. `null` while the database does not answer.
    parked: Option<u64>,
}

/// Answers 200 if every part that the server needs answers and the database takes writes. 503 names the part that does
/// not.
async fn ready(
    deps: web::Data<Deps>,
    probes: web::Data<Probes>,
    outbox: web::Data<OutboxState>,
) -> HttpResponse {
    let (checks, messages) = look(&deps, &probes, &outbox).await;
    if checks.down().next().is_none() {
        HttpResponse::Ok().json(Readiness { status: UP, checks, messages })
    } else {
        HttpResponse::ServiceUnavailable().json(Readiness { status: DOWN, checks, messages })
    }
}

/// The names of the parts that do not answer, or that take no writes.
pub(crate) async fn what_is_down(deps: &Deps, probes: &Probes, outbox: &OutboxState) -> Vec<&'static str> {
    look(deps, probes, outbox).await.0.down().collect()
}

/// The parts that the server needs, and whether each answers.
pub(crate) async fn parts(deps: &Deps, probes: &Probes, outbox: &OutboxState) -> [(&'static str, bool); 4] {
    look(deps, probes, outbox).await.0.all()
}

async fn look(deps: &Deps, probes: &Probes, outbox: &OutboxState) -> (Checks, Messages) {
    let database = async {
        let database = state("database", deps.store.ping().await);
        // One that does not answer is asked no more.
        if database == DOWN {
            return (DOWN, DOWN, None);
        }
        let (takes_writes, parked) =
            futures::join!(probes.writes.get(deps.store.probe_writes()), outbox.parked());
        (UP, if takes_writes { UP } else { DOWN }, parked)
    };
    let ((database, writes, parked), cache, media) =
        futures::join!(database, deps.cache.ping(), probes.media.get(deps.objects.ping()));
    let (cache, media) = (state("cache", cache), if media { UP } else { DOWN });
    (Checks { database, writes, cache, media }, Messages { parked })
}

const UP: &str = "up";
const DOWN: &str = "down";

/// The state of a part. Only the log says why a part is down.
fn state<E: std::error::Error + 'static>(part: &'static str, answer: Result<(), E>) -> &'static str {
    match answer {
        Ok(()) => UP,
        Err(error) => {
            tracing::warn!(part, error = &error as &dyn std::error::Error, "not ready");
            DOWN
        }
    }
}
