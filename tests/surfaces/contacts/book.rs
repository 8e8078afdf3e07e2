//! Contacts contract 2.2, 2.3 and 2.5 to 2.7.

use serde_json::{Value, json};
use vestibule_tests::TestApp;

use super::person::{EMAIL, add, call, contact, signed_in, unlimited};

const PATH: &str = "/api/contacts/";
const SHOWN: &str = r#"{"fullname":"Grace Hopper","email":"grace@example.com","phone_number":380501234567,"birthday":"1906-12-09","additional":"Compilers","user_id":1,"avatar":"https://x.example/g.png","id":1}"#;
const NOT_FOUND: &str = "Contact was not found";

async fn grace() -> (TestApp, String) {
    let app = unlimited().await;
    let (token, _) = signed_in(&app, EMAIL).await;
    let answer = call(&app, "POST", PATH, &token, Some(&contact("Grace Hopper"))).await;
    answer.is(201, SHOWN);
    assert_eq!(answer.header("content-type"), "application/json");
    (app, token)
}

#[tokio::test]
async fn a_contact_is_listed_found_changed_and_removed() {
    let (app, token) = grace().await;
    call(&app, "GET", PATH, &token, None).await.is(200, &format!("[{SHOWN}]"));
    call(&app, "GET", "/api/contacts/ace%20Hop", &token, None).await.is(200, SHOWN);
    let mut changed = contact("Grace Murray Hopper");
    changed["avatar"] = json!("ignored");
    changed["user_id"] = json!(7);
    changed["birthday"] = json!("1906-12-10");
    let shown = SHOWN.replace("Grace", "Grace Murray").replace("-09", "-10");
    call(&app, "PUT", "/api/contacts/1", &token, Some(&changed)).await.is(200, &shown);
    call(&app, "DELETE", "/api/contacts/1", &token, None).await.is(200, &shown);
    call(&app, "DELETE", "/api/contacts/1", &token, None).await.is_detail(404, NOT_FOUND);
    call(&app, "PUT", "/api/contacts/1", &token, Some(&changed)).await.is_detail(404, NOT_FOUND);
    call(&app, "GET", "/api/contacts/Hopper", &token, None).await.is_detail(404, NOT_FOUND);
    call(&app, "GET", PATH, &token, None).await.is(200, "[]");
}

