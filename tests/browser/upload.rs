//! A file of movies, from the form to its end.

use std::fmt::Write as _;
use std::fs;

use crate::browser::Browser;
use crate::people::staffed;

const HEADER: &str =
    "name,date,score,genre,overview,crew,orig_title,status,orig_lang,budget,revenue,country\n";
const ROWS: usize = 3_000;

/// A file whose last row has no readable date.
fn movies() -> String {
    let mut file = HEADER.to_owned();
    for row in 1..=ROWS {
        let date = if row == ROWS { "sometime" } else { "05/25/1979" };
        writeln!(file, "Film {row},{date},85,Horror,In space.,Ian Holm,,Released,English,11,106,US").unwrap();
    }
    file
}

async fn upload(browser: &Browser) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("movies.csv");
    fs::write(&path, movies()).unwrap();
    browser.sign_in("root").await;
    browser.click_on("header", "Catalogue").await;
    browser.click("main a[href$='/catalogue/upload']").await;

    browser.fill("#file", path.to_str().unwrap()).await;
    browser.click_on("form", "Upload").await;
    // The page follows by itself.
    browser.shows("Some rows are bad, so nothing was imported.").await;
    browser.find("caption").await;
    browser.shows("sometime").await;

    browser.click("#skip_bad").await;
    browser.fill("#file", path.to_str().unwrap()).await;
    browser.click_on("form", "Upload").await;
    browser.shows("The file is imported.").await;
    let facts = browser.find("dl.facts").await.text().await.unwrap();
    assert!(facts.contains(&format!("Added\n{}", ROWS - 1)), "{facts}");
    browser.click_on("header", "Catalogue").await;
    browser.shows("Film 2999").await;
}

#[tokio::test]
#[cfg_attr(not(service_browser), ignore = "no browser: ./scripts/services start browser")]
async fn a_file_is_uploaded_and_the_page_tells_how_far_it_is_and_which_rows_are_bad() {
    let app = staffed().await;
    let browser = Browser::start(&app).await;
    upload(&browser).await;
    browser.close().await;
}

#[tokio::test]
#[cfg_attr(not(service_browser), ignore = "no browser: ./scripts/services start browser")]
async fn a_file_is_uploaded_without_script() {
    let app = staffed().await;
    let browser = Browser::start_without_script(&app).await;
    upload(&browser).await;
    browser.close().await;
}
