//! The contract of `AccountRepository` about accounts that were never activated.

use time::Duration;
use vestibule_domain::accounts::AccountTokenKind::{Activation, PasswordReset};
use vestibule_domain::accounts::{
    AccountDetails, AccountId, AccountToken, MobileNumber, PendingRegistration, RegistrationId, Role,
};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::verification::{CodeKey, CodePurpose, VerificationCode};
use vestibule_tests::{at_once, contract};

use crate::contacts::given as contacts;
use crate::given::{
    MOMENT, NOW, Stored, account, account_token, add, add_account, add_refresh_token, add_session, read,
    refresh_token,
};
use crate::pending_registrations::registration;

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    an_account_goes_that_was_never_activated,
    an_account_that_was_activated_stays,
    an_account_that_was_registered_later_stays,
    an_account_whose_token_is_good_stays,
    an_account_whose_token_has_ended_goes_with_it,
    an_account_with_a_registration_that_is_good_stays,
    an_account_whose_registrations_have_ended_goes_with_them,
    an_account_whose_code_is_good_stays,
    an_account_whose_code_has_ended_goes_with_it,
    an_account_that_was_locked_out_stays,
    an_account_in_the_trash_stays,
    an_account_that_somebody_changed_stays,
    all_that_belongs_to_it_goes_with_it,
    its_address_is_free_again,
    a_purge_keeps_to_its_limit_oldest_first,
    an_account_that_is_activated_or_mailed_meanwhile_is_never_lost,
    a_purge_of_a_unit_that_was_dropped_removed_nothing,
    a_unit_goes_on_after_a_purge_that_found_nothing,
]);

/// An account that was registered at this time and waits for its activation.
fn waiting(address: &str) -> AccountDetails {
    AccountDetails { is_active: false, ..account(address) }
}

async fn purge(store: &Stored, limit: u64) -> u64 {
    store.repositories().accounts().purge_never_activated(NOW, NOW, limit).await.unwrap().accounts
}

async fn is_there(store: &Stored, id: AccountId) -> bool {
    store.repositories().accounts().by_id(id).await.unwrap().is_some()
}

/// Whether a purge leaves this account alone.
async fn stays(store: &Stored, details: &AccountDetails) -> bool {
    let id = add(store, details).await;
    let purged = purge(store, 100).await;
    let is_there = is_there(store, id).await;
    assert_eq!(purged == 0, is_there);
    is_there
}

async fn an_account_goes_that_was_never_activated(store: Stored) {
    assert!(!stays(&store, &waiting("ada@example.com")).await);
}

async fn an_account_that_was_activated_stays(store: Stored) {
    assert!(stays(&store, &account("ada@example.com")).await);
}

async fn an_account_that_was_registered_later_stays(store: Stored) {
    let later = NOW + MOMENT;
    let details = AccountDetails { created_at: later, updated_at: later, ..waiting("ada@example.com") };
    assert!(stays(&store, &details).await);
}

async fn with_token(store: &Stored, life: Duration) -> AccountId {
    let id = add(store, &waiting("ada@example.com")).await;
    let token = AccountToken { expires_at: NOW + life, ..account_token(Activation, id, "secret") };
    store.repositories().account_tokens().put(&token).await.unwrap();
    id
}

async fn an_account_whose_token_is_good_stays(store: Stored) {
    let id = with_token(&store, MOMENT).await;
    assert_eq!(purge(&store, 100).await, 0);
    assert!(is_there(&store, id).await);
}

async fn an_account_whose_token_has_ended_goes_with_it(store: Stored) {
    let id = with_token(&store, Duration::ZERO).await;
    assert_eq!(purge(&store, 100).await, 1);
    assert!(!is_there(&store, id).await);
    let token = store.repositories().account_tokens().of_account(Activation, id).await.unwrap();
    assert_eq!(token, None);
}

