//! `/console/system`: what runs, and on what.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use vestibule_application::Deps;
use vestibule_settings::{Door, Settings};

use super::Rejection;
use super::desk::Desk;
use super::page::{Page, answer};
use crate::health::{OutboxState, Probes, parts};

/// What does not change while the process runs.
pub(super) struct System {
    environment: String,
    /// The last change of the schema; `None` without a database.
    schema: Option<String>,
    /// As `vestibule config show` prints them: secrets are left out.
    settings: String,
    doors: Vec<&'static str>,
}

impl System {
    pub(super) fn new(settings: &Settings, schema: Option<String>) -> Self {
        Self {
            environment: settings.environment.to_string(),
            schema,
            settings: settings.show(),
            doors: settings.doors.open().map(Door::key).collect(),
        }
    }
}

#[derive(Template)]
#[template(path = "console/system.html")]
struct SystemPage<'a> {
    page: Page,
    parts: [(&'static str, bool); 4],
    version: &'static str,
    system: &'a System,
}

pub(super) async fn show(
    desk: Desk,
    deps: web::Data<Deps>,
    probes: web::Data<Probes>,
    outbox: web::Data<OutboxState>,
    system: web::Data<System>,
) -> Result<HttpResponse, Rejection> {
    desk.administrator()?;
    let shown = SystemPage {
        page: desk.page.titled(desk.page.words.system_page).within("/system"),
        parts: parts(&deps, &probes, &outbox).await,
        version: env!("CARGO_PKG_VERSION"),
        system: &system,
    };
    Ok(answer(StatusCode::OK, &shown))
}
