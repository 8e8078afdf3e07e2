//! A movie to begin with.

use serde_json::{Value, json};
use vestibule_tests::{Answer, TestApp};

pub(super) const MOVIES: &str = "/api/v1/theater/movies/";

pub(super) fn film(name: &str) -> Value {
    json!({
        "name": name,
        "date": "1927-01-10",
        "score": 89,
        "overview": "A city of towers.",
        "status": "Released",
        "budget": 1_300_000,
        "revenue": 1_350_322.5,
        "country": "de",
        "genres": ["science fiction", "DRAMA"],
        "actors": ["Brigitte helm"],
        "languages": ["german"],
    })
}

/// The film with one field changed.
pub(super) fn film_with(key: &str, value: Value) -> Value {
    let mut film = film("Metropolis");
    film[key] = value;
    film
}

pub(super) fn film_without(key: &str) -> Value {
    let mut film = film("Metropolis");
    film.as_object_mut().unwrap().shift_remove(key);
    film
}

pub(super) async fn create(app: &TestApp, film: &Value) -> Answer {
    app.post(MOVIES, film).await
}

/// Creates a film and answers its id.
pub(super) async fn created(app: &TestApp, name: &str) -> i64 {
    let answer = create(app, &film(name)).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.json()["id"].as_i64().unwrap()
}

pub(super) async fn show(app: &TestApp, id: impl std::fmt::Display) -> Answer {
    app.get(&format!("{MOVIES}{id}/")).await
}

pub(super) async fn change(app: &TestApp, id: impl std::fmt::Display, body: &Value) -> Answer {
    let request = app
        .request("PATCH", &format!("{MOVIES}{id}/"))
        .header("content-type", "application/json")
        .body(body.to_string());
    app.send(request).await
}

pub(super) async fn remove(app: &TestApp, id: impl std::fmt::Display) -> Answer {
    app.send(app.request("DELETE", &format!("{MOVIES}{id}/"))).await
}
