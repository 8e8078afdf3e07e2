//! A person who has an account, seen from every surface.

use serde_json::{Value, json};
use vestibule_domain::accounts::{AccountId, EmailAddress, Username};
use vestibule_tests::{Answer, TestApp};

use crate::contacts::person as contacts;
use crate::mobile::person as mobile;
use crate::points::person as points;
use crate::theater::person as theater;

/// The surfaces.
pub(super) const ALL: [&str; 5] = ["theater", "mobile", "contacts", "admin", "points"];

pub(super) const NOWHERE: [bool; 5] = [false; 5];

#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) email: Option<String>,
    pub(super) name: Option<String>,
    pub(super) password: String,
    /// The opaque id.
    pub(super) id: String,
    pub(super) account: AccountId,
}

impl Person {
    pub(super) fn new(email: Option<&str>, name: Option<&str>, password: &str) -> Self {
        let owned = |text: &str| text.to_owned();
        let (email, name) = (email.map(owned), name.map(owned));
        Self { email, name, password: owned(password), id: String::new(), account: AccountId(0) }
    }

    /// Looks the ids up.
    pub(super) async fn find(&mut self, app: &TestApp) {
        let mut repositories = app.deps.store.repositories();
        let account = match (&self.email, &self.name) {
            (Some(email), _) => repositories.accounts().by_email(&EmailAddress::parse(email).unwrap()).await,
            (None, name) => {
                let name = Username::parse(name.as_ref().unwrap()).unwrap();
                repositories.accounts().by_username(&name).await
            }
        };
        let account = account.unwrap().unwrap();
        (self.id, self.account) = (account.details.uuid.0.to_string(), account.id);
    }
}

async fn log_in(app: &TestApp, surface: &str, person: &Person) -> Answer {
    // Who has no address or no name tries one that nobody has.
    let email = person.email.as_deref().unwrap_or("nobody@example.com");
    let (name, password) = (person.name.as_deref().unwrap_or("nobody"), &person.password);
    match surface {
        "theater" => theater::log_in(app, email, password).await,
        "contacts" => contacts::log_in(app, email, password).await,
        "admin" => app.post("/api/v1/auth/login", &json!({"email": email, "password": password})).await,
        "points" => points::log_in(app, email, password).await,
        _ => mobile::log_in(app, name, password).await,
    }
}

/// At which surfaces somebody signs in.
pub(super) async fn enters(app: &TestApp, person: &Person) -> [bool; 5] {
    let mut entered = NOWHERE;
    for (entered, surface) in entered.iter_mut().zip(ALL) {
        let answer = log_in(app, surface, person).await;
        assert!(answer.status < 500, "{surface}: {answer:?}");
        *entered = answer.status < 300;
    }
    entered
}

/// The access token of a new session.
pub(super) async fn session(app: &TestApp, surface: &str, person: &Person) -> String {
    let answer = log_in(app, surface, person).await;
    assert!(answer.status < 300, "{surface}: {answer:?}");
    answer.text("access_token")
}

/// At which surfaces a token of this person is good.
pub(super) async fn is_good(app: &TestApp, person: &Person, token: &str) -> [bool; 5] {
    let mut good = NOWHERE;
    for (good, surface) in good.iter_mut().zip(ALL) {
        let (method, path) = match surface {
            // Behind the closed door: 403 or 404 for whoever is known.
            "theater" => ("DELETE", "/api/v1/theater/movies/999/".to_owned()),
            "contacts" => ("GET", "/api/contacts/".to_owned()),
            "admin" => ("GET", format!("/api/v1/auth/users/{}", person.id)),
            "points" => ("GET", "/api/users".to_owned()),
            _ => ("GET", format!("/user/{}", person.id)),
        };
        let answer = call(app, method, &path, token, None).await;
        let expected = if surface == "theater" { [403, 401] } else { [200, 401] };
        assert!(expected.contains(&answer.status), "{surface}: {answer:?}");
        *good = answer.status != 401;
    }
    good
}

/// A call with an access token.
pub(super) async fn call(
    app: &TestApp,
    method: &str,
    path: &str,
    token: &str,
    body: Option<Value>,
) -> Answer {
    let request = app.request(method, path).bearer_auth(token);
    let request = match body {
        Some(body) => request.header("content-type", "application/json").body(body.to_string()),
        None => request,
    };
    app.send(request).await
}