async fn with_registration(store: &Stored, ends_in: Duration) -> (AccountId, RegistrationId) {
    let account = add(store, &waiting("ada@example.com")).await;
    let registration =
        PendingRegistration { expires_at: NOW + ends_in, ..registration(account, "the last one") };
    store.repositories().pending_registrations().insert(&registration).await.unwrap();
    (account, registration.id)
}

async fn an_account_with_a_registration_that_is_good_stays(store: Stored) {
    let (id, _) = with_registration(&store, MOMENT).await;
    assert_eq!(purge(&store, 100).await, 0);
    assert!(is_there(&store, id).await);
}

async fn an_account_whose_registrations_have_ended_goes_with_them(store: Stored) {
    let (id, registration) = with_registration(&store, Duration::ZERO).await;
    assert_eq!(purge(&store, 100).await, 1);
    assert!(!is_there(&store, id).await);
    let left = store.repositories().pending_registrations().by_id(registration).await.unwrap();
    assert_eq!(left, None);
}

async fn with_code(store: &Stored, ends_in: Duration) -> AccountId {
    let number = MobileNumber::parse("+33612345678").unwrap();
    let id = add(store, &AccountDetails { mobile: Some(number.clone()), ..waiting("ada@example.com") }).await;
    let code = VerificationCode {
        key: CodeKey::sms(&number, CodePurpose::Activation),
        account: Some(id),
        digest: SecretDigest::of("123456"),
        attempts: 0,
        created_at: NOW,
        expires_at: NOW + ends_in,
        verified_at: None,
    };
    store.repositories().verification_codes().put(&code).await.unwrap();
    id
}

async fn an_account_whose_code_is_good_stays(store: Stored) {
    let id = with_code(&store, MOMENT).await;
    assert_eq!(purge(&store, 100).await, 0);
    assert!(is_there(&store, id).await);
}

async fn an_account_whose_code_has_ended_goes_with_it(store: Stored) {
    let id = with_code(&store, Duration::ZERO).await;
    assert_eq!(purge(&store, 100).await, 1);
    assert!(!is_there(&store, id).await);
}

async fn an_account_that_was_locked_out_stays(store: Stored) {
    let verified = AccountDetails { email_verified_at: Some(NOW), ..waiting("ada@example.com") };
    assert!(stays(&store, &verified).await);
    // One that was made active without a mail, and is locked out since.
    let id = add_account(&store, "eve@example.com").await;
    store.repositories().accounts().deactivate(id, NOW + MOMENT).await.unwrap();
    assert_eq!(purge(&store, 100).await, 0);
    assert!(is_there(&store, id).await);
}

async fn an_account_in_the_trash_stays(store: Stored) {
    assert!(stays(&store, &AccountDetails { deleted_at: Some(NOW), ..waiting("ada@example.com") }).await);
}

async fn an_account_that_somebody_changed_stays(store: Stored) {
    let id = add(&store, &waiting("ada@example.com")).await;
    store.repositories().accounts().set_role(id, Role::Admin, NOW + MOMENT).await.unwrap();
    assert_eq!(purge(&store, 100).await, 0);
}

async fn all_that_belongs_to_it_goes_with_it(store: Stored) {
    let id = add(&store, &waiting("ada@example.com")).await;
    let session = add_session(&store, id, "session").await;
    let token = refresh_token(id, session, "token");
    add_refresh_token(&store, &token).await;
    let mut repositories = store.repositories();
    for kind in [Activation, PasswordReset] {
        let token = AccountToken { expires_at: NOW, ..account_token(kind, id, "secret") };
        repositories.account_tokens().put(&token).await.unwrap();
    }
    let contact = contacts::add(&store, id, "Grace Hopper").await;
    // Somebody else's stays.
    let other = add_account(&store, "eve@example.com").await;
    let others = contacts::add(&store, other, "Grace Hopper").await;

    assert_eq!(purge(&store, 100).await, 1);
    assert!(!is_there(&store, id).await);
    assert_eq!(repositories.sessions().state(session).await.unwrap(), None);
    assert_eq!(repositories.sessions().open(id).await.unwrap(), []);
    assert_eq!(repositories.refresh_tokens().by_digest(&token.digest).await.unwrap(), None);
    for kind in [Activation, PasswordReset] {
        assert_eq!(repositories.account_tokens().of_account(kind, id).await.unwrap(), None);
    }
    assert!(repositories.contacts().by_id(id, contact).await.unwrap().is_none());
    assert!(repositories.contacts().by_id(other, others).await.unwrap().is_some());
}

