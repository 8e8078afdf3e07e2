//! How people log in on each surface, and what it answers.

use serde_json::json;
use vestibule_domain::accounts::{Account, EmailAddress, Username};
use vestibule_tests::{Answer, TestApp};

/// The surface that has an original's contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Surface {
    Points,
    Contacts,
    Admin,
    Theater,
    Mobile,
}

impl Surface {
    pub(super) async fn log_in(self, app: &TestApp, login: &str, password: &str) -> Answer {
        let by_email = json!({"email": login, "password": password});
        match self {
            Self::Points => form(app, "/api/users/login", &[("email", login), ("password", password)]).await,
            Self::Contacts => {
                form(app, "/api/auth/login", &[("username", login), ("password", password)]).await
            }
            Self::Admin => app.post("/api/v1/auth/login", &by_email).await,
            Self::Theater => app.post("/api/v1/accounts/login/", &by_email).await,
            Self::Mobile => app.post("/user/login", &json!({"username": login, "password": password})).await,
        }
    }

    /// The status of a login.
    pub(super) fn welcomes(self) -> u16 {
        if self == Self::Theater { 201 } else { 200 }
    }

    /// The answer to the right password of an account that is not active.
    pub(super) fn inactive(self) -> (u16, &'static str) {
        match self {
            Self::Points | Self::Admin => unreachable!("every account of this original is active"),
            Self::Contacts => (401, "Email not confirmed"),
            Self::Theater => (403, "User account is not activated."),
            Self::Mobile => (400, "Your account have not confirmed yet!"),
        }
    }

    /// The account with this login.
    pub(super) async fn account(self, app: &TestApp, login: &str) -> Account {
        let store = app.deps.store.clone();
        let mut repositories = store.repositories();
        let account = match self {
            Self::Mobile => repositories.accounts().by_username(&Username::parse(login).unwrap()).await,
            Self::Points => {
                let plain = EmailAddress::parse_plain(login).unwrap();
                repositories.accounts().by_email(&plain).await
            }
            _ => repositories.accounts().by_email(&EmailAddress::parse(login).unwrap()).await,
        };
        account.unwrap().unwrap_or_else(|| panic!("{login} moved in"))
    }
}

async fn form(app: &TestApp, path: &str, pairs: &[(&str, &str)]) -> Answer {
    let escaped = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
    let pairs = pairs.iter().map(|(name, value)| format!("{name}={}", escaped(value)));
    let body = pairs.collect::<Vec<_>>().join("&");
    let request = app.request("POST", path).header("content-type", "application/x-www-form-urlencoded");
    app.send(request.body(body)).await
}
