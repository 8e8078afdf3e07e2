//! Theater contract 2.7.

use vestibule_tests::TestApp;

use super::film::{MOVIES, created};

async fn with_movies(count: usize) -> TestApp {
    let app = TestApp::start().await;
    for number in 1..=count {
        created(&app, &format!("Film {number}")).await;
    }
    app
}

#[tokio::test]
async fn an_empty_catalogue_has_no_page() {
    let app = TestApp::start().await;
    app.get(MOVIES).await.is_detail(404, "No movies found.");
}

#[tokio::test]
async fn the_newest_movie_comes_first_with_five_keys() {
    let app = with_movies(2).await;
    app.get(MOVIES).await.is(
        200,
        concat!(
            r#"{"movies":[{"id":2,"name":"Film 2","date":"1927-01-10","score":89.0,"overview":"A city of towers."},"#,
            r#"{"id":1,"name":"Film 1","date":"1927-01-10","score":89.0,"overview":"A city of towers."}],"#,
            r#""prev_page":null,"next_page":null,"total_pages":1,"total_items":2}"#,
        ),
    );
}

#[tokio::test]
async fn pages_are_linked_without_the_prefix_of_the_api() {
    let app = with_movies(21).await;
    let links = |answer: &vestibule_tests::Answer| {
        let page = answer.json();
        let ids: Vec<_> =
            page["movies"].as_array().unwrap().iter().map(|movie| movie["id"].as_i64().unwrap()).collect();
        let text = |key: &str| page[key].as_str().map(str::to_owned);
        (
            ids,
            text("prev_page"),
            text("next_page"),
            page["total_pages"].as_u64(),
            page["total_items"].as_u64(),
        )
    };
    let link = |page: u64, per_page: u64| Some(format!("/theater/movies/?page={page}&per_page={per_page}"));

    let first = links(&app.get(MOVIES).await);
    assert_eq!(first, ((12..=21).rev().collect(), None, link(2, 10), Some(3), Some(21)));
    let second = links(&app.get("/api/v1/theater/movies/?page=2").await);
    assert_eq!(second, ((2..=11).rev().collect(), link(1, 10), link(3, 10), Some(3), Some(21)));
    let last = links(&app.get("/api/v1/theater/movies/?page=3&per_page=10").await);
    assert_eq!(last, (vec![1], link(2, 10), None, Some(3), Some(21)));
    let wide = links(&app.get("/api/v1/theater/movies?per_page=20&page=2").await);
    assert_eq!(wide, (vec![1], link(1, 20), None, Some(2), Some(21)));
}

#[tokio::test]
async fn past_the_end_there_is_no_page() {
    let app = with_movies(1).await;
    for page in ["2", "99999999999", "18446744073709551616", "99999999999999999999999999999999999999999"] {
        app.get(&format!("{MOVIES}?page={page}")).await.is_detail(404, "No movies found.");
    }
}

#[tokio::test]
async fn parameters_out_of_range_are_named_together() {
    let app = with_movies(1).await;
    app.get(&format!("{MOVIES}?page=0&per_page=21")).await.is(
        422,
        concat!(
            r#"{"detail":[{"type":"greater_than_equal","loc":["query","page"],"msg":"Input should be greater than or equal to 1","input":"0","ctx":{"ge":1}},"#,
            r#"{"type":"less_than_equal","loc":["query","per_page"],"msg":"Input should be less than or equal to 20","input":"21","ctx":{"le":20}}]}"#,
        ),
    );
    app.get(&format!("{MOVIES}?page=x&per_page=")).await.is(
        422,
        concat!(
            r#"{"detail":[{"type":"int_parsing","loc":["query","page"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"},"#,
            r#"{"type":"int_parsing","loc":["query","per_page"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":""}]}"#,
        ),
    );
    let answer = app.get(&format!("{MOVIES}?page=-1&per_page=0")).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("Input should be greater than or equal to 1"));
}

#[tokio::test]
async fn of_a_repeated_parameter_the_last_counts_and_lax_integers_are_integers() {
    let app = with_movies(3).await;
    for query in ["page=x&page=1", "page=1.0", "page=%2B1", "page=%201%20", "page=0_1", "per_page=2_0"] {
        assert_eq!(app.get(&format!("{MOVIES}?{query}")).await.status, 200, "{query}");
    }
}
