//! Failed logins are counted, once a minute for each account, on however many nodes.

use std::sync::Arc;
use std::time::Duration;

use vestibule_application::sessions::{Device, LogInInput};
use vestibule_domain::accounts::Password;
use vestibule_domain::audit::AuditAction;
use vestibule_domain::store::Store;
use vestibule_tests::use_cases::{ROTATING, address};
use vestibule_tests::{UseCases, at_once, backends};

use super::{ADA, of_action};

async fn fail(app: &UseCases, email: &str) {
    let (email, password) = (address(email), Password::new("wrong"));
    let input = LogInInput { email, password, device: Device::default(), policy: ROTATING };
    app.services.log_in.execute(input).await.unwrap_err();
}

async fn counted(app: &UseCases) -> Vec<u64> {
    of_action(app, AuditAction::LogInFailed).await.iter().map(|event| event.times).collect()
}

#[tokio::test]
async fn a_minute_has_one_row_with_the_number_of_failures() {
    let app = UseCases::new();
    app.member(ADA).await;
    for _ in 0..3 {
        fail(&app, ADA).await;
    }
    assert_eq!(counted(&app).await, [3]);
    app.clock.advance(Duration::from_mins(1));
    fail(&app, ADA).await;
    assert_eq!(counted(&app).await, [3, 1]);
}

#[tokio::test]
async fn accounts_are_counted_apart() {
    let app = UseCases::new();
    for email in [ADA, "bob@example.com"] {
        app.member(email).await;
        fail(&app, email).await;
        fail(&app, email).await;
    }
    assert_eq!(counted(&app).await, [2, 2]);
}

#[tokio::test]
async fn addresses_without_an_account_share_a_few_rows_that_name_nobody() {
    let app = UseCases::new();
    for number in 0..40 {
        fail(&app, &format!("{number}@example.com")).await;
    }
    let events = of_action(&app, AuditAction::LogInFailed).await;
    assert!(events.len() <= 16 && events.iter().all(|event| event.account.is_none()), "{events:?}");
    assert_eq!(counted(&app).await.iter().sum::<u64>(), 40);
}

/// Two nodes on one store.
async fn two_nodes_at_once(store: Arc<dyn Store>) {
    let node = || Arc::new(UseCases::with(|deps| deps.store = store.clone()));
    let nodes = [node(), node()];
    nodes[0].member(ADA).await;
    at_once(8, |number| {
        let node = nodes[number % 2].clone();
        async move { fail(&node, ADA).await }
    })
    .await;
    assert_eq!(counted(&nodes[0]).await, [8]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_count_into_one_row_in_memory() {
    two_nodes_at_once(backends::store::memory().await.port.clone()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_count_into_one_row_on_sqlite() {
    let sqlite = backends::store::sqlite().await;
    two_nodes_at_once(sqlite.port.clone()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(not(service_postgres), ignore = "no PostgreSQL: ./scripts/services start")]
async fn two_nodes_count_into_one_row_on_postgres() {
    let postgres = backends::store::postgres().await;
    two_nodes_at_once(postgres.port.clone()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(not(service_mariadb), ignore = "no MariaDB: ./scripts/services start")]
async fn two_nodes_count_into_one_row_on_mariadb() {
    let mariadb = backends::store::mariadb().await;
    two_nodes_at_once(mariadb.port.clone()).await;
}
