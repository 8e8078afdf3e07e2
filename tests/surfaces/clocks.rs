//! Servers on one database whose clocks differ, and a clock that is set back.

use std::time::Duration;

use vestibule_tests::TestApp;

use crate::contacts::person as contacts;
use crate::theater::person as theater;

/// Two servers with a connection each to one database. Their clocks stand still by themselves.
struct TwoServers {
    a: TestApp,
    b: TestApp,
    _folder: tempfile::TempDir,
}

impl TwoServers {
    /// The second one's clock is ahead.
    async fn apart(by: Duration) -> Self {
        Self::apart_with(by, "60s").await
    }

    async fn apart_with(by: Duration, leeway: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("shared.db").display());
        let start = async || {
            TestApp::on_memory()
                .with("database.url", &url)
                .with("tokens.access_secret", "an access secret of more than 32 bytes")
                .with("tokens.refresh_secret", "a refresh secret of more than 32 bytes")
                .with("tokens.leeway", leeway)
                .with("rate_limit.enabled", "false")
                .start()
                .await
        };
        let (a, b) = (start().await, start().await);
        b.clock.advance(by);
        Self { a, b, _folder: folder }
    }
}

async fn access(app: &TestApp, token: &str) -> u16 {
    contacts::call(app, "GET", "/api/contacts/", token, None).await.status
}

#[tokio::test]
async fn a_token_of_a_server_that_is_ahead_is_good_at_once_at_the_other() {
    for seconds in [1, 5, 59] {
        let servers = TwoServers::apart(Duration::from_secs(seconds)).await;
        let (access_token, refresh_token) = contacts::signed_in(&servers.b, "ada@example.com").await;
        assert_eq!(access(&servers.a, &access_token).await, 200, "{seconds} s");
        let refreshed = contacts::refresh(&servers.a, &refresh_token).await;
        assert_eq!(refreshed.status, 200, "{seconds} s: {refreshed:?}");
        assert_eq!(access(&servers.b, &refreshed.text("access_token")).await, 200);

        let (_, refresh_token) = theater::signed_in(&servers.b, "grace@example.com").await;
        assert_eq!(theater::refresh(&servers.a, &refresh_token).await.status, 200, "{seconds} s");
    }
}

#[tokio::test]
async fn a_mailed_token_of_a_server_that_is_ahead_is_good_at_once_at_the_other() {
    let servers = TwoServers::apart(Duration::from_secs(5)).await;
    assert_eq!(contacts::sign_up(&servers.b, "ada@example.com").await.status, 201);
    let token = servers.b.mailed_code("ada@example.com").await;
    assert_eq!(contacts::confirm(&servers.a, &token).await.status, 200);
    assert_eq!(contacts::request_reset(&servers.b, "ada@example.com").await.status, 200);
    let token = servers.b.mailed_code("ada@example.com").await;
    assert_eq!(contacts::complete_reset(&servers.a, &token, "Engine1844").await.status, 200);
}

#[tokio::test]
async fn a_second_refresh_within_the_grace_at_a_server_that_is_ahead_gives_the_same_successor() {
    let servers = TwoServers::apart(Duration::from_mins(1)).await;
    let (_, parent) = contacts::signed_in(&servers.a, "ada@example.com").await;
    let successor = contacts::refresh(&servers.a, &parent).await.text("refresh_token");
    let again = contacts::refresh(&servers.b, &parent).await;
    assert_eq!(again.status, 200, "{again:?}");
    assert_eq!(again.text("refresh_token"), successor);
    assert_eq!(contacts::refresh(&servers.b, &successor).await.status, 200);
}

#[tokio::test]
async fn at_a_server_beside_it_reuse_is_reuse_once_grace_and_leeway_are_over() {
    let servers = TwoServers::apart(Duration::ZERO).await;
    let (_, parent) = contacts::signed_in(&servers.a, "ada@example.com").await;
    let successor = contacts::refresh(&servers.a, &parent).await.text("refresh_token");
    servers.b.clock.advance(Duration::from_secs(70));
    contacts::refresh(&servers.b, &parent).await.is_detail(401, "Invalid refresh token");
    contacts::refresh(&servers.a, &successor).await.is_detail(401, "Invalid refresh token");
}

#[tokio::test]
async fn clocks_may_be_apart_as_far_as_the_setting_says() {
    for (leeway, status) in [("1s", 401), ("2s", 200)] {
        let servers = TwoServers::apart_with(Duration::from_secs(11), leeway).await;
        let (_, parent) = contacts::signed_in(&servers.a, "ada@example.com").await;
        assert_eq!(contacts::refresh(&servers.a, &parent).await.status, 200);
        assert_eq!(contacts::refresh(&servers.b, &parent).await.status, status, "{leeway}");
    }
}

#[tokio::test]
async fn a_clock_that_is_set_back_logs_nobody_out() {
    let app = contacts::unlimited().await;
    let (access_token, parent) = contacts::signed_in(&app, "ada@example.com").await;
    let (_, theaters) = theater::signed_in(&app, "grace@example.com").await;
    let refreshed = contacts::refresh(&app, &parent).await;
    app.clock.set_back(Duration::from_secs(90));
    for token in [&access_token, &refreshed.text("access_token")] {
        assert_eq!(access(&app, token).await, 200);
    }
    // A lost answer is asked for again, and what came of it is used.
    let again = contacts::refresh(&app, &parent).await.text("refresh_token");
    assert_eq!(again, refreshed.text("refresh_token"));
    assert_eq!(contacts::refresh(&app, &again).await.status, 200);
    assert_eq!(theater::refresh(&app, &theaters).await.status, 200);
    let login = contacts::log_in(&app, "ada@example.com", contacts::PASSWORD).await;
    assert_eq!(access(&app, &login.text("access_token")).await, 200);
}

/// Leeway is for tokens that are too young: none is good for longer than it says.
#[tokio::test]
async fn an_expired_token_is_refused_to_the_second() {
    let servers = TwoServers::apart(Duration::from_secs(5)).await;
    let (access_token, refresh_token) = contacts::signed_in(&servers.a, "ada@example.com").await;
    // Tokens begin with a whole second, 678 ms before the clock's.
    servers.a.clock.advance(Duration::from_mins(15) - Duration::from_secs(1));
    assert_eq!(access(&servers.a, &access_token).await, 200);
    servers.a.clock.advance(Duration::from_secs(1));
    assert_eq!(access(&servers.a, &access_token).await, 401);
    servers.b.clock.advance(Duration::from_mins(15) - Duration::from_secs(5));
    assert_eq!(access(&servers.b, &access_token).await, 401);
    servers.a.clock.advance(Duration::from_hours(7 * 24) - Duration::from_mins(15));
    contacts::refresh(&servers.a, &refresh_token).await.is_detail(401, "Cannot validate");
}
