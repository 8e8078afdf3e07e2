//! `/console/trash`.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use time::OffsetDateTime;
use vestibule_application::trash::BrowseTrashInput;
use vestibule_application::{Deps, Services};
use vestibule_domain::trash::{TrashId, TrashPlace};

use super::Rejection;
use super::desk::Desk;
use super::done::Done;
use super::page::{Page, answer};
use super::place;
use super::policy::{ConsolePolicy, PAGE};
use super::texts::{called, shortened};
use super::times::{Moment, days_left};
use super::values::Values;

#[derive(Template)]
#[template(path = "console/trash.html")]
struct TrashPage {
    page: Page,
    done: Option<&'static str>,
    total: u64,
    is_first: bool,
    /// The query of the entries that follow.
    next: Option<String>,
    entries: Vec<Entry>,
}

/// A row of the table.
struct Entry {
    account: String,
    name: String,
    at: Moment,
    by: Option<String>,
    reason: String,
    /// `None` where accounts stay for ever.
    days_left: Option<u64>,
}

pub(super) async fn show(
    desk: Desk,
    values: Values,
    services: web::Data<Services>,
    deps: web::Data<Deps>,
    policy: web::Data<ConsolePolicy>,
) -> Result<HttpResponse, Rejection> {
    let administrator = desk.administrator()?;
    let after = trash_place(values.as_typed("after"));
    let input = BrowseTrashInput { administrator, after, limit: u64::from(PAGE) };
    let found = services.browse_trash.execute(input).await?;
    let now = deps.clock.now();
    let entries = found.items.into_iter().map(|entry| Entry {
        account: entry.account.0.to_string(),
        name: called(entry.username.as_ref(), entry.email.as_ref())
            .map_or_else(|| entry.account.0.to_string(), str::to_owned),
        at: entry.deleted_at.into(),
        by: entry.deleted_by.map(|by| by.0.to_string()),
        reason: shortened(entry.reason),
        days_left: policy.trash.map(|life| days_left(entry.deleted_at, life, now)),
    });
    let words = desk.page.words;
    let shown = TrashPage {
        page: desk.page.titled(words.trash).within("/trash"),
        done: Done::of(values.as_typed("done")).map(words.done),
        total: services.show_overview.execute(desk.steward).await?.trashed,
        is_first: after.is_none(),
        next: found.next.map(next),
        entries: entries.collect(),
    };
    Ok(answer(StatusCode::OK, &shown))
}

/// The query of the entries after this place.
fn next(last: TrashPlace) -> String {
    format!("?after={}", place::word(last.deleted_at, last.id.0))
}

/// The place that a query names; `None` for any other text, which begins with the oldest entry.
fn trash_place(text: &str) -> Option<TrashPlace> {
    let (at, id) = place::read(text)?;
    // Databases know no time before this one.
    Some(TrashPlace { deleted_at: at.max(OffsetDateTime::UNIX_EPOCH), id: TrashId(id) })
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_place_reads_back() {
        let last = TrashPlace { deleted_at: datetime!(2026-01-02 03:04:05.678901 UTC), id: TrashId(7) };
        assert_eq!(trash_place(next(last).rsplit('=').next().unwrap()), Some(last));
        for text in ["", "1", "x.1", "1.x"] {
            assert_eq!(trash_place(text), None, "{text}");
        }
    }
}
