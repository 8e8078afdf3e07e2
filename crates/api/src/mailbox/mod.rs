//! The mailbox of development: mail that was captured in the place of being sent.
//!
//! It is there with captured mail only, and shows the secrets of everyone: the server refuses to
//! capture mail in production.

mod page;

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use vestibule_application::Services;
use vestibule_infrastructure::memory::{CapturedMail, CapturedMessage};

/// Mounts `/dev/mailbox`.
pub(crate) fn configure(app: &mut web::ServiceConfig, mailbox: CapturedMail) {
    app.app_data(web::Data::new(mailbox)).route("/dev/mailbox", web::get().to(page::show)).service(
        web::resource("/dev/mailbox/messages").route(web::get().to(list)).route(web::delete().to(clear)),
    );
}

#[derive(Deserialize)]
struct Filter {
    to: Option<String>,
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
            channel: "mail",
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

/// Everything captured, newest first, for one recipient or for all. What still waits in the outbox
/// is delivered first: a client that has just registered finds its mail.
async fn messages(filter: &Filter, services: &Services, mailbox: &CapturedMail) -> Vec<Message> {
    loop {
        match services.deliver_messages.execute().await {
            Ok(delivered) if delivered.total() > 0 => {}
            Ok(_) => break,
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "waiting mail was not delivered");
                break;
            }
        }
    }
    let captured = match &filter.to {
        Some(address) => mailbox.to(address),
        None => mailbox.all(),
    };
    captured.into_iter().map(Message::from).collect()
}

async fn list(
    filter: web::Query<Filter>,
    services: web::Data<Services>,
    mailbox: web::Data<CapturedMail>,
) -> web::Json<Vec<Message>> {
    web::Json(messages(&filter, &services, &mailbox).await)
}

async fn clear(mailbox: web::Data<CapturedMail>) -> HttpResponse {
    match mailbox.clear().await {
        Ok(()) => HttpResponse::NoContent().finish(),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "the mailbox was not emptied");
            HttpResponse::InternalServerError().finish()
        }
    }
}
