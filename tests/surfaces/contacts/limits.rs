//! Contacts contract 1.5, decision 12.

use serde_json::json;
use vestibule_tests::backends::redis::OwnRedis;
use vestibule_tests::{Answer, TestApp};

use super::person::{EMAIL, call, contact, form, signed_in};

fn is_limited(answer: &Answer, limit: u32) {
    answer.is(429, &format!(r#"{{"error":"Rate limit exceeded: {limit} per 1 minute"}}"#));
    let wait: u64 = answer.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait));
}

/// A valid call of an endpoint.
async fn one(app: &TestApp, method: &str, path: &str, token: &str) -> Answer {
    if method == "PATCH" {
        let file =
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\na\r\n--x--\r\n";
        let request = app.request(method, path).header("authorization", format!("Bearer {token}"));
        return app.send(request.header("content-type", "multipart/form-data; boundary=x").body(file)).await;
    }
    call(app, method, path, token, ["POST", "PUT"].contains(&method).then(|| contact("x")).as_ref()).await
}

#[tokio::test]
async fn the_eleventh_call_of_every_contact_endpoint_is_refused() {
    let app = TestApp::start().await;
    let (token, _) = signed_in(&app, EMAIL).await;
    let body = contact("x");
    for (method, path) in [
        ("GET", "/api/contacts/"),
        ("GET", "/api/contacts/bd"),
        ("GET", "/api/contacts/x"),
        ("PUT", "/api/contacts/101"),
        ("DELETE", "/api/contacts/102"),
        ("PATCH", "/api/contacts/103/avatar"),
    ] {
        for _ in 0..10 {
            assert_ne!(one(&app, method, path, &token).await.status, 429);
        }
        is_limited(&one(&app, method, path, &token).await, 10);
        app.clock.advance(std::time::Duration::from_mins(1));
        assert_ne!(one(&app, method, path, &token).await.status, 429);
    }
    for _ in 0..2 {
        assert_eq!(call(&app, "POST", "/api/contacts/", &token, Some(&body)).await.status, 201);
    }
    is_limited(&call(&app, "POST", "/api/contacts/", &token, Some(&body)).await, 2);
}

#[tokio::test]
async fn a_counter_belongs_to_the_path_and_not_to_the_method_or_the_person() {
    let app = TestApp::start().await;
    let (ada, _) = signed_in(&app, EMAIL).await;
    app.clock.advance(std::time::Duration::from_mins(1));
    let (eve, _) = signed_in(&app, "eve@example.com").await;
    let body = contact("x");
    // With a slash or without, written out or escaped: one path.
    for path in ["/api/contacts/7", "/api/contacts/7/", "/api/contacts/%37"] {
        call(&app, "GET", path, &ada, None).await;
        call(&app, "PUT", path, &ada, Some(&body)).await;
        call(&app, "DELETE", path, &eve, None).await;
    }
    assert_ne!(call(&app, "GET", "/api/contacts/7", &ada, None).await.status, 429);
    is_limited(&call(&app, "DELETE", "/api/contacts/7", &eve, None).await, 10);
    assert_eq!(call(&app, "DELETE", "/api/contacts/8", &eve, None).await.status, 404);
}

#[tokio::test]
async fn an_id_counts_as_the_number_that_it_is_however_it_is_spelled() {
    const SPELLINGS: [&str; 10] = ["1", "01", "+1", "1.0", "%201", "1%20", "%31", "0_1", "001/", "%2B1.00"];
    let app = TestApp::start().await;
    let (token, _) = signed_in(&app, EMAIL).await;
    for (method, tail) in [("PUT", ""), ("DELETE", ""), ("PATCH", "/avatar")] {
        let path = |id: &str| format!("/api/contacts/{}{tail}", id.trim_end_matches('/'));
        for id in SPELLINGS {
            assert_eq!(one(&app, method, &path(id), &token).await.status, 404, "{method} {id}");
        }
        for id in SPELLINGS {
            is_limited(&one(&app, method, &path(id), &token).await, 10);
        }
        assert_eq!(one(&app, method, &path("2"), &token).await.status, 404);
        app.clock.advance(std::time::Duration::from_mins(1));
    }
}

#[tokio::test]
async fn ids_that_no_contact_can_have_share_a_counter() {
    let app = TestApp::start().await;
    let (token, _) = signed_in(&app, EMAIL).await;
    let id = |digits: usize| format!("/api/contacts/9{}", "0".repeat(digits));
    for digits in 20..30 {
        assert_eq!(call(&app, "DELETE", &id(digits), &token, None).await.status, 404);
    }
    is_limited(&call(&app, "DELETE", &id(30), &token, None).await, 10);
}

