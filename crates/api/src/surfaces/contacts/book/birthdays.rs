//! `GET /api/contacts/bd` (contacts contract 2.4, decision 3).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use time::OffsetDateTime;
use vestibule_application::Services;
use vestibule_application::answers::Question;
use vestibule_domain::contacts::BirthdayWindow;

use super::view::ContactView;
use crate::http::endpoint::QueryValue;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fastapi::integer;
use crate::http::fields::{Fields, ValidationErrors};
use crate::http::{MediaUrls, json, kept};
use crate::surfaces::contacts::Endpoint;
use crate::surfaces::contacts::admission::Caller;
use crate::surfaces::contacts::policy::{self, ContactsPolicy};
use crate::surfaces::contacts::{Input, Rejection};

/// How far ahead.
pub(in crate::surfaces::contacts) struct WantedDays(u16);

impl ReadFields for WantedDays {
    const BODY: BodyKind = BodyKind::None;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let range = integer().ge(0).le(BirthdayWindow::MAX_DAYS.into());
        let days = fields.query_or("days_range", 7, range);
        fields.finish(|| Some(Self(u16::try_from(days?).unwrap_or(BirthdayWindow::MAX_DAYS))))
    }
}

/// The endpoint.
pub(in crate::surfaces::contacts) fn endpoint() -> Endpoint {
    Endpoint::get("/api/contacts/bd", birthdays)
        .called("contacts", "listBirthdays", "List who has birthday soon")
        .about(
            "Today and in the days after it, also over New Year; the next birthday first. Who was born on 29 February has\n\
             birthday on 28 February in other years.",
        )
        // Other methods take `bd` for an id (contract 2.5).
        .leaving_other_methods()
        .limited(policy::TEN.once_accepted())
        .password_grant()
        .query_value(QueryValue::within(0..=366, "days_range", "How many days after today").or_else(7))
        .answers_list::<ContactView>(StatusCode::OK, "Those who have birthday")
}

async fn birthdays(
    input: Input<WantedDays, Caller>,
    services: web::Data<Services>,
    policy: web::Data<ContactsPolicy>,
    urls: web::Data<MediaUrls>,
) -> Result<HttpResponse, Rejection> {
    let (actor, WantedDays(days)) = (input.admitted.0, input.values);
    let window = services.list_birthdays.window(days, &policy.time_zone);
    let question = Question::of_contacts(actor.account, format_args!("contacts birthdays {window:?}"));
    kept(&services.answers, question, async || {
        let contacts = services.list_birthdays.within(&actor, &window).await?;
        Ok(json(StatusCode::OK, &ContactView::list(contacts, &urls)))
    })
    .await
}
