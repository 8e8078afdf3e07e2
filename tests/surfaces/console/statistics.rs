//! The charts of the overview, and when sessions were last seen.

use std::time::Duration;

use serde_json::json;
use vestibule_domain::ports::Clock as _;
use vestibule_domain::statistics::{CountKind, DailyCount};
use vestibule_infrastructure::faulty::Fault;
use vestibule_tests::TestApp;

use super::clerk::staffed;
use crate::admin::person::log_in;

/// How heavy a page may be, without pictures and without compression.
const HEAVIEST: usize = 60_000;

/// What the worker does every few seconds.
async fn keep(app: &TestApp) {
    app.services.keep_counts.execute().await.unwrap();
    app.services.keep_sightings.execute().await.unwrap();
}

/// What stands between the heading of a kind and the next one.
fn section<'a>(page: &'a str, kind: &str) -> &'a str {
    let begin = page.split(&format!("<h3 id=\"{kind}\">")).nth(1).expect("the kind");
    begin.split("<h3").next().unwrap()
}

#[tokio::test]
async fn what_happened_is_shown_as_words_a_chart_and_a_table() {
    let (app, clerk, _) = staffed().await;
    app.mails_to("ada@example.com").await;
    let page = clerk.page(&app, "/console").await;
    assert_eq!(page.matches("Nothing in these days.").count(), 5, "nothing is written yet: {page}");
    keep(&app).await;
    let page = clerk.page(&app, "/console").await;
    let log_ins = section(&page, "log_ins");
    for part in [
        "Logins</h3>",
        // Two by the API, one here.
        "<p>3 in 30 days. The most on one day: 3, on 2026-01-02.</p>",
        "role=\"img\" aria-labelledby=\"log_ins-title\"><title id=\"log_ins-title\">Logins: 3 in 30 days.",
        "class=\"line-1\"",
        "class=\"line-2\"",
        "<summary>As a table: Logins</summary>",
        "<th scope=\"col\">Day</th><th scope=\"col\">admin</th><th scope=\"col\">console</th>",
        "<th scope=\"row\">2026-01-02</th><td>2</td><td>1</td><td>3</td>",
        "<th scope=\"row\">2025-12-04</th><td>0</td><td>0</td><td>0</td>",
    ] {
        assert!(log_ins.contains(part), "no {part} in {log_ins}");
    }
    assert!(section(&page, "sign_ups").contains("<p>1 in 30 days."), "administrators do not count: {page}");
    assert!(section(&page, "points_moved").contains("Nothing in these days."), "{page}");
    assert!(!page.contains("style="), "the policy forbids it: {page}");
}

#[tokio::test]
async fn the_charts_speak_the_language_of_the_browser() {
    let (app, clerk, _) = staffed().await;
    keep(&app).await;
    let answer = clerk.send(&app, app.request("GET", "/console").header("accept-language", "fr")).await;
    for part in [
        "Les 30 derniers jours",
        "Connexions</h3>",
        "3 en 30 jours. Le plus en un jour : 3, le 2026-01-02.",
        "Rien durant ces jours.",
        "En tableau",
    ] {
        assert!(answer.body.contains(part), "no {part} in {answer:?}");
    }
}

#[tokio::test]
async fn thirty_days_of_five_surfaces_are_no_heavy_page() {
    let (app, clerk, _) = staffed().await;
    let today = app.clock.now().date();
    let days = std::iter::successors(Some(today), |day| day.previous_day()).take(30);
    let counts: Vec<_> = days
        .zip(1_u64..)
        .flat_map(|(day, number)| {
            let surfaces = ["admin", "contacts", "mobile", "points", "theater"].into_iter().zip(1_u64..);
            surfaces.flat_map(move |(surface, place)| {
                let amount = 10_000 + number * place * 997;
                let count = move |kind: &CountKind| DailyCount {
                    day,
                    surface: surface.to_owned(),
                    kind: *kind,
                    amount,
                };
                CountKind::ALL.iter().map(count)
            })
        })
        .collect();
    assert_eq!(counts.len(), 30 * 5 * 5);
    app.deps.store.repositories().daily_counts().add(&counts).await.unwrap();
    let page = clerk.page(&app, "/console").await;
    assert_eq!(page.matches("class=\"line-5\"").count(), 2 * 5, "lines and their legend: {page}");
    assert!(page.len() < HEAVIEST, "{} bytes", page.len());
}

#[tokio::test]
async fn without_the_store_there_is_the_rest_of_the_page() {
    let (app, clerk, _) = staffed().await;
    // The session is known.
    clerk.page(&app, "/console").await;
    app.faults.fail_everything(Fault::Unavailable);
    let page = clerk.page(&app, "/console").await;
    assert!(page.contains("The database does not answer") && !page.contains("<svg"), "{page}");
}

#[tokio::test]
async fn a_session_was_last_seen_at_its_last_request_or_refresh() {
    let (app, clerk, ada) = staffed().await;
    let refresh = log_in(&app, "ada").await.text("refresh_token");
    app.clock.advance(Duration::from_mins(10));
    let refreshed = app.post("/api/v1/refresh/", &json!({"refresh_token": refresh})).await;
    assert_eq!(refreshed.status, 200, "{refreshed:?}");
    keep(&app).await;
    let page = clerk.page(&app, &format!("/console/users/{ada}")).await;
    let (since, seen) = ("<time datetime=\"2026-01-02T03:04:05", "<time datetime=\"2026-01-02T03:14:00Z\">");
    let row = |surface: &str| format!("<td>{surface}</td>\n<td>{since}");
    assert!(page.contains("<th scope=\"col\">Last seen</th>"), "{page}");
    assert_eq!(page.matches(&row("admin")).count(), 2, "{page}");
    assert_eq!(page.matches(seen).count(), 1, "the other one was not used: {page}");

    app.clock.advance(Duration::from_mins(1));
    let users = clerk.page(&app, "/console/users?q=root").await;
    keep(&app).await;
    let root = users.split("/console/users/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let page = clerk.page(&app, &format!("/console/users/{root}")).await;
    let own = page.split("(this session)").nth(1).unwrap();
    assert!(own.contains("<time datetime=\"2026-01-02T03:15:00Z\">2026-01-02 03:15 UTC</time>"), "{page}");
}
