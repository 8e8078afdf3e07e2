//! `GET /api/contacts/` (contacts contract 2.2).

use std::borrow::Cow;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use time::OffsetDateTime;
use vestibule_application::Services;
use vestibule_domain::page::{PageLimit, PageRequest};

use super::view::ContactView;
use crate::http::documented::AnyEndpoint;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, integer};
use crate::http::json;
use crate::http::middleware::PathLimit;
use crate::surfaces::contacts::Rejection;
use crate::surfaces::contacts::call::{Call, Limited};
use crate::surfaces::contacts::documented::{AuthenticatedEndpoint, LimitedEndpoint};
use crate::surfaces::contacts::policy;

/// Which part.
pub(in crate::surfaces::contacts) struct WantedPage(PageRequest);

impl Limited for WantedPage {
    const LIMIT: PathLimit = policy::TEN;

    fn path(&self) -> Cow<'static, str> {
        "/api/contacts".into()
    }
}

impl ReadFields for WantedPage {
    const BODY: BodyKind = BodyKind::None;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let skip = fields.query_or("skip", 0, integer().ge(0));
        let limit = fields.query_or("limit", 20, integer().ge(0).le(100));
        fields.finish(|| {
            let limit = u16::try_from(limit?).unwrap_or(u16::MAX);
            // What is beyond counting is past the end.
            let offset = u64::try_from(skip?).unwrap_or(u64::MAX);
            Some(Self(PageRequest { offset, limit: PageLimit::new(limit) }))
        })
    }
}

/// List one's contacts
///
/// In order of ids.
#[utoipa::path(
    get, path = "/api/contacts/", tag = "contacts", operation_id = "listContacts",
    security(("bearer" = [])),
    params(
        ("skip" = Option<u64>, Query, minimum = 0, description = "How many contacts come before; 0 by default"),
        ("limit" = Option<u16>, Query, minimum = 0, maximum = 100,
            description = "How many contacts to show at the most; 20 by default"),
    ),
    responses(
        AuthenticatedEndpoint, LimitedEndpoint, AnyEndpoint,
        (status = 200, description = "A part of the address book", body = Vec<ContactView>),
    )
)]
pub(in crate::surfaces::contacts) async fn list(
    call: Call<WantedPage>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let contacts = services.list_contacts.execute(&call.actor, call.values.0).await?;
    Ok(json(StatusCode::OK, &ContactView::list(contacts)))
}
