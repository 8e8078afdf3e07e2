//! Mobile contract 2.8, decisions 2, 4 and 7.

use serde_json::{Value, json};
use vestibule_domain::accounts::{Gender, Username};
use vestibule_tests::{Answer, TestApp};

use super::person::{
    MOBILE, NAME, NO_USER, PASSWORD, Person, UNAUTHORIZED, administrator, again, call, hardened, log_in,
    register, says, says_msg, signed_in, success, unlimited, user,
};

async fn patch(app: &TestApp, whose: &str, token: &str, body: Value) -> Answer {
    call(app, "PATCH", &format!("/user/{whose}"), token, Some(&body)).await
}

async fn own(app: &TestApp, person: &Person, body: Value) -> Answer {
    patch(app, &person.uuid, &person.access, body).await
}

/// Address and gender, which no answer shows.
async fn hidden(app: &TestApp, name: &str) -> (Option<String>, Option<Gender>) {
    let mut repositories = app.deps.store.repositories();
    let name = Username::parse(name).unwrap();
    let account = repositories.accounts().by_username(&name).await.unwrap().unwrap();
    let profile = repositories.profiles().of(account.id).await.unwrap();
    (account.details.email.map(|email| email.to_string()), profile.gender)
}

#[tokio::test]
async fn each_field_is_changed_alone_and_the_rest_stays() {
    let app = unlimited().start().await;
    let ada = signed_in(&app, NAME, MOBILE).await;
    let same = success(&user(MOBILE, true, NAME, &ada.uuid));
    own(&app, &ada, json!({})).await.is(200, &same);
    own(&app, &ada, json!([])).await.is(200, &same);
    own(&app, &ada, json!({"uuid": "x", "password": "x"})).await.is(200, &same);
    own(&app, &ada, json!({"email": "Ada@Example.com"})).await.is(200, &same);
    own(&app, &ada, json!({"gender": "fEMALE"})).await.is(200, &same);
    assert_eq!(hidden(&app, NAME).await, (Some("ada@example.com".to_owned()), Some(Gender::Woman)));
    own(&app, &ada, json!({"gender": "Male"})).await.is(200, &same);
    assert_eq!(hidden(&app, NAME).await.1, Some(Gender::Man));
    own(&app, &ada, json!({"email": null, "gender": null})).await.is(200, &same);
    assert_eq!(hidden(&app, NAME).await, (None, None));
    let renamed = own(&app, &ada, json!({"username": 1843, "mobile": 1_700_000_009})).await;
    renamed.is(200, &success(&user("1700000009", true, "1843", &ada.uuid)));
    again(&app, "1843", PASSWORD, &ada.uuid).await;
}

#[tokio::test]
async fn what_another_has_is_refused_and_an_own_value_is_fine() {
    let app = unlimited().start().await;
    let ada = signed_in(&app, NAME, MOBILE).await;
    let eve = signed_in(&app, "eve", "01700000002").await;
    own(&app, &eve, json!({"email": "eve@example.com"})).await;
    for (field, value, words) in [
        ("username", "EVE", "A user with that username already exists."),
        ("email", "Eve@example.com", "A user with that email already exists."),
        ("mobile", "01700000002", "A user with that mobile number already exists."),
    ] {
        says(&own(&app, &ada, json!({field: value, "gender": "Female"})).await, 400, words);
        assert_eq!(own(&app, &eve, json!({field: value})).await.status, 200, "{field}");
    }
    // All of it or nothing.
    assert_eq!(hidden(&app, NAME).await, (None, None));
    let all = json!({"mobile": "01700000002", "email": "eve@example.com", "username": "eve"});
    says(&own(&app, &ada, all).await, 400, "A user with that username already exists.");
    let two = json!({"mobile": "01700000002", "email": "eve@example.com", "username": "lovelace"});
    says(&own(&app, &ada, two).await, 400, "A user with that email already exists.");
    // What was the name of another is no address of his.
    assert_eq!(own(&app, &ada, json!({"username": "Ada"})).await.status, 200);
}

