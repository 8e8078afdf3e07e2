//! `vestibule audit list`.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use time::Duration;
use uuid::Uuid;
use vestibule_domain::audit::{AuditAction, AuditActor, AuditEvent, AuditEventId};
use vestibule_domain::store::Store as _;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::FixedClock;

const ADA: &str = "ada@example.com";
const NAME: &str = "Countess";

/// A folder with a database of which Ada is administrator.
fn with_admin() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let output = run(
        &folder,
        &["users", "create-admin", "--email", ADA, "--username", NAME],
        "correct horse battery\n",
    );
    assert!(output.status.success(), "{output:?}");
    folder
}

fn run(folder: &TempDir, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_node"))
        .args(arguments)
        .current_dir(folder.path())
        .env_clear()
        .env("VESTIBULE_ENV", "test")
        .env("VESTIBULE__DATABASE__URL", url(folder))
        .env("VESTIBULE__DATABASE__MIGRATE_ON_START", "true")
        .env("VESTIBULE__PASSWORD__BCRYPT_COST", "4")
        .env("VESTIBULE__LOG__LEVEL", "off")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn url(folder: &TempDir) -> String {
    format!("sqlite://{}?mode=rwc", folder.path().join("vestibule.db").display())
}

/// What it prints, line by line.
fn list(folder: &TempDir, arguments: &[&str]) -> Vec<String> {
    let output = run(folder, &[&["audit", "list"], arguments].concat(), "");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

fn json(folder: &TempDir, arguments: &[&str]) -> Vec<Value> {
    let lines = list(folder, &[&["--json"], arguments].concat());
    lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The sentence with which it refuses.
fn refused(folder: &TempDir, arguments: &[&str]) -> String {
    let output = run(folder, &[&["audit", "list"], arguments].concat(), "");
    assert!(!output.status.success() && output.stdout.is_empty(), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_command_leaves_an_event_that_names_the_operator_and_nobody_s_address() {
    let folder = with_admin();
    let [event] = &json(&folder, &[])[..] else { panic!("not one event") };
    assert_eq!(event["action"], "admin_created");
    assert_eq!((&event["actor_kind"], &event["actor"]), (&"operator".into(), &Value::Null));
    assert_eq!((&event["surface"], &event["times"]), (&"command".into(), &1.into()));
    let keys: Vec<_> = event.as_object().unwrap().keys().cloned().collect();
    let expected = [
        "id",
        "at",
        "action",
        "times",
        "account",
        "actor_kind",
        "actor",
        "surface",
        "client",
        "request",
        "details",
    ];
    assert_eq!(keys, expected);

    let [line] = &list(&folder, &[])[..] else { panic!("not one line") };
    let account = event["account"].as_str().unwrap();
    assert!(
        line.ends_with(&format!("  admin_created  account={account}  by=operator  surface=command")),
        "{line}"
    );
    assert!(!line.contains('@'), "{line}");
}

#[test]
fn an_account_is_found_by_each_of_its_names_and_ids() {
    let folder = with_admin();
    let all = json(&folder, &[]);
    for account in [ADA, NAME, "countess", "1"] {
        assert_eq!(json(&folder, &["--account", account]), all, "{account}");
    }
    assert_eq!(json(&folder, &["--account", all[0]["account"].as_str().unwrap()]), all);
    assert_eq!(list(&folder, &["--account", &Uuid::max().to_string()]), Vec::<String>::new());
    let told = refused(&folder, &["--account", "bob@example.com"]);
    assert!(told.contains("one that was removed is found by its UUID"), "{told}");
    assert!(refused(&folder, &["--account", "bob"]).contains("one that was removed is found by its UUID"));
    assert!(refused(&folder, &["--account", " "]).contains("an e-mail address or a user name"));
}

#[test]
fn an_action_and_a_time_narrow_the_list() {
    let folder = with_admin();
    for (arguments, events) in [
        (["--action", "admin_created"], 1),
        (["--action", "logged_in"], 0),
        (["--since", "1h"], 1),
        (["--since", "2999-01-01"], 0),
        (["--limit", "0"], 0),
    ] {
        assert_eq!(list(&folder, &arguments).len(), events, "{arguments:?}");
    }
    let told = refused(&folder, &["--action", "created"]);
    assert!(told.contains("must be one of account_registered,"), "{told}");
    assert!(refused(&folder, &["--since", "yesterday"]).contains("must be a length of time"));
}

#[test]
fn a_database_in_memory_has_no_events_to_list() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_node"))
        .args(["audit", "list"])
        .current_dir(folder.path())
        .env_clear()
        .env("VESTIBULE_ENV", "test")
        .env("VESTIBULE__DATABASE__URL", "memory")
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("those of a running server"));
}

#[tokio::test]
async fn more_events_than_are_read_at_once_are_listed_newest_first_and_each_once() {
    const EVENTS: i64 = 1_203;
    let folder = with_admin();
    let store = SeaStore::connect(&DatabaseOptions::new(url(&folder))).await.unwrap();
    let mut unit = store.begin().await.unwrap();
    for number in 0..EVENTS {
        // Several of one time, so that parts end within one.
        let at = FixedClock::START - Duration::days(400) + Duration::seconds(number / 7);
        let event = AuditEvent {
            id: AuditEventId(Uuid::from_u128(u128::try_from(number).unwrap())),
            at,
            actor: AuditActor::Anonymous,
            account: None,
            action: AuditAction::LoggedIn.into(),
            surface: "theater".to_owned(),
            client: None,
            request: None,
            details: None,
            times: 1,
        };
        unit.audit().append(&event).await.unwrap();
    }
    unit.commit().await.unwrap();
    store.close().await;

    let ids = |limit| -> Vec<u128> {
        let events = json(&folder, &["--action", "logged_in", "--limit", limit]);
        events.iter().map(|event| event["id"].as_str().unwrap().parse::<Uuid>().unwrap().as_u128()).collect()
    };
    let newest_first: Vec<u128> = (0..1_203).rev().collect();
    assert_eq!(ids("9999"), newest_first);
    assert_eq!(ids("501"), newest_first[..501]);
    assert_eq!(list(&folder, &[]).len(), 100);
}
