//! One administrator stays, whatever happens at once.

use std::sync::Arc;

use vestibule_application::accounts::{ChangeRoleInput, DeactivateAccountInput};
use vestibule_application::trash::{TrashAccountInput, TrashAccountsInput};
use vestibule_domain::accounts::Role;
use vestibule_domain::store::Store;
use vestibule_use_case_tests::at_once;

use super::people::{admin, by, on, over};

on_stores![
    of_two_administrators_who_trash_each_other_one_stays,
    of_administrators_who_leave_at_once_one_stays
];

async fn of_two_administrators_who_trash_each_other_one_stays(store: Arc<dyn Store>) {
    let app = Arc::new(on(store.clone()));
    for round in 0..8 {
        let pair = [admin(&app, &format!("a{round}")).await, admin(&app, &format!("b{round}")).await];
        // Whoever is left of the round before goes first.
        if round > 0 {
            leave_only(&store, &pair).await;
        }
        let done = at_once(2, |number| {
            let app = app.clone();
            let who = over(&pair[number], pair[1 - number].uuid);
            async move {
                let input = TrashAccountInput { who, reason: String::new() };
                app.services.trash_account.execute(input).await.is_ok()
            }
        })
        .await;
        assert_eq!(done.iter().filter(|done| **done).count(), 1, "{done:?}");
        assert!(store.begin().await.unwrap().accounts().has_other_admin(&[]).await.unwrap());
    }
}

/// Makes administrators of these alone.
async fn leave_only(store: &Arc<dyn Store>, pair: &[vestibule_application::Actor; 2]) {
    let ids = pair.map(|actor| actor.account);
    let mut repositories = store.repositories();
    for id in 1..ids[0].0 {
        let id = vestibule_domain::accounts::AccountId(id);
        repositories.accounts().deactivate(id, vestibule_use_case_tests::FixedClock::START).await.unwrap();
    }
}

async fn of_administrators_who_leave_at_once_one_stays(store: Arc<dyn Store>) {
    let app = Arc::new(on(store.clone()));
    let mut admins = Vec::new();
    for number in 0..4 {
        admins.push(admin(&app, &format!("admin{number}")).await);
    }
    let done = at_once(4, |number| {
        let (app, actor) = (app.clone(), admins[number]);
        let all: Vec<_> = admins.iter().map(|actor| actor.uuid).collect();
        async move {
            let (administrator, account) = (by(&actor), actor.account);
            match number {
                0 => {
                    let input = ChangeRoleInput { administrator, account, role: Role::User };
                    app.services.change_role.execute(input).await.is_ok()
                }
                1 => {
                    let input = DeactivateAccountInput { administrator, account };
                    app.services.deactivate_account.execute(input).await.is_ok()
                }
                2 => {
                    let input = TrashAccountInput { who: over(&actor, actor.uuid), reason: String::new() };
                    app.services.trash_account.execute(input).await.is_ok()
                }
                _ => {
                    let input = TrashAccountsInput { administrator, accounts: all, reason: String::new() };
                    app.services.trash_accounts.execute(input).await.is_ok()
                }
            }
        }
    })
    .await;
    assert!(done.iter().any(|done| *done), "{done:?}");
    assert!(store.begin().await.unwrap().accounts().has_other_admin(&[]).await.unwrap());
}
