//! A browser that a test drives.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use thirtyfour::LoggingPrefsLogLevel;
use thirtyfour::extensions::query::ElementPollerWithTimeout;
use thirtyfour::prelude::*;
use vestibule_tests::{TestApp, service};

use crate::people::{PASSWORD, email};

/// Far longer than a page takes; only a failure waits so long.
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(20);

/// How high a screen is.
const HEIGHT: u32 = 800;

/// Root has no sandbox, containers have little shared memory, and nothing but this machine is asked.
const ARGUMENTS: [&str; 8] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/// What `prefers-color-scheme` says.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Theme {
    Light,
    Dark,
}

impl Theme {
    /// As CSS has it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// A browser with a profile of its own, at one server. A test that uses it has to be ignored where there is none
/// (`#[cfg_attr(not(service_browser), ignore = "…")]`).
pub(crate) struct Browser {
    driver: WebDriver,
    base: String,
}

impl Browser {
    /// A browser that asks for English.
    pub(crate) async fn start(app: &TestApp) -> Self {
        Self::start_in("en", app).await
    }

    /// A browser that asks for this language.
    pub(crate) async fn start_in(language: &str, app: &TestApp) -> Self {
        Self::start_with(json!({"intl.accept_languages": language}), app).await
    }

    /// A browser whose owner has turned script off.
    pub(crate) async fn start_without_script(app: &TestApp) -> Self {
        const BLOCKED: u8 = 2;
        let preferences = json!({
            "intl.accept_languages": "en",
            "profile.managed_default_content_settings.javascript": BLOCKED,
        });
        Self::start_with(preferences, app).await
    }

    async fn start_with(mut preferences: Value, app: &TestApp) -> Self {
        // No offer to keep a password covers a page.
        preferences["credentials_enable_service"] = json!(false);
        let mut wanted = DesiredCapabilities::chrome();
        wanted.set_binary(&service("browser_program")).unwrap();
        for argument in ARGUMENTS {
            wanted.add_arg(argument).unwrap();
        }
        wanted.add_experimental_option("prefs", preferences).unwrap();
        wanted.set_browser_log_level(LoggingPrefsLogLevel::Severe).unwrap();
        let poller = Arc::new(ElementPollerWithTimeout::new(PATIENCE, PAUSE));
        let driver = WebDriver::builder(service("browser"), wanted).poller(poller).connect().await.unwrap();
        Self { driver, base: format!("http://{}", app.address()) }
    }

    /// Ends it. Where a test fails before, its end is waited for as well.
    pub(crate) async fn close(self) {
        self.driver.quit().await.unwrap();
    }

    /// Opens a page by its path.
    pub(crate) async fn open(&self, path: &str) {
        self.driver.goto(format!("{}{path}", self.base)).await.unwrap();
    }

    /// Goes back to the page before.
    pub(crate) async fn back(&self) {
        self.driver.back().await.unwrap();
    }

    /// Waits for an element and answers the first one.
    pub(crate) async fn find(&self, css: &str) -> WebElement {
        self.first(By::Css(css)).await
    }

    /// Waits until the page shows this text, which has no quotation mark.
    pub(crate) async fn shows(&self, text: &str) {
        self.first(By::XPath(format!("//body//*[contains(normalize-space(.), \"{text}\")]"))).await;
    }

    async fn first(&self, by: By) -> WebElement {
        match self.driver.query(by).first().await {
            Ok(element) => element,
            Err(error) => {
                let place = self.driver.current_url().await.unwrap();
                panic!("{place}: {error}\n{}", self.driver.source().await.unwrap())
            }
        }
    }

    /// Whether there is such an element on the page by now.
    pub(crate) async fn has(&self, css: &str) -> bool {
        !self.driver.find_all(By::Css(css)).await.unwrap().is_empty()
    }

    /// Waits for an element and clicks on it.
    pub(crate) async fn click(&self, css: &str) {
        self.find(css).await.click().await.unwrap();
    }

