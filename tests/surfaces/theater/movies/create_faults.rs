//! Theater contract 2.8 and 1.3: what is refused, and in which words.

use serde_json::{Value, json};
use vestibule_tests::TestApp;

use super::film::{MOVIES, create, film_with, film_without};

/// The only item of a 422, without its place and input.
async fn fault(app: &TestApp, key: &str, value: Value) -> (String, String, Value) {
    let answer = create(app, &film_with(key, value.clone())).await;
    assert_eq!(answer.status, 422, "{key} {value}: {answer:?}");
    let items = answer.json()["detail"].as_array().unwrap().clone();
    assert_eq!(items.len(), 1, "{answer:?}");
    assert_eq!(items[0]["loc"][1], key);
    let text = |name: &str| items[0][name].as_str().unwrap().to_owned();
    (text("type"), text("msg"), items[0]["ctx"].clone())
}

#[tokio::test]
async fn every_missing_field_is_named_in_order() {
    let app = TestApp::start().await;
    let answer = app.post(MOVIES, &json!({})).await;
    let items = answer.json()["detail"].as_array().unwrap().clone();
    let names: Vec<_> = items.iter().map(|item| item["loc"][1].as_str().unwrap().to_owned()).collect();
    assert_eq!(
        names,
        [
            "name",
            "date",
            "score",
            "overview",
            "status",
            "budget",
            "revenue",
            "country",
            "genres",
            "actors",
            "languages",
        ]
    );
    let film = film_without("overview");
    let expected = json!({"detail": [{"type": "missing", "loc": ["body", "overview"], "msg": "Field required",
        "input": film}]});
    create(&app, &film).await.is(422, &expected.to_string());
}

#[tokio::test]
async fn texts_of_another_type_are_named_and_never_a_500() {
    let app = TestApp::start().await;
    for key in ["name", "overview", "country"] {
        for value in [json!(5), json!(null), json!(true), json!([])] {
            let (kind, words, _) = fault(&app, key, value).await;
            assert_eq!((kind.as_str(), words.as_str()), ("string_type", "Input should be a valid string"));
        }
    }
}

#[tokio::test]
async fn lists_of_another_type_are_named_and_never_a_500() {
    let app = TestApp::start().await;
    for key in ["genres", "actors", "languages"] {
        for value in [json!("abc"), json!(null), json!(5), json!({})] {
            let (kind, words, _) = fault(&app, key, value).await;
            assert_eq!((kind.as_str(), words.as_str()), ("list_type", "Input should be a valid list"));
        }
        let answer = create(&app, &film_with(key, json!(["fine", 1, null]))).await;
        assert_eq!(answer.status, 422);
        let items = answer.json()["detail"].as_array().unwrap().clone();
        let places: Vec<_> = items.iter().map(|item| item["loc"].clone()).collect();
        assert_eq!(places, [json!(["body", key, 1]), json!(["body", key, 2])]);
        assert_eq!(items[0]["type"], "string_type");
    }
}

#[tokio::test]
async fn what_is_too_long_is_named() {
    let app = TestApp::start().await;
    let (kind, words, context) = fault(&app, "name", json!("é".repeat(256))).await;
    assert_eq!(
        (kind.as_str(), words.as_str()),
        ("string_too_long", "String should have at most 255 characters")
    );
    assert_eq!(context, json!({"max_length": 255}));
    let (kind, words, context) = fault(&app, "country", json!("ABCD")).await;
    assert_eq!(
        (kind.as_str(), words.as_str()),
        ("string_too_long", "String should have at most 3 characters")
    );
    assert_eq!(context, json!({"max_length": 3}));
    // Upper and title case may lengthen.
    let (kind, _, context) = fault(&app, "country", json!("\u{fb01}lm")).await;
    assert_eq!((kind.as_str(), context), ("string_too_long", json!({"max_length": 3})));
    for key in ["genres", "actors", "languages"] {
        for long in ["x".repeat(256), "\u{149}".repeat(255)] {
            let answer = create(&app, &film_with(key, json!([long]))).await;
            assert_eq!(answer.json()["detail"][0]["type"], "string_too_long", "{answer:?}");
        }
    }
}

#[tokio::test]
async fn nul_is_refused_before_anything_is_stored() {
    let app = TestApp::start().await;
    for key in ["name", "overview", "country"] {
        fault(&app, key, json!("a\0")).await;
    }
    for key in ["genres", "actors", "languages"] {
        assert_eq!(create(&app, &film_with(key, json!(["a\0"]))).await.status, 422);
    }
}

