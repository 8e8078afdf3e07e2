//! What the audit trail knows of requests.

use vestibule_domain::audit::{AuditAction, AuditEvent, AuditFilter};
use vestibule_tests::{Answer, TestApp};

use crate::contacts::person as contacts;
use crate::theater::person as theater;

const EMAIL: &str = "ada@example.com";

/// The newest event.
async fn newest(app: &TestApp) -> AuditEvent {
    let mut repositories = app.deps.store.repositories();
    repositories.audit().list(&AuditFilter::default(), None, 1).await.unwrap().remove(0)
}

/// Fails unless the newest event is of this request.
async fn came_with(app: &TestApp, answer: &Answer, surface: &str, action: AuditAction) {
    let event = newest(app).await;
    let request = event.request.map(|request| request.simple().to_string());
    assert_eq!((event.surface.as_str(), event.action.known()), (surface, Some(action)));
    assert_eq!(request.as_deref(), Some(answer.header("x-request-id")));
    assert_eq!(event.client.as_deref(), Some("127.0.0.1"));
    // The next one is the newest.
    app.clock.advance(std::time::Duration::from_secs(1));
}

#[tokio::test]
async fn an_event_names_its_surface_its_request_and_its_client() {
    let app = contacts::unlimited().await;
    let answer = theater::register(&app, EMAIL).await;
    came_with(&app, &answer, "theater", AuditAction::AccountRegistered).await;
    let token = app.mailed_code(EMAIL).await;
    let answer = theater::activate(&app, EMAIL, &token).await;
    came_with(&app, &answer, "theater", AuditAction::AccountActivated).await;
    let answer = theater::log_in(&app, EMAIL, theater::PASSWORD).await;
    came_with(&app, &answer, "theater", AuditAction::LoggedIn).await;
    let answer = contacts::log_in(&app, EMAIL, "wrong").await;
    assert_eq!(answer.status, 401);
    came_with(&app, &answer, "contacts", AuditAction::LogInFailed).await;
}

#[tokio::test]
async fn the_pages_behind_mailed_links_have_a_name_of_their_own() {
    let app = contacts::unlimited().await;
    let answer = theater::register(&app, EMAIL).await;
    came_with(&app, &answer, "theater", AuditAction::AccountRegistered).await;
    let token = app.mailed_code(EMAIL).await;
    let form = [("email", EMAIL), ("token", token.as_str()), ("lang", "en")];
    let answer = contacts::form(&app, "/account/activate", &form).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    came_with(&app, &answer, "pages", AuditAction::AccountActivated).await;
}
