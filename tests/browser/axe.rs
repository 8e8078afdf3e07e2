//! axe-core finds nothing on any page.

use std::fs;

use vestibule_tests::service;

use crate::browser::{Browser, Theme};
use crate::furnished::Furnished;
use crate::pages::on_each_page;

/// What axe-core makes of the page. The size of targets is of WCAG 2.2, and off unless it is asked for. The frames of the
/// mailbox show what others wrote.
const RUN: &str = "
    axe.run({iframes: false, rules: {'target-size': {enabled: true}}}).then(({passes, violations}) => ({
        passes: passes.length,
        violations: violations.flatMap(({id, nodes}) =>
            nodes.map(({html, failureSummary}) => [id, html, failureSummary].join('\\n'))),
    }))";

async fn check(theme: Theme) {
    let furnished = Furnished::new().await;
    let browser = Browser::start(&furnished.app).await;
    browser.show_in(theme).await;
    let axe = fs::read_to_string(service("axe")).unwrap();
    let mut violations = Vec::new();
    on_each_page(&browser, &furnished, async |page| {
        browser.evaluate(&axe).await;
        let found = browser.evaluate(RUN).await;
        assert!(found["passes"].as_u64() > Some(5), "it looked at little: {found}");
        let texts = found["violations"].as_array().unwrap().iter();
        violations.extend(texts.map(|text| format!("{}: {}", page.name, text.as_str().unwrap())));
    })
    .await;
    browser.close().await;
    assert!(violations.is_empty(), "in {theme:?}:\n\n{}", violations.join("\n\n"));
}

#[tokio::test]
#[cfg_attr(
    not(all(service_browser, service_axe)),
    ignore = "no browser or no axe-core: ./scripts/services start browser axe"
)]
async fn axe_finds_nothing_on_any_page_in_light() {
    check(Theme::Light).await;
}

#[tokio::test]
#[cfg_attr(
    not(all(service_browser, service_axe)),
    ignore = "no browser or no axe-core: ./scripts/services start browser axe"
)]
async fn axe_finds_nothing_on_any_page_in_the_dark() {
    check(Theme::Dark).await;
}
