//! The mailbox of development: mail and SMS that were captured instead of being sent.
//!
//! The mailbox exists only while mail or SMS are captured. It shows the secrets of everyone, so production refuses to
//! capture mail.

mod page;

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use serde::Serialize;
use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;
use vestibule_application::Services;
use vestibule_infrastructure::memory::{CapturedMail, CapturedMessage};

use crate::http::fields::parse_urlencoded;
use crate::http::{FrameworkProblem, Plain, Rejection, get_or_head, resource};
use crate::monitoring;

/// Mounts `/dev/mailbox`.
pub(crate) fn configure(app: &mut web::ServiceConfig, mailbox: CapturedMail) {
    app.app_data(web::Data::new(mailbox))
        .service(resource::<Plain>("/dev/mailbox", "GET, HEAD").route(get_or_head().to(page::show)))
        .service(
            resource::<Plain>("/dev/mailbox/messages", "GET, HEAD, DELETE")
                .route(get_or_head().to(list))
                .route(web::delete().to(clear)),
        );
}

/// The query: whose messages are wanted. The last value of a repeated name counts.
struct Filter {
    to: Option<String>,
}

impl FromRequest for Filter {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let pairs = parse_urlencoded(request.query_string().as_bytes());
        let to = pairs.into_iter().rev().find(|(name, _)| name == "to").map(|(_, address)| address);
        // The + of a number is a blank here, unless it was encoded.
        let to = to.map(|to| to.strip_prefix(' ').map_or(to.clone(), |number| format!("+{number}")));
        ready(Ok(Self { to }))
    }
}

/// A captured message.
#[derive(Serialize)]
struct Message {
    id: String,
    channel: &'static str,
    to: String,
    subject: String,
    text: String,
    html: String,
    links: Vec<String>,
    code: Option<String>,
    created_at: String,
}

impl From<CapturedMessage> for Message {
    fn from(captured: CapturedMessage) -> Self {
        Self {
            id: captured.id.to_string(),
            channel: captured.channel.name(),
            created_at: captured
                .captured_at
                .format(&time::format_description::well_known::Rfc3339)
                .unwrap_or_default(),
            to: captured.mail.to,
            subject: captured.mail.subject,
            text: captured.mail.text,
            html: captured.mail.html,
            links: captured.mail.links,
            code: captured.mail.code,
        }
    }
}

/// The captured messages, newest first, for one recipient or for all. Messages in the outbox are delivered first, so
/// that a client that has just registered finds its mail.
async fn messages(filter: &Filter, services: web::Data<Services>, mailbox: &CapturedMail) -> Vec<Message> {
    deliver_waiting(services).await;
    let captured = match &filter.to {
        Some(address) => mailbox.to(address),
        None => mailbox.all(),
    };
    captured.into_iter().map(Message::from).collect()
}

/// In a task of its own, since a request can be cut off at any time: a batch that is claimed must be
/// sent, or it would wait until its lease ends. No other batch is begun then.
async fn deliver_waiting(services: web::Data<Services>) {
    let services = services.into_inner();
    let request = CancellationToken::new();
    let is_cut_off = request.clone();
    let _request = request.drop_guard();
    let delivery = async move {
        while !is_cut_off.is_cancelled() {
            match services.deliver_messages.execute().await {
                Ok(delivered) => {
                    monitoring::count_delivered(delivered);
                    if delivered.total() == 0 {
                        break;
                    }
                }
                Err(error) => {
                    let error = &error as &dyn std::error::Error;
                    tracing::error!(error, "waiting mail was not delivered");
                    break;
                }
            }
        }
    };
    if let Err(error) = tokio::spawn(delivery.in_current_span()).await {
        tracing::error!(error = &error as &dyn std::error::Error, "the delivery of waiting mail failed");
    }
}

async fn list(
    filter: Filter,
    services: web::Data<Services>,
    mailbox: web::Data<CapturedMail>,
) -> web::Json<Vec<Message>> {
    web::Json(messages(&filter, services, &mailbox).await)
}

async fn clear(mailbox: web::Data<CapturedMail>) -> Result<HttpResponse, Rejection<Plain>> {
    match mailbox.clear().await {
        Ok(()) => Ok(HttpResponse::NoContent().finish()),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "the mailbox was not emptied");
            Err(FrameworkProblem::Panicked.into())
        }
    }
}
