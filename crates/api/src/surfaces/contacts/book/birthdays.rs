//! `GET /api/contacts/bd` (contacts contract 2.4, decision 3).

use std::borrow::Cow;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use time::OffsetDateTime;
use vestibule_application::Services;
use vestibule_domain::contacts::BirthdayWindow;

use super::view::ContactView;
use crate::http::documented::AnyEndpoint;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, integer};
use crate::http::json;
use crate::http::middleware::PathLimit;
use crate::surfaces::contacts::Rejection;
use crate::surfaces::contacts::call::{Call, Limited};
use crate::surfaces::contacts::documented::{AuthenticatedEndpoint, LimitedEndpoint};
use crate::surfaces::contacts::policy;

/// How far ahead.
pub(in crate::surfaces::contacts) struct WantedDays(u16);

impl Limited for WantedDays {
    const LIMIT: PathLimit = policy::TEN;

    fn path(&self) -> Cow<'static, str> {
        "/api/contacts/bd".into()
    }
}

impl ReadFields for WantedDays {
    const BODY: BodyKind = BodyKind::None;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let range = integer().ge(0).le(BirthdayWindow::MAX_DAYS.into());
        let days = fields.query_or("days_range", 7, range);
        fields.finish(|| Some(Self(u16::try_from(days?).unwrap_or(BirthdayWindow::MAX_DAYS))))
    }
}

/// List who has birthday soon
///
/// Today and in the days after it, also over New Year; the next birthday first. Who was born on 29 February has
/// birthday on 28 February in other years.
#[utoipa::path(
    get, path = "/api/contacts/bd", tag = "contacts", operation_id = "listBirthdays",
    security(("bearer" = [])),
    params(("days_range" = Option<u16>, Query, minimum = 0, maximum = 366,
        description = "How many days after today; 7 by default")),
    responses(
        AuthenticatedEndpoint, LimitedEndpoint, AnyEndpoint,
        (status = 200, description = "Those who have birthday", body = Vec<ContactView>),
    )
)]
pub(in crate::surfaces::contacts) async fn birthdays(
    call: Call<WantedDays>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let contacts = services.list_birthdays.execute(&call.actor, call.values.0).await?;
    Ok(json(StatusCode::OK, &ContactView::list(contacts)))
}
