//! Each account knows through which surface it came.

use serde_json::{Value, json};
use vestibule_domain::accounts::{AccountId, AccountSurface};
use vestibule_tests::TestApp;

/// Good at every surface.
const PASSWORD: &str = "Notes#1843";

/// The surfaces of all accounts, in the order in which they came.
async fn surfaces(app: &TestApp) -> Vec<Option<AccountSurface>> {
    let mut repositories = app.deps.store.repositories();
    let (accounts, _) = repositories.transfer().after(AccountId(i64::MIN), 100).await.unwrap();
    accounts.into_iter().map(|account| account.details.surface).collect()
}

#[tokio::test]
async fn a_sign_up_at_each_surface_is_noted_with_the_account() {
    let app = TestApp::on_memory().with("rate_limit.enabled", "false").start().await;
    let calls: [(AccountSurface, &str, Value); 6] = [
        (
            AccountSurface::Theater,
            "/api/v1/accounts/register/",
            json!({"email": "theater@example.com", "password": PASSWORD}),
        ),
        (
            AccountSurface::Contacts,
            "/api/auth/signup",
            json!({"username": "ada_l", "email": "contacts@example.com", "password": PASSWORD}),
        ),
        (
            AccountSurface::Admin,
            "/api/v1/auth/signup",
            json!({"username": "admin", "email": "admin@example.com", "password": "Engine1843"}),
        ),
        // Through the open door.
        (
            AccountSurface::Admin,
            "/api/v1/auth/admin/signup",
            json!({"username": "root", "email": "root@example.com", "password": "Engine1843"}),
        ),
        (
            AccountSurface::Points,
            "/api/users/",
            json!({
                "username": "Ada", "email": "points@example.com", "password": PASSWORD, "phone_number": "+33 1 23 45",
            }),
        ),
        (
            AccountSurface::Mobile,
            "/user",
            json!({"username": "ada", "mobile": "01700000001", "password": PASSWORD}),
        ),
    ];
    for (number, (surface, path, body)) in calls.into_iter().enumerate() {
        let answer = app.post(path, &body).await;
        assert!(matches!(answer.status, 200 | 201), "{path}: {answer:?}");
        let surfaces = surfaces(&app).await;
        assert_eq!((surfaces.len(), surfaces[number]), (number + 1, Some(surface)), "{path}");
    }
}

/// Another sign-up of an address that waits for its activation is of the account that is there.
#[tokio::test]
async fn a_sign_up_that_is_repeated_at_another_surface_leaves_it() {
    let app = TestApp::on_memory().with("rate_limit.enabled", "false").start().await;
    let body = json!({"email": "ada@example.com", "password": PASSWORD});
    assert_eq!(app.post("/api/v1/accounts/register/", &body).await.status, 201);
    let body = json!({"username": "ada_l", "email": "ada@example.com", "password": PASSWORD});
    app.post("/api/auth/signup", &body).await;
    assert_eq!(surfaces(&app).await, [Some(AccountSurface::Theater)]);
}
