//! `POST /console/users/{id}/reset`.

use actix_web::{HttpResponse, web};
use vestibule_application::Services;
use vestibule_application::accounts::SendPasswordResetInput;

use super::target::{find, lead_back};
use crate::console::Rejection;
use crate::console::desk::Order;
use crate::console::done::Done;
use crate::console::policy::ConsolePolicy;
use crate::http::FrameworkProblem;

pub(in crate::console) async fn submit(
    order: Order,
    id: web::Path<String>,
    services: web::Data<Services>,
    policy: web::Data<ConsolePolicy>,
) -> Result<HttpResponse, Rejection> {
    let administrator = order.desk.administrator()?;
    // The page offers it where a surface that is served mails resets.
    let (policy, language) = policy.reset.ok_or(FrameworkProblem::RouteNotFound)?;
    let account = find(&services, administrator, &id).await?.account;
    let input = SendPasswordResetInput { administrator, account: account.id, policy, language };
    services.send_password_reset.execute(input).await?;
    Ok(lead_back(&order.desk.page, account.uuid, Done::ResetSent))
}
