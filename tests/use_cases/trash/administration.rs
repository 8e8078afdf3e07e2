//! What administrators do to other accounts.

use std::sync::Arc;

use vestibule_application::accounts::{
    Administrator, ChangeRoleError, ChangeRoleInput, CreateAdminError, CreateAdminInput,
    DeactivateAccountError, DeactivateAccountInput,
};
use vestibule_domain::accounts::Role;
use vestibule_domain::store::Store;
use vestibule_use_case_tests::use_cases::{ROTATING, address, new_password};

use super::trashed::Trashed;

on_stores![it_is_given_no_role, it_is_not_locked_out, no_administrator_takes_its_address_or_its_name,];

async fn it_is_given_no_role(store: Arc<dyn Store>) {
    for trashed in Trashed::each(store).await {
        let before = trashed.kept().await;
        let administrator = Administrator::operator();
        let input = ChangeRoleInput { administrator, account: trashed.id, role: Role::Admin };
        let refused = trashed.app.services.change_role.execute(input).await;
        assert!(matches!(refused, Err(ChangeRoleError::NotFound)), "{refused:?}");
        trashed.is_as(&before).await;
    }
}

async fn it_is_not_locked_out(store: Arc<dyn Store>) {
    for trashed in Trashed::each(store).await {
        trashed.session(ROTATING).await;
        let before = trashed.kept().await;
        let administrator = Administrator::operator();
        let input = DeactivateAccountInput { administrator, account: trashed.id };
        let refused = trashed.app.services.deactivate_account.execute(input).await;
        assert!(matches!(refused, Err(DeactivateAccountError::NotFound)), "{refused:?}");
        assert_eq!(trashed.open_sessions().await, 1);
        trashed.is_as(&before).await;
    }
}

async fn no_administrator_takes_its_address_or_its_name(store: Arc<dyn Store>) {
    for trashed in Trashed::each(store).await {
        let before = trashed.kept().await;
        let input = |email, username| CreateAdminInput {
            administrator: Administrator::operator(),
            email,
            username,
            password: new_password("another password"),
        };
        let name = before.account.details.username.clone();
        let refused = trashed.app.services.create_admin.execute(input(trashed.email(), None)).await;
        assert!(matches!(refused, Err(CreateAdminError::EmailTaken)), "{refused:?}");
        let refused =
            trashed.app.services.create_admin.execute(input(address("root@example.com"), name)).await;
        assert!(matches!(refused, Err(CreateAdminError::UsernameTaken)), "{refused:?}");
        trashed.is_as(&before).await;
    }
}
