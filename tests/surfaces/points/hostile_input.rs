//! Input that was made to break things: never a 5xx, never the words of a library, never a cause.

use serde_json::{Map, Value, json};

use super::person::{EMAIL, signed_in, unlimited};

const ALL: [(&str, &str); 9] = [
    ("POST", "/api/email/send-verification-code"),
    ("POST", "/api/email/verify-code"),
    ("POST", "/api/users/"),
    ("GET", "/api/users"),
    ("POST", "/api/users/login"),
    ("POST", "/api/users/email-exist"),
    ("PUT", "/api/users/change-password"),
    ("PUT", "/api/users/points/add"),
    ("PUT", "/api/users/points/deduct"),
];

const KEYS: [&str; 13] = [
    "to",
    "language",
    "type_",
    "length",
    "code",
    "username",
    "email",
    "password",
    "phone_number",
    "new_password",
    "points",
    "user_id",
    "access_token",
];

#[tokio::test]
async fn wrong_types_nesting_and_encodings_do_no_harm() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    let values = [
        json!(null),
        json!(true),
        json!(5),
        json!(1.5),
        json!(-1),
        json!([]),
        json!({}),
        json!([["x"]]),
        json!("\0"),
        json!("💣".repeat(300)),
        json!("' OR 1=1 --"),
        json!("%00%ff"),
        json!("a@b.co\r\nBcc: x@y.zz"),
    ];
    let mut bodies: Vec<(&str, Vec<u8>)> = values
        .iter()
        .map(|value| {
            let body: Map<_, _> = KEYS.iter().map(|key| ((*key).to_owned(), value.clone())).collect();
            ("application/json", Value::Object(body).to_string().into_bytes())
        })
        .collect();
    for text in ["%00", "%", "%zz", "%ff%fe", "+", "%F0%9F%92%A3"] {
        let form = KEYS.map(|key| format!("{key}={text}")).join("&");
        bodies.push(("application/x-www-form-urlencoded", form.into_bytes()));
    }
    bodies.extend([
        ("application/json", b"{\"a\":".repeat(200)),
        ("application/json", b"[".repeat(100_000)),
        ("application/json", b"{\0}".to_vec()),
        ("application/json", b"\xff\xfe".to_vec()),
        ("application/x-www-form-urlencoded", b"&&&=&=a&;;".to_vec()),
        ("application/x-www-form-urlencoded", b"a=1&".repeat(20_000)),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n--x--".to_vec()),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n".to_vec(),
        ),
        ("multipart/form-data; boundary=\"", b"--".to_vec()),
        ("\u{7f}", b"x".to_vec()),
    ]);
    for (method, path) in ALL {
        for (content_type, body) in &bodies {
            let Ok(content_type) = reqwest::header::HeaderValue::from_str(content_type) else { continue };
            let request = app.request(method, path).header("content-type", content_type);
            let request = request.header("authorization", format!("Bearer {token}"));
            let answer = app.send(request.body(body.clone())).await;
            assert!(answer.status < 500, "{method} {path} {answer:?}");
            let text = answer.body.to_lowercase();
            for word in ["panick", "serde", "sqlite", "sqlx", "sea_orm", "actix", "at line", "src/"] {
                assert!(!text.contains(word), "{word} in {answer:?}");
            }
        }
    }
}

#[tokio::test]
async fn no_refusal_shows_a_secret() {
    let app = unlimited().await;
    let secret = "Canary1843";
    let body = json!({
        "password": secret, "new_password": secret, "access_token": secret, "code": secret,
        "points": "x", "length": "x",
    });
    for (method, path) in ALL {
        let request = app.request(method, path).header("content-type", "application/json");
        let answer = app.send(request.body(body.to_string())).await;
        assert!((400..500).contains(&answer.status), "{path}");
        assert!(!answer.body.contains(secret), "{path} {answer:?}");
    }
}
