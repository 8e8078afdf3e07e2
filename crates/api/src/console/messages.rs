//! `/console/messages`: what waits in the outbox, and what was given up.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_application::Services;
use vestibule_application::messages::{
    ListMessagesInput, ListedMessage, RetryMessageError, RetryMessageInput,
};
use vestibule_application::overview::Overview;
use vestibule_domain::messages::{Language, MessageId, Queue, QueuePlace};

use super::Rejection;
use super::desk::{Desk, Order};
use super::done::Done;
use super::page::{Page, answer};
use super::place;
use super::policy::PAGE;
use super::texts::shortened;
use super::times::Moment;
use super::values::Values;

#[derive(Template)]
#[template(path = "console/messages.html")]
struct MessagesPage {
    page: Page,
    done: Option<&'static str>,
    numbers: Overview,
    is_parked: bool,
    messages: Vec<MessageRow>,
    is_first: bool,
    /// The query of the messages that follow.
    next: Option<String>,
    test: TestForm,
    languages: [Language; 2],
}

/// The form that sends a test message: what was typed, and what is wrong with it.
#[derive(Default)]
pub(super) struct TestForm {
    pub(super) to: String,
    pub(super) fault: Option<&'static str>,
}

/// A row of the table.
struct MessageRow {
    id: String,
    kind: &'static str,
    recipient: Option<String>,
    channel: &'static str,
    language: &'static str,
    since: Moment,
    /// When it was given up, else when it is tried next.
    at: Moment,
    tries: u32,
    reason: String,
}

impl From<ListedMessage> for MessageRow {
    fn from(ListedMessage { queued, kind, recipient }: ListedMessage) -> Self {
        let message = queued.message;
        Self {
            id: message.id.0.to_string(),
            kind: kind.unwrap_or("–"),
            recipient,
            channel: message.channel.name(),
            language: message.language.tag(),
            since: message.created_at.into(),
            at: queued.parked_at.unwrap_or(message.available_at).into(),
            tries: message.attempts,
            reason: queued.reason.map(shortened).unwrap_or_default(),
        }
    }
}

pub(super) async fn show(
    desk: Desk,
    values: Values,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    render(desk, &values, TestForm::default(), &services).await
}

/// The page, perhaps with a form of it that was refused.
pub(super) async fn render(
    desk: Desk,
    values: &Values,
    test: TestForm,
    services: &Services,
) -> Result<HttpResponse, Rejection> {
    let administrator = desk.administrator()?;
    let is_parked = values.as_typed("queue") != "waiting";
    let queue = if is_parked { Queue::Parked } else { Queue::Waiting };
    let after = queue_place(values.as_typed("after"));
    let input = ListMessagesInput { administrator, queue, after, limit: u64::from(PAGE) };
    let found = services.list_messages.execute(input).await?;
    let words = desk.page.words;
    let status = if test.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = MessagesPage {
        page: desk.page.titled(words.messages).within("/messages"),
        done: Done::of(values.as_typed("done")).map(words.done),
        numbers: services.show_overview.execute(desk.steward).await?,
        is_parked,
        messages: found.items.into_iter().map(MessageRow::from).collect(),
        is_first: after.is_none(),
        next: found.next.map(|last| next(is_parked, last)),
        test,
        languages: Language::ALL,
    };
    Ok(answer(status, &shown))
}

/// `POST /console/messages/{id}/retry`.
pub(super) async fn retry(
    order: Order,
    id: web::Path<String>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let administrator = order.desk.administrator()?;
    let id = Uuid::parse_str(&id).map_err(|_no_id| RetryMessageError::NotFound)?;
    services.retry_message.execute(RetryMessageInput { administrator, message: MessageId(id) }).await?;
    Ok(order.desk.page.lead_to(&format!("/messages?done={}", Done::MessageRetried.word())))
}

/// The query of the messages after this place.
fn next(is_parked: bool, last: QueuePlace) -> String {
    let queue = if is_parked { "parked" } else { "waiting" };
    format!("?queue={queue}&after={}", place::word(last.at, last.id.0))
}

/// The place that a query names; `None` for any other text, which begins with the first message.
fn queue_place(text: &str) -> Option<QueuePlace> {
    let (at, id) = place::read(text)?;
    // Databases know no time before this one.
    Some(QueuePlace { at: at.max(OffsetDateTime::UNIX_EPOCH), id: MessageId(id) })
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_place_reads_back() {
        let last = QueuePlace { at: datetime!(2026-01-02 03:04:05.678901 UTC), id: MessageId(Uuid::max()) };
        for is_parked in [true, false] {
            assert_eq!(queue_place(next(is_parked, last).rsplit('=').next().unwrap()), Some(last));
        }
        for text in ["", "1", "x.1", "1.x"] {
            assert_eq!(queue_place(text), None, "{text}");
        }
    }
}
