//! The contract of `AccountTokenRepository`.

use time::Duration;
use vestibule_domain::accounts::AccountTokenKind::{Activation, PasswordReset};
use vestibule_domain::accounts::{AccountId, AccountToken, AccountTokenKind};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::Constraint;
use vestibule_tests::{at_once, contract};

use crate::given::{MOMENT, NOBODY, NOW, Stored, account_token, add_account, conflict};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    a_stored_token_is_found,
    the_surface_is_kept_with_a_reset_token,
    an_account_without_a_token_has_none,
    a_token_is_found_by_its_digest_and_kind,
    the_two_kinds_are_kept_apart,
    tokens_of_two_accounts_are_kept_apart,
    an_expired_token_is_found,
    a_new_token_takes_the_place_of_the_old_one,
    a_replaced_token_cannot_be_consumed,
    a_token_may_be_stored_twice,
    a_token_for_nobody_is_refused,
    an_activation_token_that_another_account_holds_is_refused,
    a_reset_token_that_another_account_holds_is_refused,
    a_refused_token_leaves_the_old_one_in_place,
    a_token_that_another_account_holds_is_refused_to_one_that_has_none,
    tokens_that_are_stored_at_once_replace_each_other,
    a_token_is_consumed_once,
    a_wrong_digest_consumes_nothing,
    the_token_of_another_account_consumes_nothing,
    a_token_of_the_other_kind_consumes_nothing,
    of_two_consumers_at_once_one_succeeds,
    a_consumption_that_was_rolled_back_can_be_repeated,
    a_token_is_revoked,
    a_missing_token_cannot_be_revoked,
    a_revocation_leaves_other_tokens_alone,
    a_purge_removes_what_expired_at_or_before_now,
    a_purge_keeps_to_its_kind,
    a_purge_keeps_to_its_limit,
    a_purge_removes_nothing_when_nothing_expired,
]);

async fn put(store: &Stored, token: &AccountToken) {
    store.repositories().account_tokens().put(token).await.unwrap();
}

async fn held(store: &Stored, kind: AccountTokenKind, account: AccountId) -> Option<AccountToken> {
    store.repositories().account_tokens().of_account(kind, account).await.unwrap()
}

async fn consume(store: &Stored, kind: AccountTokenKind, account: AccountId, secret: &str) -> bool {
    let digest = SecretDigest::of(secret);
    store.repositories().account_tokens().consume(kind, account, &digest).await.unwrap()
}

async fn a_stored_token_is_found(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    for kind in [Activation, PasswordReset] {
        let token = account_token(kind, account, "secret");
        put(&store, &token).await;
        assert_eq!(held(&store, kind, account).await, Some(token));
    }
}

async fn the_surface_is_kept_with_a_reset_token(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    for surface in [Some("contacts"), None, Some("theater")] {
        let surface = surface.map(str::to_owned);
        let token = AccountToken { surface, ..account_token(PasswordReset, account, "secret") };
        put(&store, &token).await;
        assert_eq!(held(&store, PasswordReset, account).await, Some(token.clone()));
        let found = store.repositories().account_tokens().by_digest(PasswordReset, &token.digest).await;
        assert_eq!(found.unwrap(), Some(token));
    }
}

async fn an_account_without_a_token_has_none(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    assert_eq!(held(&store, Activation, account).await, None);
}

async fn a_token_is_found_by_its_digest_and_kind(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let bob = add_account(&store, "bob@example.com").await;
    let of_ada = account_token(PasswordReset, ada, "a");
    put(&store, &of_ada).await;
    put(&store, &account_token(PasswordReset, bob, "b")).await;
    let mut repositories = store.repositories();
    let tokens = repositories.account_tokens();
    assert_eq!(tokens.by_digest(PasswordReset, &of_ada.digest).await.unwrap(), Some(of_ada.clone()));
    assert_eq!(tokens.by_digest(Activation, &of_ada.digest).await.unwrap(), None);
    assert_eq!(tokens.by_digest(PasswordReset, &SecretDigest::of("c")).await.unwrap(), None);
}

async fn the_two_kinds_are_kept_apart(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    put(&store, &account_token(Activation, account, "secret")).await;
    assert_eq!(held(&store, PasswordReset, account).await, None);
}

