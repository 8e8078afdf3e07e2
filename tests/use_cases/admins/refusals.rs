//! The last administrator is refused what would leave nobody.

use vestibule_application::accounts::{
    ChangeRoleError, ChangeRoleInput, DeactivateAccountError, DeactivateAccountInput,
};
use vestibule_domain::accounts::Role;
use vestibule_use_case_tests::UseCases;

use super::people::{admin, by};

#[tokio::test]
async fn the_last_administrator_is_neither_demoted_nor_locked_out() {
    let app = UseCases::new();
    let root = admin(&app, "root").await;
    let (administrator, account) = (by(&root), root.account);
    let demoted = ChangeRoleInput { administrator, account, role: Role::Moderator };
    let refused = app.services.change_role.execute(demoted).await;
    assert!(matches!(refused, Err(ChangeRoleError::LastAdmin)));
    let refused =
        app.services.deactivate_account.execute(DeactivateAccountInput { administrator, account }).await;
    assert!(matches!(refused, Err(DeactivateAccountError::LastAdmin)));
    admin(&app, "second").await;
    let demoted = ChangeRoleInput { administrator, account, role: Role::Moderator };
    app.services.change_role.execute(demoted).await.unwrap();
}