    /// Likewise for the first button or link below `within` whose text this is.
    pub(crate) async fn click_on(&self, within: &str, text: &str) {
        let words = format!("[normalize-space(.)=\"{text}\"]");
        let path = format!("//{within}//button{words} | //{within}//a{words}");
        self.first(By::XPath(path)).await.click().await.unwrap();
    }

    /// Writes into an empty field.
    pub(crate) async fn fill(&self, css: &str, text: &str) {
        self.find(css).await.send_keys(text).await.unwrap();
    }

    /// Presses keys, one after the other, wherever the focus is.
    pub(crate) async fn press(&self, keys: impl Into<TypingData>) {
        self.driver.action_chain().send_keys(keys).perform().await.unwrap();
    }

    /// Signs in at the console by the address of an account.
    pub(crate) async fn sign_in(&self, name: &str) {
        self.send_sign_in("/console/login", name, PASSWORD).await;
        self.find("header form[action$='/logout']").await;
    }

    /// Sends the sign-in of the account pages, whatever comes of it.
    pub(crate) async fn enter(&self, name: &str, password: &str) {
        self.send_sign_in("/account/login", name, password).await;
    }

    async fn send_sign_in(&self, path: &str, name: &str, password: &str) {
        self.open(path).await;
        self.fill("#identifier", &email(name)).await;
        self.fill("#password", password).await;
        self.click("main button").await;
    }

    /// The cookie of this name.
    pub(crate) async fn cookie(&self, name: &str) -> Cookie {
        self.driver.get_named_cookie(name).await.unwrap()
    }

    /// The errors that it wrote to its log since this was asked last, less those of statuses.
    pub(crate) async fn complaints(&self) -> Vec<String> {
        let entries = self.driver.browser_log().await.unwrap().into_iter();
        let errors = entries.filter(|entry| entry.source.as_deref() != Some("network"));
        errors.map(|entry| entry.message).collect()
    }

    /// Whether it runs the script of a page.
    pub(crate) async fn runs_script(&self) -> bool {
        const PAGE: &str = "data:text/html,<title>none</title><script>document.title = 'script'</script>";
        self.driver.goto(PAGE).await.unwrap();
        self.driver.title().await.unwrap() == "script"
    }

    /// What an expression is on the page, once it is settled. The page's policy does not hold for it.
    pub(crate) async fn evaluate(&self, expression: &str) -> Value {
        let asked = json!({"expression": expression, "awaitPromise": true, "returnByValue": true});
        let mut answer = self.driver.cdp().send_raw("Runtime.evaluate", asked).await.unwrap();
        assert!(answer.get("exceptionDetails").is_none(), "{answer}");
        answer["result"]["value"].take()
    }

    /// Has pages show in a theme from here on.
    pub(crate) async fn show_in(&self, theme: Theme) {
        let features = json!([{"name": "prefers-color-scheme", "value": theme.word()}]);
        let asked = json!({"features": features});
        self.driver.cdp().send_raw("Emulation.setEmulatedMedia", asked).await.unwrap();
        let shown = format!("matchMedia('(prefers-color-scheme: {})').matches", theme.word());
        assert_eq!(self.evaluate(&shown).await, true);
    }

    /// Gives the screen this many CSS pixels in width from here on.
    pub(crate) async fn as_wide_as(&self, width: u32) {
        let (scale, is_mobile) = (1.0, false);
        let cdp = self.driver.cdp();
        cdp.emulation().set_device_metrics_override(width, HEIGHT, scale, is_mobile).await.unwrap();
    }

    /// The whole page as a PNG, in the screen's width.
    pub(crate) async fn picture(&self) -> Vec<u8> {
        let cdp = self.driver.cdp();
        let metrics = cdp.send_raw("Page.getLayoutMetrics", json!({})).await.unwrap();
        let size = &metrics["cssContentSize"];
        let clip = json!({"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1});
        let asked = json!({"format": "png", "captureBeyondViewport": true, "clip": clip});
        let answer = cdp.send_raw("Page.captureScreenshot", asked).await.unwrap();
        BASE64_STANDARD.decode(answer["data"].as_str().unwrap()).unwrap()
    }
}
