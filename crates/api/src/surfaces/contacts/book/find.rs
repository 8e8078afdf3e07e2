//! `GET /api/contacts/{query}` (contacts contract 2.5).

use std::borrow::Cow;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use time::OffsetDateTime;
use vestibule_application::Services;

use super::view::ContactView;
use crate::http::documented::AnyEndpoint;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, string};
use crate::http::json;
use crate::http::middleware::PathLimit;
use crate::surfaces::contacts::Rejection;
use crate::surfaces::contacts::call::{Call, Limited};
use crate::surfaces::contacts::documented::{AuthenticatedEndpoint, ContactEndpoint, LimitedEndpoint};
use crate::surfaces::contacts::policy;

/// What is searched for.
pub(in crate::surfaces::contacts) struct WantedText(String);

impl Limited for WantedText {
    const LIMIT: PathLimit = policy::TEN;

    fn path(&self) -> Cow<'static, str> {
        format!("/api/contacts/{}", self.0).into()
    }
}

impl ReadFields for WantedText {
    const BODY: BodyKind = BodyKind::None;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        // The path has one name for all its methods.
        let text = fields.path("contact_id", string());
        fields.finish(|| Some(Self(text?)))
    }
}

/// Search one's contacts
///
/// Answers one contact: names before addresses, the same letter case before another, then the least id. `bd`
/// cannot be searched for.
#[utoipa::path(
    get, path = "/api/contacts/{query}", tag = "contacts", operation_id = "findContact",
    security(("bearer" = [])),
    params(("query" = String, Path, description = "A part of a name or an address")),
    responses(
        AuthenticatedEndpoint, ContactEndpoint, LimitedEndpoint, AnyEndpoint,
        (status = 200, description = "The best hit", body = ContactView),
    )
)]
pub(in crate::surfaces::contacts) async fn find(
    call: Call<WantedText>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let contact = services.find_contact.execute(&call.actor, &call.values.0).await?;
    Ok(json(StatusCode::OK, &ContactView::from(contact)))
}
