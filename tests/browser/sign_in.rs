//! The way in and out.

use thirtyfour::SameSite;

use crate::browser::Browser;
use crate::people::{email, staffed};

const COOKIE: &str = "vestibule-console";

#[tokio::test]
#[cfg_attr(not(service_browser), ignore = "no browser: ./scripts/services start browser")]
async fn a_wrong_password_is_told_and_the_right_one_leads_to_the_overview() {
    let app = staffed().await;
    let browser = Browser::start(&app).await;
    browser.open("/console").await;
    browser.fill("#identifier", &email("root")).await;
    browser.fill("#password", "Engine1844").await;
    browser.click("main button").await;
    browser.shows("The name or the password is wrong.").await;
    // The name is still there.
    browser.fill("#password", "Engine1843").await;
    browser.click("main button").await;
    browser.shows("Everything answers.").await;
    browser.close().await;
}

#[tokio::test]
#[cfg_attr(not(service_browser), ignore = "no browser: ./scripts/services start browser")]
async fn the_cookie_is_kept_from_script_and_goes_with_the_browser() {
    let app = staffed().await;
    let browser = Browser::start(&app).await;
    browser.sign_in("root").await;
    let cookie = browser.cookie(COOKIE).await;
    assert_eq!(browser.evaluate("document.cookie").await, "");
    assert_eq!((cookie.http_only, cookie.same_site), (Some(true), Some(SameSite::Strict)));
    assert_eq!(cookie.expiry, None);
    browser.close().await;
}

#[tokio::test]
#[cfg_attr(not(service_browser), ignore = "no browser: ./scripts/services start browser")]
async fn after_the_sign_out_no_way_back_shows_a_page() {
    let app = staffed().await;
    let browser = Browser::start(&app).await;
    browser.sign_in("root").await;
    browser.open("/console/users").await;
    browser.shows(&email("root")).await;
    browser.click_on("header", "Sign out").await;
    browser.shows("You are signed out.").await;
    browser.back().await;
    browser.find("#identifier").await;
    assert!(!browser.has("tbody").await);
    browser.close().await;
}
