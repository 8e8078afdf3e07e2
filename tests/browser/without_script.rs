//! Everything once in a browser that runs no script.

use crate::browser::Browser;
use crate::furnished::Furnished;

#[tokio::test]
#[cfg_attr(not(service_browser), ignore = "no browser: ./scripts/services start browser")]
async fn all_that_is_done_at_the_console_is_done_without_script() {
    let Furnished { app, .. } = Furnished::new().await;
    let browser = Browser::start_without_script(&app).await;
    assert!(!browser.runs_script().await);
    browser.sign_in("root").await;

    browser.click_on("header", "Users").await;
    browser.fill("#q", "ada").await;
    browser.click_on("main", "Search").await;
    browser.shows("Addresses that begin so").await;
    browser.click_on("tbody", "ada").await;
    browser.click_on("main", "End all sessions").await;
    browser.shows("The sessions have ended.").await;
    browser.click_on("form", "Send a password reset").await;
    browser.shows("The mail with the reset is on its way.").await;
    browser.click("#role option[value='MODERATOR']").await;
    browser.click_on("form", "Change the role").await;
    browser.shows("The role is changed.").await;
    browser.fill("#reason", "asked for it").await;
    browser.click_on("form", "Move to the trash").await;
    browser.shows("The account is in the trash.").await;
    browser.click_on("form", "Restore").await;
    browser.shows("The account is restored.").await;

    browser.click_on("header", "Trash").await;
    browser.click_on("tbody", "barbara").await;
    browser.fill("#name", "barbara").await;
    browser.click_on("form", "Remove for good").await;
    browser.shows("The account is removed for good.").await;

    browser.click_on("header", "Messages").await;
    browser.click_on("tbody", "Try again").await;
    browser.shows("The message waits to be sent again.").await;

    browser.click_on("header", "Audit trail").await;
    browser.click("#action option:not([value=''])").await;
    browser.click_on("main", "Show").await;
    browser.find("#action option[selected]").await;

    browser.click_on("header", "System").await;
    browser.shows("Secrets are left out.").await;
    browser.click_on("header", "Sign out").await;
    browser.shows("You are signed out.").await;
    browser.close().await;
}

#[tokio::test]
#[cfg_attr(not(service_browser), ignore = "no browser: ./scripts/services start browser")]
async fn a_browser_that_nobody_set_up_so_runs_script() {
    let Furnished { app, .. } = Furnished::new().await;
    let browser = Browser::start(&app).await;
    assert!(browser.runs_script().await, "the test above would hold of any browser");
    browser.close().await;
}
