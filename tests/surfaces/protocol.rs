//! What holds for every answer.

use vestibule_tests::TestApp;

#[tokio::test]
async fn unknown_paths_and_methods_are_answered_in_the_dialect() {
    let app = TestApp::start().await;
    app.get("/api/v1/accounts/nothing/").await.is_detail(404, "Not Found");
    app.get("/nothing").await.is_detail(404, "Not Found");
    for method in ["GET", "PUT", "PATCH", "DELETE", "OPTIONS"] {
        let answer = app.send(app.request(method, "/api/v1/accounts/login/")).await;
        answer.is_detail(405, "Method Not Allowed");
        assert_eq!(answer.header("allow"), "POST");
    }
    let head = app.send(app.request("HEAD", "/api/v1/accounts/login/")).await;
    assert_eq!((head.status, head.header("allow")), (405, "POST"));
}

#[tokio::test]
async fn every_answer_carries_an_id_and_safe_headers() {
    let app = TestApp::start().await;
    let mut ids = std::collections::HashSet::new();
    let activation = "/account/activate?email=a%40b.co&token=x";
    for path in ["/health/live", "/nothing", "/api/v1/accounts/login/", "/dev/mailbox", activation] {
        let answer = app.get(path).await;
        assert!(ids.insert(answer.header("x-request-id").to_owned()));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        // With `no-referrer`, browsers would send the pages' forms with `Origin: null`.
        let referrers = if path == activation { "strict-origin" } else { "no-referrer" };
        assert_eq!(answer.header("referrer-policy"), referrers);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"));
        assert!(answer.header("strict-transport-security").starts_with("max-age="));
    }
}

#[tokio::test]
async fn an_id_that_a_client_gives_is_kept_if_it_can_stand_in_a_log() {
    let app = TestApp::start().await;
    let ask = async |id: &str| {
        let answer = app.send(app.request("GET", "/nothing").header("x-request-id", id)).await;
        answer.header("x-request-id").to_owned()
    };
    let longest = "a".repeat(128);
    for id in ["7", "proxy_1.2-3", "0199b0c6-8d7e-7000-8000-000000000000", &longest] {
        assert_eq!(ask(id).await, id);
    }
    let too_long = "a".repeat(129);
    for other in ["", "a b", "a\"b", "a/b", "{}", &too_long] {
        let id = ask(other).await;
        assert!(id.len() == 32 && id != other, "{id}");
    }
    let twice = app.request("GET", "/nothing").header("x-request-id", "a").header("x-request-id", "b");
    assert_eq!(app.send(twice).await.header("x-request-id").len(), 32);
}

#[tokio::test]
async fn trace_is_refused() {
    let app = TestApp::start().await;
    assert_eq!(app.send(app.request("TRACE", "/api/v1/accounts/login/")).await.status, 405);
}

#[tokio::test]
async fn a_slow_store_costs_one_request_and_not_the_server() {
    let app = TestApp::on_memory().with("server.request_timeout", "300ms").start().await;
    // A unit of work that nobody ends keeps the only writer.
    let unit = app.deps.store.begin().await.unwrap();
    let body = serde_json::json!({"email": "ada@example.com"});
    let answer = app.post("/api/v1/accounts/password-reset/request/", &body).await;
    answer.is_detail(503, "Service Unavailable");
    assert_eq!(answer.header("retry-after"), "5");
    drop(unit);
    assert_eq!(app.post("/api/v1/accounts/password-reset/request/", &body).await.status, 200);
}

const MOVIES: &str = "/api/v1/theater/movies/";
const MAIL: &str = "/dev/mailbox/messages";
const NO_HOST: &str = "The header Host names neither this machine nor the host of server.public_url, and this server trusts whoever reaches it: messages are captured or a door is open. Add the name to server.hosts.";
const NO_PAGES: &str = "A page of another origin may not write here: messages are captured or a door is open. Have the page's own server pass its requests on, and add the name of that server to server.hosts.";

#[tokio::test]
async fn a_page_of_another_site_cannot_write() {
    let app = TestApp::on_memory().with("doors.catalogue_writes", "true").start().await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        for (method, path) in [("POST", MOVIES), ("DELETE", MAIL), ("POST", "/account/activate")] {
            let answer = app.send(app.request(method, path).header(name, value)).await;
            answer.is_detail(403, NO_PAGES);
        }
        // What it may not read, browsers keep from it: there are no CORS headers.
        let answer = app.send(app.request("GET", MAIL).header(name, value)).await;
        assert_eq!(answer.status, 200);
        assert!(!answer.headers.contains_key("access-control-allow-origin"));
    }
    let swagger = app.request("POST", MOVIES).header("sec-fetch-site", "same-origin");
    let answer = app.send(swagger.header("origin", "http://127.0.0.1:8000").body("{}")).await;
    assert_eq!(answer.status, 422);
}

