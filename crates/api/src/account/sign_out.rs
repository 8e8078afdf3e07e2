//! `POST /account/logout`.

use actix_web::{HttpRequest, HttpResponse, web};
use vestibule_application::Services;
use vestibule_application::sessions::LogOutInput;

use super::Rejection;
use super::desk::Order;
use super::done::Done;
use crate::browser::cookie::{self, Change};

pub(super) async fn submit(
    request: HttpRequest,
    order: Order,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let session = order.desk.actor().session;
    services.log_out.execute(LogOutInput { session }).await?;
    cookie::change(&request, Change::Clear);
    Ok(order.desk.page.lead_to_told("/login", Done::SignedOut))
}
