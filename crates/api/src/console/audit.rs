//! `/console/audit`: what was done to accounts.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use time::macros::format_description;
use time::{Date, OffsetDateTime};
use vestibule_application::Services;
use vestibule_application::accounts::{Administrator, InspectAccountError, NamedAccount};
use vestibule_application::audit::ListAuditEventsInput;
use vestibule_domain::accounts::AccountUuid;
use vestibule_domain::audit::{
    AuditAction, AuditActor, AuditEvent, AuditEventId, AuditFilter, AuditPosition,
};

use super::Rejection;
use super::audit_csv::MOST_ROWS;
use super::desk::Desk;
use super::page::{Page, answer};
use super::place;
use super::policy::PAGE;
use super::times::Moment;
use super::values::{Values, escaped};
use super::words::Words;

#[derive(Template)]
#[template(path = "console/audit.html")]
struct AuditPage {
    page: Page,
    account: String,
    account_fault: Option<&'static str>,
    since: String,
    since_fault: Option<&'static str>,
    /// The actions, and whether it is the one that is asked for.
    actions: Vec<(&'static str, bool)>,
    events: Vec<EventRow>,
    /// The query of the page with older events.
    older: Option<String>,
    /// The query of the table of all events that fit; `None` where nothing fits.
    csv: Option<String>,
    csv_rows: u64,
}

/// What a query asks for.
pub(super) struct Asked {
    account: String,
    since: String,
    action: Option<AuditAction>,
    account_fault: Option<&'static str>,
    since_fault: Option<&'static str>,
    /// `None` where the query names no account, or no day.
    pub(super) filter: Option<AuditFilter>,
}

impl Asked {
    pub(super) async fn of(
        desk: &Desk,
        values: &Values,
        services: &Services,
        administrator: Administrator,
    ) -> Result<Self, Rejection> {
        let words = desk.page.words;
        let (account, since) = (values.text("account"), values.text("since"));
        let action: Option<AuditAction> = values.as_typed("action").parse().ok();
        let whose = if account.is_empty() { None } else { find(services, administrator, &account).await? };
        let day = day(&since);
        let account_fault = (!account.is_empty() && whose.is_none()).then_some(words.unknown_account);
        let since_fault = (!since.is_empty() && day.is_none()).then_some(words.no_such_day);
        let is_good = account_fault.is_none() && since_fault.is_none();
        let filter = is_good.then_some(AuditFilter { account: whose, action, since: day });
        Ok(Self { account, since, action, account_fault, since_fault, filter })
    }

    /// The query that asks for the same.
    pub(super) fn query(&self) -> String {
        let action = self.action.map_or("", AuditAction::as_str);
        let (account, since) = (escaped(&self.account), escaped(&self.since));
        format!("?account={account}&action={action}&since={since}")
    }
}

/// A row of a table of events.
pub(super) struct EventRow {
    pub(super) at: Moment,
    pub(super) action: String,
    /// Who did it: an account by its id, anybody else in words.
    pub(super) actor: Option<String>,
    pub(super) actor_words: &'static str,
    pub(super) account: Option<String>,
    pub(super) surface: String,
    pub(super) client: String,
    pub(super) times: u64,
    pub(super) details: String,
}

impl EventRow {
    pub(super) fn of(event: AuditEvent, words: &Words) -> Self {
        Self {
            at: event.at.into(),
            action: event.action.to_string(),
            actor: event.actor.account().map(|account| account.0.to_string()),
            actor_words: match event.actor {
                AuditActor::Account(_) => "",
                AuditActor::Anonymous => words.anonymous,
                AuditActor::Operator => words.operator,
                AuditActor::System => words.system,
            },
            account: event.account.map(|account| account.0.to_string()),
            surface: event.surface,
            client: event.client.unwrap_or_default(),
            times: event.times,
            details: event.details.unwrap_or_default(),
        }
    }
}

pub(super) async fn show(
    desk: Desk,
    values: Values,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let administrator = desk.administrator()?;
    let words = desk.page.words;
    let asked = Asked::of(&desk, &values, &services, administrator).await?;
    let mut events = Vec::new();
    if let Some(filter) = asked.filter {
        let (after, limit) = (position(values.as_typed("after")), u64::from(PAGE));
        let input = ListAuditEventsInput { administrator, filter, after, limit };
        events = services.list_audit_events.execute(input).await?;
    }
    let is_full = events.len() == usize::from(PAGE);
    let last = events.last().filter(|_| is_full).map(AuditEvent::position);
    let status = if asked.filter.is_some() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let query = asked.query();
    let shown = AuditPage {
        page: desk.page.titled(words.audit).within("/audit"),
        older: last.map(|last| older(&query, last)),
        csv: (!events.is_empty()).then_some(query),
        csv_rows: MOST_ROWS,
        account_fault: asked.account_fault,
        since_fault: asked.since_fault,
        actions: AuditAction::ALL.iter().map(|each| (each.as_str(), Some(*each) == asked.action)).collect(),
        events: events.into_iter().map(|event| EventRow::of(event, words)).collect(),
        account: asked.account,
        since: asked.since,
    };
    Ok(answer(status, &shown))
}

/// The account that a text names. An id also names one that was removed.
async fn find(
    services: &Services,
    administrator: Administrator,
    text: &str,
) -> Result<Option<AccountUuid>, Rejection> {
    let Some(named) = NamedAccount::parse(text) else { return Ok(None) };
    if let NamedAccount::Uuid(uuid) = named {
        return Ok(Some(uuid));
    }
    match services.inspect_account.execute(administrator, &named).await {
        Ok(found) => Ok(Some(found.account.uuid)),
        Err(InspectAccountError::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn day(text: &str) -> Option<OffsetDateTime> {
    let date = Date::parse(text, format_description!("[year]-[month]-[day]")).ok()?;
    // Databases know no time before this one.
    Some(date.midnight().assume_utc().max(OffsetDateTime::UNIX_EPOCH))
}

/// The query of the page after this event.
fn older(query: &str, last: AuditPosition) -> String {
    format!("{query}&after={}", place::word(last.at, last.id.0))
}

/// The place in the list that a query names; `None` for any other text, which begins with the newest event.
fn position(text: &str) -> Option<AuditPosition> {
    let (at, id) = place::read(text)?;
    // Databases know no time before this one.
    Some(AuditPosition { at: at.max(OffsetDateTime::UNIX_EPOCH), id: AuditEventId(id) })
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_day_before_all_events_is_the_first_that_databases_know() {
        assert_eq!(day("2026-01-02"), Some(datetime!(2026-01-02 00:00 UTC)));
        for text in ["-5000-01-01", "0000-01-01", "1969-12-31"] {
            assert_eq!(day(text), Some(OffsetDateTime::UNIX_EPOCH), "{text}");
        }
        assert_eq!(day("yesterday"), None);
    }

    #[test]
    fn the_place_of_an_event_reads_back() {
        let last =
            AuditPosition { at: datetime!(2026-01-02 03:04:05.678901 UTC), id: AuditEventId(Uuid::max()) };
        let asked = Asked {
            account: "a&b".to_owned(),
            since: String::new(),
            action: Some(AuditAction::LoggedIn),
            account_fault: None,
            since_fault: None,
            filter: None,
        };
        let query = older(&asked.query(), last);
        assert!(query.starts_with("?account=a%26b&action=logged_in&since=&after="), "{query}");
        assert_eq!(position(query.rsplit('=').next().unwrap()), Some(last));
        for text in ["", "1", "1.2", "x.00000000-0000-0000-0000-000000000000"] {
            assert_eq!(position(text), None, "{text}");
        }
    }
}
