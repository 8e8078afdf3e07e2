//! What administrators do, and who is none.

use vestibule_application::accounts::{
    ChangeRoleError, ChangeRoleInput, CreateAdminError, CreateAdminInput, DeactivateAccountError,
    DeactivateAccountInput,
};
use vestibule_domain::accounts::{AccountId, Role, Username};
use vestibule_tests::UseCases;
use vestibule_tests::use_cases::{PASSWORD, address, new_password};

const ADA: &str = "ada@example.com";

#[tokio::test]
async fn only_an_administrator_deactivates_and_changes_roles() {
    let app = UseCases::new();
    let account = app.member(ADA).await;
    let session = app.log_in(ADA).await;
    let mut actor = app.actor(&session.access_token).await.unwrap();
    for role in [Role::User, Role::Moderator] {
        actor.role = role;
        let refused =
            app.services.deactivate_account.execute(DeactivateAccountInput { actor, account }).await;
        assert!(matches!(refused, Err(DeactivateAccountError::Forbidden)));
        let input = ChangeRoleInput { actor, account, role: Role::Admin };
        assert!(matches!(app.services.change_role.execute(input).await, Err(ChangeRoleError::Forbidden)));
    }
}

#[tokio::test]
async fn an_account_that_is_not_there_is_not_found() {
    let app = UseCases::new();
    let actor = app.admin().await;
    let account = AccountId(4711);
    let refused = app.services.deactivate_account.execute(DeactivateAccountInput { actor, account }).await;
    assert!(matches!(refused, Err(DeactivateAccountError::NotFound)));
    let input = ChangeRoleInput { actor, account, role: Role::Admin };
    assert!(matches!(app.services.change_role.execute(input).await, Err(ChangeRoleError::NotFound)));
}

#[tokio::test]
async fn the_first_administrator_can_log_in_and_names_are_taken_once() {
    let app = UseCases::new();
    let input = |email: &str, name: &str| CreateAdminInput {
        email: address(email),
        username: Some(Username::parse(name).unwrap()),
        password: new_password(PASSWORD),
    };
    app.services.create_admin.execute(input("root@example.com", "Root")).await.unwrap();
    let session = app.log_in("root@example.com").await;
    assert_eq!(app.actor(&session.access_token).await.unwrap().role, Role::Admin);

    let taken = app.services.create_admin.execute(input("root@example.com", "other")).await;
    assert!(matches!(taken, Err(CreateAdminError::EmailTaken)));
    let taken = app.services.create_admin.execute(input("other@example.com", "rOOt")).await;
    assert!(matches!(taken, Err(CreateAdminError::UsernameTaken)));
}
