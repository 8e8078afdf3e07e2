//! `/account/delete`: moving one's account into the trash.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use vestibule_application::accounts::OwnerOrAdministrator;
use vestibule_application::trash::TrashAccountInput;
use vestibule_application::{Deps, Services};

use super::Rejection;
use super::desk::{Desk, Order};
use super::done::Done;
use super::page::{Page, answer};
use super::policy::AccountPolicy;
use super::proof::{Proof, prove};
use crate::browser::cookie::{self, Change};
use crate::browser::times::Moment;
use crate::http::extract::ClientDevice;

#[derive(Template)]
#[template(path = "account/delete.html")]
struct DeletePage {
    page: Page,
    /// When the account would go for good if it were deleted now.
    until: Option<Moment>,
    needs_password: bool,
    fault: Option<&'static str>,
}

pub(super) async fn show(
    desk: Desk,
    deps: web::Data<Deps>,
    policy: web::Data<AccountPolicy>,
) -> HttpResponse {
    let needs_password = !desk.session.is_proof_fresh;
    answer(StatusCode::OK, &shown(&desk.page, needs_password, None, &deps, &policy))
}

pub(super) async fn submit(
    request: HttpRequest,
    order: Order,
    device: ClientDevice,
    services: web::Data<Services>,
    deps: web::Data<Deps>,
    policy: web::Data<AccountPolicy>,
) -> Result<HttpResponse, Rejection> {
    let page = &order.desk.page;
    if let Proof::Missing(fault) = prove(&request, &order, device.0, &services, &policy).await? {
        let again = shown(page, true, Some(fault), &deps, &policy);
        return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &again));
    }
    let actor = order.desk.actor();
    let who = OwnerOrAdministrator::of(actor, actor.uuid)?;
    services.trash_account.execute(TrashAccountInput { who, reason: String::new() }).await?;
    cookie::change(&request, Change::Clear);
    Ok(page.lead_to_told("/login", Done::Deleted))
}

fn shown(
    page: &Page,
    needs_password: bool,
    fault: Option<&'static str>,
    deps: &Deps,
    policy: &AccountPolicy,
) -> DeletePage {
    let until = policy.end_of_trash(deps.clock.now());
    DeletePage { page: page.titled(page.words.delete).within("/delete"), until, needs_password, fault }
}
