//! Theater contract 2.11.

use serde_json::json;
use vestibule_infrastructure::faulty::Fault;
use vestibule_tests::TestApp;

use super::film::{change, create, created, film, show};

const DONE: &str = r#"{"detail":"Movie updated successfully."}"#;
const DOES_NOT_FIT: &str = "Invalid input data.";

#[tokio::test]
async fn each_field_can_be_changed() {
    let app = TestApp::start().await;
    created(&app, "Metropolis").await;
    let changes = [
        ("name", json!("Metropolis (restored)")),
        ("date", json!("2001-02-15")),
        ("score", json!(92.5)),
        ("overview", json!("Longer.")),
        ("status", json!("Post Production")),
        ("budget", json!(99.99)),
        ("revenue", json!(1.5)),
    ];
    for (key, value) in &changes {
        change(&app, 1, &json!({ *key: value })).await.is(200, DONE);
        assert_eq!(show(&app, 1).await.json()[*key], *value, "{key}");
    }
}

#[tokio::test]
async fn what_is_left_out_stays_and_unknown_fields_are_ignored() {
    let app = TestApp::start().await;
    created(&app, "Metropolis").await;
    let before = show(&app, 1).await.body;
    change(&app, 1, &json!({})).await.is(200, DONE);
    change(&app, 1, &json!({"country": "FR", "genres": ["x"], "id": 7, "anything": null}))
        .await
        .is(200, DONE);
    assert_eq!(show(&app, 1).await.body, before);
}

#[tokio::test]
async fn null_does_not_fit_and_changes_nothing_else_either() {
    let app = TestApp::start().await;
    created(&app, "Metropolis").await;
    let before = show(&app, 1).await.body;
    for key in ["name", "date", "score", "overview", "status", "budget", "revenue"] {
        let body = json!({"score": 1.0, "overview": "changed", key: null});
        change(&app, 1, &body).await.is_detail(400, DOES_NOT_FIT);
    }
    assert_eq!(show(&app, 1).await.body, before);
}

#[tokio::test]
async fn the_name_and_date_of_another_movie_do_not_fit() {
    let app = TestApp::start().await;
    created(&app, "Metropolis").await;
    created(&app, "Other").await;
    change(&app, 2, &json!({"name": "Metropolis"})).await.is_detail(400, DOES_NOT_FIT);
    change(&app, 2, &json!({"name": "Metropolis", "date": "2001-02-15"})).await.is(200, DONE);
    change(&app, 2, &json!({"date": "1927-01-10"})).await.is_detail(400, DOES_NOT_FIT);
    change(&app, 1, &json!({"name": "Metropolis", "date": "1927-01-10"})).await.is(200, DONE);
}

#[tokio::test]
async fn a_movie_that_is_not_there_is_not_found_after_its_values_are_judged() {
    let app = TestApp::start().await;
    let text = "Movie with the given ID was not found.";
    for id in ["1", "0", "99999999999999999999"] {
        change(&app, id, &json!({"score": 5})).await.is_detail(404, text);
        change(&app, id, &json!({"date": null})).await.is_detail(404, text);
        assert_eq!(change(&app, id, &json!({"score": 101})).await.status, 422);
    }
}

#[tokio::test]
async fn values_are_judged_as_at_creation() {
    let app = TestApp::start().await;
    created(&app, "Metropolis").await;
    let before = show(&app, 1).await.body;
    let refused = [
        json!({"score": 101}),
        json!({"score": -1}),
        json!({"budget": -1}),
        json!({"budget": 1e13}),
        json!({"revenue": -1}),
        json!({"status": "released"}),
        json!({"date": "2028-01-01"}),
        json!({"date": "x"}),
        json!({"name": "x".repeat(256)}),
        json!({"name": "a\0"}),
        json!({"overview": "a\0"}),
        json!({"name": 5}),
    ];
    for body in refused {
        assert_eq!(change(&app, 1, &body).await.status, 422, "{body}");
    }
    assert_eq!(show(&app, 1).await.body, before);
}

#[tokio::test]
async fn path_and_body_faults_come_together() {
    let app = TestApp::start().await;
    change(&app, "x", &json!({"score": 101})).await.is(
        422,
        concat!(
            r#"{"detail":[{"type":"int_parsing","loc":["path","movie_id"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"},"#,
            r#"{"type":"less_than_equal","loc":["body","score"],"msg":"Input should be less than or equal to 100","input":101,"ctx":{"le":100.0}}]}"#,
        ),
    );
}

#[tokio::test]
async fn a_failure_says_nothing_and_changes_nothing() {
    let app = TestApp::start().await;
    create(&app, &film("Metropolis")).await;
    let before = show(&app, 1).await.body;
    app.faults.fail_call(1, Fault::Unexpected);
    change(&app, 1, &json!({"score": 5})).await.is(500, "Internal Server Error");
    assert_eq!(show(&app, 1).await.body, before);
}
