//! Points contract 1, decision 1: one reader for every encoding of fields.

use serde_json::json;
use vestibule_tests::{Answer, TestApp};

use super::person::{
    ADD, EMAIL, NAME, PASSWORD, PHONE, SEND_CODE, balance, call, log_in, missing, signed_in, unlimited,
    urlencoded,
};

const USERS: &str = "/api/users/";
const LOGIN: &str = "/api/users/login";
const CREATED: &str = r#"{"message":"User created successfully"}"#;
const ADA: [(&str, &str); 4] =
    [("username", NAME), ("email", EMAIL), ("password", PASSWORD), ("phone_number", PHONE)];

/// A body in parts.
fn parts(pairs: &[(&str, &str)]) -> String {
    let part = |(name, value): &(&str, &str)| {
        format!("--xyz\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    pairs.iter().map(part).collect::<String>() + "--xyz--\r\n"
}

async fn send(
    app: &TestApp,
    method: &str,
    path: &str,
    content_type: &str,
    body: impl Into<String>,
) -> Answer {
    let request = app.request(method, path).header("content-type", content_type);
    app.send(request.body(body.into())).await
}

async fn in_parts(app: &TestApp, method: &str, path: &str, pairs: &[(&str, &str)]) -> Answer {
    send(app, method, path, "multipart/form-data; boundary=xyz", parts(pairs)).await
}

#[tokio::test]
async fn every_endpoint_takes_parts_and_json_too() {
    let app = unlimited().await;
    in_parts(&app, "POST", USERS, &ADA).await.is(200, CREATED);
    let bob =
        json!({"username": "Bob", "email": "bob@example.com", "password": PASSWORD, "phone_number": "1"});
    app.post(USERS, &bob).await.is(200, CREATED);

    let login = [("email", EMAIL), ("password", PASSWORD)];
    let token = in_parts(&app, "POST", LOGIN, &login).await.text("access_token");
    let as_json = json!({"email": "bob@example.com", "password": PASSWORD});
    let bobs = app.post(LOGIN, &as_json).await.text("access_token");

    let shown = in_parts(&app, "GET", "/api/users", &[("access_token", &token)]).await;
    assert_eq!(shown.text("email"), EMAIL);
    let body = json!({"access_token": bobs}).to_string();
    let shown = send(&app, "GET", "/api/users", "application/json", body).await;
    assert_eq!(shown.text("email"), "bob@example.com");

    for (path, fields) in
        [("/api/users/email-exist", json!({"email": EMAIL})), (SEND_CODE, json!({"to": EMAIL}))]
    {
        assert_eq!(app.post(path, &fields).await.status, 200, "{path}");
    }
    let change = json!({"new_password": "Difference1822", "access_token": bobs}).to_string();
    let answer = send(&app, "PUT", "/api/users/change-password", "application/json", change).await;
    answer.is(200, r#"{"message":"Password changed successfully"}"#);
    in_parts(&app, "PUT", ADD, &[("points", "5"), ("access_token", &token)]).await;
    let body = json!({"points": 5, "access_token": token}).to_string();
    send(&app, "PUT", ADD, "application/vnd.x+json", body).await;
    assert_eq!(balance(&app, &token).await, 10);
}

#[tokio::test]
async fn the_content_type_is_compared_without_case_and_may_have_parameters() {
    let app = unlimited().await;
    let form = "Application/X-WWW-Form-Urlencoded; charset=utf-8";
    send(&app, "POST", USERS, form, urlencoded(&ADA)).await.is(200, CREATED);
    let login = [("email", EMAIL), ("password", PASSWORD)];
    let answer = send(&app, "POST", LOGIN, "Multipart/Form-Data; boundary=xyz", parts(&login)).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn any_other_body_has_no_fields() {
    let app = unlimited().await;
    let all = missing(&["email", "password"]);
    let login = [("email", EMAIL), ("password", PASSWORD)];
    for (content_type, body) in [
        ("text/plain", urlencoded(&login)),
        ("application/xml", urlencoded(&login)),
        ("application/json", "[]".to_owned()),
        ("application/json", "null".to_owned()),
        ("application/json", "\"email\"".to_owned()),
        ("application/json", String::new()),
        ("multipart/form-data; boundary=xyz", "nonsense".to_owned()),
        ("multipart/form-data; boundary=xyz", String::new()),
        ("multipart/mixed; boundary=xyz", parts(&login)),
    ] {
        send(&app, "POST", LOGIN, content_type, body).await.is(422, &all);
    }
    app.send(app.request("POST", LOGIN).body(urlencoded(&login))).await.is(422, &all);
    app.send(app.request("POST", LOGIN)).await.is(422, &all);
    let in_query = format!("{LOGIN}?{}", urlencoded(&login));
    call(&app, "POST", &in_query, &[]).await.is(422, &all);
}

#[tokio::test]
async fn parts_without_a_boundary_and_broken_json_are_told() {
    let app = unlimited().await;
    let answer = send(&app, "POST", LOGIN, "multipart/form-data", "x").await;
    answer.is_detail(400, "Missing boundary in multipart.");
    send(&app, "POST", LOGIN, "application/json", "{").await.is(
        422,
        r#"{"detail":[{"type":"json_invalid","loc":["body",1],"msg":"JSON decode error","input":{},"ctx":{"error":"Expecting property name enclosed in double quotes"}}]}"#,
    );
}

#[tokio::test]
async fn null_and_empty_text_are_absent_in_json_as_in_a_form() {
    let app = unlimited().await;
    let body = json!({"email": null, "password": ""});
    app.post(LOGIN, &body).await.is(422, &missing(&["email", "password"]));
    let body = json!({"to": EMAIL, "language": null, "type_": "", "length": null});
    assert_eq!(app.post(SEND_CODE, &body).await.text("code").len(), 4);
}

#[tokio::test]
async fn of_a_repeated_field_the_last_one_counts_and_unknown_ones_are_not_looked_at() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    let pairs = [("points", "1"), ("points", "2"), ("reason", "x"), ("access_token", token.as_str())];
    call(&app, "PUT", ADD, &pairs).await.is(200, r#"{"message":"2 points added to Ada successfully"}"#);
    in_parts(&app, "PUT", ADD, &pairs).await.is(200, r#"{"message":"2 points added to Ada successfully"}"#);
    let body = format!(r#"{{"points": 1, "points": 2, "x": 1, "access_token": "{token}"}}"#);
    let answer = send(&app, "PUT", ADD, "application/json", body).await;
    answer.is(200, r#"{"message":"2 points added to Ada successfully"}"#);
}

#[tokio::test]
async fn a_file_is_no_text_and_no_number() {
    let app = unlimited().await;
    let file = |name: &str| {
        format!(
            "--xyz\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"a\"\r\n\r\n5\r\n--xyz--\r\n"
        )
    };
    let content_type = "multipart/form-data; boundary=xyz";
    send(&app, "POST", "/api/users/email-exist", content_type, file("email")).await.is(
        422,
        r#"{"detail":[{"type":"string_type","loc":["body","email"],"msg":"Input should be a valid string","input":{}}]}"#,
    );
    send(&app, "PUT", ADD, content_type, file("points")).await.is(
        422,
        r#"{"detail":[{"type":"int_type","loc":["body","points"],"msg":"Input should be a valid integer","input":{}}]}"#,
    );
    let answer = send(&app, "GET", "/api/users", content_type, file("access_token")).await;
    assert_eq!((answer.status, answer.json()["detail"][0]["type"].as_str()), (422, Some("string_type")));
}

#[tokio::test]
async fn json_has_its_types() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    let add = |points: &str| {
        let body = format!(r#"{{"points": {points}, "access_token": "{token}"}}"#);
        app.send(app.request("PUT", ADD).header("content-type", "application/json").body(body))
    };
    for (points, number) in [("5", 5), ("5.0", 5), ("\"5\"", 5), ("true", 1)] {
        add(points).await.is(200, &format!(r#"{{"message":"{number} points added to Ada successfully"}}"#));
    }
    for huge in [
        "9223372036854775808",
        "18446744073709551616",
        "1e30",
        "1e400",
        "5E+99999",
        "9".repeat(5000).as_str(),
    ] {
        add(huge).await.is_detail(400, "Points out of range");
    }
    for far in ["-1", "-9223372036854775809", "-1e30", "-1e400"] {
        add(far).await.is_detail(403, "Points cannot be negative");
    }
    for broken in ["1e400x", "NaN", "Infinity", "-Infinity", "1e400, 1"] {
        assert_eq!(add(broken).await.json()["detail"][0]["type"], "json_invalid", "{broken}");
    }
    assert_eq!(add("5.5").await.json()["detail"][0]["type"], "int_from_float");
    assert_eq!(add("[5]").await.json()["detail"][0]["type"], "int_type");
    let body = json!({"email": EMAIL, "password": 12_345_678});
    app.post(LOGIN, &body).await.is(
        422,
        r#"{"detail":[{"type":"string_type","loc":["body","password"],"msg":"Input should be a valid string","input":12345678}]}"#,
    );
    assert_eq!(log_in(&app, EMAIL, PASSWORD).await.status, 200);
}

#[tokio::test]
async fn all_faults_are_told_in_the_order_of_the_contract() {
    let app = unlimited().await;
    let body = json!({"points": "x", "user_id": 5, "access_token": 5}).to_string();
    let answer = send(&app, "PUT", ADD, "application/json", body).await;
    let places: Vec<_> =
        answer.json()["detail"].as_array().unwrap().iter().map(|item| item["loc"][1].clone()).collect();
    assert_eq!(places, ["points", "user_id", "access_token"]);
}

#[tokio::test]
async fn a_body_over_the_limit_is_told() {
    let app = TestApp::on_memory().with("server.max_body", "1KiB").start().await;
    let long = "x".repeat(2000);
    let pairs = [("email", long.as_str())];
    call(&app, "POST", LOGIN, &pairs).await.is_detail(413, "Request Entity Too Large");
    in_parts(&app, "POST", LOGIN, &pairs).await.is_detail(413, "Request Entity Too Large");
    app.post(LOGIN, &json!({"email": long})).await.is_detail(413, "Request Entity Too Large");
}
