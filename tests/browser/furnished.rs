//! A server that has something to show on every page.

use std::time::Duration;

use serde_json::json;
use vestibule_domain::messages::Notice;
use vestibule_domain::points::{Points, PointsChange, PointsKind};
use vestibule_tests::TestApp;

use crate::pages::Page;
use crate::people::{email, inspected, log_in, member, page_of, staffed};

const MEMBERS: [&str; 8] = ["ada", "barbara", "edith", "grace", "hedy", "joan", "katherine", "mary"];
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const PHONE: &str =
    "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36";

/// The server.
pub(crate) struct Furnished {
    pub(crate) app: TestApp,
    /// What stands for what in the paths of pages.
    places: [(&'static str, String); 4],
}

impl Furnished {
    pub(crate) async fn new() -> Self {
        let app = staffed().await;
        for name in MEMBERS {
            member(&app, name).await;
            app.clock.advance(Duration::from_hours(31));
        }
        for device in [FIREFOX, PHONE] {
            log_in(&app, "ada", device).await;
        }
        give_points(&app, "ada").await;
        trash(&app, "root", "barbara").await;
        // Who can come back, unlike her.
        trash(&app, "edith", "edith").await;
        register(&app, "rosalind").await;
        let activation = link_in_mail(&app, "rosalind").await;
        ask_for_reset(&app, "ada").await;
        let reset = link_in_mail(&app, "ada").await;
        park_mail(&app, "grace").await;
        // Its mail waits.
        register(&app, "dorothy").await;
        // As the server does every few seconds: there are charts now.
        app.services.keep_counts.execute().await.unwrap();
        let places = [
            ("{ada}", page_of(&app, "ada").await),
            ("{barbara}", page_of(&app, "barbara").await),
            ("{activation}", activation),
            ("{reset}", reset),
        ];
        Self { app, places }
    }

    /// Where a page is.
    pub(crate) fn path(&self, page: &Page) -> String {
        self.places.iter().fold(page.path.to_owned(), |path, (place, value)| path.replace(place, value))
    }
}

async fn give_points(app: &TestApp, name: &str) {
    let change = PointsChange {
        account: inspected(app, name).await.account.id,
        kind: PointsKind::Add,
        points: Points::new(120).unwrap(),
        reason: Some("for the first programme".to_owned()),
        actor: None,
        idempotency_key: None,
        at: app.deps.clock.now(),
    };
    app.deps.store.repositories().points().apply(&change).await.unwrap();
}

async fn trash(app: &TestApp, by: &str, name: &str) {
    let token = log_in(app, by, FIREFOX).await;
    let account = inspected(app, name).await.account.uuid.0;
    let path = format!("/api/v1/auth/users/{account}?reason=asked%20for%20it");
    let answer = app.send(app.request("DELETE", &path).bearer_auth(token)).await;
    assert!(answer.status < 300, "{answer:?}");
}

async fn register(app: &TestApp, name: &str) {
    let body = json!({"email": email(name), "password": "Analytical#1843"});
    let answer = app.post("/api/v1/accounts/register/", &body).await;
    assert_eq!(answer.status, 201, "{answer:?}");
}

async fn ask_for_reset(app: &TestApp, name: &str) {
    let body = json!({"email": email(name)});
    let answer = app.post("/api/v1/accounts/password-reset/request/", &body).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

/// Delivers what waits, and answers the path of the link in the newest mail to somebody.
async fn link_in_mail(app: &TestApp, name: &str) -> String {
    app.mailed_code(&email(name)).await;
    let link = app.mailbox.to(&email(name))[0].mail.links[0].clone();
    link.strip_prefix("http://127.0.0.1:0").expect("the public address").to_owned()
}

/// Has a mail given up that the mail server refused.
pub(crate) async fn park_mail(app: &TestApp, name: &str) {
    let notice = Notice::ResetPassword {
        email: email(name),
        token: "a-token-that-is-shown-nowhere".to_owned(),
        valid_minutes: 60,
        surface: "admin".to_owned(),
    };
    app.park(&notice, "refused: 550 5.1.1 no such mailbox").await;
}
