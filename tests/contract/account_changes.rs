//! The contract of `AccountRepository`: changes.

use vestibule_domain::accounts::{AccountDetails, AccountUuid, PasswordHash, Role};
use vestibule_tests::{at_once, contract};

use crate::given::{MOMENT, NOBODY, NOW, Stored, account, add, add_account, read};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    an_activation_makes_the_account_active_and_verified,
    an_activation_changes_nothing_of_an_active_account,
    an_activation_brings_nobody_back_who_was_locked_out,
    an_activation_takes_nobody_out_of_the_trash,
    an_activation_gives_the_password_and_the_name_of_a_registration,
    an_activation_gives_nothing_to_an_account_that_does_not_wait,
    nobody_cannot_be_activated,
    of_two_activations_at_once_one_succeeds,
    a_deactivation_makes_the_account_inactive,
    a_deactivation_changes_nothing_of_an_inactive_account,
    nobody_cannot_be_deactivated,
    of_two_deactivations_at_once_one_succeeds,
    who_was_locked_out_is_readmitted_and_nobody_else,
    a_role_is_given,
    nobody_cannot_be_given_a_role,
    a_password_is_set,
    nobody_cannot_be_given_a_password,
    a_hash_is_upgraded_and_the_last_change_stays,
    a_hash_that_was_changed_meanwhile_is_not_upgraded,
    the_hash_of_nobody_is_not_upgraded,
    a_change_leaves_other_accounts_alone,
]);

async fn an_activation_makes_the_account_active_and_verified(store: Stored) {
    let details = AccountDetails { is_active: false, ..account("ada@example.com") };
    let id = add(&store, &details).await;
    let at = NOW + MOMENT;
    assert!(store.repositories().accounts().activate(id, at).await.unwrap());
    let activated =
        AccountDetails { is_active: true, email_verified_at: Some(at), updated_at: at, ..details };
    assert_eq!(read(&store, id).await.details, activated);
}

async fn an_activation_changes_nothing_of_an_active_account(store: Stored) {
    let details = account("ada@example.com");
    let id = add(&store, &details).await;
    assert!(!store.repositories().accounts().activate(id, NOW + MOMENT).await.unwrap());
    assert_eq!(read(&store, id).await.details, details);
}

async fn an_activation_brings_nobody_back_who_was_locked_out(store: Stored) {
    let verified = Some(NOW);
    let details =
        AccountDetails { is_active: false, email_verified_at: verified, ..account("ada@example.com") };
    let id = add(&store, &details).await;
    assert!(!store.repositories().accounts().activate(id, NOW + MOMENT).await.unwrap());
    assert_eq!(read(&store, id).await.details, details);
}

async fn an_activation_takes_nobody_out_of_the_trash(store: Stored) {
    let details = AccountDetails { is_active: false, deleted_at: Some(NOW), ..account("ada@example.com") };
    let id = add(&store, &details).await;
    assert!(!store.repositories().accounts().activate(id, NOW + MOMENT).await.unwrap());
    assert_eq!(read(&store, id).await.details, details);
}

async fn an_activation_gives_the_password_and_the_name_of_a_registration(store: Stored) {
    let hash = PasswordHash::new("$2b$04$chosen");
    for (address, name) in [("ada@example.com", Some("Ada")), ("bob@example.com", None)] {
        let details = AccountDetails {
            is_active: false,
            hashed_password: PasswordHash::unset(),
            display_name: Some("a stranger's".to_owned()),
            ..account(address)
        };
        let id = add(&store, &details).await;
        let at = NOW + MOMENT;
        assert!(store.repositories().accounts().activate_as(id, &hash, name, at).await.unwrap());
        let activated = AccountDetails {
            is_active: true,
            email_verified_at: Some(at),
            hashed_password: hash.clone(),
            display_name: name.map(str::to_owned),
            updated_at: at,
            ..details
        };
        assert_eq!(read(&store, id).await.details, activated);
    }
}

async fn an_activation_gives_nothing_to_an_account_that_does_not_wait(store: Stored) {
    let hash = PasswordHash::new("$2b$04$chosen");
    let active = account("active@example.com");
    let locked_out = AccountDetails {
        is_active: false,
        email_verified_at: Some(NOW),
        ..account("locked-out@example.com")
    };
    let trashed =
        AccountDetails { is_active: false, deleted_at: Some(NOW), ..account("trashed@example.com") };
    for details in [active, locked_out, trashed] {
        let id = add(&store, &details).await;
        let at = NOW + MOMENT;
        assert!(!store.repositories().accounts().activate_as(id, &hash, None, at).await.unwrap());
        assert_eq!(read(&store, id).await.details, details);
    }
}

async fn nobody_cannot_be_activated(store: Stored) {
    assert!(!store.repositories().accounts().activate(NOBODY, NOW).await.unwrap());
}

async fn of_two_activations_at_once_one_succeeds(store: Stored) {
    let id = add(&store, &AccountDetails { is_active: false, ..account("ada@example.com") }).await;
    let answers = at_once(2, |_| {
        let mut repositories = store.repositories();
        async move { repositories.accounts().activate(id, NOW).await.unwrap() }
    })
    .await;
    assert_eq!(answers.into_iter().filter(|activated| *activated).count(), 1);
}

