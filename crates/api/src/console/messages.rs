//! `/console/messages`: what waits in the outbox, what was given up, and what was sent.

use std::borrow::Cow;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_application::Services;
use vestibule_application::accounts::Administrator;
use vestibule_application::messages::{
    ListMessagesInput, ListSentMessagesInput, ListedMessage, RetryMessageError, RetryMessageInput,
};
use vestibule_application::overview::Overview;
use vestibule_domain::messages::{Language, MessageId, Queue, QueuePlace, SentMessage};
use vestibule_domain::page::Part;

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
    shown: Shown,
    messages: Vec<MessageRow>,
    is_first: bool,
    /// The query of the messages that follow.
    next: Option<String>,
    test: TestForm,
    languages: [Language; 2],
}

/// Which messages the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Parked,
    Waiting,
    Sent,
}

impl Shown {
    const ALL: [Self; 3] = [Self::Parked, Self::Waiting, Self::Sent];

    /// Those that a query names; for any other text those that were given up.
    fn named(text: &str) -> Self {
        Self::ALL.into_iter().find(|shown| shown.word() == text).unwrap_or(Self::Parked)
    }

    /// What it is called in a query.
    fn word(self) -> &'static str {
        match self {
            Self::Parked => "parked",
            Self::Waiting => "waiting",
            Self::Sent => "sent",
        }
    }

    fn is_parked(self) -> bool {
        self == Self::Parked
    }

    fn is_waiting(self) -> bool {
        self == Self::Waiting
    }

    fn is_sent(self) -> bool {
        self == Self::Sent
    }

    /// The query of the messages after this place.
    fn after(self, last: QueuePlace) -> String {
        format!("?queue={}&after={}", self.word(), place::word(last.at, last.id.0))
    }
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
    kind: Cow<'static, str>,
    recipient: Option<String>,
    channel: &'static str,
    language: &'static str,
    since: Moment,
    /// When it was given up or sent, else when it is tried next.
    at: Moment,
    tries: u32,
    reason: String,
}

impl From<ListedMessage> for MessageRow {
    fn from(ListedMessage { queued, kind, recipient }: ListedMessage) -> Self {
        let message = queued.message;
        Self {
            id: message.id.0.to_string(),
            kind: kind.unwrap_or("–").into(),
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

impl From<SentMessage> for MessageRow {
    fn from(sent: SentMessage) -> Self {
        Self {
            id: sent.id.0.to_string(),
            kind: sent.kind.into(),
            recipient: Some(sent.recipient),
            channel: sent.channel.name(),
            language: sent.language.tag(),
            since: sent.created_at.into(),
            at: sent.sent_at.into(),
            tries: sent.attempts,
            reason: String::new(),
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
    let shown = Shown::named(values.as_typed("queue"));
    let after = queue_place(values.as_typed("after"));
    let found = rows(administrator, shown, after, services).await?;
    let words = desk.page.words;
    let status = if test.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = MessagesPage {
        page: desk.page.titled(words.messages).within("/messages"),
        done: Done::of(values.as_typed("done")).map(words.done),
        numbers: services.show_overview.execute(desk.steward).await?,
        shown,
        messages: found.items,
        is_first: after.is_none(),
        next: found.next.map(|last| shown.after(last)),
        test,
        languages: Language::ALL,
    };
    Ok(answer(status, &page))
}

/// The rows after a place.
async fn rows(
    administrator: Administrator,
    shown: Shown,
    after: Option<QueuePlace>,
    services: &Services,
) -> Result<Part<MessageRow, QueuePlace>, Rejection> {
    let limit = u64::from(PAGE);
    let queue = match shown {
        Shown::Parked => Queue::Parked,
        Shown::Waiting => Queue::Waiting,
        Shown::Sent => {
            let input = ListSentMessagesInput { administrator, after, limit };
            let Part { items, next } = services.list_sent_messages.execute(input).await?;
            return Ok(Part { items: items.into_iter().map(MessageRow::from).collect(), next });
        }
    };
    let input = ListMessagesInput { administrator, queue, after, limit };
    let Part { items, next } = services.list_messages.execute(input).await?;
    Ok(Part { items: items.into_iter().map(MessageRow::from).collect(), next })
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
        for shown in Shown::ALL {
            assert_eq!(queue_place(shown.after(last).rsplit('=').next().unwrap()), Some(last));
            assert_eq!(Shown::named(shown.word()), shown);
        }
        assert_eq!(Shown::named("x"), Shown::Parked);
        for text in ["", "1", "x.1", "1.x"] {
            assert_eq!(queue_place(text), None, "{text}");
        }
    }
}
