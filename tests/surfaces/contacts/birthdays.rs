//! Contacts contract 2.4, decision 3.

use std::time::Duration;

use serde_json::json;
use vestibule_tests::TestApp;

use super::person::{EMAIL, add, call, contact, log_in, signed_in, unlimited};

async fn names(app: &TestApp, token: &str, query: &str) -> Vec<String> {
    let answer = call(app, "GET", &format!("/api/contacts/bd{query}"), token, None).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let contacts = answer.json();
    contacts.as_array().unwrap().iter().map(|it| it["fullname"].as_str().unwrap().to_owned()).collect()
}

async fn born(app: &TestApp, token: &str, days: &[&str]) {
    for day in days {
        let mut body = contact(day);
        body["birthday"] = json!(format!("1988-{day}"));
        add(app, token, &body).await;
    }
}

#[tokio::test]
async fn the_next_week_by_default_the_next_birthday_first() {
    // It is 2 January.
    let app = unlimited().await;
    let (token, _) = signed_in(&app, EMAIL).await;
    born(&app, &token, &["01-09", "01-02", "01-10", "01-01", "01-05"]).await;
    assert_eq!(names(&app, &token, "").await, ["01-02", "01-05", "01-09"]);
    assert_eq!(names(&app, &token, "?days_range=0").await, ["01-02"]);
    assert_eq!(names(&app, &token, "?days_range=366").await, ["01-02", "01-05", "01-09", "01-10", "01-01"]);
}

#[tokio::test]
async fn the_window_goes_on_after_new_year() {
    let app = unlimited().await;
    signed_in(&app, EMAIL).await;
    app.clock.advance(Duration::from_hours(360 * 24));
    let token = log_in(&app, EMAIL, super::person::PASSWORD).await.text("access_token");
    born(&app, &token, &["01-04", "12-31", "12-28", "12-27", "01-05"]).await;
    // It is 28 December.
    assert_eq!(names(&app, &token, "").await, ["12-28", "12-31", "01-04"]);
}

#[tokio::test]
async fn the_29th_of_february_counts_on_the_28th() {
    let app = unlimited().await;
    signed_in(&app, EMAIL).await;
    app.clock.advance(Duration::from_hours(57 * 24));
    let token = log_in(&app, EMAIL, super::person::PASSWORD).await.text("access_token");
    born(&app, &token, &["02-29", "03-01"]).await;
    assert_eq!(names(&app, &token, "?days_range=0").await, ["02-29"]);
}

#[tokio::test]
async fn ranges_end_at_366() {
    let app = unlimited().await;
    let (token, _) = signed_in(&app, EMAIL).await;
    for (range, fault) in [
        ("-1", "greater_than_equal"),
        ("367", "less_than_equal"),
        ("x", "int_parsing"),
        ("1.5", "int_parsing"),
    ] {
        let answer = call(&app, "GET", &format!("/api/contacts/bd?days_range={range}"), &token, None).await;
        assert_eq!(answer.status, 422);
        assert_eq!(answer.json()["detail"][0]["type"], fault);
    }
}
