//! `/console/audit.csv`: the trail as a table.

use std::io;

use actix_web::http::Method;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use bytes::Bytes;
use futures::Stream;
use futures::stream::{empty, try_unfold};
use time::format_description::well_known::Rfc3339;
use vestibule_application::audit::ListAuditEventsInput;
use vestibule_application::sessions::ContinuedSession;
use vestibule_application::{Deps, Services};
use vestibule_domain::accounts::AccountUuid;
use vestibule_domain::audit::{AuditEvent, AuditFilter, AuditPosition};

use super::Rejection;
use super::audit::Asked;
use super::desk::{Desk, still_administrator};
use super::values::Values;
use crate::commands::formula::harmless;

/// The most events of a table, the newest. So a download has an end, whatever the trail holds.
pub(super) const MOST_ROWS: u64 = 100_000;
/// How many events are read at once.
const PART: u64 = 500;

/// The columns, as `vestibule audit list --json` calls them.
const HEADER: [&str; 11] = [
    "id",
    "at",
    "action",
    "times",
    "account",
    "actor_kind",
    "actor",
    "surface",
    "client",
    "request",
    "details",
];

/// The events of the page's filters, newest first. They are read part by part while they are sent.
pub(super) async fn download(
    request: HttpRequest,
    desk: Desk,
    values: Values,
    services: web::Data<Services>,
    deps: web::Data<Deps>,
) -> Result<HttpResponse, Rejection> {
    let administrator = desk.administrator()?;
    let asked = Asked::of(&desk, &values, &services, administrator).await?;
    // The page says what is wrong.
    let Some(filter) = asked.filter else {
        return Ok(desk.page.lead_to(&format!("/audit{}", asked.query())));
    };
    let mut answer = HttpResponse::Ok();
    let name = format!("attachment; filename=\"audit-{}.csv\"", deps.clock.now().date());
    answer.insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"));
    answer.insert_header((CONTENT_DISPOSITION, name));
    if request.method() == Method::HEAD {
        return Ok(answer.streaming(empty::<io::Result<Bytes>>()));
    }
    // An outage is answered as such: the first part is read before the answer begins.
    let reading = Reading { services, session: desk.session, filter, after: None, left: MOST_ROWS };
    let (first, rest) = reading.part().await?;
    Ok(answer.streaming(parts(first, rest)))
}

/// Where the reading of the trail is.
struct Reading {
    services: web::Data<Services>,
    /// Who asks. The client decides how long the table takes, so whether he may is asked before each part.
    session: ContinuedSession,
    filter: AuditFilter,
    after: Option<AuditPosition>,
    /// How many events may still come.
    left: u64,
}

impl Reading {
    /// The next events, and what is behind them, if there may be any.
    async fn part(self) -> Result<(Vec<AuditEvent>, Option<Self>), Rejection> {
        let Self { filter, after, .. } = self;
        let administrator = still_administrator(&self.session, &self.services).await?;
        let limit = self.left.min(PART);
        let input = ListAuditEventsInput { administrator, filter, after, limit };
        let events = self.services.list_audit_events.execute(input).await?;
        let (read, after) = (events.len() as u64, events.last().map(AuditEvent::position));
        let left = self.left - read;
        let goes_on = read == limit && left > 0;
        Ok((events, goes_on.then_some(Self { after, left, ..self })))
    }
}

fn parts(first: Vec<AuditEvent>, rest: Option<Reading>) -> impl Stream<Item = io::Result<Bytes>> {
    enum Next {
        First(Vec<AuditEvent>, Option<Reading>),
        Rest(Option<Reading>),
    }
    try_unfold(Next::First(first, rest), |next| async move {
        match next {
            Next::First(events, rest) => {
                let header = table([HEADER.map(str::to_owned)])?;
                let events = table(events.iter().map(row))?;
                Ok(Some((Bytes::from([header, events].concat()), Next::Rest(rest))))
            }
            Next::Rest(None) => Ok(None),
            Next::Rest(Some(reading)) => {
                // A failure is logged where its rejection is made. Whatever the reason, the connection ends, so that no client
                // takes a part of the trail for the whole.
                let part = reading.part().await;
                let (events, rest) =
                    part.map_err(|_logged| io::Error::other("the trail cannot be read on"))?;
                Ok(Some((Bytes::from(table(events.iter().map(row))?), Next::Rest(rest))))
            }
        }
    })
}

/// Rows as CSV. No cell of them is a formula to a spreadsheet.
fn table(rows: impl IntoIterator<Item = [String; 11]>) -> io::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell))).map_err(io::Error::from)?;
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// The cells, in the order of [`HEADER`].
fn row(event: &AuditEvent) -> [String; 11] {
    let uuid = |account: AccountUuid| account.0.to_string();
    [
        event.id.0.to_string(),
        event.at.format(&Rfc3339).unwrap_or_else(|_year_out_of_range| event.at.to_string()),
        event.action.as_str().to_owned(),
        event.times.to_string(),
        event.account.map(uuid).unwrap_or_default(),
        event.actor.kind().to_owned(),
        event.actor.account().map(uuid).unwrap_or_default(),
        event.surface.clone(),
        event.client.clone().unwrap_or_default(),
        // As the header `x-request-id` and the log have it.
        event.request.map(|request| request.simple().to_string()).unwrap_or_default(),
        event.details.clone().unwrap_or_default(),
    ]
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;
    use uuid::Uuid;
    use vestibule_domain::audit::{AuditAction, AuditActor, AuditEventId};

    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_separators_stay_within_theirs() {
        let event = AuditEvent {
            id: AuditEventId(Uuid::nil()),
            at: datetime!(2026-01-02 03:04:05 UTC),
            actor: AuditActor::Operator,
            account: None,
            action: AuditAction::LoggedIn.into(),
            surface: "=cmd|' /C calc'!A0".to_owned(),
            client: Some("@SUM(1)".to_owned()),
            request: None,
            details: Some("{\"a\":1,\"b\":2}".to_owned()),
            times: 3,
        };
        let table = String::from_utf8(table([row(&event)]).unwrap()).unwrap();
        let expected = "00000000-0000-0000-0000-000000000000,2026-01-02T03:04:05Z,logged_in,3,,operator,,\
                        '=cmd|' /C calc'!A0,'@SUM(1),,\"{\"\"a\"\":1,\"\"b\"\":2}\"\n";
        assert_eq!(table, expected);
    }
}
