//! Movies that meet.

use futures::future::join_all;
use serde_json::json;
use vestibule_tests::{TestAppBuilder, on_every_store};

use super::film::{create, film};

async fn movies_that_share_new_names_are_all_created(app: TestAppBuilder) {
    let app = app.start().await;
    let films: Vec<_> = (0..20)
        .map(|number| {
            let mut film = film(&format!("Film {number}"));
            film["genres"] = json!(["brand new", format!("genre {number}")]);
            // In opposite orders: those who wait for each other are not to fail.
            let (one, other) =
                if number % 2 == 0 { ("one star", "another star") } else { ("another star", "one star") };
            film["actors"] = json!([one, other]);
            film
        })
        .collect();
    let answers = join_all(films.iter().map(|film| create(&app, film))).await;
    let mut shared = std::collections::HashSet::new();
    for answer in answers {
        assert_eq!(answer.status, 201, "{answer:?}");
        let movie = answer.json();
        let genre =
            movie["genres"].as_array().unwrap().iter().find(|genre| genre["name"] == "Brand New").cloned();
        shared.insert(genre.unwrap()["id"].as_i64().unwrap());
    }
    assert_eq!(shared.len(), 1, "one genre, however many created it");
}

async fn of_twenty_equal_movies_one_is_created(app: TestAppBuilder) {
    let app = app.start().await;
    let film = film("Metropolis");
    let answers = join_all((0..20).map(|_| create(&app, &film))).await;
    let mut statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [vec![201], vec![409; 19]].concat());
}

on_every_store!(movies_that_share_new_names_are_all_created, of_twenty_equal_movies_one_is_created);
