//! Pictures of every page, for people to look at. They are kept in the folder that `VESTIBULE_TEST_PICTURES` names, and
//! without it in `tmp/pages` of the target folder.

use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::browser::{Browser, Theme};
use crate::furnished::Furnished;
use crate::pages::on_each_page;

/// What a PNG begins with (RFC 2083 §3.1).
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

fn folder() -> PathBuf {
    let named = env::var_os("VESTIBULE_TEST_PICTURES").map(PathBuf::from);
    named.unwrap_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages"))
}

async fn take(theme: Theme, width: u32, suffix: &str) {
    let furnished = Furnished::new().await;
    let browser = Browser::start(&furnished.app).await;
    browser.show_in(theme).await;
    browser.as_wide_as(width).await;
    let folder = folder();
    fs::create_dir_all(&folder).unwrap();
    on_each_page(&browser, &furnished, async |page| {
        let picture = browser.picture().await;
        assert!(picture.starts_with(SIGNATURE), "{}", page.name);
        fs::write(folder.join(format!("{}-{suffix}.png", page.name)), picture).unwrap();
    })
    .await;
    browser.close().await;
}

#[tokio::test]
#[cfg_attr(not(service_browser), ignore = "no browser: ./scripts/services start browser")]
async fn every_page_has_its_picture_in_light() {
    take(Theme::Light, 1280, "light").await;
}

#[tokio::test]
#[cfg_attr(not(service_browser), ignore = "no browser: ./scripts/services start browser")]
async fn every_page_has_its_picture_in_the_dark() {
    take(Theme::Dark, 1280, "dark").await;
}

#[tokio::test]
#[cfg_attr(not(service_browser), ignore = "no browser: ./scripts/services start browser")]
async fn every_page_has_its_picture_on_a_narrow_screen() {
    take(Theme::Light, 360, "360").await;
}
