//! The browser complains about no page: no page asks for what its own policy forbids.

use crate::browser::Browser;
use crate::furnished::Furnished;
use crate::pages::on_each_page;

#[tokio::test]
#[cfg_attr(not(service_browser), ignore = "no browser: ./scripts/services start browser")]
async fn the_browser_complains_about_no_page() {
    let furnished = Furnished::new().await;
    let browser = Browser::start(&furnished.app).await;
    let mut complaints = Vec::new();
    on_each_page(&browser, &furnished, async |page| {
        let texts = browser.complaints().await;
        complaints.extend(texts.into_iter().map(|text| format!("{}: {text}", page.name)));
    })
    .await;
    browser.close().await;
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
