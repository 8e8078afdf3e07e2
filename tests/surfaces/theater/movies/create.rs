//! Theater contract 2.8: what is stored.

use serde_json::json;
use vestibule_infrastructure::faulty::Fault;
use vestibule_tests::TestApp;

use super::film::{MOVIES, create, created, film, film_with, show};

#[tokio::test]
async fn the_answer_is_the_movie_as_stored() {
    let app = TestApp::start().await;
    let answer = create(&app, &film("Metropolis")).await;
    answer.is(201, &show(&app, 1).await.body);
    assert_eq!(answer.header("content-type"), "application/json");
}

#[tokio::test]
async fn names_are_in_the_title_case_of_python_and_doubles_count_once() {
    let app = TestApp::start().await;
    let film =
        film_with("actors", json!(["john o'neil", "McDonald jr.", "JOHN O'NEIL", "sci-fi", "TV movie"]));
    let actors = create(&app, &film).await.json()["actors"].clone();
    let names: Vec<_> = actors.as_array().unwrap().iter().map(|actor| actor["name"].clone()).collect();
    assert_eq!(names, ["John O'Neil", "Mcdonald Jr.", "Sci-Fi", "Tv Movie"]);
}

#[tokio::test]
async fn names_that_are_there_are_used_whatever_their_letter_case() {
    let app = TestApp::start().await;
    created(&app, "One").await;
    let mut other = film("Other");
    other["genres"] = json!(["DRAMA", "comedy"]);
    other["country"] = json!("De");
    let other = create(&app, &other).await.json();
    assert_eq!(other["genres"], json!([{"id": 2, "name": "Drama"}, {"id": 3, "name": "Comedy"}]));
    assert_eq!(other["country"], json!({"id": 1, "code": "DE", "name": null}));
}

#[tokio::test]
async fn amounts_are_rounded_to_cents_and_the_answer_shows_it() {
    let app = TestApp::start().await;
    let answer = create(&app, &film_with("budget", json!(12.345))).await;
    assert!(answer.body.contains(r#""budget":12.35,"#), "{answer:?}");
    assert!(show(&app, 1).await.body.contains(r#""budget":12.35,"#));
}

#[tokio::test]
async fn numbers_and_dates_in_other_forms_are_taken() {
    let app = TestApp::start().await;
    let forms = [
        ("score", json!("50.5"), r#""score":50.5,"#),
        ("score", json!(true), r#""score":1.0,"#),
        ("date", json!("2025-01-01T00:00:00"), r#""date":"2025-01-01","#),
        ("date", json!("2025-01-01T00:00:00Z"), r#""date":"2025-01-01","#),
        ("date", json!("2025-01-01 00:00:00"), r#""date":"2025-01-01","#),
        ("genres", json!([]), r#""genres":[],"#),
        ("revenue", json!(0), r#""revenue":0.0,"#),
    ];
    for (number, (key, value, shown)) in forms.into_iter().enumerate() {
        let mut film = film_with(key, value);
        film["name"] = json!(format!("Film {number}"));
        let answer = create(&app, &film).await;
        assert_eq!(answer.status, 201, "{key}: {answer:?}");
        assert!(answer.body.contains(shown), "{key}: {answer:?}");
    }
}

#[tokio::test]
async fn the_same_name_and_date_is_a_conflict_and_changes_nothing() {
    let app = TestApp::start().await;
    created(&app, "Metropolis").await;
    let mut again = film("Metropolis");
    again["genres"] = json!(["new genre"]);
    create(&app, &again)
        .await
        .is_detail(409, "A movie with the name 'Metropolis' and release date '1927-01-10' already exists.");
    let mut remake = again.clone();
    remake["date"] = json!("2001-05-26");
    // Had the conflict left its genre behind, this would be the fourth.
    assert_eq!(create(&app, &remake).await.json()["genres"], json!([{"id": 3, "name": "New Genre"}]));
}

#[tokio::test]
async fn a_movie_of_the_next_year_is_taken_and_one_after_it_is_not() {
    let app = TestApp::start().await;
    assert_eq!(create(&app, &film_with("date", json!("2027-12-31"))).await.status, 201);
    create(&app, &film_with("date", json!("2028-01-01"))).await.is(
        422,
        r#"{"detail":[{"type":"value_error","loc":["body","date"],"msg":"Value error, The year in 'date' cannot be greater than 2027.","input":"2028-01-01","ctx":{"error":{}}}]}"#,
    );
}

#[tokio::test]
async fn any_failure_of_the_store_leaves_nothing_behind() {
    let app = TestApp::start().await;
    for call in 1..=7 {
        app.faults.fail_call(call, Fault::Unexpected);
        create(&app, &film("Metropolis")).await.is(500, "Internal Server Error");
    }
    app.faults.fail_commit(Fault::Unexpected);
    create(&app, &film("Metropolis")).await.is(500, "Internal Server Error");
    app.get(MOVIES).await.is_detail(404, "No movies found.");
    assert_eq!(create(&app, &film("Metropolis")).await.status, 201);
}