async fn its_address_is_free_again(store: Stored) {
    assert!(!stays(&store, &waiting("ada@example.com")).await);
    let id = add_account(&store, "ada@example.com").await;
    assert!(is_there(&store, id).await);
}

async fn a_purge_keeps_to_its_limit_oldest_first(store: Stored) {
    let mut ids = Vec::new();
    for days in [1, 3, 2] {
        let at = NOW - Duration::days(days);
        let details =
            AccountDetails { created_at: at, updated_at: at, ..waiting(&format!("{days}@example.com")) };
        ids.push(add(&store, &details).await);
    }
    assert_eq!(purge(&store, 0).await, 0);
    assert_eq!(purge(&store, 2).await, 2);
    assert!(is_there(&store, ids[0]).await);
    assert_eq!(purge(&store, 2).await, 1);
}

/// Activates an account or gives it a new token, as use cases do. Whether that was acknowledged.
async fn saved(store: &Stored, id: AccountId, by_token: bool) -> bool {
    let Ok(mut unit) = store.begin().await else { return false };
    if unit.accounts().lock(id).await.ok().flatten().is_none() {
        return false;
    }
    let done = if by_token {
        let token = account_token(Activation, id, &format!("token of {id}"));
        unit.account_tokens().put(&token).await.is_ok()
    } else {
        unit.accounts().activate(id, NOW).await.is_ok_and(|activated| activated)
    };
    done && unit.commit().await.is_ok()
}

async fn an_account_that_is_activated_or_mailed_meanwhile_is_never_lost(store: Stored) {
    const ACCOUNTS: usize = 60;
    let mut ids = Vec::new();
    for number in 0..ACCOUNTS {
        ids.push(add(&store, &waiting(&format!("{number}@example.com"))).await);
    }
    let answers = at_once(3, |task| {
        let (store, ids) = (store.clone(), ids.clone());
        async move {
            let mut kept = Vec::new();
            // From both ends, so that they meet the purge, which goes by age.
            let ids: Vec<_> = if task == 1 { ids } else { ids.into_iter().rev().collect() };
            for (number, id) in ids.into_iter().enumerate() {
                if task == 0 {
                    let purge = store.repositories().accounts().purge_never_activated(NOW, NOW, 1).await;
                    drop(purge);
                } else if number % 2 == task % 2 && saved(&store, id, task == 1).await {
                    kept.push(id);
                }
            }
            kept
        }
    })
    .await;
    for id in answers.concat() {
        assert!(is_there(&store, id).await, "{id}");
    }
    purge(&store, 100).await;
    for id in answers.concat() {
        read(&store, id).await;
    }
}

async fn a_purge_of_a_unit_that_was_dropped_removed_nothing(store: Stored) {
    let id = add(&store, &waiting("ada@example.com")).await;
    let mut unit = store.begin().await.unwrap();
    assert_eq!(unit.accounts().purge_never_activated(NOW, NOW, 100).await.unwrap().accounts, 1);
    drop(unit);
    assert!(is_there(&store, id).await);
}

async fn a_unit_goes_on_after_a_purge_that_found_nothing(store: Stored) {
    let mut unit = store.begin().await.unwrap();
    assert_eq!(unit.accounts().purge_never_activated(NOW, NOW, 100).await.unwrap().accounts, 0);
    let id = unit.accounts().insert(&account("ada@example.com")).await.unwrap();
    unit.commit().await.unwrap();
    assert!(is_there(&store, id).await);
}
