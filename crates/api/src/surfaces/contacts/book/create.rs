//! `POST /api/contacts/` (contacts contract 2.3).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use time::OffsetDateTime;
use vestibule_application::Services;
use vestibule_application::contacts::CreateContactInput;
use vestibule_domain::contacts::{Avatar, ContactFacts, Text};

use super::shape::{ContactFields, Read, text};
use super::view::ContactView;
use crate::http::endpoint::broken_rules;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::RequestValues;
use crate::http::fields::{Fields, ValidationErrors};
use crate::http::json;
use crate::surfaces::contacts::Endpoint;
use crate::surfaces::contacts::admission::Caller;
use crate::surfaces::contacts::policy;
use crate::surfaces::contacts::{Input, Rejection};
use serde_json::json;

/// The new contact.
pub(in crate::surfaces::contacts) struct NewFields {
    facts: ContactFacts,
    avatar: Text<500>,
}

impl ReadFields for NewFields {
    const BODY: BodyKind = BodyKind::Json;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let read = Read::from(&mut fields);
        let avatar = fields.body("avatar", text());
        fields.finish(|| Some(Self { facts: read.facts()?, avatar: avatar? }))
    }
}

/// The endpoint.
pub(in crate::surfaces::contacts) fn endpoint() -> Endpoint {
    Endpoint::post("/api/contacts/", create)
        .called("contacts", "createContact", "Add a contact")
        .limited(policy::TWO.once_accepted())
        .password_grant()
        .json::<ContactFields>()
        .answers::<ContactView>(StatusCode::CREATED, "The contact")
        .refuses(
            "The values break rules",
            broken_rules::<NewFields>(&RequestValues::of_json(json!({
                "fullname": "Grace Hopper",
                "email": "grace@example.com",
                "phone_number": "none",
                "birthday": "1906-12-09",
                "additional": "Compilers",
                "user_id": 0,
                "avatar": "https://example.com/grace.png",
            }))),
        )
}

async fn create(
    input: Input<NewFields, Caller>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let NewFields { facts, avatar } = input.values;
    let avatar = Avatar { url: avatar, object: None };
    let input = CreateContactInput { actor: input.admitted.0, facts, avatar };
    let contact = services.create_contact.execute(input).await?;
    Ok(json(StatusCode::CREATED, &ContactView::from(contact)))
}
