//! Messages that were given up.

use crate::browser::Browser;
use crate::furnished::park_mail;
use crate::people::{email, member, staffed};

#[tokio::test]
#[cfg_attr(not(service_browser), ignore = "no browser: ./scripts/services start browser")]
async fn a_mail_that_was_given_up_is_sent_once_somebody_tries_again() {
    let app = staffed().await;
    member(&app, "grace").await;
    park_mail(&app, "grace").await;
    let before = app.mails_to(&email("grace")).await;
    let browser = Browser::start(&app).await;
    browser.sign_in("root").await;
    browser.click_on("header", "Messages").await;
    browser.shows("refused: 550 5.1.1 no such mailbox").await;
    browser.click_on("tbody", "Try again").await;
    browser.shows("The message waits to be sent again.").await;
    browser.shows("Messages given up: 0").await;
    assert_eq!(app.mails_to(&email("grace")).await, before + 1);
    browser.close().await;
}
