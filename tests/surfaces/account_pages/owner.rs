//! Somebody at the account pages, with a browser that keeps one cookie and runs no script.

use std::cell::RefCell;

use reqwest::RequestBuilder;
use vestibule_tests::{Answer, TestApp, TestAppBuilder};

use crate::admin::person::{PASSWORD, Person, email, member};
use crate::console::clerk::{FormOf as _, mark_of};

pub(super) const COOKIE: &str = "vestibule-account";

/// A server with the pages, and without limits.
pub(super) fn with_pages() -> TestAppBuilder {
    TestApp::on_memory().with("account_pages.enabled", "true").with("rate_limit.enabled", "false")
}

/// A server with the pages, and `ada`, who is signed in at them and elsewhere.
pub(super) async fn with_ada() -> (TestApp, Owner, Person) {
    let app = with_pages().start().await;
    let ada = member(&app, "ada").await;
    let owner = Owner::signed_in(&app, "ada").await;
    (app, owner, ada)
}

/// A browser.
pub(super) struct Owner {
    /// The value of the cookie.
    pub(super) cookie: RefCell<String>,
}

impl Owner {
    pub(super) fn stranger() -> Self {
        Self { cookie: RefCell::default() }
    }

    /// Signs in by the address of an account.
    pub(super) async fn signed_in(app: &TestApp, name: &str) -> Self {
        let owner = Self::stranger();
        let answer = owner.sign_in(app, &email(name), PASSWORD).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/account"), "{answer:?}");
        owner
    }

    pub(super) async fn sign_in(&self, app: &TestApp, identifier: &str, password: &str) -> Answer {
        self.post(app, "/account/login", &[("identifier", identifier), ("password", password)]).await
    }

    /// Opens a page.
    pub(super) async fn get(&self, app: &TestApp, path: &str) -> Answer {
        self.send(app, app.request("GET", path)).await
    }

    /// Opens a page that is there.
    pub(super) async fn page(&self, app: &TestApp, path: &str) -> String {
        let answer = self.get(app, path).await;
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        answer.body
    }

    /// Sends a form as a page does.
    pub(super) async fn post(&self, app: &TestApp, path: &str, values: &[(&str, &str)]) -> Answer {
        let request = app.request("POST", path).header("sec-fetch-site", "same-origin");
        self.send(app, request.form_of(values)).await
    }

    /// Sends a form of a page, with the mark that the page carries.
    pub(super) async fn submit(&self, app: &TestApp, path: &str, values: &[(&str, &str)]) -> Answer {
        let mark = self.mark(app).await;
        let values: Vec<_> = [("form", mark.as_str())].into_iter().chain(values.iter().copied()).collect();
        self.post(app, path, &values).await
    }

    /// What the forms of this session carry.
    pub(super) async fn mark(&self, app: &TestApp) -> String {
        mark_of(&self.page(app, "/account").await)
    }

    /// A request with the cookie.
    pub(super) fn with_cookie(&self, request: RequestBuilder) -> RequestBuilder {
        let cookie = self.cookie.borrow();
        if cookie.is_empty() { request } else { request.header("cookie", format!("{COOKIE}={cookie}")) }
    }

    /// Sends a request with the cookie, and keeps what the answer makes of it.
    pub(super) async fn send(&self, app: &TestApp, request: RequestBuilder) -> Answer {
        let answer = app.send(self.with_cookie(request)).await;
        if let Some(set) = answer.headers.get("set-cookie") {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            self.cookie.replace(pair.strip_prefix(&format!("{COOKIE}=")).unwrap().to_owned());
        }
        answer
    }
}

/// Whether an answer leads to the sign-in.
#[track_caller]
pub(super) fn leads_to_sign_in(answer: &Answer) {
    assert_eq!((answer.status, answer.header("location")), (303, "/account/login"), "{answer:?}");
}
