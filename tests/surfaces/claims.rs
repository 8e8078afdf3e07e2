//! What the tokens of each surface say, read without any code of ours: base64 and JSON. Each test lists every claim.
//! What clients of the original decode comes from the contract, the rest is ours.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use uuid::Uuid;
use vestibule_domain::accounts::{Account, AccountUuid};
use vestibule_tests::{FixedClock, TestApp};

use crate::admin::person as admin;
use crate::contacts::person as contacts;
use crate::mobile::person as mobile;
use crate::points::person as points;
use crate::theater::person as theater;

const EMAIL: &str = "ada@example.com";
const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;

/// The second and the first part of a token.
fn part(token: &str, number: usize) -> Map<String, Value> {
    let part = BASE64_URL_SAFE_NO_PAD.decode(token.split('.').nth(number).unwrap()).unwrap();
    serde_json::from_slice(&part).unwrap()
}

/// Checks the claims of a token against `expected`, which leaves out those that every token has in the same way.
#[track_caller]
fn says(token: &str, life: i64, token_use: &str, expected: &Value) {
    assert_eq!(Value::from(part(token, 0)), json!({"alg": "HS256", "typ": "JWT"}));
    let mut claims = part(token, 1);
    for id in ["sid", "jti"] {
        let id = claims.remove(id).unwrap();
        assert_eq!(id.as_str().unwrap().parse::<Uuid>().unwrap().to_string(), id);
    }
    assert_eq!(claims.remove("iss"), Some(json!("vestibule")));
    assert_eq!(claims.remove("use"), Some(json!(token_use)));
    let now = FixedClock::START.unix_timestamp();
    assert_eq!((claims.remove("iat"), claims.remove("exp")), (Some(json!(now)), Some(json!(now + life))));
    assert_eq!(&Value::from(claims), expected);
}

async fn account(app: &TestApp, uuid: Uuid) -> Account {
    app.deps.store.repositories().accounts().by_uuid(AccountUuid(uuid)).await.unwrap().unwrap()
}

/// Theater contract 3: `user_id` is a number.
#[tokio::test]
async fn tokens_of_theater_say_the_integer_id() {
    let app = TestApp::start().await;
    let (access, refresh) = theater::signed_in(&app, EMAIL).await;
    let Account { id, details } = points::account(&app, EMAIL).await;
    let uuid = details.uuid.0;
    let of_access = json!({"user_id": id.0, "sub": uuid, "role": "user"});
    says(&access, 10 * MINUTE, "access", &of_access);
    says(&theater::refresh(&app, &refresh).await.text("access_token"), 10 * MINUTE, "access", &of_access);
    says(&refresh, 7 * DAY, "refresh", &json!({"user_id": id.0, "sub": uuid}));
}

/// Contacts contract 3 and decision 11: `sub` is the address, and `use` stands for `scope`. Refresh tokens are signed
/// again after a change of the address, so they do not say it.
#[tokio::test]
async fn access_tokens_of_contacts_say_the_address() {
    let app = contacts::unlimited().await;
    let (access, refresh) = contacts::signed_in(&app, EMAIL).await;
    let Account { id, details } = points::account(&app, EMAIL).await;
    let of_access = json!({"sub": EMAIL, "user_id": id.0, "role": "user"});
    says(&access, 15 * MINUTE, "access", &of_access);
    let next = contacts::refresh(&app, &refresh).await;
    says(&next.text("access_token"), 15 * MINUTE, "access", &of_access);
    for token in [refresh, next.text("refresh_token")] {
        says(&token, 7 * DAY, "refresh", &json!({"sub": details.uuid.0, "user_id": id.0}));
    }
}

/// Admin contract 4 and decision 1: `user_id` is the id as text that its paths take, and `typ` is the kind.
#[tokio::test]
async fn tokens_of_admin_say_the_id_of_its_paths_and_their_kind() {
    let app = admin::unlimited().await;
    let ada = admin::member(&app, "ada").await;
    let id = account(&app, ada.id.parse().unwrap()).await.id.0;
    let of_access = json!({
        "user_id": ada.id, "typ": "access_token", "sub": ada.id, "account": id, "role": "user",
    });
    says(&ada.token, 30 * MINUTE, "access", &of_access);
    let answer = app.post("/api/v1/refresh/", &json!({"refresh_token": ada.refresh})).await;
    says(&answer.text("access_token"), 30 * MINUTE, "access", &of_access);
    let of_refresh = json!({"user_id": ada.id, "typ": "refresh_token", "sub": ada.id, "account": id});
    says(&ada.refresh, 7 * DAY, "refresh", &of_refresh);
    let decoded = part(&ada.token, 1)["user_id"].as_str().unwrap().to_owned();
    assert_eq!(ada.get(&app, &admin::user_path(&decoded)).await.status, 200);
}

/// Points contract 5: `sub` is the id, a text.
#[tokio::test]
async fn tokens_of_points_say_the_id() {
    let app = points::unlimited().await;
    let access = points::signed_in(&app, EMAIL).await;
    let Account { id, details } = points::account(&app, EMAIL).await;
    let uuid = details.uuid.0;
    says(&access, 60 * MINUTE, "access", &json!({"sub": uuid, "user_id": id.0, "role": "user"}));
    let recovery = points::email_exist(&app, EMAIL).await.text("access_token");
    says(&recovery, 5 * MINUTE, "recovery", &json!({"sub": uuid, "user_id": id.0}));
}

/// Mobile contract 4 and decision 13: `identity` is the uuid and `type` the kind.
#[tokio::test]
async fn tokens_of_mobile_say_the_uuid_as_identity_and_their_type() {
    let app = mobile::unlimited().start().await;
    let ada = mobile::signed_in(&app, mobile::NAME, mobile::MOBILE).await;
    let id = account(&app, ada.uuid.parse().unwrap()).await.id.0;
    let of_access =
        json!({"identity": ada.uuid, "type": "access", "sub": ada.uuid, "user_id": id, "role": "user"});
    says(&ada.access, 15 * MINUTE, "access", &of_access);
    let answer = mobile::call(&app, "GET", "/user/refresh-token/", &ada.refresh, None).await;
    says(&answer.text("access_token"), 15 * MINUTE, "access", &of_access);
    let of_refresh = json!({"identity": ada.uuid, "type": "refresh", "sub": ada.uuid, "user_id": id});
    says(&ada.refresh, 30 * DAY, "refresh", &of_refresh);
}
