//! `GET /api/contacts/` (contacts contract 2.2).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use time::OffsetDateTime;
use vestibule_application::Services;
use vestibule_application::answers::Question;
use vestibule_domain::page::{PageLimit, PageRequest};

use super::view::ContactView;
use crate::http::endpoint::QueryValue;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fastapi::integer;
use crate::http::fields::{Fields, ValidationErrors};
use crate::http::{MediaUrls, json, kept};
use crate::surfaces::contacts::Endpoint;
use crate::surfaces::contacts::admission::Caller;
use crate::surfaces::contacts::policy;
use crate::surfaces::contacts::{Input, Rejection};

/// Which part.
pub(in crate::surfaces::contacts) struct WantedPage(PageRequest);

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

/// The endpoint.
pub(in crate::surfaces::contacts) fn endpoint() -> Endpoint {
    Endpoint::get("/api/contacts/", list)
        .called("contacts", "listContacts", "List one's contacts")
        .about("In order of ids.")
        .limited(policy::TEN.once_accepted())
        .password_grant()
        .query_value(QueryValue::at_least(0, "skip", "How many contacts come before").or_else(0))
        .query_value(
            QueryValue::within(0..=100, "limit", "How many contacts to show at the most").or_else(20),
        )
        .answers_list::<ContactView>(StatusCode::OK, "A part of the address book")
}

async fn list(
    input: Input<WantedPage, Caller>,
    services: web::Data<Services>,
    urls: web::Data<MediaUrls>,
) -> Result<HttpResponse, Rejection> {
    let (actor, WantedPage(page)) = (input.admitted.0, input.values);
    let what = format_args!("contacts list {} {}", page.offset, page.limit.get());
    kept(&services.answers, Question::of_contacts(actor.account, what), async || {
        let contacts = services.list_contacts.execute(&actor, page).await?;
        Ok(json(StatusCode::OK, &ContactView::list(contacts, &urls)))
    })
    .await
}
