//! Those who take part.

use std::sync::Arc;

use vestibule_application::Actor;
use vestibule_application::accounts::{
    Administrator, Appointer, OwnerOrAdministrator, SignUpAs, SignUpInput,
};
use vestibule_domain::accounts::{AccountId, AccountUuid, Username};
use vestibule_domain::store::Store;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{PASSWORD, address, new_password};

pub(super) fn on(store: Arc<dyn Store>) -> UseCases {
    UseCases::with(|deps| deps.store = store)
}

pub(super) fn email(name: &str) -> String {
    format!("{name}@example.com")
}

pub(super) fn input(name: &str, role: SignUpAs) -> SignUpInput {
    SignUpInput {
        email: address(&email(name)),
        username: Username::parse_lowercase(name).unwrap(),
        password: new_password(PASSWORD),
        role,
    }
}

pub(super) async fn signed_up(app: &UseCases, name: &str) -> AccountId {
    app.services.sign_up.execute(input(name, SignUpAs::User)).await.unwrap()
}

/// Signs up, and logs in.
pub(super) async fn user(app: &UseCases, name: &str) -> Actor {
    signed_up(app, name).await;
    let session = app.log_in(&email(name)).await;
    app.actor(&session.access_token).await.unwrap()
}

pub(super) async fn admin(app: &UseCases, name: &str) -> Actor {
    let input = input(name, SignUpAs::Admin(Appointer::through_open_door()));
    app.services.sign_up.execute(input).await.unwrap();
    let session = app.log_in(&email(name)).await;
    app.actor(&session.access_token).await.unwrap()
}

pub(super) fn by(actor: &Actor) -> Administrator {
    Administrator::with_role(actor).unwrap()
}

pub(super) fn over(actor: &Actor, target: AccountUuid) -> OwnerOrAdministrator {
    OwnerOrAdministrator::of(actor, target).unwrap()
}
