//! Into the trash and back.

use vestibule_application::Actor;
use vestibule_application::accounts::DeactivateAccountInput;
use vestibule_application::trash::{
    ListTrashInput, RestoreAccountError, RestoreAccountInput, TrashAccountError, TrashAccountInput,
    TrashAccountsError, TrashAccountsInput, TrashedAccounts,
};
use vestibule_domain::accounts::AccountUuid;
use vestibule_domain::page::{PageLimit, PageRequest};
use vestibule_use_case_tests::UseCases;

use super::people::{admin, by, email, over, user};

async fn trash(app: &UseCases, actor: &Actor, target: AccountUuid) -> Result<(), TrashAccountError> {
    let input = TrashAccountInput { who: over(actor, target), reason: "why not".to_owned() };
    app.services.trash_account.execute(input).await
}

async fn trash_all(
    app: &UseCases,
    actor: &Actor,
    accounts: &[AccountUuid],
) -> Result<TrashedAccounts, TrashAccountsError> {
    let input = TrashAccountsInput {
        administrator: by(actor),
        accounts: accounts.to_vec(),
        reason: "spring cleaning".to_owned(),
    };
    app.services.trash_accounts.execute(input).await
}

async fn restore(app: &UseCases, actor: &Actor, account: AccountUuid) -> Result<(), RestoreAccountError> {
    let input = RestoreAccountInput { administrator: by(actor), account };
    app.services.restore_account.execute(input).await.map(drop)
}

async fn listed(app: &UseCases, actor: &Actor) -> Vec<(AccountUuid, Option<AccountUuid>, String)> {
    let page = PageRequest::numbered(1, PageLimit::new(20));
    let input = ListTrashInput { administrator: by(actor), page };
    let page = app.services.list_trash.execute(input).await.unwrap();
    page.items.into_iter().map(|entry| (entry.account, entry.deleted_by, entry.reason)).collect()
}

#[tokio::test]
async fn tokens_stop_at_once_and_a_restored_account_logs_in_with_new_ones_alone() {
    let app = UseCases::new();
    let (root, ada) = (admin(&app, "root").await, user(&app, "ada").await);
    let session = app.log_in(&email("ada")).await;
    assert!(app.actor(&session.access_token).await.is_some());
    trash(&app, &ada, ada.uuid).await.unwrap();
    assert!(app.actor(&session.access_token).await.is_none());
    assert_eq!(listed(&app, &root).await, [(ada.uuid, Some(ada.uuid), "why not".to_owned())]);
    restore(&app, &root, ada.uuid).await.unwrap();
    assert!(app.actor(&session.access_token).await.is_none());
    let session = app.log_in(&email("ada")).await;
    assert!(app.actor(&session.access_token).await.is_some());
    assert!(listed(&app, &root).await.is_empty());
}

#[tokio::test]
async fn what_is_not_there_or_there_already_is_not_trashed() {
    let app = UseCases::new();
    let (root, ada) = (admin(&app, "root").await, user(&app, "ada").await);
    let unknown = trash(&app, &root, AccountUuid::NOBODY).await;
    assert!(matches!(unknown, Err(TrashAccountError::NotFound)));
    trash(&app, &root, ada.uuid).await.unwrap();
    assert!(matches!(trash(&app, &root, ada.uuid).await, Err(TrashAccountError::AlreadyInTrash)));
}

#[tokio::test]
async fn what_is_not_in_the_trash_is_not_restored() {
    let app = UseCases::new();
    let (root, ada) = (admin(&app, "root").await, user(&app, "ada").await);
    let unknown = restore(&app, &root, AccountUuid::NOBODY).await;
    assert!(matches!(unknown, Err(RestoreAccountError::NotFound)));
    assert!(matches!(restore(&app, &root, ada.uuid).await, Err(RestoreAccountError::NotInTrash)));
    trash(&app, &root, ada.uuid).await.unwrap();
    let now = vestibule_domain::ports::Clock::now(&app.clock);
    app.deps.store.repositories().trash().begin_removal(ada.account, now).await.unwrap();
    assert!(matches!(restore(&app, &root, ada.uuid).await, Err(RestoreAccountError::BeingRemoved)));
}

#[tokio::test]
async fn many_are_trashed_in_the_order_of_the_request_and_each_once() {
    let app = UseCases::new();
    let root = admin(&app, "root").await;
    let (ada, eva, bob) = (user(&app, "ada").await, user(&app, "eva").await, user(&app, "bob").await);
    trash(&app, &root, bob.uuid).await.unwrap();
    let named = [eva.uuid, AccountUuid::NOBODY, ada.uuid, eva.uuid, bob.uuid];
    let trashed = trash_all(&app, &root, &named).await.unwrap();
    assert_eq!(trashed.now, [eva.uuid, ada.uuid]);
    assert_eq!(trashed.before, [AccountUuid::NOBODY, bob.uuid]);
    let order: Vec<_> = listed(&app, &root).await.into_iter().map(|(account, ..)| account).collect();
    assert_eq!(order, [bob.uuid, eva.uuid, ada.uuid]);
}

#[tokio::test]
async fn all_of_many_are_trashed_or_none() {
    let app = UseCases::new();
    let (root, ada) = (admin(&app, "root").await, user(&app, "ada").await);
    assert!(matches!(trash_all(&app, &root, &[]).await, Err(TrashAccountsError::NoneNamed)));
    let refused = trash_all(&app, &root, &[ada.uuid, root.uuid]).await;
    assert!(matches!(refused, Err(TrashAccountsError::LastAdmin)));
    assert!(listed(&app, &root).await.is_empty());
    assert!(matches!(trash(&app, &root, root.uuid).await, Err(TrashAccountError::LastAdmin)));
}

#[tokio::test]
async fn an_administrator_who_is_none_any_more_does_nothing() {
    let app = UseCases::new();
    let (root, ada) = (admin(&app, "root").await, user(&app, "ada").await);
    let (trashed, locked_out) = (admin(&app, "trashed").await, admin(&app, "locked-out").await);
    trash(&app, &root, trashed.uuid).await.unwrap();
    let input = DeactivateAccountInput { administrator: by(&root), account: locked_out.account };
    app.services.deactivate_account.execute(input).await.unwrap();
    for former in [&trashed, &locked_out] {
        assert!(matches!(trash(&app, former, ada.uuid).await, Err(TrashAccountError::Forbidden)));
        let many = trash_all(&app, former, &[ada.uuid]).await;
        assert!(matches!(many, Err(TrashAccountsError::Forbidden)));
        let back = restore(&app, former, trashed.uuid).await;
        assert!(matches!(back, Err(RestoreAccountError::Forbidden)));
    }
}
