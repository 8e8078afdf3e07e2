//! `vestibule serve`, as the one who runs it sees it.
#![cfg(unix)]

use serde_json::Value;

use crate::served::Served;

#[tokio::test]
async fn one_event_says_what_is_served_in_fields() {
    let served = Served::start().await;
    let event = served.event("serving").await;
    let texts = [
        ("version", env!("CARGO_PKG_VERSION")),
        ("environment", "test"),
        ("posture", "documented"),
        ("surfaces", "theater,contacts,admin,mobile"),
        ("cache", "memory"),
        ("mail", "capture"),
        ("sms", "capture"),
        ("database", "sqlite://data/test/vestibule.db?mode=rwc"),
        ("media", "file://data/test/media"),
    ];
    for (field, text) in texts {
        assert_eq!(event[field], text, "{event:#}");
    }
    let port = event["port"].as_u64().unwrap();
    assert_eq!(event["address"], format!("127.0.0.1:{port}"));
    assert_eq!(event["url"], format!("http://127.0.0.1:{port}"));
    let doors = event["doors"].as_str().unwrap();
    assert!(!doors.contains("catalogue_writes") && doors.contains(','), "{doors}");
}

#[tokio::test]
async fn a_request_is_logged_in_numbers_with_the_id_that_it_brought_and_a_probe_is_not_logged() {
    let served = Served::start().await;
    let url = served.url().await;
    let client = reqwest::Client::new();
    let probe = client.get(format!("{url}/health/live")).send().await.unwrap();
    assert_eq!(probe.status(), 200);
    let asked = client.get(format!("{url}/nothing")).header("x-request-id", "proxy-7.a_B");
    assert_eq!(asked.send().await.unwrap().headers()["x-request-id"], "proxy-7.a_B");
    let event = served.event("answered").await;
    assert_eq!((event["http.status"].as_u64(), event["ms"].is_u64()), (Some(404), true), "{event:#}");
    assert_eq!(event["span"]["given_id"], "proxy-7.a_B", "{event:#}");
    assert_eq!(event["span"]["id"].as_str().unwrap().len(), 32, "{event:#}");
}

#[tokio::test]
async fn a_hangup_without_a_terminal_is_passed_over_and_a_request_to_stop_is_not() {
    let mut served = Served::start().await;
    served.signal("-HUP");
    served.event("SIGHUP is passed over").await;
    assert_eq!(served.child.try_wait().unwrap(), None);
    served.signal("-TERM");
    served.event("stopped").await;
    assert!(served.child.wait().unwrap().success());
}

const NEWER: &str = "INSERT INTO seaql_migrations (version, applied_at, oldest_release) \
                     VALUES ('m29991231_001_later', 0, '0.1.0')";

#[tokio::test]
async fn a_server_runs_on_a_database_that_a_newer_release_migrated_with_one_warning() {
    let newer = format!("{NEWER}; CREATE TABLE later (id integer); ALTER TABLE movies ADD COLUMN later text");
    let folder = Served::start().await.stop_and_write(&newer).await;
    let served = Served::begin(folder, &[]);
    let url = served.url().await;
    let warnings: Vec<Value> = served
        .events()
        .into_iter()
        .filter(|event| event.to_string().contains("m29991231_001_later"))
        .collect();
    assert_eq!(warnings.len(), 1, "{warnings:#?}");
    assert_eq!(
        (&warnings[0]["level"], &warnings[0]["migrations"]),
        (&"WARN".into(), &"m29991231_001_later".into())
    );
    let account = serde_json::json!({"email": "ada@example.com", "password": "Analytic#1843"});
    let register = reqwest::Client::new().post(format!("{url}/api/v1/accounts/register/"));
    let answer = register.header("content-type", "application/json").body(account.to_string()).send().await;
    assert_eq!(answer.unwrap().status(), 201);
    let ready = reqwest::get(format!("{url}/health/ready")).await.unwrap();
    assert_eq!(ready.status(), 200);
}

#[tokio::test]
async fn a_server_does_not_run_beside_a_newer_change_that_needs_a_newer_release() {
    let newer = NEWER.replace("'0.1.0'", "'99.0.0'");
    let folder = Served::start().await.stop_and_write(&newer).await;
    let mut served = Served::begin(folder, &[]);
    assert_eq!(served.child.wait().unwrap().code(), Some(1));
    let said = std::fs::read_to_string(served.folder().join("log")).unwrap();
    let sentence = format!(
        "a newer release migrated the database, and release {} cannot run beside that: m29991231_001_later (needs \
         release 99.0.0 or newer)",
        env!("CARGO_PKG_VERSION")
    );
    assert!(said.contains(&sentence), "{said}");
}
