//! The same story on every store.

use std::time::Duration;

use vestibule_application::policy::Retention;
use vestibule_tests::{TestAppBuilder, on_every_store};

use super::person::{EMAIL, PASSWORD, activate, complete_reset, log_in, refresh, register, request_reset};

const FOR_EVER: Retention = Retention {
    unactivated_accounts: None,
    parked_messages: None,
    sent_messages: None,
    trashed_accounts: None,
    audit_events: None,
};

/// From registration to a new password, with a wrong turn at each step.
async fn story(app: TestAppBuilder) {
    let app = app.start().await;
    register(&app, EMAIL).await.is(201, r#"{"id":1,"email":"ada@example.com"}"#);
    assert_eq!(register(&app, EMAIL).await.status, 409);
    assert_eq!(log_in(&app, EMAIL, PASSWORD).await.status, 403);
    let token = app.mailed_code(EMAIL).await;
    assert_eq!(activate(&app, EMAIL, "wrong").await.status, 400);
    assert_eq!(activate(&app, EMAIL, &token).await.status, 200);

    assert_eq!(log_in(&app, EMAIL, "wrong").await.status, 401);
    let session = log_in(&app, EMAIL, PASSWORD).await;
    let (access, refresh_token) = (session.text("access_token"), session.text("refresh_token"));
    assert_eq!(refresh(&app, &refresh_token).await.status, 200);
    assert!(app.services.verify_access.execute(&access).await.is_ok());

    request_reset(&app, EMAIL).await;
    let token = app.mailed_code(EMAIL).await;
    assert_eq!(complete_reset(&app, EMAIL, &token, "Difference#1822").await.status, 200);
    assert_eq!(refresh(&app, &refresh_token).await.status, 401);
    assert!(app.services.verify_access.execute(&access).await.is_err());
    assert_eq!(log_in(&app, EMAIL, "Difference#1822").await.status, 201);

    app.clock.advance(Duration::from_hours(192));
    let purged = app.services.purge_expired.execute_while(FOR_EVER, || true).await.unwrap().unwrap();
    assert_eq!(purged.sessions, 2);
}

on_every_store!(story);
