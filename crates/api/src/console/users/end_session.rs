//! `POST /console/users/{id}/sessions/{session}/end`.

use actix_web::{HttpResponse, web};
use uuid::Uuid;
use vestibule_application::Services;
use vestibule_application::sessions::{EndSessionError, EndSessionInput};
use vestibule_domain::sessions::SessionId;

use super::target::{find, lead_back};
use crate::console::Rejection;
use crate::console::desk::Order;
use crate::console::done::Done;

pub(in crate::console) async fn submit(
    order: Order,
    path: web::Path<(String, String)>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let administrator = order.desk.administrator()?;
    let (id, session) = path.into_inner();
    let session = Uuid::parse_str(&session).map_err(|_no_id| EndSessionError::NotFound)?;
    let account = find(&services, administrator, &id).await?.account;
    let input = EndSessionInput { administrator, account: account.id, session: SessionId(session) };
    services.end_session.execute(input).await?;
    Ok(lead_back(&order.desk.page, account.uuid, Done::SessionEnded))
}
