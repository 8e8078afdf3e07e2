//! `GET /api/contacts/{query}` (contacts contract 2.5).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use time::OffsetDateTime;
use vestibule_application::Services;
use vestibule_application::answers::Question;

use super::shape::NO_SUCH_CONTACT;
use super::view::ContactView;
use crate::http::endpoint::PathValue;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, string};
use crate::http::{MediaUrls, json, kept};
use crate::surfaces::contacts::Endpoint;
use crate::surfaces::contacts::admission::Caller;
use crate::surfaces::contacts::policy;
use crate::surfaces::contacts::{Input, Rejection};
use vestibule_application::contacts::FindContactError;

/// What is searched for.
pub(in crate::surfaces::contacts) struct WantedText(String);

impl ReadFields for WantedText {
    const BODY: BodyKind = BodyKind::None;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        // The path has one name for all its methods.
        let text = fields.path("contact_id", string());
        fields.finish(|| Some(Self(text?)))
    }
}

/// The endpoint.
pub(in crate::surfaces::contacts) fn endpoint() -> Endpoint {
    Endpoint::get("/api/contacts/{query}", find)
        .called("contacts", "findContact", "Search one's contacts")
        .about(
            "Answers one contact: names before addresses, the same letter case before another, then the least id. `bd`\n\
             cannot be searched for.",
        )
        .at("/api/contacts/{contact_id}")
        .limited(policy::TEN.once_accepted())
        .password_grant()
        .path_value(PathValue::text("query", "A part of a name or an address"))
        .answers::<ContactView>(StatusCode::OK, "The best hit")
        .refuses(NO_SUCH_CONTACT, FindContactError::NotFound)
}

async fn find(
    input: Input<WantedText, Caller>,
    services: web::Data<Services>,
    urls: web::Data<MediaUrls>,
) -> Result<HttpResponse, Rejection> {
    let (actor, WantedText(text)) = (input.admitted.0, input.values);
    let question = Question::of_contact_search(actor.account, format_args!("contacts find {text}"));
    kept(&services.answers, question, async || {
        let contact = services.find_contact.execute(&actor, &text).await?;
        Ok(json(StatusCode::OK, &ContactView::new(contact, &urls)))
    })
    .await
}