async fn tokens_of_two_accounts_are_kept_apart(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let bob = add_account(&store, "bob@example.com").await;
    let token = account_token(Activation, ada, "secret of Ada");
    put(&store, &token).await;
    put(&store, &account_token(Activation, bob, "secret of Bob")).await;
    assert_eq!(held(&store, Activation, ada).await, Some(token));
}

async fn an_expired_token_is_found(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    let expires_at = NOW - Duration::days(365);
    let token = AccountToken { expires_at, ..account_token(Activation, account, "secret") };
    put(&store, &token).await;
    assert_eq!(held(&store, Activation, account).await, Some(token));
}

async fn a_new_token_takes_the_place_of_the_old_one(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    put(&store, &account_token(Activation, account, "old")).await;
    let times = account_token(Activation, account, "new");
    let new = AccountToken { created_at: NOW + MOMENT, expires_at: NOW + Duration::WEEK, ..times };
    put(&store, &new).await;
    assert_eq!(held(&store, Activation, account).await, Some(new));
}

async fn a_replaced_token_cannot_be_consumed(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    put(&store, &account_token(PasswordReset, account, "old")).await;
    put(&store, &account_token(PasswordReset, account, "new")).await;
    assert!(!consume(&store, PasswordReset, account, "old").await);
}

async fn a_token_may_be_stored_twice(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    let token = account_token(Activation, account, "secret");
    put(&store, &token).await;
    put(&store, &token).await;
    assert_eq!(held(&store, Activation, account).await, Some(token));
}

async fn a_token_for_nobody_is_refused(store: Stored) {
    for kind in [Activation, PasswordReset] {
        let token = account_token(kind, NOBODY, "secret");
        let answer = store.repositories().account_tokens().put(&token).await;
        assert_eq!(conflict(answer), Constraint::ForeignKey);
    }
}

/// Two accounts; a token of the first; and the answer when the second is to have the same one.
async fn share(store: &Stored, kind: AccountTokenKind) -> (AccountId, Constraint) {
    let ada = add_account(store, "ada@example.com").await;
    let bob = add_account(store, "bob@example.com").await;
    put(store, &account_token(kind, ada, "shared")).await;
    put(store, &account_token(kind, bob, "his own")).await;
    let answer = store.repositories().account_tokens().put(&account_token(kind, bob, "shared")).await;
    (bob, conflict(answer))
}

async fn an_activation_token_that_another_account_holds_is_refused(store: Stored) {
    assert_eq!(share(&store, Activation).await.1, Constraint::ActivationTokens);
}

async fn a_reset_token_that_another_account_holds_is_refused(store: Stored) {
    assert_eq!(share(&store, PasswordReset).await.1, Constraint::PasswordResetTokens);
}

async fn a_refused_token_leaves_the_old_one_in_place(store: Stored) {
    let (bob, _) = share(&store, Activation).await;
    let own = account_token(Activation, bob, "his own");
    assert_eq!(held(&store, Activation, bob).await, Some(own));
}

async fn a_token_that_another_account_holds_is_refused_to_one_that_has_none(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let bob = add_account(&store, "bob@example.com").await;
    let hers = account_token(Activation, ada, "shared");
    put(&store, &hers).await;
    let his = account_token(Activation, bob, "shared");
    let answer = store.repositories().account_tokens().put(&his).await;
    assert_eq!(conflict(answer), Constraint::ActivationTokens);
    assert_eq!(held(&store, Activation, bob).await, None);
    assert_eq!(held(&store, Activation, ada).await, Some(hers));
}

async fn tokens_that_are_stored_at_once_replace_each_other(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    at_once(8, |number| {
        let store = store.clone();
        async move { put(&store, &account_token(Activation, ada, &number.to_string())).await }
    })
    .await;
    assert!(held(&store, Activation, ada).await.is_some());
}

async fn a_token_is_consumed_once(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    put(&store, &account_token(Activation, account, "secret")).await;
    assert!(consume(&store, Activation, account, "secret").await);
    assert!(!consume(&store, Activation, account, "secret").await);
}

async fn a_wrong_digest_consumes_nothing(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    let token = account_token(Activation, account, "secret");
    put(&store, &token).await;
    assert!(!consume(&store, Activation, account, "guess").await);
    assert_eq!(held(&store, Activation, account).await, Some(token));
}

