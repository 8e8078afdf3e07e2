//! Everything once with the keys alone.

use serde_json::Value;
use thirtyfour::Key;

use crate::browser::Browser;
use crate::furnished::Furnished;

/// More stops than a page has.
const STOPS: usize = 120;

/// What has the focus: whether it is what is looked for, and whether people see where the focus is (WCAG 2.2, 2.4.7):
/// by an outline of two pixels, with nothing that lies above it (2.4.11).
const FOCUSED: &str = "
    (() => {
        const element = document.activeElement;
        const style = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
        const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
        const top = document.elementFromPoint(x, y);
        return {
            is_it: element.matches(SOUGHT),
            is_seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
                && top !== null && (element.contains(top) || top.contains(element)),
            text: element.outerHTML.slice(0, 200),
        };
    })()";

async fn focused(browser: &Browser, css: &str) -> Value {
    browser.evaluate(&FOCUSED.replace("SOUGHT", &format!("{css:?}"))).await
}

/// Goes on with the tab key until an element has the focus. At each stop the focus has to be seen.
async fn tab_to(browser: &Browser, css: &str) {
    // What is not there yet gets no focus.
    browser.find(css).await;
    for _ in 0..STOPS {
        browser.press(Key::Tab).await;
        let focus = focused(browser, css).await;
        assert_eq!(focus["is_seen"], true, "{focus}");
        if focus["is_it"] == true {
            return;
        }
    }
    panic!("the tab key does not lead to {css}");
}

/// Goes to an element with the tab key, and presses Enter there.
async fn enter_on(browser: &Browser, css: &str) {
    tab_to(browser, css).await;
    browser.press(Key::Enter).await;
}

#[tokio::test]
#[cfg_attr(not(service_browser), ignore = "no browser: ./scripts/services start browser")]
async fn all_that_is_done_at_the_console_is_done_with_the_keys_alone() {
    let Furnished { app, .. } = Furnished::new().await;
    let browser = Browser::start(&app).await;
    browser.open("/console/login").await;
    tab_to(&browser, "#identifier").await;
    browser.press("root@example.com").await;
    tab_to(&browser, "#password").await;
    browser.press("Engine1843" + Key::Enter).await;
    browser.shows("Everything answers.").await;

    enter_on(&browser, "header a[href$='/users']").await;
    tab_to(&browser, "#q").await;
    browser.press("ada@" + Key::Enter).await;
    browser.shows("Addresses that begin so").await;
    enter_on(&browser, "tbody a").await;
    enter_on(&browser, "form[action$='/sessions/end'] button").await;
    browser.shows("The sessions have ended.").await;
    enter_on(&browser, "form[action$='/reset'] button").await;
    browser.shows("The mail with the reset is on its way.").await;
    tab_to(&browser, "#role").await;
    browser.press("m").await;
    enter_on(&browser, "form[action$='/role'] button").await;
    browser.shows("The role is changed.").await;
    browser.find("option[value='MODERATOR'][selected]").await;
    tab_to(&browser, "#reason").await;
    browser.press("asked for it").await;
    enter_on(&browser, "form[action$='/trash'] button").await;
    enter_on(&browser, "dialog button:last-child").await;
    browser.shows("The account is in the trash.").await;
    enter_on(&browser, "form[action$='/restore'] button").await;
    browser.shows("The account is restored.").await;

    enter_on(&browser, "header a[href$='/messages']").await;
    enter_on(&browser, "form[action$='/retry'] button").await;
    browser.shows("The message waits to be sent again.").await;
    enter_on(&browser, "header form[action$='/logout'] button").await;
    browser.shows("You are signed out.").await;
    browser.close().await;
}

#[tokio::test]
#[cfg_attr(not(service_browser), ignore = "no browser: ./scripts/services start browser")]
async fn the_first_stop_of_a_page_leads_past_its_menu() {
    let Furnished { app, .. } = Furnished::new().await;
    let browser = Browser::start(&app).await;
    browser.sign_in("root").await;
    browser.open("/console/users").await;
    browser.press(Key::Tab).await;
    let focus = focused(&browser, "a.skip").await;
    assert!(focus["is_it"] == true && focus["is_seen"] == true, "{focus}");
    browser.press(Key::Enter).await;
    browser.press(Key::Tab).await;
    let focus = focused(&browser, "main #q").await;
    assert_eq!(focus["is_it"], true, "{focus}");
    browser.close().await;
}
