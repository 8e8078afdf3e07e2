//! `GET /api/v1/trash/` (admin contract 2.10).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::accounts::Administrator;
use vestibule_application::trash::ListTrashInput;
use vestibule_application::{Actor, Services};
use vestibule_domain::page::{PageLimit, PageRequest};
use vestibule_domain::trash::TrashEntry;

use crate::http::endpoint::{QueryValue, broken_rules};
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fastapi::integer;
use crate::http::fields::{Fields, RequestValues, ValidationErrors};
use crate::http::json;
use crate::surfaces::admin::rules::written;
use crate::surfaces::admin::view::{WantedPage, neighbours};
use crate::surfaces::admin::{Endpoint, Input, Rejection};

impl ReadFields for WantedPage {
    const BODY: BodyKind = BodyKind::None;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let page = fields.query_or("page", 1, integer().ge(1));
        let per_page = fields.query_or("per_page", 10, integer().ge(1).le(20));
        fields.finish(|| Some(Self::new(page?, per_page?)))
    }
}

/// A page of the trash.
#[derive(Serialize, ToSchema)]
struct TrashPage {
    /// How many accounts there are on all pages.
    total: u64,
    /// `true` if there is a page before, else `null`.
    has_previous: Option<bool>,
    /// `true` if there is a page after, else `null`.
    has_next: Option<bool>,
    /// What lies there, the oldest first.
    data: Vec<TrashItem>,
}

/// An account in the trash.
#[derive(Serialize, ToSchema)]
struct TrashItem {
    /// Id of the entry.
    #[schema(example = "1")]
    id: String,
    /// Id of the account.
    #[schema(example = "5f0c5d5e-6a52-4f0e-9a8b-1c2d3e4f5a6b")]
    user_id: String,
    /// Id of the account that moved it there; `null` if that was the operator, or is removed.
    deleted_by: Option<String>,
    /// When, in UTC.
    #[schema(example = "2025-02-10T11:22:19.096000")]
    deleted_at: String,
    /// Why.
    #[schema(example = "asked for it")]
    reason: String,
}

impl From<TrashEntry> for TrashItem {
    fn from(entry: TrashEntry) -> Self {
        Self {
            id: entry.id.0.to_string(),
            user_id: entry.account.0.to_string(),
            deleted_by: entry.deleted_by.map(|by| by.0.to_string()),
            deleted_at: written(entry.deleted_at),
            reason: entry.reason,
        }
    }
}

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/api/v1/trash/", list)
        .called("trash", "listTrash", "List the trash")
        .bearer()
        .query_value(QueryValue::at_least(1, "page", "Number of the page").or_else(1))
        .query_value(QueryValue::within(1..=20, "per_page", "How many entries a page holds").or_else(10))
        .answers::<TrashPage>(StatusCode::OK, "A page")
        .refuses("No administrator", Administrator::REFUSED)
        .refuses(
            "The values break rules",
            broken_rules::<WantedPage>(&RequestValues::of_query("per_page=21")),
        )
}

async fn list(
    input: Input<WantedPage, Actor>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let administrator = Administrator::with_role(&input.admitted)?;
    let WantedPage { page, per_page } = input.values;
    let request = PageRequest::numbered(page, PageLimit::new(per_page));
    let found = services.list_trash.execute(ListTrashInput { administrator, page: request }).await?;
    let (has_previous, has_next) = neighbours(page, per_page, found.total);
    let data = found.items.into_iter().map(TrashItem::from).collect();
    Ok(json(StatusCode::OK, &TrashPage { total: found.total, has_previous, has_next, data }))
}