async fn the_token_of_another_account_consumes_nothing(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let bob = add_account(&store, "bob@example.com").await;
    let token = account_token(Activation, ada, "secret");
    put(&store, &token).await;
    assert!(!consume(&store, Activation, bob, "secret").await);
    assert_eq!(held(&store, Activation, ada).await, Some(token));
}

async fn a_token_of_the_other_kind_consumes_nothing(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    let token = account_token(Activation, account, "secret");
    put(&store, &token).await;
    assert!(!consume(&store, PasswordReset, account, "secret").await);
    assert_eq!(held(&store, Activation, account).await, Some(token));
}

async fn of_two_consumers_at_once_one_succeeds(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    put(&store, &account_token(PasswordReset, account, "secret")).await;
    let answers = at_once(2, |_| {
        let store = store.clone();
        async move { consume(&store, PasswordReset, account, "secret").await }
    })
    .await;
    assert_eq!(answers.into_iter().filter(|consumed| *consumed).count(), 1);
}

async fn a_consumption_that_was_rolled_back_can_be_repeated(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    put(&store, &account_token(PasswordReset, account, "secret")).await;
    let mut unit = store.begin().await.unwrap();
    let digest = SecretDigest::of("secret");
    assert!(unit.account_tokens().consume(PasswordReset, account, &digest).await.unwrap());
    drop(unit);
    assert!(consume(&store, PasswordReset, account, "secret").await);
}

async fn a_token_is_revoked(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    put(&store, &account_token(PasswordReset, account, "secret")).await;
    assert!(store.repositories().account_tokens().revoke(PasswordReset, account).await.unwrap());
    assert_eq!(held(&store, PasswordReset, account).await, None);
}

async fn a_missing_token_cannot_be_revoked(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    assert!(!store.repositories().account_tokens().revoke(PasswordReset, account).await.unwrap());
}

async fn a_revocation_leaves_other_tokens_alone(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let bob = add_account(&store, "bob@example.com").await;
    put(&store, &account_token(PasswordReset, ada, "hers")).await;
    put(&store, &account_token(Activation, ada, "hers")).await;
    put(&store, &account_token(PasswordReset, bob, "his")).await;
    store.repositories().account_tokens().revoke(PasswordReset, ada).await.unwrap();
    assert!(held(&store, Activation, ada).await.is_some());
    assert!(held(&store, PasswordReset, bob).await.is_some());
}

/// Adds an account with a token that expires then.
async fn add_expiring(store: &Stored, kind: AccountTokenKind, name: &str, after: Duration) -> AccountId {
    let account = add_account(store, &format!("{name}@example.com")).await;
    put(store, &AccountToken { expires_at: NOW + after, ..account_token(kind, account, name) }).await;
    account
}

async fn purge(store: &Stored, kind: AccountTokenKind, limit: u64) -> u64 {
    store.repositories().account_tokens().purge_expired(kind, NOW, limit).await.unwrap()
}

async fn a_purge_removes_what_expired_at_or_before_now(store: Stored) {
    for kind in [Activation, PasswordReset] {
        let before = add_expiring(&store, kind, &format!("before-{kind:?}"), -MOMENT).await;
        let now = add_expiring(&store, kind, &format!("now-{kind:?}"), Duration::ZERO).await;
        let after = add_expiring(&store, kind, &format!("after-{kind:?}"), MOMENT).await;
        assert_eq!(purge(&store, kind, 100).await, 2);
        assert_eq!(held(&store, kind, before).await, None);
        assert_eq!(held(&store, kind, now).await, None);
        assert!(held(&store, kind, after).await.is_some());
    }
}

async fn a_purge_keeps_to_its_kind(store: Stored) {
    let account = add_expiring(&store, PasswordReset, "ada", -MOMENT).await;
    assert_eq!(purge(&store, Activation, 100).await, 0);
    assert!(held(&store, PasswordReset, account).await.is_some());
}

async fn a_purge_keeps_to_its_limit(store: Stored) {
    for name in ["ada", "bob", "cyd"] {
        add_expiring(&store, Activation, name, -MOMENT).await;
    }
    assert_eq!(purge(&store, Activation, 0).await, 0);
    assert_eq!(purge(&store, Activation, 2).await, 2);
    assert_eq!(purge(&store, Activation, 2).await, 1);
}

async fn a_purge_removes_nothing_when_nothing_expired(store: Stored) {
    add_expiring(&store, Activation, "ada", MOMENT).await;
    assert_eq!(purge(&store, Activation, 100).await, 0);
}
