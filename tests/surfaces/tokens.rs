//! What tokens say, at every surface.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use time::Duration;
use uuid::Uuid;
use vestibule_domain::accounts::EmailAddress;
use vestibule_domain::secret::SecretToken;
use vestibule_domain::sessions::{RefreshToken, TokenId};
use vestibule_tests::{FixedClock, TestApp};

use crate::contacts::person as contacts;
use crate::points::person as points;
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
    tokens.push(points::signed_in(&app, "eve@example.com").await);
    tokens.push(points::email_exist(&app, "eve@example.com").await.text("access_token"));
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
    assert!(subject.parse::<Uuid>().is_ok(), "{subject}");
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

/// A session whose refresh token and its successor were issued by the release that wrote `aud` and `nbf`,
/// as a node of that release left it a moment ago.
async fn former_tokens(app: &TestApp) -> [String; 2] {
    let (access_token, refresh_token) = contacts::signed_in(app, "ada@example.com").await;
    let session = app.services.verify_access.execute(&access_token).await.unwrap();
    let issued_at = FixedClock::START.replace_nanosecond(0).unwrap();
    let mut parent = None;
    let tokens = [1, 2].map(|number| {
        let now = issued_at.unix_timestamp();
        let claims = claims(&refresh_token);
        let payload = format!(
            r#"{{"iss":"vestibule","aud":"vestibule","sub":{},"sid":{},"jti":"{}","iat":{now},"nbf":{now},"exp":{},"use":"refresh","user_id":{}}}"#,
            claims["sub"], claims["sid"], Uuid::from_u128(number), now + 86_400, claims["user_id"]
        );
        let text = [r#"{"alg":"HS256","typ":"JWT"}"#, &payload].map(|part| BASE64_URL_SAFE_NO_PAD.encode(part));
        let text = text.join(".");
        let key = hmac::Key::new(hmac::HMAC_SHA256, SECRETS[1].1.as_bytes());
        format!("{text}.{}", BASE64_URL_SAFE_NO_PAD.encode(hmac::sign(&key, text.as_bytes())))
    });
    // The family has the former release's tokens alone.
    app.deps.store.repositories().refresh_tokens().revoke_family(session.session).await.unwrap();
    for (number, token) in (1..).zip(&tokens) {
        let id = TokenId(Uuid::from_u128(number));
        let record = RefreshToken {
            id,
            session: session.session,
            account: session.account,
            parent: parent.replace(id),
            digest: SecretToken::new(token.clone()).digest(),
            issued_at,
            expires_at: issued_at + Duration::days(1),
            rotated_at: None,
        };
        app.deps.store.repositories().refresh_tokens().insert(&record).await.unwrap();
    }
    let mut repositories = app.deps.store.repositories();
    let first = TokenId(Uuid::from_u128(1));
    assert!(repositories.refresh_tokens().rotate(first, FixedClock::START).await.unwrap());
    tokens
}

#[tokio::test]
async fn refresh_tokens_of_a_former_release_stay_good_where_their_audience_is_named() {
    for settings in [[("tokens.audience", "vestibule")], [("tokens.former_audience", "vestibule")]] {
        let folder = tempfile::tempdir().unwrap();
        let app = server(&folder, &settings).await;
        let [parent, successor] = former_tokens(&app).await;
        let again = contacts::refresh(&app, &parent).await;
        assert_eq!((again.status, again.text("refresh_token")), (200, successor.clone()), "{settings:?}");
        let next = contacts::refresh(&app, &successor).await;
        assert_eq!(next.status, 200, "{settings:?}: {next:?}");
        assert_eq!(claims(&next.text("refresh_token")).get("nbf"), None);
        assert_eq!(contacts::refresh(&app, &next.text("refresh_token")).await.status, 200);
    }
}

#[tokio::test]
async fn refresh_tokens_of_a_former_release_are_refused_where_no_audience_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let app = server(&folder, &[]).await;
    for token in former_tokens(&app).await {
        contacts::refresh(&app, &token).await.is_detail(401, "Cannot validate");
    }
}
