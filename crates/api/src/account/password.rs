//! `/account/password`.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use vestibule_application::Services;
use vestibule_application::accounts::{ChangePasswordError, ChangePasswordInput};
use vestibule_domain::accounts::{NewPassword, Password, PasswordPolicy};

use super::Rejection;
use super::desk::{Desk, Order, Typed};
use super::done::Done;
use super::page::{Page, answer};
use super::policy::AccountPolicy;
use crate::browser::weakness::{known_from_breach, passwords_differ, rules_in_words, words_of};

#[derive(Template)]
#[template(path = "account/password.html")]
struct PasswordPage {
    page: Page,
    done: Option<&'static str>,
    /// What makes a new password good.
    rules: Vec<String>,
    /// What is wrong with the old password.
    old_fault: Option<&'static str>,
    /// What is wrong with the new one.
    new_fault: Option<String>,
}

impl PasswordPage {
    /// The form as it is shown at first.
    fn of(page: &Page, policy: PasswordPolicy) -> Self {
        let rules = rules_in_words(policy, page.language);
        let page = page.titled(page.words.password_page).within("/password");
        Self { page, done: None, rules, old_fault: None, new_fault: None }
    }
}

pub(super) async fn show(desk: Desk, typed: Typed, policy: web::Data<AccountPolicy>) -> HttpResponse {
    let done = Done::of(typed.0.as_typed("done")).map(desk.page.words.done);
    answer(StatusCode::OK, &PasswordPage { done, ..PasswordPage::of(&desk.page, policy.passwords) })
}

pub(super) async fn submit(
    order: Order,
    services: web::Data<Services>,
    policy: web::Data<AccountPolicy>,
) -> Result<HttpResponse, Rejection> {
    let page = &order.desk.page;
    let again = |old_fault: Option<&'static str>, new_fault: Option<String>| {
        let page = PasswordPage { old_fault, new_fault, ..PasswordPage::of(page, policy.passwords) };
        answer(StatusCode::UNPROCESSABLE_ENTITY, &page)
    };
    let new = match new_password(&order, policy.passwords) {
        Ok(new) => new,
        Err(fault) => return Ok(again(None, Some(fault))),
    };
    let actor = *order.desk.actor();
    let old = Password::new(order.values.as_typed("old"));
    let language = Some(page.language);
    let input = ChangePasswordInput { actor, account: actor.uuid, old, new, language };
    match services.change_password.execute(input).await {
        Ok(()) => Ok(page.lead_to_told("/password", Done::PasswordChanged)),
        Err(ChangePasswordError::WrongPassword) => Ok(again(Some(page.words.password_wrong), None)),
        Err(ChangePasswordError::Breached) => {
            Ok(again(None, Some(known_from_breach(page.language).to_owned())))
        }
        Err(error) => Err(error.into()),
    }
}

fn new_password(order: &Order, policy: PasswordPolicy) -> Result<NewPassword, String> {
    let (new, language) = (order.values.as_typed("new"), order.desk.page.language);
    if new != order.values.as_typed("repeated") {
        return Err(passwords_differ(language).to_owned());
    }
    policy.check(new).map_err(|weakness| words_of(weakness, language))
}
