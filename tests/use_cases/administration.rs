//! What administrators do, and who is none.

use vestibule_application::accounts::{
    Administrator, ChangeRoleError, ChangeRoleInput, CreateAdminError, CreateAdminInput,
    DeactivateAccountError, DeactivateAccountInput,
};
use vestibule_application::{CodedError as _, codes};
use vestibule_domain::accounts::{AccountId, Role, Username};
use vestibule_domain::ports::Clock as _;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{PASSWORD, address, new_password};

const ADA: &str = "ada@example.com";

#[tokio::test]
async fn only_an_administrator_has_the_proof_that_changes_of_accounts_ask_for() {
    let app = UseCases::new();
    app.member(ADA).await;
    let session = app.log_in(ADA).await;
    let mut actor = app.actor(&session.access_token).await.unwrap();
    for role in [Role::User, Role::Moderator] {
        actor.role = role;
        assert_eq!(Administrator::with_role(&actor).unwrap_err().code(), codes::ADMINISTRATORS_ONLY);
    }
    actor.role = Role::Admin;
    assert!(Administrator::with_role(&actor).is_ok());
}

#[tokio::test]
async fn an_account_that_is_not_there_is_not_found() {
    let app = UseCases::new();
    let administrator = app.admin().await;
    let account = AccountId(4711);
    let input = DeactivateAccountInput { administrator, account };
    let refused = app.services.deactivate_account.execute(input).await;
    assert!(matches!(refused, Err(DeactivateAccountError::NotFound)));
    let input = ChangeRoleInput { administrator, account, role: Role::Admin };
    assert!(matches!(app.services.change_role.execute(input).await, Err(ChangeRoleError::NotFound)));
}

/// As after a change that was cut off between its commit and its marks.
#[tokio::test]
async fn a_role_that_an_account_has_already_is_the_one_that_is_served_when_that_is_answered() {
    let app = UseCases::new();
    let (administrator, account) = (app.admin().await, app.member(ADA).await);
    let session = app.log_in(ADA).await;
    assert_eq!(app.actor(&session.access_token).await.unwrap().role, Role::User);
    let now = app.clock.now();
    let mut repositories = app.deps.store.repositories();
    assert!(repositories.accounts().set_role(account, Role::Moderator, now).await.unwrap());
    drop(repositories);
    assert_eq!(app.actor(&session.access_token).await.unwrap().role, Role::User, "its state is cached");

    let input = ChangeRoleInput { administrator, account, role: Role::Moderator };
    assert_eq!(app.services.change_role.execute(input).await.unwrap(), Role::Moderator);
    assert_eq!(app.actor(&session.access_token).await.unwrap().role, Role::Moderator);
}

#[tokio::test]
async fn the_first_administrator_can_log_in_and_names_are_taken_once() {
    let app = UseCases::new();
    let input = |email: &str, name: &str| CreateAdminInput {
        administrator: Administrator::operator(),
        email: address(email),
        username: Some(Username::parse(name).unwrap()),
        password: new_password(PASSWORD),
    };
    app.services.create_admin.execute(input("root@example.com", "Root")).await.unwrap();
    let mut repositories = app.deps.store.repositories();
    let root = repositories.accounts().by_email(&address("root@example.com")).await.unwrap().unwrap();
    assert_eq!(root.details.surface, None, "it came through none");
    drop(repositories);
    let session = app.log_in("root@example.com").await;
    assert_eq!(app.actor(&session.access_token).await.unwrap().role, Role::Admin);

    let taken = app.services.create_admin.execute(input("root@example.com", "other")).await;
    assert!(matches!(taken, Err(CreateAdminError::EmailTaken)));
    let taken = app.services.create_admin.execute(input("other@example.com", "rOOt")).await;
    assert!(matches!(taken, Err(CreateAdminError::UsernameTaken)));
}
