//! The contract of `Store` and `UnitOfWork`.

use std::pin::pin;

use time::Duration;
use vestibule_domain::accounts::AccountTokenKind::{Activation, PasswordReset};
use vestibule_domain::accounts::{AccountDetails, AccountId, PasswordHash, Role};
use vestibule_domain::store::{Constraint, Repositories, UnitOfWork};
use vestibule_tests::{at_once, contract};

use crate::given::{
    MOMENT, NOW, Stored, account, account_token, add_account, add_refresh_token, conflict, email, enqueue,
    instance, lease, message, nameless, read, refresh_token, sent, session, signed_in, successor,
};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    it_answers,
    a_committed_unit_is_visible_in_every_repository,
    a_dropped_unit_leaves_nothing_in_any_repository,
    a_later_unit_finds_nothing_of_a_dropped_one,
    a_dropped_unit_takes_back_changes_in_every_repository,
    a_later_unit_finds_what_a_dropped_one_changed_as_it_was,
    a_unit_sees_its_own_writes,
    nobody_else_sees_the_writes_of_an_open_unit,
    a_unit_sees_what_was_committed_before_it,
    repositories_see_what_was_committed_after_they_were_made,
    a_write_outside_of_units_is_visible_at_once,
    a_unit_without_writes_can_be_committed,
    a_conflict_comes_from_the_call_that_causes_it,
    a_unit_dropped_after_a_conflict_leaves_nothing,
    a_value_taken_in_a_unit_is_free_again_when_it_is_dropped,
    a_unit_can_be_opened_after_one_was_dropped,
    a_unit_that_is_no_longer_waited_for_is_in_nobody_s_way,
    many_writers_at_once_all_succeed,
    many_units_at_once_all_succeed,
]);

async fn it_answers(store: Stored) {
    store.ping().await.unwrap();
}

/// Writes something into every repository.
async fn fill(repositories: &mut dyn Repositories) -> AccountId {
    let id = repositories.accounts().insert(&account("ada@example.com")).await.unwrap();
    let token = account_token(Activation, id, "secret");
    repositories.account_tokens().put(&token).await.unwrap();
    let session = session(id, "session");
    repositories.sessions().insert(&session).await.unwrap();
    let token = refresh_token(id, session.id, "token");
    repositories.refresh_tokens().insert(&token).await.unwrap();
    repositories.outbox().enqueue(&message("message")).await.unwrap();
    id
}

/// Which of the things that `fill` wrote are there.
async fn filled(repositories: &mut dyn Repositories, id: AccountId) -> [bool; 5] {
    let session = session(id, "session").id;
    let token = refresh_token(id, session, "token");
    [
        repositories.accounts().by_email(&email("ada@example.com")).await.unwrap().is_some(),
        repositories.account_tokens().of_account(Activation, id).await.unwrap().is_some(),
        repositories.sessions().state(session).await.unwrap().is_some(),
        repositories.refresh_tokens().by_digest(&token.digest).await.unwrap().is_some(),
        repositories.outbox().waiting().await.unwrap() == 1,
    ]
}

async fn a_committed_unit_is_visible_in_every_repository(store: Stored) {
    let mut unit = store.begin().await.unwrap();
    let id = fill(&mut *unit).await;
    unit.commit().await.unwrap();
    assert_eq!(filled(&mut *store.repositories(), id).await, [true; 5]);
}

async fn a_dropped_unit_leaves_nothing_in_any_repository(store: Stored) {
    let mut unit = store.begin().await.unwrap();
    let id = fill(&mut *unit).await;
    drop(unit);
    assert_eq!(filled(&mut *store.repositories(), id).await, [false; 5]);
}

async fn a_later_unit_finds_nothing_of_a_dropped_one(store: Stored) {
    let mut unit = store.begin().await.unwrap();
    let id = fill(&mut *unit).await;
    drop(unit);
    assert_eq!(filled(&mut *store.begin().await.unwrap(), id).await, [false; 5]);
}

