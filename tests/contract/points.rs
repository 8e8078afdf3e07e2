//! The contract of `PointsRepository`.

use vestibule_domain::accounts::{AccountDetails, AccountId};
use vestibule_domain::points::{
    EntryId, EntryKind, LedgerSum, Points, PointsChange, PointsEntry, PointsKind,
};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::Constraint;
use vestibule_tests::{at_once, contract};

use crate::given::{MOMENT, NOBODY, NOW, Stored, account, add, add_account, conflict, read};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    points_are_added_and_deducted_and_entered,
    a_balance_is_never_negative,
    a_balance_is_never_over_the_greatest_number,
    nothing_is_a_change_too,
    nobody_and_the_trash_have_no_balance,
    an_actor_that_is_nobody_is_refused_and_nothing_is_changed,
    a_change_of_a_unit_that_is_dropped_is_none,
    an_account_that_comes_with_points_has_an_entry_for_them,
    deductions_at_once_do_not_pass_the_balance,
    additions_at_once_are_all_counted,
    a_history_is_read_in_parts_the_newest_first,
    a_balance_is_the_sum_of_its_entries,
    sums_are_read_in_parts_in_order,
    sums_beyond_all_numbers_of_64_bits_do_not_overflow,
]);

fn change(account: AccountId, kind: PointsKind, points: i64) -> PointsChange {
    PointsChange {
        account,
        kind,
        points: Points::new(points).unwrap(),
        reason: None,
        actor: None,
        idempotency_key: None,
        at: NOW,
    }
}

async fn apply(store: &Stored, change: &PointsChange) -> Option<i64> {
    store.repositories().points().apply(change).await.unwrap()
}

async fn history(store: &Stored, account: AccountId) -> Vec<PointsEntry> {
    store.repositories().points().history(account, None, 1_000).await.unwrap()
}

async fn sums(store: &Stored) -> Vec<LedgerSum> {
    store.repositories().points().sums(AccountId(i64::MIN), 1_000).await.unwrap()
}

/// An account with so many points.
async fn rich(store: &Stored, address: &str, points: i64) -> AccountId {
    add(store, &AccountDetails { points, ..account(address) }).await
}

async fn points_are_added_and_deducted_and_entered(store: Stored) {
    let (ada, eve) =
        (add_account(&store, "ada@example.com").await, add_account(&store, "eve@example.com").await);
    let key = SecretDigest::of("key");
    let add = PointsChange {
        reason: Some("a bottle 'x'; -- 🦀".to_owned()),
        actor: Some(eve),
        idempotency_key: Some(key),
        ..change(ada, PointsKind::Add, 7)
    };
    assert_eq!(apply(&store, &add).await, Some(7));
    let deduct = PointsChange { at: NOW + MOMENT, ..change(ada, PointsKind::Deduct, 3) };
    assert_eq!(apply(&store, &deduct).await, Some(4));
    assert_eq!(read(&store, ada).await.details, AccountDetails { points: 4, ..account("ada@example.com") });
    let entries = history(&store, ada).await;
    let entry = |id: EntryId, kind, points, balance_after| PointsEntry {
        id,
        account: ada,
        kind,
        points: Points::new(points).unwrap(),
        balance_after,
        reason: None,
        actor: None,
        idempotency_key: None,
        created_at: NOW + MOMENT,
    };
    let expected = [
        entry(entries[0].id, EntryKind::Deduct, 3, 4),
        PointsEntry {
            reason: add.reason,
            actor: Some(eve),
            idempotency_key: Some(key),
            created_at: NOW,
            ..entry(entries[1].id, EntryKind::Add, 7, 7)
        },
    ];
    assert_eq!(entries, expected);
    assert_eq!(history(&store, eve).await, []);
}

async fn a_balance_is_never_negative(store: Stored) {
    let ada = rich(&store, "ada@example.com", 5).await;
    assert_eq!(apply(&store, &change(ada, PointsKind::Deduct, 6)).await, None);
    assert_eq!(apply(&store, &change(ada, PointsKind::Deduct, i64::MAX)).await, None);
    assert_eq!(apply(&store, &change(ada, PointsKind::Deduct, 5)).await, Some(0));
    assert_eq!(history(&store, ada).await.len(), 2);
}

async fn a_balance_is_never_over_the_greatest_number(store: Stored) {
    let ada = rich(&store, "ada@example.com", 5).await;
    assert_eq!(apply(&store, &change(ada, PointsKind::Add, i64::MAX)).await, None);
    assert_eq!(apply(&store, &change(ada, PointsKind::Add, i64::MAX - 4)).await, None);
    assert_eq!(apply(&store, &change(ada, PointsKind::Add, i64::MAX - 5)).await, Some(i64::MAX));
    assert_eq!(read(&store, ada).await.details.points, i64::MAX);
}

async fn nothing_is_a_change_too(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    assert_eq!(apply(&store, &change(ada, PointsKind::Deduct, 0)).await, Some(0));
    assert_eq!(apply(&store, &change(ada, PointsKind::Add, 0)).await, Some(0));
    assert_eq!(history(&store, ada).await.len(), 2);
}

async fn nobody_and_the_trash_have_no_balance(store: Stored) {
    let details = AccountDetails { deleted_at: Some(NOW), points: 5, ..account("ada@example.com") };
    let trashed = add(&store, &details).await;
    for account in [NOBODY, trashed] {
        for kind in [PointsKind::Add, PointsKind::Deduct] {
            assert_eq!(apply(&store, &change(account, kind, 1)).await, None);
        }
    }
}

