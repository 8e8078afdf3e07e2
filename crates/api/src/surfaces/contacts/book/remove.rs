//! `DELETE /api/contacts/{contact_id}` (contacts contract 2.7).

use std::borrow::Cow;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use time::OffsetDateTime;
use vestibule_application::Services;
use vestibule_domain::contacts::ContactId;

use super::shape::contact_id;
use super::view::ContactView;
use crate::http::documented::AnyEndpoint;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, integer};
use crate::http::json;
use crate::http::middleware::PathLimit;
use crate::surfaces::contacts::Rejection;
use crate::surfaces::contacts::call::{Call, Limited};
use crate::surfaces::contacts::documented::{AuthenticatedEndpoint, ContactEndpoint, LimitedEndpoint};
use crate::surfaces::contacts::policy;

/// Which contact.
pub(in crate::surfaces::contacts) struct WantedContact(ContactId);

impl Limited for WantedContact {
    const LIMIT: PathLimit = policy::TEN;

    fn path(&self) -> Cow<'static, str> {
        format!("/api/contacts/{}", self.0.0).into()
    }
}

impl ReadFields for WantedContact {
    const BODY: BodyKind = BodyKind::None;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let id = fields.path("contact_id", integer());
        fields.finish(|| Some(Self(contact_id(id?))))
    }
}

/// Remove a contact
#[utoipa::path(
    delete, path = "/api/contacts/{contact_id}", tag = "contacts", operation_id = "removeContact",
    security(("bearer" = [])),
    params(("contact_id" = i64, Path, description = "Id of the contact")),
    responses(
        AuthenticatedEndpoint, ContactEndpoint, LimitedEndpoint, AnyEndpoint,
        (status = 200, description = "The contact as it was", body = ContactView),
    )
)]
pub(in crate::surfaces::contacts) async fn remove(
    call: Call<WantedContact>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let contact = services.remove_contact.execute(&call.actor, call.values.0).await?;
    Ok(json(StatusCode::OK, &ContactView::from(contact)))
}