/// Changes and removes what is there, in every repository.
async fn change_all(unit: &mut dyn UnitOfWork, id: AccountId) {
    let later = NOW + MOMENT;
    unit.accounts().set_role(id, Role::Admin, later).await.unwrap();
    unit.accounts().set_password(id, &PasswordHash::new("another"), later).await.unwrap();
    unit.accounts().deactivate(id, later).await.unwrap();
    unit.account_tokens().put(&account_token(Activation, id, "another")).await.unwrap();
    unit.account_tokens().revoke(PasswordReset, id).await.unwrap();
    let token = refresh_token(id, session(id, "session").id, "token");
    unit.refresh_tokens().rotate(token.id, later).await.unwrap();
    unit.refresh_tokens().insert(&successor(&token, "next")).await.unwrap();
    unit.refresh_tokens().revoke_all(id, None).await.unwrap();
    unit.sessions().revoke_all(id, None, later).await.unwrap();
    unit.sessions().purge_expired(NOW + Duration::days(9_000), 100).await.unwrap();
    unit.outbox().claim(lease("worker"), instance("process"), later, later, 10).await.unwrap();
    let record = sent("message");
    unit.outbox().complete(record.id, lease("worker"), Some(&record)).await.unwrap();
}

/// Fills the store and lets a unit change all of it, which is then dropped.
async fn change_in_vain(store: &Stored) -> AccountId {
    let id = fill(&mut *store.repositories()).await;
    let reset = account_token(PasswordReset, id, "r");
    store.repositories().account_tokens().put(&reset).await.unwrap();
    let mut unit = store.begin().await.unwrap();
    change_all(&mut *unit, id).await;
    id
}

async fn assert_unchanged(repositories: &mut dyn Repositories, id: AccountId) {
    let found = repositories.accounts().by_id(id).await.unwrap();
    assert_eq!(found.map(|found| found.details), Some(account("ada@example.com")));
    for token in [account_token(Activation, id, "secret"), account_token(PasswordReset, id, "r")] {
        let found = repositories.account_tokens().of_account(token.kind, id).await.unwrap();
        assert_eq!(found, Some(token));
    }
    let session = session(id, "session").id;
    assert_eq!(repositories.sessions().open(id).await.unwrap(), [session]);
    let token = refresh_token(id, session, "token");
    let found = repositories.refresh_tokens().by_digest(&token.digest).await.unwrap();
    assert_eq!(found, Some(token));
    assert_eq!(repositories.outbox().waiting().await.unwrap(), 1);
    assert_eq!(repositories.sent_messages().list(None, 10).await.unwrap().items, []);
}

async fn a_dropped_unit_takes_back_changes_in_every_repository(store: Stored) {
    let id = change_in_vain(&store).await;
    assert_unchanged(&mut *store.repositories(), id).await;
}

async fn a_later_unit_finds_what_a_dropped_one_changed_as_it_was(store: Stored) {
    let id = change_in_vain(&store).await;
    assert_unchanged(&mut *store.begin().await.unwrap(), id).await;
}

async fn a_unit_sees_its_own_writes(store: Stored) {
    let mut unit = store.begin().await.unwrap();
    let id = fill(&mut *unit).await;
    assert_eq!(filled(&mut *unit, id).await, [true; 5]);
}

async fn nobody_else_sees_the_writes_of_an_open_unit(store: Stored) {
    let mut unit = store.begin().await.unwrap();
    let id = fill(&mut *unit).await;
    assert_eq!(filled(&mut *store.repositories(), id).await, [false; 5]);
    unit.commit().await.unwrap();
}

async fn a_unit_sees_what_was_committed_before_it(store: Stored) {
    let mut first = store.begin().await.unwrap();
    let id = fill(&mut *first).await;
    first.commit().await.unwrap();
    let mut second = store.begin().await.unwrap();
    assert_eq!(filled(&mut *second, id).await, [true; 5]);
}

