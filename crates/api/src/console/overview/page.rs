//! The page.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use vestibule_application::overview::Overview;
use vestibule_application::{Deps, Services};

use super::counts::{Section, sections};
use crate::console::Rejection;
use crate::console::desk::Desk;
use crate::console::page::{Page, answer};
use crate::health::{OutboxState, Probes, what_is_down};

#[derive(Template)]
#[template(path = "console/overview.html")]
struct OverviewPage {
    page: Page,
    /// `None` while the store does not answer.
    numbers: Option<Overview>,
    /// Likewise.
    sections: Option<Vec<Section>>,
    /// What does not answer, by the names of the probe.
    down: Vec<&'static str>,
}

pub(in crate::console) async fn show(
    desk: Desk,
    services: web::Data<Services>,
    deps: web::Data<Deps>,
    probes: web::Data<Probes>,
    outbox: web::Data<OutboxState>,
) -> HttpResponse {
    let down = what_is_down(&deps, &probes, &outbox).await;
    let numbers = unless_failed(services.show_overview.execute(desk.steward).await);
    let statistics = unless_failed(services.show_statistics.execute(desk.steward).await);
    let sections = statistics.map(|statistics| sections(&statistics, desk.page.words));
    let page = desk.page.titled(desk.page.words.overview);
    answer(StatusCode::OK, &OverviewPage { page, numbers, sections, down })
}

/// What a use case answers. Only the log says why there is nothing.
fn unless_failed<T, E>(answer: Result<T, E>) -> Option<T>
where
    Rejection: From<E>,
{
    answer.map_err(Rejection::from).ok()
}
