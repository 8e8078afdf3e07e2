//! The sample movies of a first start.

use tempfile::TempDir;
use vestibule::commands::movies::fill_empty_catalogue;
use vestibule_tests::TestApp;

use crate::import_report::{CsvFixture, listed, row};

#[tokio::test]
async fn an_empty_catalogue_is_filled_once() {
    let app = TestApp::on_sqlite().start().await;
    let added = fill_empty_catalogue(&app.services, &app.clock).await.unwrap();
    assert!(added >= 60, "{added}");
    assert_eq!(listed(&app).await, added);
    assert_eq!(fill_empty_catalogue(&app.services, &app.clock).await.unwrap(), 0);
    assert_eq!(listed(&app).await, added);
}

#[tokio::test]
async fn a_catalogue_that_has_a_movie_stays_as_it_is() {
    let app = TestApp::on_sqlite().start().await;
    CsvFixture::with_rows(&[row("Alien", "1979-05-25")]).import(&app).await.0.unwrap();
    assert_eq!(fill_empty_catalogue(&app.services, &app.clock).await.unwrap(), 0);
    assert_eq!(listed(&app).await, 1);
}

#[tokio::test]
async fn two_servers_that_start_at_once_fill_it_together() {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("shared.db").display());
    let one = TestApp::on_sqlite().with("database.url", &url).start().await;
    let other = TestApp::on_sqlite().with("database.url", &url).start().await;
    let (first, second) = tokio::join!(
        fill_empty_catalogue(&one.services, &one.clock),
        fill_empty_catalogue(&other.services, &other.clock),
    );
    let added = first.unwrap() + second.unwrap();
    assert_eq!((listed(&one).await, listed(&other).await), (added, added));
}
