//! In which language each message of each surface is, from the first to the last that an account is sent.

use std::time::Duration;

use serde_json::{Value, json};
use vestibule_tests::{Answer, TestApp};

const EMAIL: &str = "ada@example.com";
const MOBILE: &str = "01700000001";
/// Good at every surface.
const PASSWORD: &str = "Notes#1843";
const NEW_PASSWORD: &str = "Notes#1844";

/// What is said in one of the languages.
struct Words {
    activate: &'static str,
    confirm: &'static str,
    reset: &'static str,
    changed: &'static str,
    code: &'static str,
    sms: &'static str,
}

const ENGLISH: Words = Words {
    activate: "Activate your account",
    confirm: "Confirm your e-mail address",
    reset: "Reset your password",
    changed: "Your password was changed",
    code: "Your verification code",
    sms: "your code is",
};
const FRENCH: Words = Words {
    activate: "Activez votre compte",
    confirm: "Confirmez votre adresse e-mail",
    reset: "Réinitialisez votre mot de passe",
    changed: "Votre mot de passe a été modifié",
    code: "Votre code de vérification",
    sms: "votre code est",
};

/// Somebody whose client sends this header with everything.
struct Person {
    app: TestApp,
    accepted: Option<&'static str>,
}

impl Person {
    async fn send(&self, method: &str, path: &str, token: &str, body: &Value) -> Answer {
        let request = self.app.request(method, path).header("content-type", "application/json");
        let request = request.header("authorization", format!("Bearer {token}")).body(body.to_string());
        let request = self
            .accepted
            .into_iter()
            .fold(request, |request, value| request.header("accept-language", value));
        self.app.send(request).await
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        self.send("POST", path, "", &body).await
    }

    /// Subject and text of the newest message, of which there are now so many.
    async fn is_told(&self, to: &str, count: usize, words: &str) {
        assert_eq!(self.app.mails_to(to).await, count, "{words}");
        let messages = self.app.get(&format!("/dev/mailbox/messages?to={to}")).await.json();
        let newest = format!("{} {}", messages[0]["subject"], messages[0]["text"]);
        assert!(newest.contains(words), "{:?} {words}: {newest}", self.accepted);
    }
}

/// What clients ask for, the language of the surface, and which language that comes to.
const WISHES: [(Option<&str>, &str, &Words); 4] = [
    (None, "en", &ENGLISH),
    (Some("de, xx;q=0.5"), "fr", &FRENCH),
    (Some("de, fr-CA;q=0.3, en;q=0.2"), "en", &FRENCH),
    (Some("fr;q=0, *;q=0.1"), "fr", &ENGLISH),
];

async fn person(surface: &str, accepted: Option<&'static str>, language: &str) -> Person {
    let key = format!("surfaces.{surface}.language");
    let app = TestApp::on_memory().with("rate_limit.enabled", "false").with(&key, language).start().await;
    Person { app, accepted }
}

#[tokio::test]
async fn each_message_of_theater_is_in_the_language_that_is_liked_best() {
    for (accepted, language, words) in WISHES {
        let ada = person("theater", accepted, language).await;
        let registration = json!({"email": EMAIL, "password": PASSWORD});
        assert_eq!(ada.post("/api/v1/accounts/register/", registration.clone()).await.status, 201);
        ada.is_told(EMAIL, 1, words.activate).await;
        ada.app.clock.advance(Duration::from_mins(2));
        assert_eq!(ada.post("/api/v1/accounts/register/", registration).await.status, 409);
        ada.is_told(EMAIL, 2, words.activate).await;
        let token = ada.app.mailed_code(EMAIL).await;
        let activation = json!({"email": EMAIL, "token": token});
        assert_eq!(ada.post("/api/v1/accounts/activate/", activation).await.status, 200);
        ada.post("/api/v1/accounts/password-reset/request/", json!({"email": EMAIL})).await;
        ada.is_told(EMAIL, 3, words.reset).await;
        let token = ada.app.mailed_code(EMAIL).await;
        let reset = json!({"email": EMAIL, "token": token, "password": NEW_PASSWORD});
        assert_eq!(ada.post("/api/v1/accounts/reset-password/complete/", reset).await.status, 200);
        ada.is_told(EMAIL, 4, words.changed).await;
    }
}

#[tokio::test]
async fn each_message_of_contacts_is_in_the_language_that_is_liked_best() {
    for (accepted, language, words) in WISHES {
        let ada = person("contacts", accepted, language).await;
        let sign_up = json!({"username": "ada_l", "email": EMAIL, "password": PASSWORD});
        assert_eq!(ada.post("/api/auth/signup", sign_up).await.status, 201);
        ada.is_told(EMAIL, 1, words.confirm).await;
        ada.app.clock.advance(Duration::from_mins(2));
        assert_eq!(ada.post("/api/auth/request_email", json!({"email": EMAIL})).await.status, 200);
        ada.is_told(EMAIL, 2, words.confirm).await;
        let token = ada.app.mailed_code(EMAIL).await;
        assert_eq!(ada.app.get(&format!("/api/email/confirm/{token}")).await.status, 200);
        assert_eq!(ada.post("/api/auth/reset_pwd", json!({"email": EMAIL})).await.status, 200);
        ada.is_told(EMAIL, 3, words.reset).await;
        let token = ada.app.mailed_code(EMAIL).await;
        let reset = json!({"token": token, "password": NEW_PASSWORD});
        assert_eq!(ada.post("/api/auth/reset_pwd/complete", reset).await.status, 200);
        ada.is_told(EMAIL, 4, words.changed).await;
    }
}

