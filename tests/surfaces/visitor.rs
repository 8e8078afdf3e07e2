//! Somebody at pages with a session, with a browser that keeps one cookie and runs no script.

use std::cell::RefCell;
use std::marker::PhantomData;

use reqwest::RequestBuilder;
use vestibule_tests::{Answer, TestApp};

use crate::admin::person::{PASSWORD, email};

/// Pages at which people sign in.
pub(crate) trait Pages {
    /// What every path of them begins with, and where a sign-in leads.
    const ROOT: &'static str;
    /// Where the form of the sign-in is, and goes.
    const SIGN_IN: &'static str;
    /// The name of their cookie without TLS.
    const COOKIE: &'static str;
}

/// A browser at these pages.
pub(crate) struct Visitor<P> {
    /// The value of the cookie.
    pub(crate) cookie: RefCell<String>,
    pages: PhantomData<P>,
}

impl<P: Pages> Visitor<P> {
    pub(crate) fn stranger() -> Self {
        Self { cookie: RefCell::default(), pages: PhantomData }
    }

    /// Signs in by the address of an account.
    pub(crate) async fn signed_in(app: &TestApp, name: &str) -> Self {
        let visitor = Self::stranger();
        let answer = visitor.sign_in(app, &email(name), PASSWORD).await;
        assert_eq!((answer.status, answer.header("location")), (303, P::ROOT), "{answer:?}");
        visitor
    }

    pub(crate) async fn sign_in(&self, app: &TestApp, identifier: &str, password: &str) -> Answer {
        self.post(app, P::SIGN_IN, &[("identifier", identifier), ("password", password)]).await
    }

    /// Opens a page.
    pub(crate) async fn get(&self, app: &TestApp, path: &str) -> Answer {
        self.send(app, app.request("GET", path)).await
    }

    /// Opens a page that is there.
    pub(crate) async fn page(&self, app: &TestApp, path: &str) -> String {
        let answer = self.get(app, path).await;
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        answer.body
    }

    /// Sends a form as a page does.
    pub(crate) async fn post(&self, app: &TestApp, path: &str, values: &[(&str, &str)]) -> Answer {
        let request = app.request("POST", path).header("sec-fetch-site", "same-origin");
        self.send(app, request.form_of(values)).await
    }

    /// Sends a form of a page, with the mark that the page carries.
    pub(crate) async fn submit(&self, app: &TestApp, path: &str, values: &[(&str, &str)]) -> Answer {
        let mark = self.mark(app).await;
        let values: Vec<_> = [("form", mark.as_str())].into_iter().chain(values.iter().copied()).collect();
        self.post(app, path, &values).await
    }

    /// What the forms of this session carry.
    pub(crate) async fn mark(&self, app: &TestApp) -> String {
        let page = self.page(app, P::ROOT).await;
        let field = page.split("name=\"form\" value=\"").nth(1).expect("a form");
        field.split('"').next().unwrap().to_owned()
    }

    /// A request with the cookie.
    pub(crate) fn with_cookie(&self, request: RequestBuilder) -> RequestBuilder {
        let cookie = self.cookie.borrow();
        if cookie.is_empty() { request } else { request.header("cookie", format!("{}={cookie}", P::COOKIE)) }
    }

    /// Sends a request with the cookie, and keeps what the answer makes of it.
    pub(crate) async fn send(&self, app: &TestApp, request: RequestBuilder) -> Answer {
        let answer = app.send(self.with_cookie(request)).await;
        if let Some(set) = answer.headers.get("set-cookie") {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            assert_eq!(name, P::COOKIE);
            self.cookie.replace(value.to_owned());
        }
        answer
    }
}

/// Whether an answer leads to the sign-in of these pages.
#[track_caller]
pub(crate) fn leads_to_sign_in<P: Pages>(answer: &Answer) {
    assert_eq!((answer.status, answer.header("location")), (303, P::SIGN_IN), "{answer:?}");
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
