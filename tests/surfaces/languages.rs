//! In which language messages are, and the pages behind them.

use serde_json::json;
use vestibule_tests::{Answer, TestApp};

const EMAIL: &str = "ada@example.com";
const MOBILE: &str = "+33612345678";
/// Good at every surface.
const PASSWORD: &str = "Notes#1843";

/// What is asked for at a surface, and the words of the message in English and in French.
struct Call {
    surface: &'static str,
    path: &'static str,
    body: serde_json::Value,
    to: &'static str,
    english: &'static str,
    french: &'static str,
}

fn calls() -> [Call; 4] {
    [
        Call {
            surface: "theater",
            path: "/api/v1/accounts/register/",
            body: json!({"email": EMAIL, "password": PASSWORD}),
            to: EMAIL,
            english: "Activate your account",
            french: "Activez votre compte",
        },
        Call {
            surface: "contacts",
            path: "/api/auth/signup",
            body: json!({"username": "ada_l", "email": EMAIL, "password": PASSWORD}),
            to: EMAIL,
            english: "Confirm your e-mail address",
            french: "Confirmez votre adresse e-mail",
        },
        Call {
            surface: "points",
            path: "/api/email/send-verification-code",
            body: json!({"to": EMAIL}),
            to: EMAIL,
            english: "Your verification code",
            french: "Votre code de vérification",
        },
        Call {
            surface: "mobile",
            path: "/user",
            body: json!({"username": "ada", "mobile": MOBILE, "password": PASSWORD}),
            to: MOBILE,
            english: "your code is",
            french: "votre code est",
        },
    ]
}

async fn send(app: &TestApp, call: &Call, accepted: Option<&str>) -> Answer {
    let request = app.request("POST", call.path).header("content-type", "application/json");
    let request =
        accepted.into_iter().fold(request, |request, value| request.header("accept-language", value));
    app.send(request.body(call.body.to_string())).await
}

/// Subject and text of the newest message.
async fn message(app: &TestApp, to: &str) -> String {
    app.mailed_code(to).await;
    let messages = app.get(&format!("/dev/mailbox/messages?to={}", to.replace('+', "%2B"))).await.json();
    format!("{} {}", messages[0]["subject"], messages[0]["text"])
}

async fn said(app: &TestApp, call: &Call, accepted: Option<&str>) -> String {
    let answer = send(app, call, accepted).await;
    assert!(answer.status < 300, "{answer:?}");
    message(app, call.to).await
}

#[tokio::test]
async fn messages_are_english_where_nobody_asks_for_another_language_but_french_at_points() {
    for call in calls() {
        let app = TestApp::start().await;
        let message = said(&app, &call, None).await;
        let words = if call.surface == "points" { call.french } else { call.english };
        assert!(message.contains(words), "{}: {message}", call.surface);
    }
}

#[tokio::test]
async fn every_surface_speaks_the_language_of_its_setting() {
    for call in calls() {
        for (language, words) in [("en", call.english), ("fr", call.french)] {
            let key = format!("surfaces.{}.language", call.surface);
            let app = TestApp::on_memory().with(&key, language).start().await;
            let message = said(&app, &call, Some("de, *;q=0.5")).await;
            assert!(message.contains(words), "{}: {message}", call.surface);
        }
    }
}

#[tokio::test]
async fn a_surface_without_a_language_of_its_own_speaks_that_of_mail() {
    for call in calls() {
        let key = format!("surfaces.{}.language", call.surface);
        let app = TestApp::on_memory().with(&key, "").with("mail.default_language", "fr").start().await;
        let message = said(&app, &call, None).await;
        assert!(message.contains(call.french), "{}: {message}", call.surface);
    }
}

#[tokio::test]
async fn the_language_liked_best_is_heard_where_the_contract_has_no_field() {
    for call in calls().into_iter().filter(|call| call.surface != "points") {
        for (accepted, words) in [
            ("fr-CA, en;q=0.9", call.french),
            ("de, en;q=0.2, fr;q=0.8", call.french),
            ("fr;q=0.2, en-GB;q=0.3", call.english),
            ("en;q=0, *", call.french),
        ] {
            let app = TestApp::start().await;
            let message = said(&app, &call, Some(accepted)).await;
            assert!(message.contains(words), "{} {accepted}: {message}", call.surface);
        }
    }
}

#[tokio::test]
async fn the_page_behind_a_mailed_link_speaks_the_language_of_the_mail() {
    let app = TestApp::start().await;
    let [theater, ..] = calls();
    said(&app, &theater, Some("fr")).await;
    let link = app.mailbox.to(EMAIL)[0].mail.links[0].clone();
    let path = link.strip_prefix("http://127.0.0.1:0").unwrap();
    let page = app.send(app.request("GET", path).header("accept-language", "en")).await;
    assert!(page.body.contains("Activer votre compte"), "{page:?}");
}

#[tokio::test]
async fn a_page_whose_link_names_no_language_hears_the_browser() {
    let app = TestApp::start().await;
    for (accepted, words) in [("fr;q=0.9, en;q=0.1", "Activer votre compte"), ("de", "Activate your account")]
    {
        let request = app.request("GET", "/account/activate?email=a%40b.co&token=x");
        let page = app.send(request.header("accept-language", accepted)).await;
        assert!(page.body.contains(words), "{accepted}: {page:?}");
    }
}
