//! `/account`: whose account it is, and its sessions.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use uuid::Uuid;
use vestibule_application::Services;
use vestibule_application::sessions::EndOwnSessionError;
use vestibule_domain::sessions::SessionId;

use super::Rejection;
use super::desk::{Desk, Order, Typed};
use super::done::Done;
use super::page::{Page, answer};
use crate::browser::cookie::{self, Change};
use crate::browser::session_table::SessionTable;

#[derive(Template)]
#[template(path = "account/sessions.html")]
struct SessionsPage {
    page: Page,
    done: Option<&'static str>,
    /// What identifies the account.
    facts: Vec<(&'static str, String)>,
    sessions: SessionTable,
}

pub(super) async fn show(
    desk: Desk,
    typed: Typed,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let words = desk.page.words;
    let account = services.show_account.own(desk.actor()).await?;
    let named = [
        (words.user_name, account.username.map(|name| name.to_string())),
        (words.email, account.email.map(|email| email.to_string())),
        (words.display_name, account.display_name),
    ];
    let sessions = services.list_sessions.own(desk.actor()).await?;
    let own = desk.actor().session;
    let shown = SessionsPage {
        page: desk.page.titled(words.sessions),
        done: Done::of(typed.0.as_typed("done")).map(words.done),
        facts: named.into_iter().filter_map(|(label, value)| value.map(|value| (label, value))).collect(),
        sessions: SessionTable::part(sessions, own, typed.0.page_number()),
    };
    Ok(answer(StatusCode::OK, &shown))
}

/// `POST /account/sessions/{session}/end`.
pub(super) async fn end_one(
    request: HttpRequest,
    order: Order,
    session: web::Path<String>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let actor = order.desk.actor();
    let id = Uuid::parse_str(&session).map_err(|_no_id| EndOwnSessionError::NotFound)?;
    services.end_own_session.execute(actor, SessionId(id)).await?;
    if SessionId(id) == actor.session {
        cookie::change(&request, Change::Clear);
        return Ok(order.desk.page.lead_to_told("/login", Done::SignedOut));
    }
    Ok(order.desk.page.lead_to_told("", Done::SessionEnded))
}

/// `POST /account/sessions/end`: all but that of the page.
pub(super) async fn end_others(
    order: Order,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    services.end_other_sessions.execute(order.desk.actor()).await?;
    Ok(order.desk.page.lead_to_told("", Done::SessionsEnded))
}
