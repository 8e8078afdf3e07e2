//! Probes.

use vestibule_tests::TestApp;

#[tokio::test]
async fn a_server_on_sqlite_is_live_and_ready() {
    let app = TestApp::on_sqlite().start().await;
    app.get("/health/live").await.is(200, r#"{"status":"up"}"#);
    app.get("/health/ready").await.is(200, r#"{"status":"up","checks":{"database":"up","cache":"up"}}"#);
}
