//! Accounts are found, go to the trash and come back.

use crate::browser::Browser;
use crate::people::{member, staffed};

#[tokio::test]
#[cfg_attr(not(service_browser), ignore = "no browser: ./scripts/services start browser")]
async fn an_account_is_found_by_the_beginning_of_its_address() {
    let app = staffed().await;
    for name in ["ada", "grace"] {
        member(&app, name).await;
    }
    let browser = Browser::start(&app).await;
    browser.sign_in("root").await;
    browser.click_on("header", "Users").await;
    browser.fill("#q", "grace@ex").await;
    browser.click_on("main", "Search").await;
    browser.shows("Addresses that begin so").await;
    assert!(!browser.find("main").await.text().await.unwrap().contains("ada@example.com"));
    browser.click_on("tbody", "grace").await;
    browser.shows("The owner gets a mail with a link.").await;
    assert_eq!(browser.find("h1").await.text().await.unwrap(), "grace");
    browser.close().await;
}

#[tokio::test]
#[cfg_attr(not(service_browser), ignore = "no browser: ./scripts/services start browser")]
async fn the_list_follows_what_is_typed_inside_an_address_too() {
    let app = staffed().await;
    for name in ["ada", "grace"] {
        member(&app, name).await;
    }
    let browser = Browser::start(&app).await;
    browser.sign_in("root").await;
    browser.open("/console/users").await;
    browser.shows("ada").await;
    browser.fill("#q", "race@exam").await;
    // Without a button pressed.
    browser.find("#results #parts").await;
    browser.shows("grace").await;
    assert!(!browser.find("#results").await.text().await.unwrap().contains("ada"));
    browser.close().await;
}

#[tokio::test]
#[cfg_attr(not(service_browser), ignore = "no browser: ./scripts/services start browser")]
async fn an_account_goes_to_the_trash_and_comes_back() {
    let app = staffed().await;
    member(&app, "ada").await;
    let browser = Browser::start(&app).await;
    browser.sign_in("root").await;
    browser.open("/console/users?q=ada").await;
    browser.click_on("tbody", "ada").await;
    browser.fill("#reason", "asked for it").await;
    browser.click_on("form", "Move to the trash").await;
    browser.click_on("dialog", "Cancel").await;
    browser.click_on("form", "Move to the trash").await;
    browser.click_on("dialog", "Move to the trash").await;
    browser.shows("The account is in the trash.").await;

    browser.click_on("header", "Trash").await;
    browser.shows("asked for it").await;
    browser.click_on("tbody", "ada").await;
    browser.click_on("form", "Restore").await;
    browser.shows("The account is restored.").await;
    browser.click_on("header", "Trash").await;
    browser.shows("The trash is empty.").await;
    browser.close().await;
}
