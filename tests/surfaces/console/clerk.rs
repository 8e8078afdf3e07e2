//! Somebody at the console.

use vestibule_tests::{Answer, TestApp, TestAppBuilder};

use crate::admin::person::{admin, member};
use crate::visitor::{self, Pages, Visitor};

pub(super) const COOKIE: &str = Console::COOKIE;
/// The only script that a page has.
pub(super) const SCRIPT: &str = "<script src=\"/console/script.js\" defer></script>";

/// The console.
pub(crate) enum Console {}

impl Pages for Console {
    const ROOT: &'static str = "/console";
    const SIGN_IN: &'static str = "/console/login";
    const COOKIE: &'static str = "vestibule-console";
}

/// A browser at the console.
pub(crate) type Clerk = Visitor<Console>;

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

/// Whether an answer leads to the sign-in.
#[track_caller]
pub(super) fn leads_to_sign_in(answer: &Answer) {
    visitor::leads_to_sign_in::<Console>(answer);
}
