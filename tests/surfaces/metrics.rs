//! `GET /metrics`. The recorder is the process's, so other tests count into it too.

use serde_json::json;
use vestibule_tests::TestApp;

async fn counting() -> TestApp {
    TestApp::on_memory().with("metrics.enabled", "true").start().await
}

async fn metrics(app: &TestApp) -> String {
    let answer = app.get("/metrics").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    answer.body
}

/// The value of a series, by its whole name; zero if it is not there.
fn value(metrics: &str, series: &str) -> u64 {
    let line = metrics.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    line.map_or(0, |value| value.parse().unwrap())
}

#[tokio::test]
async fn it_is_not_there_unless_it_is_enabled() {
    let app = TestApp::start().await;
    app.get("/metrics").await.is_detail(404, "Not Found");
}

/// Of a request that is cut off, too: whoever looks for what is slow asks for its route.
#[tokio::test]
async fn a_request_that_is_cut_off_is_counted_for_its_route() {
    let app = TestApp::on_memory().with("metrics.enabled", "true").with("server.request_timeout", "300ms");
    let app = app.start().await;
    // A unit of work that nobody ends keeps the only writer.
    let unit = app.deps.store.begin().await.unwrap();
    let body = serde_json::json!({"email": "ada@example.com"});
    assert_eq!(app.post("/api/v1/accounts/password-reset/request/", &body).await.status, 503);
    drop(unit);
    let labels = r#"{route="/api/v1/accounts/password-reset/request",method="POST",status="5xx"}"#;
    let metrics = metrics(&app).await;
    assert!(value(&metrics, &format!("vestibule_http_requests_total{labels}")) >= 1, "{metrics}");
}

#[tokio::test]
async fn requests_are_counted_by_the_pattern_of_their_route() {
    let app = counting().await;
    assert_eq!(app.get("/api/v1/theater/movies/987654321/").await.status, 404);
    let metrics = metrics(&app).await;
    let labels = r#"{route="/api/v1/theater/movies/{movie_id}",method="GET""#;
    assert!(
        value(&metrics, &format!("vestibule_http_requests_total{labels},status=\"4xx\"}}")) >= 1,
        "{metrics}"
    );
    assert!(value(&metrics, &format!("vestibule_http_request_duration_seconds_count{labels}}}")) >= 1);
    assert!(
        value(&metrics, &format!("vestibule_http_request_duration_seconds_bucket{labels},le=\"+Inf\"}}"))
            >= 1
    );
    assert!(!metrics.contains("987654321"), "a path is no label");
}

#[tokio::test]
async fn a_client_cannot_make_series() {
    let app = counting().await;
    app.get("/nowhere-but-here").await;
    app.send(app.request("BREW", "/teapot")).await;
    let metrics = metrics(&app).await;
    assert!(value(&metrics, r#"vestibule_http_requests_total{route="-",method="GET",status="4xx"}"#) >= 1);
    assert!(value(&metrics, r#"vestibule_http_requests_total{route="-",method="other",status="4xx"}"#) >= 1);
    for part in ["nowhere-but-here", "BREW", "teapot"] {
        assert!(!metrics.contains(part), "{part}");
    }
}

#[tokio::test]
async fn messages_and_refusals_are_counted() {
    let app = counting().await;
    let before = metrics(&app).await;
    let body = json!({"email": "ada@example.com", "password": "Analytical#1843"});
    assert_eq!(app.post("/api/v1/accounts/register/", &body).await.status, 201);
    app.get("/dev/mailbox/messages").await;
    for _ in 0..61 {
        app.post("/api/v1/accounts/reset-password/complete/", &json!({})).await;
    }
    let after = metrics(&app).await;
    for series in [r#"vestibule_outbox_messages_total{outcome="sent"}"#, "vestibule_rate_limited_total"] {
        assert!(value(&after, series) > value(&before, series), "{series}\n{after}");
    }
}

#[tokio::test]
async fn reads_of_the_cache_are_counted_by_their_result() {
    let app = counting().await;
    let before = metrics(&app).await;
    app.deps.cache.get("key").await.unwrap();
    app.deps.cache.set("key", vec![1], std::time::Duration::from_secs(1)).await.unwrap();
    app.deps.cache.get("key").await.unwrap();
    let after = metrics(&app).await;
    for result in ["hit", "miss"] {
        let series = format!("vestibule_cache_reads_total{{result=\"{result}\"}}");
        assert!(value(&after, &series) > value(&before, &series), "{series}\n{after}");
    }
}

#[tokio::test]
async fn kept_answers_are_counted_by_their_result() {
    let app = counting().await;
    // There is no movie, and that is not kept; how many there are is.
    app.get("/api/v1/theater/movies/").await;
    let before = metrics(&app).await;
    app.get("/api/v1/theater/movies/").await;
    let after = metrics(&app).await;
    for result in ["hit", "miss"] {
        let series = format!("vestibule_kept_answers_total{{result=\"{result}\"}}");
        assert!(value(&after, &series) > value(&before, &series), "{series}\n{after}");
    }
}
