//! `POST /console/users/{id}/trash`.

use actix_web::{HttpResponse, web};
use vestibule_application::Services;
use vestibule_application::accounts::OwnerOrAdministrator;
use vestibule_application::trash::TrashAccountInput;

use super::target::{find, lead_back};
use crate::console::Rejection;
use crate::console::desk::Order;
use crate::console::done::Done;

pub(in crate::console) async fn submit(
    order: Order,
    id: web::Path<String>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let account = find(&services, order.desk.administrator()?, &id).await?.account.uuid;
    let who = OwnerOrAdministrator::of(&order.desk.session.actor, account)?;
    let reason = order.values.text("reason");
    services.trash_account.execute(TrashAccountInput { who, reason }).await?;
    Ok(lead_back(&order.desk.page, account, Done::Trashed))
}
