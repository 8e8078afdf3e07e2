//! People keep their own account.

use crate::browser::Browser;
use crate::people::{PASSWORD, member, staffed};

const NEXT: &str = "Difference#1822";

/// All that is done at the account pages, but for the data, which a browser keeps as a file.
async fn keep(one: &Browser, other: &Browser) {
    for browser in [one, other] {
        browser.enter("ada", PASSWORD).await;
        browser.shows("Where you are signed in.").await;
    }
    // The other session has begun since.
    one.open("/account").await;
    one.click_on("tr[not(contains(., \"this session\"))]", "End").await;
    one.shows("The session has ended.").await;
    other.click_on("header", "Your data").await;
    other.find("#identifier").await;

    one.click_on("header", "Password").await;
    one.fill("#old", "Engine1844").await;
    one.fill("#new", NEXT).await;
    one.fill("#repeated", NEXT).await;
    one.click_on("form", "Change the password").await;
    one.find("#old-fault").await;
    one.fill("#old", PASSWORD).await;
    one.fill("#new", NEXT).await;
    one.fill("#repeated", NEXT).await;
    one.click_on("form", "Change the password").await;
    one.shows("Your password is changed.").await;
    other.enter("ada", PASSWORD).await;
    other.shows("The name or the password is wrong.").await;

    one.click_on("header", "Delete the account").await;
    one.click_on("form", "Delete my account").await;
    one.shows("Your account is deleted.").await;
    one.enter("ada", NEXT).await;
    one.shows("You have deleted this account.").await;
    one.fill("#password", NEXT).await;
    one.click_on("form", "Bring my account back").await;
    one.shows("Your account is back.").await;
    one.click_on("header", "Sign out").await;
    one.shows("You are signed out.").await;
}

#[tokio::test]
#[cfg_attr(not(service_browser), ignore = "no browser: ./scripts/services start browser")]
async fn an_owner_ends_a_session_changes_the_password_deletes_the_account_and_brings_it_back() {
    let app = staffed().await;
    member(&app, "ada").await;
    let (one, other) = (Browser::start(&app).await, Browser::start(&app).await);
    keep(&one, &other).await;
    one.close().await;
    other.close().await;
}

#[tokio::test]
#[cfg_attr(not(service_browser), ignore = "no browser: ./scripts/services start browser")]
async fn an_owner_does_all_of_it_without_script() {
    let app = staffed().await;
    member(&app, "ada").await;
    let one = Browser::start_without_script(&app).await;
    let other = Browser::start_without_script(&app).await;
    keep(&one, &other).await;
    one.close().await;
    other.close().await;
}
