//! A server starts and answers with the ends of the ranges of its settings.

use vestibule_tests::TestApp;

async fn starts_with(settings: &[(&str, &str)]) {
    let app = settings.iter().fold(TestApp::on_sqlite(), |app, (key, value)| app.with(key, value));
    let answer = app.start().await.get("/health/ready").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

#[tokio::test]
async fn with_the_least_of_everything() {
    starts_with(&[
        ("server.workers", "1"),
        ("server.keep_alive", "1ms"),
        ("server.shutdown_timeout", "1ms"),
        ("server.max_body", "1"),
        ("database.max_connections", "1"),
        ("database.max_lifetime", "10s"),
        ("media.max_upload", "1"),
        ("media.uploads_per_hour", "0"),
        ("media.max_pixels", "1"),
        ("sessions.max_per_account", "10"),
        ("password.bcrypt_cost", "4"),
        ("password.threads", "1"),
        ("password.queue", "1"),
    ])
    .await;
}

#[tokio::test]
async fn with_the_most_of_everything() {
    starts_with(&[
        // Each thread makes every route.
        ("surfaces.theater.enabled", "false"),
        ("surfaces.contacts.enabled", "false"),
        ("server.workers", "512"),
        ("server.keep_alive", "24h"),
        ("server.head_timeout", "24h"),
        ("server.request_timeout", "3650d"),
        ("server.body_idle_timeout", "24h"),
        ("server.body_min_rate", "1048576"),
        ("server.body_total_timeout", "24h"),
        ("server.write_timeout", "24h"),
        ("server.shutdown_timeout", "3650d"),
        ("server.max_body", "1GiB"),
        ("database.max_connections", "10000"),
        ("database.acquire_timeout", "24h"),
        ("database.max_lifetime", "3650d"),
        ("media.max_upload", "100MiB"),
        ("media.uploads_per_hour", "1000000"),
        ("media.max_pixels", "200000000"),
        ("sessions.max_per_account", "10000"),
        ("password.threads", "1024"),
        ("password.queue", "10000"),
    ])
    .await;
}