async fn a_deactivation_makes_the_account_inactive(store: Stored) {
    let details = AccountDetails { email_verified_at: Some(NOW), ..account("ada@example.com") };
    let id = add(&store, &details).await;
    let at = NOW + MOMENT;
    assert!(store.repositories().accounts().deactivate(id, at).await.unwrap());
    assert_eq!(
        read(&store, id).await.details,
        AccountDetails { is_active: false, updated_at: at, ..details }
    );
}

async fn a_deactivation_changes_nothing_of_an_inactive_account(store: Stored) {
    let details = AccountDetails { is_active: false, ..account("ada@example.com") };
    let id = add(&store, &details).await;
    assert!(!store.repositories().accounts().deactivate(id, NOW + MOMENT).await.unwrap());
    assert_eq!(read(&store, id).await.details, details);
}

async fn nobody_cannot_be_deactivated(store: Stored) {
    assert!(!store.repositories().accounts().deactivate(NOBODY, NOW).await.unwrap());
}

async fn of_two_deactivations_at_once_one_succeeds(store: Stored) {
    let id = add_account(&store, "ada@example.com").await;
    let answers = at_once(2, |_| {
        let mut repositories = store.repositories();
        async move { repositories.accounts().deactivate(id, NOW).await.unwrap() }
    })
    .await;
    assert_eq!(answers.into_iter().filter(|deactivated| *deactivated).count(), 1);
}

async fn who_was_locked_out_is_readmitted_and_nobody_else(store: Stored) {
    let locked_out = |verified| AccountDetails {
        is_active: false,
        email_verified_at: verified,
        ..account("ada@example.com")
    };
    let before = locked_out(Some(NOW));
    let id = add(&store, &before).await;
    let at = NOW + MOMENT;
    assert!(store.repositories().accounts().readmit(id, at).await.unwrap());
    let after = AccountDetails { is_active: true, updated_at: at, ..before };
    assert_eq!(read(&store, id).await.details, after);
    // Active by now.
    assert!(!store.repositories().accounts().readmit(id, at + MOMENT).await.unwrap());
    assert_eq!(read(&store, id).await.details, after);
    let waiting = AccountDetails { uuid: AccountUuid::NOBODY, email: None, ..locked_out(None) };
    let waiting = add(&store, &waiting).await;
    assert!(!store.repositories().accounts().readmit(waiting, at).await.unwrap());
    assert!(!store.repositories().accounts().readmit(NOBODY, at).await.unwrap());
}

async fn a_role_is_given(store: Stored) {
    let details = account("ada@example.com");
    let id = add(&store, &details).await;
    let at = NOW + MOMENT;
    assert!(store.repositories().accounts().set_role(id, Role::Admin, at).await.unwrap());
    assert_eq!(
        read(&store, id).await.details,
        AccountDetails { role: Role::Admin, updated_at: at, ..details }
    );
}

async fn nobody_cannot_be_given_a_role(store: Stored) {
    assert!(!store.repositories().accounts().set_role(NOBODY, Role::Admin, NOW).await.unwrap());
}

async fn a_password_is_set(store: Stored) {
    let details = account("ada@example.com");
    let id = add(&store, &details).await;
    let (hash, at) = (PasswordHash::new("$2b$04$another"), NOW + MOMENT);
    assert!(store.repositories().accounts().set_password(id, &hash, at).await.unwrap());
    let changed = AccountDetails { hashed_password: hash, updated_at: at, ..details };
    assert_eq!(read(&store, id).await.details, changed);
}

async fn nobody_cannot_be_given_a_password(store: Stored) {
    let hash = PasswordHash::new("$2b$04$another");
    assert!(!store.repositories().accounts().set_password(NOBODY, &hash, NOW).await.unwrap());
}

async fn a_hash_is_upgraded_and_the_last_change_stays(store: Stored) {
    let details = account("ada@example.com");
    let id = add(&store, &details).await;
    let stronger = PasswordHash::new("$2b$12$stronger");
    let old = &details.hashed_password;
    assert!(store.repositories().accounts().upgrade_hash(id, old, &stronger).await.unwrap());
    assert_eq!(read(&store, id).await.details, AccountDetails { hashed_password: stronger, ..details });
}

async fn a_hash_that_was_changed_meanwhile_is_not_upgraded(store: Stored) {
    let details = account("ada@example.com");
    let id = add(&store, &details).await;
    // Hashes are compared to the letter, whatever the store does to texts elsewhere.
    let (old, new) = (PasswordHash::new("$2b$04$HASH"), PasswordHash::new("$2b$12$stronger"));
    assert!(!store.repositories().accounts().upgrade_hash(id, &old, &new).await.unwrap());
    assert_eq!(read(&store, id).await.details, details);
}

async fn the_hash_of_nobody_is_not_upgraded(store: Stored) {
    let (old, new) = (PasswordHash::new("$2b$04$hash"), PasswordHash::new("$2b$12$stronger"));
    assert!(!store.repositories().accounts().upgrade_hash(NOBODY, &old, &new).await.unwrap());
}

async fn a_change_leaves_other_accounts_alone(store: Stored) {
    let id = add_account(&store, "ada@example.com").await;
    let bob = account("bob@example.com");
    let other = add(&store, &bob).await;
    let mut repositories = store.repositories();
    let hash = PasswordHash::new("$2b$04$another");
    repositories.accounts().set_role(id, Role::Admin, NOW + MOMENT).await.unwrap();
    repositories.accounts().set_password(id, &hash, NOW + MOMENT).await.unwrap();
    repositories.accounts().deactivate(id, NOW + MOMENT).await.unwrap();
    assert_eq!(read(&store, other).await.details, bob);
}
