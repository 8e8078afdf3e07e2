//! Tokens that a server issued, in real time: the libraries have no other clock.

use std::time::Duration;

use serde_json::json;
use time::OffsetDateTime;
use vestibule_domain::accounts::EmailAddress;
use vestibule_domain::ports::Clock as _;
use vestibule_domain::sessions::{Claims, TokenUse};
use vestibule_infrastructure::crypto::{JwtAlgorithm, JwtSettings, JwtSigner};
use vestibule_infrastructure::system::SystemClock;
use vestibule_tests::{Answer, TestApp};

const EMAIL: &str = "ada@example.com";
/// Of an account at the surface admin.
const ADMIN_EMAIL: &str = "grace@example.com";
const PASSWORD: &str = "Analytical#1843";

/// Keys that look like base64url, as most do, and are the text itself.
pub(crate) const KEY: &str = "q8Jx2rVnT5kLw0ZbYc7HsEa3MdGf9UpK-access_";
pub(crate) const REFRESH_KEY: &str = "m1Ro6WtXz4NvBe8QyJi5CgDh2SlAu7Fk-refresh";

/// The tokens of one login.
pub(crate) struct Tokens {
    pub(crate) access: String,
    pub(crate) refresh: String,
    /// What the refresh token was exchanged for.
    pub(crate) further: String,
}

/// The tokens of one account.
pub(crate) struct Issued {
    /// Its integer id.
    pub(crate) account: i64,
    pub(crate) theater: Tokens,
    pub(crate) contacts: Tokens,
    /// The tokens of another account.
    pub(crate) admin: Tokens,
    /// Its integer id.
    pub(crate) of_admin: i64,
    /// Access tokens that ended before the last hour began.
    pub(crate) expired: [String; 2],
    /// Access tokens of a server whose clock is half a minute ahead.
    pub(crate) ahead: [String; 2],
    claims: Claims,
}

impl Issued {
    /// Starts a server and signs in at every surface.
    pub(crate) async fn now() -> Self {
        let app = TestApp::on_memory()
            .with("tokens.access_secret", KEY)
            .with("tokens.refresh_secret", REFRESH_KEY)
            .with("rate_limit.enabled", "false")
            .start()
            .await;
        let now = SystemClock.now();
        let access = async |at: OffsetDateTime| {
            app.clock.set(at);
            [theater(&app).await.access, contacts(&app).await.access]
        };
        app.clock.set(now - Duration::from_hours(2));
        register(&app).await;
        let expired = access(now - Duration::from_hours(2)).await;
        let ahead = access(now + Duration::from_secs(30)).await;
        app.clock.set(now);
        let (theater, contacts) = (theater(&app).await, contacts(&app).await);
        let admin = admin(&app).await;
        let [account, of_admin] = [id_of(&app, EMAIL).await, id_of(&app, ADMIN_EMAIL).await];
        let claims = app.deps.signer.verify(&contacts.access, TokenUse::Access, now).unwrap();
        Self { account, theater, contacts, admin, of_admin, expired, ahead, claims }
    }

    /// What the access token of contacts says, under another key.
    pub(crate) fn of_another_key(&self) -> String {
        sign(
            &JwtSettings { access_secret: "another access secret of over 32 bytes", ..SETTINGS },
            &self.claims,
        )
    }

    /// Likewise, for another use, under the key of access tokens.
    pub(crate) fn of_another_use(&self) -> String {
        let claims = Claims { token_use: TokenUse::Refresh, ..self.claims.clone() };
        sign(&JwtSettings { refresh_secret: KEY, ..SETTINGS }, &claims)
    }

    /// Likewise, with an audience.
    pub(crate) fn with_an_audience(&self) -> String {
        sign(&JwtSettings { audience: Some("books"), ..SETTINGS }, &self.claims)
    }
}

const SETTINGS: JwtSettings<'_> = JwtSettings {
    algorithm: JwtAlgorithm::Hs256,
    access_secret: KEY,
    refresh_secret: REFRESH_KEY,
    issuer: "vestibule",
    former_access_secret: None,
    former_refresh_secret: None,
    audience: None,
    former_audience: None,
    leeway: Duration::from_mins(1),
};

fn sign(settings: &JwtSettings<'_>, claims: &Claims) -> String {
    use vestibule_domain::ports::TokenSigner as _;
    JwtSigner::new(*settings).sign(claims).unwrap().reveal().to_owned()
}

async fn register(app: &TestApp) {
    let body = json!({"email": EMAIL, "password": PASSWORD});
    assert_eq!(app.post("/api/v1/accounts/register/", &body).await.status, 201);
    let body = json!({"email": EMAIL, "token": app.mailed_code(EMAIL).await});
    assert_eq!(app.post("/api/v1/accounts/activate/", &body).await.status, 200);
}

async fn theater(app: &TestApp) -> Tokens {
    let login = app.post("/api/v1/accounts/login/", &json!({"email": EMAIL, "password": PASSWORD})).await;
    let refresh = json!({"refresh_token": login.text("refresh_token")});
    Tokens::new(&login, &app.post("/api/v1/accounts/refresh/", &refresh).await)
}

async fn contacts(app: &TestApp) -> Tokens {
    let form = format!("username={}&password={}", EMAIL.replace('@', "%40"), PASSWORD.replace('#', "%23"));
    let login = app.request("POST", "/api/auth/login").body(form);
    let login = app.send(login.header("content-type", "application/x-www-form-urlencoded")).await;
    let refresh = app.request("GET", "/api/auth/refresh_token").bearer_auth(login.text("refresh_token"));
    Tokens::new(&login, &app.send(refresh).await)
}

async fn admin(app: &TestApp) -> Tokens {
    let user = json!({"email": ADMIN_EMAIL, "username": "grace", "password": PASSWORD});
    assert_eq!(app.post("/api/v1/auth/signup", &user).await.status, 201);
    let login = app.post("/api/v1/auth/login", &json!({"email": ADMIN_EMAIL, "password": PASSWORD})).await;
    let refresh = json!({"refresh_token": login.text("refresh_token")});
    Tokens::new(&login, &app.post("/api/v1/refresh/", &refresh).await)
}

async fn id_of(app: &TestApp, email: &str) -> i64 {
    let email = EmailAddress::parse(email).unwrap();
    app.deps.store.repositories().accounts().by_email(&email).await.unwrap().unwrap().id.0
}

impl Tokens {
    fn new(login: &Answer, refreshed: &Answer) -> Self {
        Self {
            access: login.text("access_token"),
            refresh: login.text("refresh_token"),
            further: refreshed.text("access_token"),
        }
    }
}
