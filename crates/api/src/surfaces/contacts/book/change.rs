//! `PUT /api/contacts/{contact_id}` (contacts contract 2.6).

use std::borrow::Cow;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use time::OffsetDateTime;
use vestibule_application::Services;
use vestibule_application::contacts::ChangeContactInput;
use vestibule_domain::contacts::{ContactFacts, ContactId};

use super::shape::{ContactFields, Read, contact_id};
use super::view::ContactView;
use crate::http::documented::{AnyEndpoint, JsonEndpoint};
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, integer, string};
use crate::http::json;
use crate::http::middleware::PathLimit;
use crate::surfaces::contacts::Rejection;
use crate::surfaces::contacts::call::{Call, Limited};
use crate::surfaces::contacts::documented::{AuthenticatedEndpoint, ContactEndpoint, LimitedEndpoint};
use crate::surfaces::contacts::policy;

/// Which contact, and what is known from now on.
pub(in crate::surfaces::contacts) struct Change {
    id: ContactId,
    facts: ContactFacts,
}

impl Limited for Change {
    const LIMIT: PathLimit = policy::TEN;

    fn path(&self) -> Cow<'static, str> {
        format!("/api/contacts/{}", self.id.0).into()
    }
}

impl ReadFields for Change {
    const BODY: BodyKind = BodyKind::Json;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let id = fields.path("contact_id", integer());
        let read = Read::from(&mut fields);
        // Required and not looked at.
        let avatar = fields.body("avatar", string());
        fields.finish(|| avatar.and(Some(Self { id: contact_id(id?), facts: read.facts()? })))
    }
}

/// Change a contact
///
/// Replaces all but the picture and the owner.
#[utoipa::path(
    put, path = "/api/contacts/{contact_id}", tag = "contacts", operation_id = "changeContact",
    security(("bearer" = [])), request_body = ContactFields,
    params(("contact_id" = i64, Path, description = "Id of the contact")),
    responses(
        AuthenticatedEndpoint, ContactEndpoint, JsonEndpoint, LimitedEndpoint, AnyEndpoint,
        (status = 200, description = "The contact as it is now", body = ContactView),
    )
)]
pub(in crate::surfaces::contacts) async fn change(
    call: Call<Change>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let Change { id, facts } = call.values;
    let contact =
        services.change_contact.execute(ChangeContactInput { actor: call.actor, id, facts }).await?;
    Ok(json(StatusCode::OK, &ContactView::from(contact)))
}
