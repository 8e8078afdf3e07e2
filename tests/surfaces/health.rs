//! Probes.

use vestibule_tests::TestApp;

#[tokio::test]
async fn a_server_on_sqlite_is_live_and_ready() {
    let app = TestApp::on_sqlite().start().await;
    app.get("/health/live").await.is(200, r#"{"status":"up"}"#);
    app.get("/health/ready").await.is(200, r#"{"status":"up","checks":{"database":"up","cache":"up"}}"#);
}

#[tokio::test]
async fn probes_may_ask_for_the_head_alone_and_change_nothing() {
    let app = TestApp::start().await;
    for path in ["/health/live", "/health/ready"] {
        app.send(app.request("HEAD", path)).await.is(200, "");
        let answer = app.send(app.request("PUT", path)).await;
        answer.is_detail(405, "Method Not Allowed");
        assert_eq!(answer.header("allow"), "GET, HEAD");
    }
}
