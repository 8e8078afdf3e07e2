//! Somebody at the account pages.

use vestibule_tests::{Answer, TestApp, TestAppBuilder};

use crate::admin::person::{Person, member};
use crate::visitor::{self, Pages, Visitor};

pub(super) const COOKIE: &str = AccountPages::COOKIE;

/// The account pages.
pub(crate) enum AccountPages {}

impl Pages for AccountPages {
    const ROOT: &'static str = "/account";
    const SIGN_IN: &'static str = "/account/login";
    const COOKIE: &'static str = "vestibule-account";
}

/// A browser at the account pages.
pub(crate) type Owner = Visitor<AccountPages>;

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

/// Whether an answer leads to the sign-in.
#[track_caller]
pub(super) fn leads_to_sign_in(answer: &Answer) {
    visitor::leads_to_sign_in::<AccountPages>(answer);
}
