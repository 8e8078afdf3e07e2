//! A token is good while its `sub` is what its surface would write now.

use serde_json::json;
use uuid::Uuid;
use vestibule_domain::accounts::{AccountUuid, EmailAddress};
use vestibule_domain::sessions::{Claims, Subject, TokenUse};
use vestibule_tests::TestApp;

use crate::admin::person as admin;
use crate::contacts::person as contacts;
use crate::mobile::person as mobile;
use crate::points::person as points;
use crate::theater::person as theater;

const OLD: &str = "ada@example.com";
const NEW: &str = "countess@example.com";

/// Gives the account of `OLD` the address `NEW`, at the surface admin.
async fn rename_at_admin(app: &TestApp) {
    let root = admin::admin(app, "root").await;
    let uuid = points::id(app, OLD).await;
    let answer = root.call(app, "PUT", &admin::user_path(&uuid), Some(&json!({"email": NEW}))).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

/// Likewise at the surface mobile.
async fn rename_at_mobile(app: &TestApp) {
    let root = mobile::administrator(app).await;
    let path = format!("/user/{}", points::id(app, OLD).await);
    let answer = mobile::call(app, "PATCH", &path, &root.access, Some(&json!({"email": NEW}))).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

async fn list(app: &TestApp, token: &str) -> u16 {
    contacts::call(app, "GET", "/api/contacts/", token, None).await.status
}

/// The old token is refused and its session goes on.
async fn the_old_token_ends(app: &TestApp, access: &str, refresh: &str) {
    let refused = contacts::call(app, "GET", "/api/contacts/", access, None).await;
    refused.is_detail(401, "Wrong credentials");
    let next = contacts::refresh(app, refresh).await;
    assert_eq!(next.status, 200, "{next:?}");
    assert_eq!(list(app, &next.text("access_token")).await, 200);
}

#[tokio::test]
async fn after_a_change_of_address_at_admin_an_old_token_of_contacts_is_refused() {
    let app = contacts::unlimited().await;
    let (access, refresh) = contacts::signed_in(&app, OLD).await;
    assert_eq!(list(&app, &access).await, 200);
    rename_at_admin(&app).await;
    the_old_token_ends(&app, &access, &refresh).await;
}

#[tokio::test]
async fn after_a_change_of_address_at_mobile_an_old_token_of_contacts_is_refused() {
    let app = contacts::unlimited().await;
    let (access, refresh) = contacts::signed_in(&app, OLD).await;
    assert_eq!(list(&app, &access).await, 200);
    rename_at_mobile(&app).await;
    the_old_token_ends(&app, &access, &refresh).await;
}

/// An account without an address is named by its opaque id.
#[tokio::test]
async fn after_an_address_is_cleared_an_old_token_of_contacts_is_refused() {
    let app = contacts::unlimited().await;
    let (access, refresh) = contacts::signed_in(&app, OLD).await;
    assert_eq!(list(&app, &access).await, 200);
    let root = mobile::administrator(&app).await;
    let path = format!("/user/{}", points::id(&app, OLD).await);
    let answer = mobile::call(&app, "PATCH", &path, &root.access, Some(&json!({"email": null}))).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    the_old_token_ends(&app, &access, &refresh).await;
}

#[tokio::test]
async fn a_change_of_address_leaves_tokens_that_do_not_say_it() {
    let app = contacts::unlimited().await;
    let (access, _) = theater::signed_in(&app, OLD).await;
    assert!(app.services.verify_access.execute(&access).await.is_ok());
    rename_at_admin(&app).await;
    assert!(app.services.verify_access.execute(&access).await.is_ok());
}

/// Signs the claims of an access token again with another subject.
fn with_subject(app: &TestApp, access: &str, subject: Subject) -> String {
    let now = app.deps.clock.now();
    let claims = app.deps.signer.verify(access, TokenUse::Access, now).unwrap();
    app.deps.signer.sign(&Claims { subject, ..claims }).unwrap().reveal().to_owned()
}

/// The form of releases that named accounts of contacts by their opaque ids, too.
#[tokio::test]
async fn a_token_whose_subject_is_not_what_its_surface_writes_is_refused() {
    let app = contacts::unlimited().await;
    let (of_contacts, _) = contacts::signed_in(&app, OLD).await;
    let uuid: Uuid = points::id(&app, OLD).await.parse().unwrap();
    let others = EmailAddress::parse(NEW).unwrap();
    for subject in [Subject::Uuid(AccountUuid(uuid)), Subject::Address(others)] {
        let token = with_subject(&app, &of_contacts, subject.clone());
        assert_eq!(list(&app, &token).await, 401, "{subject:?}");
    }
    let same = with_subject(&app, &of_contacts, Subject::Address(EmailAddress::parse(OLD).unwrap()));
    assert_eq!(list(&app, &same).await, 200);

    let (of_theater, _) = theater::signed_in(&app, "grace@example.com").await;
    let grace = EmailAddress::parse("grace@example.com").unwrap();
    for subject in [Subject::Uuid(AccountUuid(uuid)), Subject::Address(grace)] {
        let token = with_subject(&app, &of_theater, subject.clone());
        assert!(app.services.verify_access.execute(&token).await.is_err(), "{subject:?}");
    }
}
