//! The door `catalogue_writes`.

use serde_json::json;
use vestibule_domain::accounts::{EmailAddress, Role};
use vestibule_tests::{Answer, FixedClock, TestApp};

use super::film::{MOVIES, film};
use crate::theater::person::{EMAIL, PASSWORD, log_in, member, signed_in};

async fn closed() -> TestApp {
    TestApp::on_memory().with("doors.catalogue_writes", "false").start().await
}

async fn write(app: &TestApp, authorization: Option<&str>, body: &str) -> Answer {
    let mut request =
        app.request("POST", MOVIES).header("content-type", "application/json").body(body.to_owned());
    if let Some(authorization) = authorization {
        request = request.header("authorization", authorization);
    }
    app.send(request).await
}

async fn token_of(app: &TestApp, role: Role) -> String {
    member(app, EMAIL).await;
    let mut repositories = app.deps.store.repositories();
    let account =
        repositories.accounts().by_email(&EmailAddress::parse(EMAIL).unwrap()).await.unwrap().unwrap();
    repositories.accounts().set_role(account.id, role, FixedClock::START).await.unwrap();
    log_in(app, EMAIL, PASSWORD).await.text("access_token")
}

#[tokio::test]
async fn nobody_and_users_may_not_write() {
    let app = closed().await;
    let body = film("Metropolis").to_string();
    let nobody = write(&app, None, &body).await;
    nobody.is_detail(401, "Not authenticated");
    assert_eq!(nobody.header("www-authenticate"), "Bearer");
    let (access, refresh) = signed_in(&app, EMAIL).await;
    let user = write(&app, Some(&format!("Bearer {access}")), &body).await;
    user.is_detail(403, "Only moderators and administrators may change the catalogue.");
    assert_eq!(user.header("www-authenticate"), "Bearer error=\"insufficient_scope\"");
    for wrong in [format!("Bearer {refresh}"), "Bearer x".to_owned(), format!("Bearer {access}x")] {
        let answer = write(&app, Some(&wrong), &body).await;
        answer.is_detail(401, "Could not validate credentials");
        assert_eq!(answer.header("www-authenticate"), "Bearer error=\"invalid_token\"");
    }
    for other in [format!("Basic {access}"), "Bearer".to_owned(), "Bearer ".to_owned(), access.clone()] {
        write(&app, Some(&other), &body).await.is_detail(401, "Not authenticated");
    }
    let in_query = app.request("POST", &format!("{MOVIES}?access_token={access}")).body(body);
    app.send(in_query).await.is_detail(401, "Not authenticated");
}

#[tokio::test]
async fn moderators_and_administrators_may_write() {
    for role in [Role::Moderator, Role::Admin] {
        let app = closed().await;
        let authorization = format!("bearer {}", token_of(&app, role).await);
        assert_eq!(write(&app, Some(&authorization), &film("Metropolis").to_string()).await.status, 201);
        let path = format!("{MOVIES}1/");
        let change = app
            .request("PATCH", &path)
            .header("authorization", &authorization)
            .header("content-type", "application/json")
            .body(json!({"score": 1}).to_string());
        assert_eq!(app.send(change).await.status, 200);
        let delete = app.request("DELETE", &path).header("authorization", &authorization);
        assert_eq!(app.send(delete).await.status, 204);
    }
}

#[tokio::test]
async fn changing_and_deleting_are_behind_the_door_too_and_reading_is_not() {
    let app = closed().await;
    let authorization = format!("Bearer {}", token_of(&app, Role::Admin).await);
    assert_eq!(write(&app, Some(&authorization), &film("Metropolis").to_string()).await.status, 201);
    let path = format!("{MOVIES}1/");
    app.send(app.request("DELETE", &path)).await.is_detail(401, "Not authenticated");
    app.send(app.request("PATCH", &path).body("{}")).await.is_detail(401, "Not authenticated");
    assert_eq!(app.get(&path).await.status, 200);
    assert_eq!(app.get(MOVIES).await.status, 200);
}

#[tokio::test]
async fn broken_json_is_told_before_the_token_and_values_after_it() {
    let app = closed().await;
    assert_eq!(write(&app, None, "{").await.status, 422);
    assert_eq!(write(&app, None, "{}").await.status, 401);
}

#[tokio::test]
async fn a_lost_role_closes_the_door_at_once() {
    let app = closed().await;
    let authorization = format!("Bearer {}", token_of(&app, Role::Moderator).await);
    assert_eq!(write(&app, Some(&authorization), &film("One").to_string()).await.status, 201);
    let moderator = app.services.verify_access.execute(&authorization[7..]).await.unwrap();
    let input = vestibule_application::accounts::ChangeRoleInput {
        administrator: vestibule_application::accounts::Administrator::operator(),
        account: moderator.account,
        role: Role::User,
    };
    app.services.change_role.execute(input).await.unwrap();
    assert_eq!(write(&app, Some(&authorization), &film("Two").to_string()).await.status, 403);
}