#[tokio::test]
async fn numbers_out_of_range_are_named() {
    let app = TestApp::start().await;
    let (kind, words, context) = fault(&app, "score", json!(100.1)).await;
    assert_eq!(
        (kind.as_str(), words.as_str()),
        ("less_than_equal", "Input should be less than or equal to 100")
    );
    assert_eq!(context.to_string(), r#"{"le":100.0}"#);
    for key in ["score", "budget", "revenue"] {
        let (kind, words, context) = fault(&app, key, json!(-0.5)).await;
        assert_eq!(
            (kind.as_str(), words.as_str()),
            ("greater_than_equal", "Input should be greater than or equal to 0")
        );
        assert_eq!(context.to_string(), r#"{"ge":0.0}"#);
        let (kind, words, _) = fault(&app, key, json!("many")).await;
        assert_eq!(
            (kind.as_str(), words.as_str()),
            ("float_parsing", "Input should be a valid number, unable to parse string as a number")
        );
        let (kind, words, _) = fault(&app, key, json!(null)).await;
        assert_eq!((kind.as_str(), words.as_str()), ("float_type", "Input should be a valid number"));
    }
    for budget in [json!(1e13), json!(1e300), json!(9_999_999_999_999.999)] {
        fault(&app, "budget", budget).await;
    }
}

#[tokio::test]
async fn numbers_that_json_does_not_have_are_broken_json() {
    let app = TestApp::start().await;
    for number in ["NaN", "Infinity", "-Infinity"] {
        let body = create_text(number);
        let request = app.request("POST", MOVIES).header("content-type", "application/json").body(body);
        let answer = app.send(request).await;
        assert_eq!(answer.status, 422);
        assert_eq!(answer.json()["detail"][0]["type"], "json_invalid");
    }
    for text in ["nan", "inf", "1e400"] {
        assert_eq!(create(&app, &film_with("revenue", json!(text))).await.status, 422, "{text}");
        let (kind, _, context) = fault(&app, "score", json!(text)).await;
        assert_eq!((kind.as_str(), context.to_string().as_str()), ("less_than_equal", r#"{"le":100.0}"#));
    }
}

fn create_text(score: &str) -> String {
    film_with("score", json!("SCORE")).to_string().replace("\"SCORE\"", score)
}

#[tokio::test]
async fn the_status_is_one_of_three_words() {
    let app = TestApp::start().await;
    for value in [json!("released"), json!("Unknown"), json!(null), json!(1)] {
        let (kind, words, context) = fault(&app, "status", value).await;
        assert_eq!(kind, "enum");
        assert_eq!(words, "Input should be 'Released', 'Post Production' or 'In Production'");
        assert_eq!(context, json!({"expected": "'Released', 'Post Production' or 'In Production'"}));
    }
    for word in ["Released", "Post Production", "In Production"] {
        let mut film = film_with("status", json!(word));
        film["name"] = json!(word);
        assert_eq!(create(&app, &film).await.json()["status"], word);
    }
}

#[tokio::test]
async fn what_is_no_date_is_named_with_the_reason() {
    let app = TestApp::start().await;
    let cases = [
        (json!(null), "date_type", "Input should be a valid date"),
        (json!(true), "date_type", "Input should be a valid date"),
        (json!([]), "date_type", "Input should be a valid date"),
        (
            json!("2025-1-1"),
            "date_from_datetime_parsing",
            "Input should be a valid date or datetime, input is too short",
        ),
        (
            json!("January 1, 2025"),
            "date_from_datetime_parsing",
            "Input should be a valid date or datetime, invalid character in year",
        ),
        (
            json!("2025-13-01"),
            "date_from_datetime_parsing",
            "Input should be a valid date or datetime, month value is outside expected range of 1-12",
        ),
        (
            json!("2025-02-30"),
            "date_from_datetime_parsing",
            "Input should be a valid date or datetime, day value is outside expected range",
        ),
        (
            json!("2025-01-01T12:00:00"),
            "date_from_datetime_inexact",
            "Datetimes provided to dates should have zero time - e.g. be exact dates",
        ),
        (
            json!("0000-01-01"),
            "date_parsing",
            "Input should be a valid date in the format YYYY-MM-DD, year 0 is out of range",
        ),
    ];
    for (value, kind, words) in cases {
        let (found_kind, found_words, _) = fault(&app, "date", value.clone()).await;
        assert_eq!((found_kind.as_str(), found_words.as_str()), (kind, words), "{value}");
    }
}

#[tokio::test]
async fn nothing_that_is_refused_is_stored() {
    let app = TestApp::start().await;
    create(&app, &film_with("score", json!(101))).await;
    app.get(MOVIES).await.is_detail(404, "No movies found.");
}