#[tokio::test]
async fn a_changed_password_is_told_by_points_in_the_language_that_is_liked_best() {
    for (accepted, language, words) in WISHES {
        let ada = person("points", accepted, language).await;
        let user = json!({"username": "Ada", "email": EMAIL, "password": PASSWORD, "phone_number": "1"});
        assert_eq!(ada.post("/api/users/", user).await.status, 200);
        let before = ada.app.mails_to(EMAIL).await;
        let log_in = json!({"email": EMAIL, "password": PASSWORD});
        let token = ada.post("/api/users/login", log_in).await.text("access_token");
        let change = json!({"new_password": NEW_PASSWORD});
        assert_eq!(ada.send("PUT", "/api/users/change-password", &token, &change).await.status, 200);
        ada.is_told(EMAIL, before + 1, words.changed).await;
        let token = ada.post("/api/users/email-exist", json!({"email": EMAIL})).await.text("access_token");
        assert_eq!(ada.send("PUT", "/api/users/change-password", &token, &change).await.status, 200);
        ada.is_told(EMAIL, before + 2, words.changed).await;
    }
}

#[tokio::test]
async fn a_code_of_points_is_in_the_language_of_the_field_alone() {
    for (setting, accepted, by_default) in [("en", "fr", &ENGLISH), ("fr", "en", &FRENCH)] {
        let ada = person("points", Some(accepted), setting).await;
        let mut count = 0;
        for (field, words) in [
            (json!("en"), &ENGLISH),
            (json!("fr"), &FRENCH),
            (json!("FR-ca"), &FRENCH),
            (json!("de"), by_default),
            (json!("nonsense"), by_default),
            (json!(""), by_default),
            (Value::Null, by_default),
        ] {
            count += 1;
            let wanted = json!({"to": EMAIL, "language": field});
            assert_eq!(ada.post("/api/email/send-verification-code", wanted).await.status, 200);
            ada.is_told(EMAIL, count, words.code).await;
        }
    }
}

#[tokio::test]
async fn each_message_of_mobile_is_in_the_language_that_is_liked_best() {
    for (accepted, language, words) in WISHES {
        let ada = person("mobile", accepted, language).await;
        let user = json!({"username": "ada", "mobile": MOBILE, "password": PASSWORD});
        let uuid = ada.post("/user", user).await.json()["data"]["uuid"].as_str().unwrap().to_owned();
        ada.is_told(MOBILE, 1, words.sms).await;
        ada.app.clock.advance(Duration::from_mins(2));
        let code = ada.app.mailed_code(MOBILE).await;
        let activation = json!({"mobile": MOBILE, "code": code});
        assert_eq!(ada.post("/user/activate-account/", activation).await.status, 200);
        let log_in = json!({"username": "ada", "password": PASSWORD});
        let token = ada.post("/user/login", log_in).await.text("access_token");
        let path = format!("/user/{uuid}");
        assert_eq!(ada.send("PATCH", &path, &token, &json!({"email": EMAIL})).await.status, 200);
        let change = json!({"old_password": PASSWORD, "new_password": NEW_PASSWORD});
        let path = format!("/user/change-password/{uuid}");
        let changed = ada.send("POST", &path, &token, &change).await;
        assert_eq!(changed.status, 200, "{changed:?}");
        ada.is_told(EMAIL, 1, words.changed).await;
    }
}

#[tokio::test]
async fn a_second_sms_is_in_the_language_that_is_liked_best() {
    for (accepted, language, words) in WISHES {
        let key = "surfaces.mobile.language";
        let app = TestApp::on_memory().with("posture", "hardened").with(key, language).start().await;
        let ada = Person { app, accepted };
        let user = json!({"username": "ada", "mobile": MOBILE, "password": PASSWORD});
        assert_eq!(ada.post("/user", user).await.status, 200);
        ada.is_told(MOBILE, 1, words.sms).await;
        ada.app.clock.advance(Duration::from_mins(2));
        ada.post("/user/activate-account/", json!({"mobile": MOBILE})).await;
        ada.is_told(MOBILE, 2, words.sms).await;
    }
}

/// The page is the continuation of the mail, so its language is that of the mail, whatever the browser likes best.
#[tokio::test]
async fn a_password_changed_at_a_page_is_told_in_the_language_of_the_page() {
    for (lang, words) in [("fr", &FRENCH), ("en", &ENGLISH)] {
        let ada = person("theater", Some(lang), "en").await;
        ada.post("/api/v1/accounts/register/", json!({"email": EMAIL, "password": PASSWORD})).await;
        let activation = json!({"email": EMAIL, "token": ada.app.mailed_code(EMAIL).await});
        ada.post("/api/v1/accounts/activate/", activation).await;
        ada.post("/api/v1/accounts/password-reset/request/", json!({"email": EMAIL})).await;
        let token = ada.app.mailed_code(EMAIL).await;
        let password = "Notes%231844";
        let form = format!(
            "email=ada%40example.com&token={token}&lang={lang}&surface=theater&password={password}&repeated={password}"
        );
        let request = ada.app.request("POST", "/account/reset-password").body(form);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let other = if lang == "fr" { "en" } else { "fr" };
        let page = ada.app.send(request.header("accept-language", other)).await;
        assert_eq!(page.status, 200, "{page:?}");
        ada.is_told(EMAIL, 3, words.changed).await;
    }
}
