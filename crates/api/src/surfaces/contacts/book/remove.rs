//! `DELETE /api/contacts/{contact_id}` (contacts contract 2.7).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use time::OffsetDateTime;
use vestibule_application::Services;
use vestibule_domain::contacts::ContactId;

use super::shape::NO_SUCH_CONTACT;
use super::shape::contact_id;
use super::view::ContactView;
use crate::http::endpoint::PathValue;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fastapi::integer;
use crate::http::fields::{Fields, ValidationErrors};
use crate::http::json;
use crate::surfaces::contacts::Endpoint;
use crate::surfaces::contacts::admission::Caller;
use crate::surfaces::contacts::policy;
use crate::surfaces::contacts::{Input, Rejection};
use vestibule_application::contacts::RemoveContactError;

/// Which contact.
pub(in crate::surfaces::contacts) struct WantedContact(ContactId);

impl ReadFields for WantedContact {
    const BODY: BodyKind = BodyKind::None;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let id = fields.path("contact_id", integer());
        fields.finish(|| Some(Self(contact_id(id?))))
    }
}

/// The endpoint.
pub(in crate::surfaces::contacts) fn endpoint() -> Endpoint {
    Endpoint::delete("/api/contacts/{contact_id}", remove)
        .called("contacts", "removeContact", "Remove a contact")
        .limited(policy::TEN.once_accepted())
        .password_grant()
        .path_value(PathValue::id("contact_id", "Id of the contact"))
        .answers::<ContactView>(StatusCode::OK, "The contact as it was")
        .refuses(NO_SUCH_CONTACT, RemoveContactError::NotFound)
}

async fn remove(
    input: Input<WantedContact, Caller>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let contact = services.remove_contact.execute(&input.admitted.0, input.values.0).await?;
    Ok(json(StatusCode::OK, &ContactView::from(contact)))
}