async fn repositories_see_what_was_committed_after_they_were_made(store: Stored) {
    let mut repositories = store.repositories();
    let mut unit = store.begin().await.unwrap();
    let id = fill(&mut *unit).await;
    unit.commit().await.unwrap();
    assert_eq!(filled(&mut *repositories, id).await, [true; 5]);
}

async fn a_write_outside_of_units_is_visible_at_once(store: Stored) {
    let id = fill(&mut *store.repositories()).await;
    assert_eq!(filled(&mut *store.repositories(), id).await, [true; 5]);
}

async fn a_unit_without_writes_can_be_committed(store: Stored) {
    let unit = store.begin().await.unwrap();
    unit.commit().await.unwrap();
}

async fn a_conflict_comes_from_the_call_that_causes_it(store: Stored) {
    add_account(&store, "ada@example.com").await;
    let mut unit = store.begin().await.unwrap();
    unit.accounts().insert(&account("bob@example.com")).await.unwrap();
    let ada = AccountDetails { email: Some(email("ada@example.com")), ..nameless("another Ada") };
    assert_eq!(conflict(unit.accounts().insert(&ada).await), Constraint::UsersEmail);
}

async fn a_unit_dropped_after_a_conflict_leaves_nothing(store: Stored) {
    let (ada, session) = signed_in(&store, "ada@example.com").await;
    let token = refresh_token(ada, session, "token");
    add_refresh_token(&store, &token).await;
    let mut unit = store.begin().await.unwrap();
    unit.outbox().enqueue(&message("message")).await.unwrap();
    conflict(unit.refresh_tokens().insert(&token).await);
    drop(unit);
    assert_eq!(store.repositories().outbox().waiting().await.unwrap(), 0);
}

async fn a_value_taken_in_a_unit_is_free_again_when_it_is_dropped(store: Stored) {
    let mut unit = store.begin().await.unwrap();
    unit.accounts().insert(&account("ada@example.com")).await.unwrap();
    drop(unit);
    let id = add_account(&store, "ada@example.com").await;
    assert_eq!(read(&store, id).await.details, account("ada@example.com"));
}

async fn a_unit_can_be_opened_after_one_was_dropped(store: Stored) {
    for _ in 0..20 {
        let mut unit = store.begin().await.unwrap();
        unit.outbox().enqueue(&message("message")).await.unwrap();
        drop(unit);
    }
    enqueue(&store, &message("message")).await;
    assert_eq!(store.repositories().outbox().waiting().await.unwrap(), 1);
}

async fn a_unit_that_is_no_longer_waited_for_is_in_nobody_s_way(store: Stored) {
    let mut unit = store.begin().await.unwrap();
    unit.accounts().insert(&account("ada@example.com")).await.unwrap();
    {
        let waiting = pin!(store.begin());
        // It may be open now, or wait: it is given up in either case.
        let _ = futures::poll!(waiting);
    }
    unit.commit().await.unwrap();
    add_account(&store, "bob@example.com").await;
}

const WRITERS: usize = 64;

async fn many_writers_at_once_all_succeed(store: Stored) {
    let mut ids = at_once(WRITERS, |number| {
        let store = store.clone();
        async move { add_account(&store, &format!("{number}@example.com")).await }
    })
    .await;
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), WRITERS);
}

async fn many_units_at_once_all_succeed(store: Stored) {
    at_once(WRITERS, |number| {
        let store = store.clone();
        async move {
            let mut unit = store.begin().await.unwrap();
            let name = number.to_string();
            // Read first, as use cases do.
            let address = email(&format!("{name}@example.com"));
            assert_eq!(unit.accounts().by_email(&address).await.unwrap(), None);
            unit.accounts().insert(&account(address.as_str())).await.unwrap();
            unit.outbox().enqueue(&message(&name)).await.unwrap();
            unit.commit().await.unwrap();
        }
    })
    .await;
    assert_eq!(store.repositories().outbox().waiting().await.unwrap(), WRITERS as u64);
}
