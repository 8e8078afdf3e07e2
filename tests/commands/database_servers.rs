//! Imports into the databases of servers.

use vestibule::commands::movies::generate;
use vestibule_tests::{TestAppBuilder, on_servers};

use crate::import_report::CsvFixture;

async fn a_file_is_imported_and_known_when_it_comes_again(app: TestAppBuilder) {
    const ROWS: u64 = 1_300;
    let app = app.start().await;
    let mut file = Vec::new();
    generate(ROWS, 7, &mut file).unwrap();
    let file = CsvFixture::new(file);
    let first = file.import(&app).await.0.unwrap();
    assert_eq!((first.rows, first.added, first.known, first.bad), (ROWS, ROWS, 0, 0));
    let again = file.import(&app).await.0.unwrap();
    assert_eq!((again.rows, again.added, again.known, again.bad), (ROWS, 0, ROWS, 0));
    let list = app.get("/api/v1/theater/movies/?per_page=20").await.json();
    assert_eq!(list["total_items"], ROWS);
    // Ids follow the file, and the newest comes first.
    let ids: Vec<_> = list["movies"].as_array().unwrap().iter().map(|movie| movie["id"].as_u64()).collect();
    assert!(ids.len() == 20 && ids.is_sorted_by(|one, other| one > other), "{ids:?}");
    let detail = app.get(&format!("/api/v1/theater/movies/{}/", list["movies"][0]["id"])).await;
    assert_eq!(detail.status, 200);
}

on_servers!(a_file_is_imported_and_known_when_it_comes_again);
