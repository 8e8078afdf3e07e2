//! What tokens say, at every surface.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use vestibule_domain::accounts::EmailAddress;
use vestibule_tests::TestApp;

use crate::contacts::person as contacts;
use crate::theater::person as theater;

/// What the test's servers have in common.
const SECRETS: [(&str, &str); 2] = [
    ("tokens.access_secret", "an access secret of more than 32 bytes"),
    ("tokens.refresh_secret", "a refresh secret of more than 32 bytes"),
];

fn claims(token: &str) -> Value {
    let payload = BASE64_URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice(&payload).unwrap()
}

/// A server with these settings on a SQLite file of the test.
async fn server(folder: &tempfile::TempDir, settings: &[(&str, &str)]) -> TestApp {
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("shared.db").display());
    let app = TestApp::on_memory().with("database.url", &url).with("rate_limit.enabled", "false");
    let app = SECRETS.iter().chain(settings).fold(app, |app, (key, value)| app.with(key, value));
    app.start().await
}

/// Status of a call that needs an access token.
async fn access(app: &TestApp, token: &str) -> u16 {
    contacts::call(app, "GET", "/api/contacts/", token, None).await.status
}

#[tokio::test]
async fn no_token_carries_an_audience_or_a_time_before_which_it_is_refused() {
    let app = TestApp::start().await;
    let mut tokens = Vec::from(<[String; 2]>::from(theater::signed_in(&app, "grace@example.com").await));
    tokens.extend(<[String; 2]>::from(contacts::signed_in(&app, "ada@example.com").await));
    for token in tokens {
        let claims = claims(&token);
        assert!(claims["iat"].is_i64() && claims["exp"].is_i64(), "{claims}");
        for text in ["iss", "sub", "sid", "jti", "use"] {
            assert!(claims[text].is_string(), "{text} in {claims}");
        }
        let names: Vec<&String> = claims.as_object().unwrap().keys().collect();
        let is_known =
            |name: &str| ["iss", "sub", "sid", "jti", "iat", "exp", "use", "role", "user_id"].contains(&name);
        assert!(names.iter().all(|name| is_known(name)), "{names:?}");
    }
}

/// Contacts contract, decision 11.
#[tokio::test]
async fn the_subject_is_the_address_at_contacts_and_the_opaque_id_at_theater() {
    let app = contacts::unlimited().await;
    let (access_token, refresh_token) = contacts::signed_in(&app, "ada@example.com").await;
    assert_eq!(claims(&access_token)["sub"], json!("ada@example.com"));
    let further = contacts::refresh(&app, &refresh_token).await.text("access_token");
    assert_eq!(claims(&further)["sub"], json!("ada@example.com"));
    assert_eq!([access(&app, &access_token).await, access(&app, &further).await], [200, 200]);

    let email = EmailAddress::parse("ada@example.com").unwrap();
    let account = app.deps.store.repositories().accounts().by_email(&email).await.unwrap().unwrap();
    let uuid = account.details.uuid.0.to_string();
    assert_eq!(claims(&refresh_token)["sub"], json!(uuid));
    let (_, theaters) = theater::signed_in(&app, "grace@example.com").await;
    let further = theater::refresh(&app, &theaters).await.text("access_token");
    let subject = claims(&further)["sub"].as_str().unwrap().to_owned();
    assert!(subject.parse::<uuid::Uuid>().is_ok(), "{subject}");
}

#[tokio::test]
async fn an_audience_that_is_set_is_written_and_required() {
    let folder = tempfile::tempdir().unwrap();
    let named = server(&folder, &[("tokens.audience", "books")]).await;
    let (access_token, refresh_token) = contacts::signed_in(&named, "ada@example.com").await;
    assert_eq!(claims(&access_token)["aud"], json!("books"));
    assert_eq!(access(&named, &access_token).await, 200);
    for settings in [&[][..], &[("tokens.audience", "films")]] {
        let other = server(&folder, settings).await;
        assert_eq!(access(&other, &access_token).await, 401, "{settings:?}");
        let answer = contacts::refresh(&other, &refresh_token).await;
        answer.is_detail(401, "Cannot validate");
    }

    let nameless = server(&folder, &[]).await;
    let login = contacts::log_in(&nameless, "ada@example.com", contacts::PASSWORD).await;
    assert_eq!(claims(&login.text("access_token")).get("aud"), None);
    assert_eq!(access(&nameless, &login.text("access_token")).await, 200);
    assert_eq!(access(&named, &login.text("access_token")).await, 401);
    assert_eq!(contacts::refresh(&named, &login.text("refresh_token")).await.status, 401);
}