#[tokio::test]
async fn a_path_without_an_id_has_one_counter_however_it_is_spelled() {
    let app = TestApp::start().await;
    for (path, limit) in [("/api/auth/signup", 2), ("/api/auth/reset_pwd", 2), ("/api/auth/request_email", 2)]
    {
        let escaped = path.replace("/auth/", "/%61uth/");
        for spelling in [&format!("{path}/"), &format!("{escaped}?a=1")] {
            assert_eq!(app.post(spelling, &json!({})).await.status, 422, "{spelling}");
        }
        for spelling in [path, &format!("{path}?b"), &escaped, &format!("{escaped}/")] {
            is_limited(&app.post(spelling, &json!({})).await, limit);
        }
    }
    let (token, _) = {
        app.clock.advance(std::time::Duration::from_mins(1));
        signed_in(&app, EMAIL).await
    };
    for path in
        ["/api/contacts/bd", "/api/contacts/bd/", "/api/contacts/%62d", "/api/contacts/bd?days_range=1"]
    {
        for _ in 0..2 {
            assert_eq!(call(&app, "GET", path, &token, None).await.status, 200, "{path}");
        }
    }
    for _ in 0..2 {
        assert_eq!(call(&app, "GET", "/api/contacts/%62%64/", &token, None).await.status, 200);
    }
    is_limited(&call(&app, "GET", "/api/contacts/bd", &token, None).await, 10);
}

#[tokio::test]
async fn what_is_not_authenticated_or_not_valid_does_not_count() {
    let app = TestApp::start().await;
    let (token, _) = signed_in(&app, EMAIL).await;
    for _ in 0..12 {
        assert_eq!(app.get("/api/contacts/").await.status, 401);
        assert_eq!(call(&app, "GET", "/api/contacts/?skip=x", &token, None).await.status, 422);
    }
    for _ in 0..10 {
        assert_eq!(call(&app, "GET", "/api/contacts/", &token, None).await.status, 200);
    }
    // Nor do they hear of a limit that is used up.
    assert_eq!(app.get("/api/contacts/").await.status, 401);
    assert_eq!(call(&app, "GET", "/api/contacts/?skip=x", &token, None).await.status, 422);
    is_limited(&call(&app, "GET", "/api/contacts/", &token, None).await, 10);
}

#[tokio::test]
async fn the_other_endpoints_count_before_they_look() {
    let app = TestApp::start().await;
    for (path, limit) in [
        ("/api/auth/signup", 2),
        ("/api/auth/request_email", 2),
        ("/api/auth/reset_pwd", 2),
        ("/api/auth/reset_pwd/complete", 10),
    ] {
        for _ in 0..limit {
            assert_eq!(app.post(path, &json!({})).await.status, 422, "{path}");
        }
        is_limited(&app.post(path, &json!({})).await, limit);
    }
    for _ in 0..10 {
        assert_eq!(form(&app, "/api/auth/login", &[]).await.status, 422);
    }
    is_limited(&form(&app, "/api/auth/login", &[]).await, 10);
    for (path, limit) in [("/", 5), ("/api/auth/refresh_token", 10), ("/api/email/confirm/x", 10)] {
        for _ in 0..limit {
            assert_ne!(app.get(path).await.status, 429);
        }
        is_limited(&app.get(path).await, limit);
    }
}

#[tokio::test]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn a_limit_holds_over_two_servers_on_redis() {
    let redis = OwnRedis::one();
    let nodes = [node(&redis).await, node(&redis).await];
    let mut tokens = Vec::new();
    for (app, email) in nodes.iter().zip([EMAIL, "eve@example.com"]) {
        tokens.push(signed_in(app, email).await.0);
    }
    for (method, path, limit) in [
        ("POST", "/api/contacts/", 2),
        ("GET", "/api/contacts/", 10),
        ("GET", "/api/contacts/bd", 10),
        ("GET", "/api/contacts/x", 10),
        ("PUT", "/api/contacts/101", 10),
        ("DELETE", "/api/contacts/102", 10),
        ("PATCH", "/api/contacts/103/avatar", 10),
    ] {
        for call_number in 0..limit {
            let at = usize::from(call_number % 2 == 1);
            assert_ne!(one(&nodes[at], method, path, &tokens[at]).await.status, 429);
        }
        is_limited(&one(&nodes[0], method, path, &tokens[0]).await, limit);
        is_limited(&one(&nodes[1], method, path, &tokens[1]).await, limit);
    }
}

#[tokio::test]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn every_limit_of_a_path_without_a_caller_holds_over_two_servers_on_redis() {
    let redis = OwnRedis::one();
    let nodes = [node(&redis).await, node(&redis).await];
    for (method, path, limit) in [
        ("GET", "/", 5),
        ("POST", "/api/auth/signup", 2),
        ("POST", "/api/auth/login", 10),
        ("GET", "/api/auth/refresh_token", 10),
        ("POST", "/api/auth/request_email", 2),
        ("POST", "/api/auth/reset_pwd", 2),
        ("POST", "/api/auth/reset_pwd/complete", 10),
        ("GET", "/api/email/confirm/x", 10),
    ] {
        for call_number in 0..limit {
            let node = &nodes[usize::from(call_number % 2 == 1)];
            assert_ne!(node.send(node.request(method, path)).await.status, 429, "{path}");
        }
        for node in &nodes {
            is_limited(&node.send(node.request(method, path)).await, limit);
        }
    }
}

/// A server that counts on Redis.
async fn node(redis: &OwnRedis) -> TestApp {
    TestApp::on_memory()
        .with("cache.url", &format!("redis://{}", redis.server_address()))
        .with("cache.prefix", redis.prefix())
        .start()
        .await
}