#[tokio::test]
async fn a_name_that_was_made_to_lead_here_is_refused() {
    let app = TestApp::start().await;
    for path in [MAIL, MOVIES, "/health/live", "/nothing"] {
        let answer = app.send(app.request("GET", path).header("host", "evil.example:8000")).await;
        answer.is_detail(403, NO_HOST);
        assert!(!answer.header("x-request-id").is_empty());
    }
    for host in ["localhost:8000", "127.0.0.1", "[::1]:8000"] {
        assert_eq!(app.send(app.request("GET", MAIL).header("host", host)).await.status, 200);
    }
}

#[tokio::test]
async fn on_a_network_that_was_allowed_every_name_does_but_no_foreign_page() {
    let app = TestApp::on_memory()
        .with("doors.allow_on_network", "true")
        .with("server.public_url", "https://accounts.example.org")
        .start()
        .await;
    let request = |method| app.request(method, MAIL).header("host", "vestibule.internal:8000");
    assert_eq!(app.send(request("GET")).await.status, 200);
    for own in ["http://vestibule.internal:8000", "https://accounts.example.org"] {
        assert_eq!(app.send(request("DELETE").header("origin", own)).await.status, 204);
    }
    app.send(request("DELETE").header("origin", "http://evil.example")).await.is_detail(403, NO_PAGES);
}

#[tokio::test]
async fn captured_mail_and_open_doors_are_shut_to_whatever_comes_through_a_proxy() {
    let app = TestApp::on_memory().with("doors.catalogue_writes", "true").start().await;
    let headers = [
        ("x-forwarded-for", "203.0.113.9"),
        ("x-forwarded-proto", "https"),
        ("forwarded", "for=203.0.113.9"),
        ("x-real-ip", "203.0.113.9"),
        ("via", "1.1 nginx"),
    ];
    for (name, value) in headers {
        for (method, path) in
            [("GET", MAIL), ("POST", MOVIES), ("GET", "/api/contacts/"), ("GET", "/nothing")]
        {
            let answer = app.send(app.request(method, path).header(name, value)).await;
            assert_eq!(answer.status, 403, "{name} {path}");
            for setting in ["mail.transport", "doors.*", "doors.allow_on_network"] {
                assert!(answer.text("detail").contains(setting), "{answer:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_host_that_is_named_is_let_in_at_its_port() {
    let app = TestApp::on_memory().with("server.hosts", "web:8000, gateway").start().await;
    for path in [MAIL, "/health/live"] {
        for host in ["web:8000", "gateway", "gateway:81"] {
            assert_eq!(app.send(app.request("GET", path).header("host", host)).await.status, 200, "{host}");
        }
        app.send(app.request("GET", path).header("host", "web:8001")).await.is_detail(403, NO_HOST);
    }
    let write = app.request("DELETE", MAIL).header("host", "web:8000").header("origin", "http://web:8000");
    assert_eq!(app.send(write).await.status, 204);
}

#[tokio::test]
async fn every_surface_names_the_setting_that_lets_a_request_in() {
    let app = TestApp::start().await;
    for (path, key) in [
        ("/api/v1/accounts/login/", "detail"),
        ("/api/auth/login", "detail"),
        ("/api/v1/auth/login", "detail"),
        ("/api/users", "detail"),
        ("/user", "message"),
        ("/account/activate", "detail"),
    ] {
        let answer = app.send(app.request("POST", path).header("host", "web:8000")).await;
        assert_eq!((answer.status, &*answer.text(key)), (403, NO_HOST), "{path}");
    }
}

#[tokio::test]
async fn the_answer_to_a_foreign_page_names_the_origins_of_the_surface() {
    let app =
        TestApp::on_memory().with("surfaces.points.cors_origins", "https://app.example.org").start().await;
    for (path, key, setting) in [
        ("/api/auth/login", "detail", "surfaces.contacts.cors_origins"),
        ("/api/users", "detail", "surfaces.points.cors_origins"),
        ("/api/v1/accounts/login/", "detail", "server.hosts"),
        ("/api/v1/auth/login", "detail", "server.hosts"),
        ("/user", "message", "server.hosts"),
    ] {
        for header in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")] {
            let answer = app.send(app.request("POST", path).header(header.0, header.1)).await;
            assert_eq!(answer.status, 403, "{path}");
            assert!(answer.text(key).contains(setting), "{answer:?}");
        }
    }
}
