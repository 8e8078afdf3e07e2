//! The account that a page is about.

use actix_web::HttpResponse;
use vestibule_application::Services;
use vestibule_application::accounts::{Administrator, InspectAccountError, InspectedAccount, NamedAccount};
use vestibule_domain::accounts::AccountUuid;

use crate::console::Rejection;
use crate::console::done::Done;
use crate::console::page::Page;

/// The account with this id, in the trash or not. Each id names it that its page shows: the opaque one, and the number
/// that some surfaces publish.
pub(super) async fn find(
    services: &Services,
    administrator: Administrator,
    id: &str,
) -> Result<InspectedAccount, Rejection> {
    let is_id = |named: &NamedAccount| matches!(named, NamedAccount::Id(_) | NamedAccount::Uuid(_));
    let named = NamedAccount::parse(id).filter(is_id).ok_or(InspectAccountError::NotFound)?;
    Ok(services.inspect_account.execute(administrator, &named).await?)
}

/// Leads the browser to the page of an account, which says what was done.
pub(super) fn lead_back(page: &Page, account: AccountUuid, done: Done) -> HttpResponse {
    page.lead_to(&format!("/users/{}?done={}", account.0, done.word()))
}
