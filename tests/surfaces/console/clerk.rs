//! Somebody at the console, with a browser that keeps one cookie and runs no script.

use std::cell::RefCell;

use reqwest::RequestBuilder;
use vestibule_tests::{Answer, TestApp, TestAppBuilder};

use crate::admin::person::{PASSWORD, admin, email, member};

pub(super) const COOKIE: &str = "vestibule-console";
/// The only script that a page has.
pub(super) const SCRIPT: &str = "<script src=\"/console/script.js\" defer></script>";

/// A server with the console, and without limits.
pub(super) fn with_console() -> TestAppBuilder {
    TestApp::on_memory().with("console.enabled", "true").with("rate_limit.enabled", "false")
}

/// A server with the console, the administrator `root` and the member `ada`, whose id comes along.
pub(super) async fn staffed() -> (TestApp, Clerk, String) {
    let app = with_console().start().await;
    admin(&app, "root").await;
    let ada = member(&app, "ada").await.id;
    let clerk = Clerk::signed_in(&app, "root").await;
    (app, clerk, ada)
}

/// A browser.
pub(crate) struct Clerk {
    /// The value of the cookie.
    pub(crate) cookie: RefCell<String>,
}

impl Clerk {
    pub(super) fn stranger() -> Self {
        Self { cookie: RefCell::default() }
    }

    /// Signs in by the address of an account.
    pub(crate) async fn signed_in(app: &TestApp, name: &str) -> Self {
        let clerk = Self::stranger();
        let answer = clerk.sign_in(app, &email(name), PASSWORD).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/console"), "{answer:?}");
        clerk
    }

    pub(super) async fn sign_in(&self, app: &TestApp, identifier: &str, password: &str) -> Answer {
        self.post(app, "/console/login", &[("identifier", identifier), ("password", password)]).await
    }

    /// Opens a page.
    pub(crate) async fn get(&self, app: &TestApp, path: &str) -> Answer {
        self.send(app, app.request("GET", path)).await
    }

    /// Opens a page that is there.
    pub(super) async fn page(&self, app: &TestApp, path: &str) -> String {
        let answer = self.get(app, path).await;
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        answer.body
    }

    /// Sends a form as a page of the console does.
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
        mark_of(&self.page(app, "/console").await)
    }

    /// Sends a request with the cookie, and keeps what the answer makes of it.
    pub(super) async fn send(&self, app: &TestApp, request: RequestBuilder) -> Answer {
        let cookie = self.cookie.borrow().clone();
        let request =
            if cookie.is_empty() { request } else { request.header("cookie", format!("{COOKIE}={cookie}")) };
        let answer = app.send(request).await;
        if let Some(set) = answer.headers.get("set-cookie") {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            self.cookie.replace(pair.strip_prefix(&format!("{COOKIE}=")).unwrap().to_owned());
        }
        answer
    }
}

/// The mark in the first form of a page.
pub(crate) fn mark_of(page: &str) -> String {
    let field = page.split("name=\"form\" value=\"").nth(1).expect("a form");
    field.split('"').next().unwrap().to_owned()
}

/// A text in an address or a form.
pub(crate) fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |text, byte| format!("{text}%{byte:02X}"))
}

/// Forms as bodies.
pub(crate) trait FormOf {
    fn form_of(self, values: &[(&str, &str)]) -> Self;
}

impl FormOf for RequestBuilder {
    fn form_of(self, values: &[(&str, &str)]) -> Self {
        let pairs: Vec<_> = values.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        self.header("content-type", "application/x-www-form-urlencoded").body(pairs.join("&"))
    }
}

/// Whether an answer leads to the sign-in.
#[track_caller]
pub(super) fn leads_to_sign_in(answer: &Answer) {
    assert_eq!((answer.status, answer.header("location")), (303, "/console/login"), "{answer:?}");
}
