//! Pages fit on a narrow screen.

use serde_json::json;

use crate::browser::Browser;
use crate::furnished::Furnished;
use crate::pages::on_each_page;

const WIDTH: u32 = 360;

/// How wide the page is, and where it is wider than the screen, what sticks out and does not scroll by itself.
const WIDE: &str = "
    (() => {
        const {clientWidth, scrollWidth} = document.documentElement;
        const sticksOut = element =>
            element.getBoundingClientRect().right > clientWidth && !element.closest('.wide');
        const elements = scrollWidth > clientWidth ? [...document.querySelectorAll('body *')] : [];
        const texts = elements.filter(sticksOut).map(({outerHTML}) => outerHTML.slice(0, 150));
        return {clientWidth, scrollWidth, texts};
    })()";

async fn check(language: &str) {
    let furnished = Furnished::new().await;
    let browser = Browser::start_in(language, &furnished.app).await;
    browser.as_wide_as(WIDTH).await;
    let fits = json!({"clientWidth": WIDTH, "scrollWidth": WIDTH, "texts": []});
    on_each_page(&browser, &furnished, async |page| {
        assert_eq!(browser.evaluate(WIDE).await, fits, "{}", page.name);
    })
    .await;
    browser.close().await;
}

#[tokio::test]
#[cfg_attr(not(service_browser), ignore = "no browser: ./scripts/services start browser")]
async fn no_page_scrolls_sideways_in_english() {
    check("en").await;
}

#[tokio::test]
#[cfg_attr(not(service_browser), ignore = "no browser: ./scripts/services start browser")]
async fn no_page_scrolls_sideways_in_french() {
    check("fr").await;
}