#[tokio::test]
async fn both_forms_of_a_path_are_served_directly() {
    let (app, token) = grace().await;
    call(&app, "GET", "/api/contacts", &token, None).await.is(200, &format!("[{SHOWN}]"));
    call(&app, "GET", "/api/contacts/Grace/", &token, None).await.is(200, SHOWN);
    call(&app, "GET", "/api/contacts/bd/", &token, None).await.is(200, "[]");
    call(&app, "PUT", "/api/contacts/1/", &token, Some(&contact("Grace Hopper"))).await.is(200, SHOWN);
    app.get("/").await.is(200, r#"{"message":"It works!"}"#);
}

#[tokio::test]
async fn a_page_is_cut_by_skip_and_limit() {
    let app = unlimited().await;
    let (token, _) = signed_in(&app, EMAIL).await;
    for number in 1..=25 {
        add(&app, &token, &contact(&format!("Person {number}"))).await;
    }
    for (query, expected) in [
        ("", (1..=20).collect::<Vec<i64>>()),
        ("?skip=20", (21..=25).collect()),
        ("?limit=0", vec![]),
        ("?skip=3&limit=2", vec![4, 5]),
        ("?skip=99999999999999999999999999&limit=100", vec![]),
    ] {
        let answer = call(&app, "GET", &format!("{PATH}{query}"), &token, None).await;
        let ids: Vec<_> =
            answer.json().as_array().unwrap().iter().map(|it| it["id"].as_i64().unwrap()).collect();
        assert_eq!(ids, expected, "{query}");
    }
    call(&app, "GET", "/api/contacts/?skip=-1&limit=101", &token, None).await.is(
        422,
        r#"{"detail":[{"type":"greater_than_equal","loc":["query","skip"],"msg":"Input should be greater than or equal to 0","input":"-1","ctx":{"ge":0}},{"type":"less_than_equal","loc":["query","limit"],"msg":"Input should be less than or equal to 100","input":"101","ctx":{"le":100}}]}"#,
    );
}

#[tokio::test]
async fn numbers_and_dates_are_read_as_the_original_reads_them() {
    let app = unlimited().await;
    let (token, _) = signed_in(&app, EMAIL).await;
    for (given, kept) in [
        (json!("0501234567"), 501_234_567_i64),
        (json!("+380501234567"), 380_501_234_567),
        (json!("5.0"), 5),
        (json!("1_000"), 1_000),
        (json!(5.0), 5),
        (json!(true), 1),
        (json!(999_999_999_999_999_i64), 999_999_999_999_999),
    ] {
        let mut body = contact("x");
        body["phone_number"] = given.clone();
        let answer = call(&app, "POST", PATH, &token, Some(&body)).await;
        assert_eq!(answer.json()["phone_number"], kept, "{given}");
    }
    for given in [json!("1906-12-09T00:00:00"), json!(-1_990_310_400)] {
        let mut body = contact("x");
        body["birthday"] = given.clone();
        let answer = call(&app, "POST", PATH, &token, Some(&body)).await;
        assert_eq!(answer.json()["birthday"].as_str().map(|text| &text[..8]), Some("1906-12-"), "{given}");
    }
}

fn wrong(field: &str, value: Value) -> Value {
    let mut body = contact("x");
    body[field] = value;
    body
}

#[tokio::test]
async fn every_fault_of_a_contact_is_named() {
    let app = unlimited().await;
    let (token, _) = signed_in(&app, EMAIL).await;
    let cases = [
        (
            wrong("fullname", json!("x".repeat(151))),
            "string_too_long",
            "String should have at most 150 characters",
        ),
        (
            wrong("email", json!("x".repeat(201))),
            "string_too_long",
            "String should have at most 200 characters",
        ),
        (
            wrong("additional", json!("x".repeat(501))),
            "string_too_long",
            "String should have at most 500 characters",
        ),
        (
            wrong("avatar", json!("x".repeat(501))),
            "string_too_long",
            "String should have at most 500 characters",
        ),
        (wrong("fullname", json!("a\0b")), "value_error", "Value error, NUL characters are not allowed."),
        (wrong("fullname", json!(5)), "string_type", "Input should be a valid string"),
        (
            wrong("phone_number", json!("none")),
            "int_parsing",
            "Input should be a valid integer, unable to parse string as an integer",
        ),
        (
            wrong("phone_number", json!(1.5)),
            "int_from_float",
            "Input should be a valid integer, got a number with a fractional part",
        ),
        (wrong("phone_number", json!(null)), "int_type", "Input should be a valid integer"),
        (
            wrong("phone_number", json!(1_000_000_000_000_000_i64)),
            "less_than_equal",
            "Input should be less than or equal to 999999999999999",
        ),
        (
            wrong("birthday", json!("2023-02-30")),
            "date_from_datetime_parsing",
            "Input should be a valid date or datetime, day value is outside expected range",
        ),
        (
            wrong("birthday", json!("2023-02-03T10:00")),
            "date_from_datetime_inexact",
            "Datetimes provided to dates should have zero time - e.g. be exact dates",
        ),
        (wrong("birthday", json!(true)), "date_type", "Input should be a valid date"),
        (
            wrong("user_id", json!("x")),
            "int_parsing",
            "Input should be a valid integer, unable to parse string as an integer",
        ),
    ];
    for (body, kind, message) in cases {
        let answer = call(&app, "POST", PATH, &token, Some(&body)).await;
        assert_eq!(answer.status, 422, "{answer:?}");
        let detail = answer.json()["detail"].clone();
        assert_eq!(detail.as_array().unwrap().len(), 1);
        assert_eq!((detail[0]["type"].as_str(), detail[0]["msg"].as_str()), (Some(kind), Some(message)));
        assert!(detail[0].get("url").is_none());
    }
    let answer = call(&app, "POST", PATH, &token, Some(&json!({}))).await;
    let items = answer.json()["detail"].clone();
    let missing: Vec<_> =
        items.as_array().unwrap().iter().map(|item| item["loc"][1].as_str().unwrap()).collect();
    let all = ["fullname", "email", "phone_number", "birthday", "additional", "user_id", "avatar"];
    assert_eq!(missing, all);
}

#[tokio::test]
async fn an_id_that_is_none_is_named_before_the_body() {
    let app = unlimited().await;
    let (token, _) = signed_in(&app, EMAIL).await;
    let answer = call(&app, "PUT", "/api/contacts/bd", &token, Some(&json!({"fullname": 1}))).await;
    let items = answer.json()["detail"].clone();
    assert_eq!(items[0]["loc"], json!(["path", "contact_id"]));
    assert_eq!(items.as_array().unwrap().len(), 8);
    call(&app, "DELETE", "/api/contacts/x", &token, None).await.is(
        422,
        r#"{"detail":[{"type":"int_parsing","loc":["path","contact_id"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"}]}"#,
    );
    for id in ["0", "-1", "99999999999999999999999999"] {
        let answer = call(&app, "DELETE", &format!("/api/contacts/{id}"), &token, None).await;
        answer.is_detail(404, NOT_FOUND);
    }
}

#[tokio::test]
async fn who_asks_is_told_before_faults_and_after_broken_json() {
    let app = TestApp::start().await;
    for (method, path) in [
        ("GET", "/api/contacts/?skip=x"),
        ("POST", "/api/contacts/"),
        ("GET", "/api/contacts/bd?days_range=x"),
        ("GET", "/api/contacts/Grace"),
        ("PUT", "/api/contacts/x"),
        ("DELETE", "/api/contacts/x"),
    ] {
        let answer = app.send(app.request(method, path)).await;
        answer.is_detail(401, "Not authenticated");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
        let basic = app.request(method, path).header("authorization", "Basic abc");
        app.send(basic).await.is_detail(401, "Not authenticated");
        for token in ["Bearer x", "bearer a.b.c", "Bearer ", "Bearer"] {
            let answer = app.send(app.request(method, path).header("authorization", token)).await;
            answer.is_detail(401, "Wrong credentials");
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
    }
    let broken = app.request("POST", PATH).header("content-type", "application/json").body("{");
    assert_eq!(app.send(broken).await.json()["detail"][0]["type"], "json_invalid");
}

#[tokio::test]
async fn refresh_tokens_give_no_access() {
    let app = TestApp::start().await;
    let (_, refresh) = signed_in(&app, EMAIL).await;
    call(&app, "GET", PATH, &refresh, None).await.is_detail(401, "Wrong credentials");
}

#[tokio::test]
async fn paths_and_methods_that_are_not_there_are_told() {
    let app = TestApp::start().await;
    for path in ["/api/contacts/a/b", "/api/auth/nope", "/api/email/confirm/a/b", "/api/email/nope"] {
        app.get(path).await.is_detail(404, "Not Found");
    }
    let (token, _) = signed_in(&app, EMAIL).await;
    call(&app, "GET", "/api/contacts/a%2Fb", &token, None).await.is_detail(404, "Not Found");
    for (method, path, allow) in [
        ("HEAD", "/", "GET"),
        ("DELETE", "/api/contacts/", "GET"),
        ("HEAD", "/api/contacts/", "GET"),
        ("OPTIONS", "/api/contacts/", "GET"),
        ("PATCH", "/api/contacts/1", "GET"),
        ("GET", "/api/auth/signup", "POST"),
        ("POST", "/api/auth/refresh_token", "GET"),
    ] {
        let answer = app.send(app.request(method, path)).await;
        assert_eq!((answer.status, answer.header("allow")), (405, allow), "{method} {path}");
    }
}

#[tokio::test]
async fn the_search_prefers_names_and_the_letter_case_and_knows_no_wildcards() {
    let app = unlimited().await;
    let (token, _) = signed_in(&app, EMAIL).await;
    let mut by_address = contact("Somebody");
    by_address["email"] = json!("олена@example.com");
    add(&app, &token, &by_address).await;
    let capital = add(&app, &token, &contact("Олена")).await;
    let found = async |text: &str| {
        let answer = call(&app, "GET", &format!("/api/contacts/{text}"), &token, None).await;
        (answer.status == 200).then(|| answer.json()["id"].as_i64().unwrap())
    };
    assert_eq!(found("олена").await, Some(capital));
    let small = add(&app, &token, &contact("олена")).await;
    assert_eq!(found("олена").await, Some(small));
    assert_eq!(found("ОЛЕНА").await, Some(capital));
    for text in ["%25", "_", "%00", "ол%25на", "O_ena"] {
        assert_eq!(found(text).await, None, "{text}");
    }
    assert_eq!(found("%D0%BE%D0%BB").await, Some(small));
}

#[tokio::test]
async fn what_was_never_filled_in_is_null() {
    use vestibule_domain::accounts::AccountId;
    use vestibule_domain::contacts::{ContactFacts, NewContact, Text};
    let app = unlimited().await;
    let (token, _) = signed_in(&app, EMAIL).await;
    let facts = ContactFacts {
        fullname: Text::parse("Old").unwrap(),
        email: None,
        phone_number: None,
        birthday: None,
        additional: None,
    };
    let old = NewContact { owner: AccountId(1), facts, avatar: None };
    app.deps.store.repositories().contacts().insert(&old).await.unwrap();
    call(&app, "GET", "/api/contacts/Old", &token, None).await.is(
        200,
        r#"{"fullname":"Old","email":null,"phone_number":null,"birthday":null,"additional":null,"user_id":1,"avatar":null,"id":1}"#,
    );
}
