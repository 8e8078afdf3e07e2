//! `/account/delete`: moving one's account into the trash.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use vestibule_application::trash::{RestoreOwnAccount, TrashOwnAccountInput};
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
    /// Who brings it back before then, or at any time.
    way_back: &'static str,
    needs_password: bool,
    fault: Option<&'static str>,
}

pub(super) async fn show(
    desk: Desk,
    deps: web::Data<Deps>,
    policy: web::Data<AccountPolicy>,
) -> HttpResponse {
    let needs_password = !desk.session.is_proof_fresh;
    answer(StatusCode::OK, &shown(&desk, needs_password, None, &deps, &policy))
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
        let again = shown(&order.desk, true, Some(fault), &deps, &policy);
        return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &again));
    }
    let actor = *order.desk.actor();
    let input = TrashOwnAccountInput { actor, stays: policy.trash, language: Some(page.language) };
    services.trash_own_account.execute(input).await?;
    cookie::change(&request, Change::Clear);
    let done = if RestoreOwnAccount::is_open_to(actor.role) { Done::Deleted } else { Done::StaffDeleted };
    Ok(page.lead_to_told("/login", done))
}

fn shown(
    desk: &Desk,
    needs_password: bool,
    fault: Option<&'static str>,
    deps: &Deps,
    policy: &AccountPolicy,
) -> DeletePage {
    let until = policy.end_of_trash(deps.clock.now());
    let words = desk.page.words;
    let way_back = match (RestoreOwnAccount::is_open_to(desk.actor().role), &until) {
        (true, Some(_)) => words.delete_come_back,
        (true, None) => words.delete_kept,
        (false, Some(_)) => words.delete_staff_come_back,
        (false, None) => words.delete_staff_kept,
    };
    let page = desk.page.titled(words.delete).within("/delete");
    DeletePage { page, until, way_back, needs_password, fault }
}
