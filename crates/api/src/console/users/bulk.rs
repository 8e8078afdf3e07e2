//! `POST /console/users/trash` and `POST /console/trash/restore`: what is done to the accounts that were chosen in a
//! list.
//!
//! A first form asks, with the accounts by name. Each account is a use case of its own, so that each succeeds or fails
//! by itself; the answer says what became of each. To send the form again does nothing that was done.

use std::collections::HashSet;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;
use vestibule_application::accounts::{InspectAccountError, NamedAccount, OwnerOrAdministrator};
use vestibule_application::trash::{RestoreAccountInput, TrashAccountInput};
use vestibule_application::{CodedError, Services};
use vestibule_domain::accounts::AccountUuid;

use super::account::confirmed_by;
use crate::console::Rejection;
use crate::console::desk::Order;
use crate::console::dialect::Refusal;
use crate::console::done::Done;
use crate::console::page::{Page, answer};
use crate::console::policy::PAGE;
use crate::console::values::Values;
use crate::console::words::Words;
use crate::http::FrameworkProblem;

#[derive(Template)]
#[template(path = "console/bulk.html")]
struct BulkPage {
    page: Page,
    deed: Deed,
    accounts: Vec<Chosen>,
    /// Whether it is done; else it is asked for.
    is_done: bool,
}

/// What is done to the accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Trash,
    Restore,
}

/// An account that was chosen.
struct Chosen {
    uuid: AccountUuid,
    called: String,
    /// What became of it.
    outcome: &'static str,
    is_done: bool,
}

impl BulkPage {
    fn is_of_trash(&self) -> bool {
        self.deed == Deed::Trash
    }
}

/// Moves accounts into the trash.
pub(in crate::console) async fn trash(
    order: Order,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    submit(Deed::Trash, &order, &services).await
}

/// Takes accounts out of the trash.
pub(in crate::console) async fn restore(
    order: Order,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    submit(Deed::Restore, &order, &services).await
}

async fn submit(deed: Deed, order: &Order, services: &Services) -> Result<HttpResponse, Rejection> {
    let desk = &order.desk;
    let administrator = desk.administrator()?;
    let words = desk.page.words;
    let mut accounts = Vec::new();
    for uuid in chosen(&order.values)? {
        let called = match services.inspect_account.execute(administrator, &NamedAccount::Uuid(uuid)).await {
            Ok(found) => confirmed_by(&found.account),
            Err(InspectAccountError::NotFound) => uuid.0.to_string(),
            Err(error) => return Err(error.into()),
        };
        accounts.push(Chosen { uuid, called, outcome: "", is_done: false });
    }
    let is_done = order.values.as_typed("confirmed") == "yes";
    if is_done {
        // Whoever moves his own account to the trash may do nothing after it.
        accounts.sort_by_key(|account| account.uuid == desk.session.actor.uuid);
        for account in &mut accounts {
            (account.is_done, account.outcome) = carry_out(deed, account.uuid, order, services).await?;
        }
    }
    let status = if accounts.is_empty() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (title, part) = match deed {
        Deed::Trash => (words.to_trash, "/users"),
        Deed::Restore => (words.restore, "/trash"),
    };
    let page = desk.page.titled(title).within(part);
    Ok(answer(status, &BulkPage { page, deed, accounts, is_done }))
}

/// The accounts of a form, each once. More than a page has are of no page, and what is no id is of none either.
fn chosen(values: &Values) -> Result<Vec<AccountUuid>, FrameworkProblem> {
    let mut seen = HashSet::new();
    let mut accounts = Vec::new();
    for id in values.all("account") {
        let uuid = Uuid::parse_str(id).map_err(|_no_id| FrameworkProblem::BodyUnreadable)?;
        if seen.insert(uuid) {
            accounts.push(AccountUuid(uuid));
        }
    }
    if accounts.len() > usize::from(PAGE) { Err(FrameworkProblem::BodyUnreadable) } else { Ok(accounts) }
}

/// Does it to one account, and answers whether it is done, and what to say.
async fn carry_out(
    deed: Deed,
    account: AccountUuid,
    order: &Order,
    services: &Services,
) -> Result<(bool, &'static str), Rejection> {
    let words = order.desk.page.words;
    match deed {
        Deed::Trash => {
            let who = OwnerOrAdministrator::of(&order.desk.session.actor, account)?;
            let input = TrashAccountInput { who, reason: order.values.text("reason") };
            Ok(told(services.trash_account.execute(input).await, Done::Trashed, words))
        }
        Deed::Restore => {
            let input = RestoreAccountInput { administrator: order.desk.administrator()?, account };
            Ok(told(services.restore_account.execute(input).await, Done::Restored, words))
        }
    }
}

fn told<T, E: CodedError>(result: Result<T, E>, done: Done, words: &Words) -> (bool, &'static str) {
    match result {
        Ok(_) => (true, (words.done)(done)),
        Err(error) => {
            let [_, text] = (words.refusal)(Refusal::of_code(error.code()));
            // Only the log says why, where that is nobody's business.
            let _ = Rejection::from(error);
            (false, text)
        }
    }
}
