//! `POST /console/users/{id}/sessions/end`.

use actix_web::{HttpResponse, web};
use vestibule_application::Services;
use vestibule_application::sessions::EndSessionsInput;

use super::target::{find, lead_back};
use crate::console::Rejection;
use crate::console::desk::Order;
use crate::console::done::Done;

pub(in crate::console) async fn submit(
    order: Order,
    id: web::Path<String>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let administrator = order.desk.administrator()?;
    let account = find(&services, administrator, &id).await?.account;
    services.end_sessions.execute(EndSessionsInput { administrator, account: account.id }).await?;
    Ok(lead_back(&order.desk.page, account.uuid, Done::SessionsEnded))
}
