//! `PUT /api/contacts/{contact_id}` (contacts contract 2.6).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use time::OffsetDateTime;
use vestibule_application::Services;
use vestibule_application::contacts::ChangeContactInput;
use vestibule_domain::contacts::{ContactFacts, ContactId};

use super::shape::NO_SUCH_CONTACT;
use super::shape::{ContactFields, Read, contact_id};
use super::view::ContactView;
use crate::http::endpoint::PathValue;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fastapi::integer;
use crate::http::fields::{Fields, ValidationErrors, string};
use crate::http::json;
use crate::surfaces::contacts::Endpoint;
use crate::surfaces::contacts::admission::Caller;
use crate::surfaces::contacts::policy;
use crate::surfaces::contacts::{Input, Rejection};
use vestibule_application::contacts::ChangeContactError;

/// Which contact, and what is known from now on.
pub(in crate::surfaces::contacts) struct Change {
    id: ContactId,
    facts: ContactFacts,
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

/// The endpoint.
pub(in crate::surfaces::contacts) fn endpoint() -> Endpoint {
    Endpoint::put("/api/contacts/{contact_id}", change)
        .called("contacts", "changeContact", "Change a contact")
        .about("Replaces all but the picture and the owner.")
        .limited(policy::TEN.once_accepted())
        .password_grant()
        .path_value(PathValue::id("contact_id", "Id of the contact"))
        .json::<ContactFields>()
        .answers::<ContactView>(StatusCode::OK, "The contact as it is now")
        .refuses(NO_SUCH_CONTACT, ChangeContactError::NotFound)
}

async fn change(
    input: Input<Change, Caller>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let Change { id, facts } = input.values;
    let contact =
        services.change_contact.execute(ChangeContactInput { actor: input.admitted.0, id, facts }).await?;
    Ok(json(StatusCode::OK, &ContactView::from(contact)))
}
