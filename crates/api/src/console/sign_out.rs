//! `POST /console/logout`.

use actix_web::{HttpRequest, HttpResponse, web};
use vestibule_application::Services;
use vestibule_application::sessions::LogOutInput;

use super::Rejection;
use super::cookie::{self, Change};
use super::desk::Order;
use super::done::Done;

pub(super) async fn submit(
    request: HttpRequest,
    order: Order,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let session = order.desk.session.actor.session;
    services.log_out.execute(LogOutInput { session }).await?;
    cookie::change(&request, Change::Clear);
    Ok(order.desk.page.lead_to(&format!("/login?done={}", Done::SignedOut.word())))
}
