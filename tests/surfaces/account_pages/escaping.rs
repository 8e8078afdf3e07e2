//! Markup in what strangers fill.

use serde_json::json;

use super::owner::{Owner, with_pages};
use crate::admin::person::{PASSWORD, email, log_in_from};
use crate::visitor::escaped;

#[tokio::test]
async fn names_and_devices_are_text_wherever_they_are_shown() {
    let app = with_pages().start().await;
    for (number, name) in
        ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>'"].into_iter().enumerate()
    {
        let address = email(&format!("evil{number}"));
        let body = json!({"email": address, "username": name, "password": PASSWORD});
        assert_eq!(app.post("/api/v1/auth/signup", &body).await.status, 201);
        log_in_from(&app, &format!("evil{number}"), name).await;
        let owner = Owner::stranger();
        assert_eq!(owner.sign_in(&app, name, PASSWORD).await.status, 303);
        let page = owner.page(&app, "/account").await;
        assert_eq!(page.matches("alert(1)").count(), 2, "the name and the device are shown: {page}");
        let pages = [
            page,
            owner.page(&app, &format!("/account?done={}", escaped(name))).await,
            Owner::stranger().sign_in(&app, name, "wrong").await.body,
            Owner::stranger().post(&app, "/account/come-back", &[("identifier", name)]).await.body,
            owner.submit(&app, "/account/password", &[("old", name), ("new", name)]).await.body,
        ];
        for page in pages {
            assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
        }
    }
}
