//! `POST /api/contacts/` (contacts contract 2.3).

use std::borrow::Cow;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use time::OffsetDateTime;
use vestibule_application::Services;
use vestibule_application::contacts::CreateContactInput;
use vestibule_domain::contacts::{Avatar, ContactFacts, Text};

use super::shape::{ContactFields, Read, text};
use super::view::ContactView;
use crate::http::documented::{AnyEndpoint, JsonEndpoint, ValidationErrorDetail};
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors};
use crate::http::json;
use crate::http::middleware::PathLimit;
use crate::surfaces::contacts::Rejection;
use crate::surfaces::contacts::call::{Call, Limited};
use crate::surfaces::contacts::documented::{AuthenticatedEndpoint, LimitedEndpoint};
use crate::surfaces::contacts::policy;

/// The new contact.
pub(in crate::surfaces::contacts) struct NewFields {
    facts: ContactFacts,
    avatar: Text<500>,
}

impl Limited for NewFields {
    const LIMIT: PathLimit = policy::TWO;

    fn path(&self) -> Cow<'static, str> {
        "/api/contacts".into()
    }
}

impl ReadFields for NewFields {
    const BODY: BodyKind = BodyKind::Json;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let read = Read::from(&mut fields);
        let avatar = fields.body("avatar", text());
        fields.finish(|| Some(Self { facts: read.facts()?, avatar: avatar? }))
    }
}

/// Add a contact
#[utoipa::path(
    post, path = "/api/contacts/", tag = "contacts", operation_id = "createContact",
    security(("bearer" = [])), request_body = ContactFields,
    responses(
        AuthenticatedEndpoint, JsonEndpoint, LimitedEndpoint, AnyEndpoint,
        (status = 201, description = "The contact", body = ContactView),
        (status = 422, description = "The values break rules", body = ValidationErrorDetail,
            example = json!({"detail": [{"type": "int_parsing", "loc": ["body", "phone_number"],
                "msg": "Input should be a valid integer, unable to parse string as an integer",
                "input": "none"}]})),
    )
)]
pub(in crate::surfaces::contacts) async fn create(
    call: Call<NewFields>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let NewFields { facts, avatar } = call.values;
    let avatar = Avatar { url: avatar, object: None };
    let input = CreateContactInput { actor: call.actor, facts, avatar };
    let contact = services.create_contact.execute(input).await?;
    Ok(json(StatusCode::CREATED, &ContactView::from(contact)))
}
