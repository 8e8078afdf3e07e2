//! `vestibule points`, beside a running server.

use sea_orm::{ConnectionTrait as _, Database};
use vestibule::commands::points::{LedgerReport, reconcile, write_history};
use vestibule_application::Services;
use vestibule_application::accounts::{NamedAccount, RegisterAtOnceInput};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::points::{Points, PointsChange, PointsKind};
use vestibule_tests::use_cases::{address, new_password};
use vestibule_tests::{TestApp, TestAppBuilder, on_servers};

async fn member(app: &TestApp, email: &str) -> AccountId {
    let input = RegisterAtOnceInput {
        email: address(email),
        display_name: None,
        phone_number: None,
        password: new_password("a long password"),
    };
    app.services.register_at_once.execute(input).await.unwrap()
}

async fn change(app: &TestApp, account: AccountId, kind: PointsKind, points: i64) {
    let change = PointsChange {
        account,
        kind,
        points: Points::new(points).unwrap(),
        reason: Some("two\nlines".to_owned()),
        actor: Some(account),
        idempotency_key: None,
        at: app.deps.clock.now(),
    };
    app.deps.store.repositories().points().apply(&change).await.unwrap().unwrap();
}

async fn reconciled(services: &Services) -> (LedgerReport, Vec<String>) {
    let mut told = Vec::new();
    let tell = |line: &str| {
        told.push(line.to_owned());
        Ok::<(), ()>(())
    };
    let report = reconcile(services, tell).await.unwrap().unwrap();
    (report, told)
}

async fn balances_are_the_sums_of_their_entries(app: TestAppBuilder) {
    let app = app.start().await;
    let ada = member(&app, "ada@example.com").await;
    member(&app, "eve@example.com").await;
    change(&app, ada, PointsKind::Add, 12).await;
    change(&app, ada, PointsKind::Deduct, 5).await;
    assert_eq!(reconciled(&app.services).await, (LedgerReport { accounts: 2, wrong: 0 }, Vec::new()));
}

on_servers!(balances_are_the_sums_of_their_entries);

#[tokio::test]
async fn balances_are_the_sums_of_their_entries_on_sqlite() {
    balances_are_the_sums_of_their_entries(TestApp::on_sqlite()).await;
}

#[tokio::test]
async fn a_history_is_told_the_newest_change_first_a_line_each() {
    let app = TestApp::on_sqlite().start().await;
    let ada = member(&app, "ada@example.com").await;
    change(&app, ada, PointsKind::Add, 12).await;
    change(&app, ada, PointsKind::Deduct, 5).await;
    let name = NamedAccount::parse("ada@example.com").unwrap();
    let mut json = Vec::new();
    write_history(&app.services, &name, true, &mut json).await.unwrap();
    let lines: Vec<serde_json::Value> =
        String::from_utf8(json).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<_> = lines
        .iter()
        .map(|line| (line["kind"].clone(), line["points"].clone(), line["balance_after"].clone()))
        .collect();
    assert_eq!(told, [("deduct".into(), 5.into(), 7.into()), ("add".into(), 12.into(), 12.into())]);
    let mut text = Vec::new();
    write_history(&app.services, &name, false, &mut text).await.unwrap();
    assert_eq!(String::from_utf8(text).unwrap().lines().count(), 2);
    let nobody = NamedAccount::parse("nobody@example.com").unwrap();
    assert!(write_history(&app.services, &nobody, false, &mut Vec::new()).await.is_err());
}

/// The command as an operator calls it: whether it succeeded, and what it said on both streams.
fn points(database: &str, arguments: &[&str]) -> (bool, String) {
    let folder = tempfile::tempdir().unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_node"))
        .arg("points")
        .args(arguments)
        .current_dir(folder.path())
        .env_clear()
        .env("VESTIBULE_ENV", "test")
        .env("VESTIBULE__DATABASE__URL", database)
        .env("VESTIBULE__LOG__LEVEL", "off")
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

#[tokio::test]
async fn an_account_that_differs_is_named_and_the_exit_code_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("points.db").display());
    let database = Database::connect(&url).await.unwrap();
    migration::up(&database).await.unwrap();
    let insert = "INSERT INTO users (uuid, hashed_password, group_id, points) \
                  VALUES (x'00000000000040008000000000000001', '!', 1, 0)";
    database.execute_unprepared(insert).await.unwrap();
    let (is_right, said) = points(&url, &["reconcile"]);
    assert!(is_right && said.contains("The balances of 1 accounts"), "{said}");
    database.execute_unprepared("UPDATE users SET points = 3").await.unwrap();
    let (is_right, said) = points(&url, &["reconcile"]);
    assert!(!is_right, "{said}");
    assert!(
        said.contains("account 1 (00000000-0000-4000-8000-000000000001): balance 3, sum of entries 0"),
        "{said}"
    );
    let (is_found, said) = points(&url, &["history", "2"]);
    assert!(!is_found && said.contains("there is no such account"), "{said}");
}
