//! Theater contract 2.10.

use serde_json::json;
use vestibule_infrastructure::faulty::Fault;
use vestibule_tests::TestApp;

use super::film::{create, created, film, remove, show};

#[tokio::test]
async fn a_movie_goes_and_what_it_shared_stays() {
    let app = TestApp::start().await;
    created(&app, "Metropolis").await;
    let answer = remove(&app, 1).await;
    answer.is(204, "");
    assert_eq!(answer.header("content-type"), "application/json");
    assert!(!answer.headers.contains_key("content-length"));
    show(&app, 1).await.is_detail(404, "Movie with the given ID was not found.");
    let again = create(&app, &film("Metropolis")).await.json();
    assert_eq!(again["genres"], json!([{"id": 1, "name": "Science Fiction"}, {"id": 2, "name": "Drama"}]));
    assert_eq!(again["country"]["id"], 1);
}

#[tokio::test]
async fn a_movie_that_is_not_there_is_not_found() {
    let app = TestApp::start().await;
    for id in ["1", "-1", "99999999999999999999"] {
        remove(&app, id).await.is_detail(404, "Movie with the given ID was not found.");
    }
    assert_eq!(remove(&app, "x").await.status, 422);
}

#[tokio::test]
async fn a_failure_removes_nothing() {
    let app = TestApp::start().await;
    created(&app, "Metropolis").await;
    app.faults.fail_commit(Fault::Unexpected);
    remove(&app, 1).await.is(500, "Internal Server Error");
    assert_eq!(show(&app, 1).await.status, 200);
}
