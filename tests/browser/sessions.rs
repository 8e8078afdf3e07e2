//! What ends in one browser is over in another.

use crate::browser::Browser;
use crate::people::{page_of, staffed};

#[tokio::test]
#[cfg_attr(not(service_browser), ignore = "no browser: ./scripts/services start browser")]
async fn a_session_that_is_ended_in_one_browser_leads_to_the_sign_in_in_the_other() {
    let app = staffed().await;
    let (one, other) = (Browser::start(&app).await, Browser::start(&app).await);
    one.sign_in("root").await;
    other.sign_in("root").await;
    one.open(&page_of(&app, "root").await).await;
    one.click_on("tr[not(contains(., \"this session\"))]", "End").await;
    one.shows("The session has ended.").await;

    other.click_on("header", "Users").await;
    other.find("#identifier").await;
    one.click_on("header", "Users").await;
    one.find("#q").await;
    one.close().await;
    other.close().await;
}
