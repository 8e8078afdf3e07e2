//! `POST /console/users/{id}/role`.

use actix_web::{HttpRequest, HttpResponse, web};
use vestibule_application::Services;
use vestibule_application::accounts::ChangeRoleInput;
use vestibule_domain::accounts::Role;

use super::account::{Faults, Parts, render};
use super::proof::prove;
use super::target::{find, lead_back};
use crate::console::Rejection;
use crate::console::desk::Order;
use crate::console::done::Done;
use crate::console::policy::ConsolePolicy;
use crate::http::FrameworkProblem;
use crate::http::extract::ClientDevice;

pub(in crate::console) async fn submit(
    request: HttpRequest,
    order: Order,
    id: web::Path<String>,
    device: ClientDevice,
    services: web::Data<Services>,
    policy: web::Data<ConsolePolicy>,
) -> Result<HttpResponse, Rejection> {
    let administrator = order.desk.administrator()?;
    let role: Result<Role, _> = order.values.as_typed("role").parse();
    let role = role.map_err(|_none_of_the_list| FrameworkProblem::BodyUnreadable)?;
    let found = find(&services, administrator, &id).await?;
    if let Some(fault) = prove(&request, &order, device.0, &services, &policy).await? {
        let faults = Faults { role: Some((role, fault)), ..Faults::default() };
        return render(&order.desk, &found, faults, None, Parts::FIRST, &services, &policy).await;
    }
    let account = found.account;
    let input = ChangeRoleInput { administrator, account: account.id, role };
    let before = services.change_role.execute(input).await?;
    let done = if before == role { Done::RoleKept } else { Done::RoleChanged };
    Ok(lead_back(&order.desk.page, account.uuid, done))
}