#[tokio::test]
async fn faulty_values_are_400() {
    let app = unlimited().start().await;
    let ada = signed_in(&app, NAME, MOBILE).await;
    for (body, words) in [
        (json!({"username": null}), "username is required"),
        (json!({"username": ""}), "username is required"),
        (json!({"username": ["x"]}), "username is required"),
        (json!({"mobile": null}), "mobile is required"),
        (json!({"mobile": "x"}), "mobile is not valid"),
        (json!({"email": ""}), "email is required"),
        (json!({"email": 7}), "email is required"),
        (json!({"email": "nope"}), "email is not valid"),
        (json!({"gender": ""}), "gender is required"),
        (json!({"gender": 1}), "gender is required"),
        (json!({"gender": "other"}), "gender is not valid"),
        (json!(null), "Invalid JSON"),
        (json!("x"), "Invalid JSON"),
        (json!([1]), "Invalid JSON"),
    ] {
        says(&own(&app, &ada, body).await, 400, words);
    }
    let request = app.request("PATCH", &format!("/user/{}", ada.uuid));
    let request = request.header("authorization", format!("Bearer {}", ada.access));
    says(&app.send(request.body("username=x")).await, 400, "Invalid JSON");
}

#[tokio::test]
async fn the_owner_and_administrators_change_an_account_in_either_posture() {
    for app in [unlimited().start().await, hardened().start().await] {
        let root = administrator(&app).await;
        let ada = signed_in(&app, NAME, MOBILE).await;
        let eve = signed_in(&app, "eve", "01700000002").await;
        patch(&app, &ada.uuid, &eve.access, json!({"username": "x"})).await.is(403, UNAUTHORIZED);
        patch(&app, "x", &eve.access, json!({"username": "x"})).await.is(404, NO_USER);
        let renamed = success(&user(MOBILE, true, "lovelace", &ada.uuid));
        patch(&app, &ada.uuid, &root.access, json!({"username": "lovelace"})).await.is(200, &renamed);
    }
}

#[tokio::test]
async fn the_status_is_for_administrators_and_of_others_not_looked_at() {
    let app = hardened().start().await;
    let root = administrator(&app).await;
    let ada = signed_in(&app, NAME, MOBILE).await;
    let (on, off) =
        (success(&user(MOBILE, true, NAME, &ada.uuid)), success(&user(MOBILE, false, NAME, &ada.uuid)));
    for status in [json!(false), json!("false"), json!(null), json!(2)] {
        own(&app, &ada, json!({"status": status})).await.is(200, &on);
    }
    for status in [json!("false"), json!(null), json!(2), json!([])] {
        says(
            &patch(&app, &ada.uuid, &root.access, json!({"status": status})).await,
            400,
            "status is required",
        );
    }
    patch(&app, &ada.uuid, &root.access, json!({"status": false})).await.is(200, &off);
    says_msg(&call(&app, "GET", "/user", &ada.access, None).await, 401, "Token has been revoked");
    says(&log_in(&app, NAME, PASSWORD).await, 400, "Your account have not confirmed yet!");
    patch(&app, &ada.uuid, &root.access, json!({"status": 0})).await.is(200, &off);
    patch(&app, &ada.uuid, &root.access, json!({"status": 1})).await.is(200, &on);
    again(&app, NAME, PASSWORD, &ada.uuid).await;

    // One that was never activated.
    let registered = register(&app, "eve", "01700000002").await.json();
    let eve = registered["data"]["uuid"].as_str().unwrap();
    let active = success(&user("01700000002", true, "eve", eve));
    patch(&app, eve, &root.access, json!({"status": true})).await.is(200, &active);
    again(&app, "eve", PASSWORD, eve).await;
    says(&own(&app, &root, json!({"status": false})).await, 400, "The last administrator stays.");
}
