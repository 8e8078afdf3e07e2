//! Theater contract 2.9.

use vestibule_infrastructure::faulty::Fault;
use vestibule_tests::TestApp;

use super::film::{change, created, show};

#[tokio::test]
async fn a_movie_is_shown_with_all_that_belongs_to_it() {
    let app = TestApp::start().await;
    created(&app, "Metropolis").await;
    show(&app, 1).await.is(
        200,
        concat!(
            r#"{"name":"Metropolis","date":"1927-01-10","score":89.0,"overview":"A city of towers.","status":"Released","#,
            r#""budget":1300000.0,"revenue":1350322.5,"id":1,"country":{"id":1,"code":"DE","name":null},"#,
            r#""genres":[{"id":1,"name":"Science Fiction"},{"id":2,"name":"Drama"}],"#,
            r#""actors":[{"id":1,"name":"Brigitte Helm"}],"languages":[{"id":1,"name":"German"}]}"#,
        ),
    );
    assert_eq!(app.get("/api/v1/theater/movies/1").await.body, show(&app, 1).await.body);
}

#[tokio::test]
async fn an_id_that_is_not_there_is_not_found_however_large() {
    let app = TestApp::start().await;
    for id in
        ["2", "0", "-1", "99999999999", "-99999999999999999999", "999999999999999999999999999999999999999999"]
    {
        show(&app, id).await.is_detail(404, "Movie with the given ID was not found.");
    }
}

#[tokio::test]
async fn an_id_that_is_no_integer_is_named() {
    let app = TestApp::start().await;
    show(&app, "x").await.is(
        422,
        r#"{"detail":[{"type":"int_parsing","loc":["path","movie_id"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"}]}"#,
    );
}

#[tokio::test]
async fn an_id_is_decoded_before_it_is_judged() {
    let app = TestApp::start().await;
    created(&app, "Metropolis").await;
    assert_eq!(show(&app, "%2B1").await.status, 200);
    assert_eq!(show(&app, "%31").await.status, 200);
    assert!(show(&app, "%25").await.body.contains(r#""input":"%""#));
    show(&app, "1%2F2").await.is_detail(404, "Not Found");
}

#[tokio::test]
async fn small_and_large_numbers_are_written_as_python_writes_them() {
    let app = TestApp::start().await;
    created(&app, "Metropolis").await;
    let body = serde_json::json!({"score": 1e-5, "revenue": 1e16});
    assert_eq!(change(&app, 1, &body).await.status, 200);
    let movie = show(&app, 1).await.body;
    assert!(movie.contains(r#""score":1e-05,"#) && movie.contains(r#""revenue":1e+16,"#), "{movie}");
}

#[tokio::test]
async fn a_failure_says_nothing() {
    let app = TestApp::start().await;
    created(&app, "Metropolis").await;
    app.faults.fail_everything(Fault::Unexpected);
    show(&app, 1).await.is(500, "Internal Server Error");
}