async fn an_actor_that_is_nobody_is_refused_and_nothing_is_changed(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let change = PointsChange { actor: Some(NOBODY), ..change(ada, PointsKind::Add, 1) };
    assert_eq!(conflict(store.repositories().points().apply(&change).await), Constraint::ForeignKey);
    assert_eq!(read(&store, ada).await.details.points, 0);
    assert_eq!(history(&store, ada).await, []);
}

async fn a_change_of_a_unit_that_is_dropped_is_none(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let mut unit = store.begin().await.unwrap();
    assert_eq!(unit.points().apply(&change(ada, PointsKind::Add, 1)).await.unwrap(), Some(1));
    drop(unit);
    assert_eq!(read(&store, ada).await.details.points, 0);
    assert_eq!(history(&store, ada).await, []);
}

async fn an_account_that_comes_with_points_has_an_entry_for_them(store: Stored) {
    let ada = rich(&store, "ada@example.com", 12).await;
    let entries = history(&store, ada).await;
    assert_eq!(entries.len(), 1);
    let PointsEntry { kind, points, balance_after, created_at, .. } = &entries[0];
    assert_eq!((*kind, points.get(), *balance_after, *created_at), (EntryKind::Opening, 12, 12, NOW));
    let eve = add_account(&store, "eve@example.com").await;
    assert_eq!(history(&store, eve).await, []);
}

/// How many of 60 changes at once are made.
async fn made_at_once(store: &Stored, change: PointsChange) -> usize {
    let changes = at_once(60, |_| {
        let (store, change) = (store.clone(), change.clone());
        async move { store.repositories().points().apply(&change).await.unwrap() }
    });
    changes.await.into_iter().flatten().count()
}

async fn deductions_at_once_do_not_pass_the_balance(store: Stored) {
    let ada = rich(&store, "ada@example.com", 50).await;
    assert_eq!(made_at_once(&store, change(ada, PointsKind::Deduct, 1)).await, 50);
    assert_eq!(read(&store, ada).await.details.points, 0);
    let mut balances: Vec<_> = history(&store, ada).await.iter().map(|entry| entry.balance_after).collect();
    assert_eq!(balances.len(), 51);
    // The order of the entries is that of the changes.
    balances.reverse();
    assert_eq!(balances, (0..=50).rev().collect::<Vec<_>>());
    assert!(sums(&store).await[0].is_right());
}

async fn additions_at_once_are_all_counted(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    assert_eq!(made_at_once(&store, change(ada, PointsKind::Add, 3)).await, 60);
    assert_eq!(read(&store, ada).await.details.points, 180);
    assert!(sums(&store).await[0].is_right());
}

async fn a_history_is_read_in_parts_the_newest_first(store: Stored) {
    let (ada, eve) =
        (add_account(&store, "ada@example.com").await, add_account(&store, "eve@example.com").await);
    for number in 1..=5 {
        apply(&store, &change(ada, PointsKind::Add, number)).await;
        apply(&store, &change(eve, PointsKind::Add, 100)).await;
    }
    let (mut read, mut before) = (Vec::new(), None);
    loop {
        let part = store.repositories().points().history(ada, before, 2).await.unwrap();
        let Some(last) = part.last() else { break };
        assert!(part.len() <= 2);
        before = Some(last.id);
        read.extend(part.iter().map(|entry| entry.points.get()));
    }
    assert_eq!(read, [5, 4, 3, 2, 1]);
}

async fn a_balance_is_the_sum_of_its_entries(store: Stored) {
    let ada = rich(&store, "ada@example.com", 10).await;
    apply(&store, &change(ada, PointsKind::Add, 5)).await;
    apply(&store, &change(ada, PointsKind::Deduct, 8)).await;
    let poor = add_account(&store, "eve@example.com").await;
    let trashed = AccountDetails { deleted_at: Some(NOW), points: 3, ..account("tom@example.com") };
    let trashed = add(&store, &trashed).await;
    let found: Vec<_> =
        sums(&store).await.iter().map(|sum| (sum.account, sum.balance, sum.entries)).collect();
    assert_eq!(found, [(ada, 7, 7), (poor, 0, 0), (trashed, 3, 3)]);
    let uuid = read(&store, ada).await.details.uuid;
    assert_eq!(sums(&store).await[0].uuid, uuid);
}

async fn sums_are_read_in_parts_in_order(store: Stored) {
    let mut accounts = Vec::new();
    for name in ["a", "b", "c"] {
        accounts.push(rich(&store, &format!("{name}@example.com"), 1).await);
    }
    let mut repositories = store.repositories();
    let first = repositories.points().sums(AccountId(i64::MIN), 2).await.unwrap();
    let rest = repositories.points().sums(accounts[1], 2).await.unwrap();
    let read: Vec<_> = first.iter().chain(&rest).map(|sum| sum.account).collect();
    assert_eq!((first.len(), read), (2, accounts));
}

async fn sums_beyond_all_numbers_of_64_bits_do_not_overflow(store: Stored) {
    let ada = rich(&store, "ada@example.com", i64::MAX).await;
    for _ in 0..3 {
        assert_eq!(apply(&store, &change(ada, PointsKind::Deduct, i64::MAX)).await, Some(0));
        assert_eq!(apply(&store, &change(ada, PointsKind::Add, i64::MAX)).await, Some(i64::MAX));
    }
    let sum = sums(&store).await[0];
    assert_eq!((sum.balance, sum.entries), (i64::MAX, i128::from(i64::MAX)));
}
