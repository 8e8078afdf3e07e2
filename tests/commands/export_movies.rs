//! The catalogue written out, and read in again.

use std::future::pending;

use vestibule::commands::movies::{MovieExportError, export, generate};
use vestibule_application::catalogue::{CreateMovieInput, Editor};
use vestibule_domain::catalogue::{Amount, CountryCode, MovieFacts, MovieStatus, Name, NewMovie, Score};
use vestibule_tests::TestApp;

use crate::import_report::{CsvFixture, listed};

async fn exported(app: &TestApp) -> Vec<u8> {
    let mut file = Vec::new();
    export(&app.services, pending(), &mut file).await.unwrap();
    file
}

/// A movie with names that cannot be told apart by commas, or not at all.
async fn add_odd(app: &TestApp, name: &str) {
    let names = |names: &[&str]| names.iter().map(|name| Name::parse(*name).unwrap()).collect::<Vec<_>>();
    let movie = NewMovie {
        facts: MovieFacts {
            name: Name::parse(name).unwrap(),
            date: time::macros::date!(2001 - 02 - 03),
            score: Score::new(73.25).unwrap(),
            overview: "- He said \"no\", and left.\r\n".to_owned(),
            status: MovieStatus::PostProduction,
            budget: Amount::from_cents(1_234_567_890_123).unwrap(),
            revenue: 0.1 + 0.2,
        },
        country: CountryCode::parse("FR").unwrap(),
        country_name: Some("France, la \"belle\"".to_owned()),
        genres: Vec::new(),
        actors: names(&["Sammy Davis, Jr.", " Cher ", "=cmd"]),
        languages: names(&["", "Français"]),
    };
    let input = CreateMovieInput { editor: Editor::operator(), movie };
    app.services.create_movie.execute(input).await.unwrap();
}

#[tokio::test]
async fn an_export_is_imported_as_the_same_catalogue() {
    let app = TestApp::on_sqlite().start().await;
    for name in ["=1+1", "", " Blank ", "[\"Array\"]", "C:\\"] {
        add_odd(&app, name).await;
    }
    let mut file = Vec::new();
    generate(1200, 3, &mut file).unwrap();
    CsvFixture::new(file).import(&app).await.0.unwrap();
    let first = exported(&app).await;

    let other = TestApp::on_sqlite().start().await;
    let (summary, _) = CsvFixture::new(first.clone()).import(&other).await;
    assert_eq!(summary.unwrap().added, 1205);
    assert_eq!(exported(&other).await, first);
    for id in [1, 2, 3, 4, 5, 6, 1205] {
        let path = format!("/api/v1/theater/movies/{id}/");
        let [before, after] = [app.get(&path).await.json(), other.get(&path).await.json()];
        assert_eq!(before["name"], after["name"]);
        assert_eq!(before["country"]["name"], after["country"]["name"]);
        assert_eq!(before["budget"], after["budget"]);
    }
}

#[tokio::test]
async fn an_empty_catalogue_is_exported_as_the_names_of_the_columns() {
    let app = TestApp::on_sqlite().start().await;
    assert_eq!(listed(&app).await, 0);
    let names = "name,date,score,genre,overview,crew,status,orig_lang,budget,revenue,country,country_name\n";
    assert_eq!(exported(&app).await, names.as_bytes());
}

#[tokio::test]
async fn an_export_that_is_stopped_says_that_it_is_not_complete() {
    let app = TestApp::on_sqlite().start().await;
    let stopped = export(&app.services, async {}, &mut Vec::new()).await.unwrap_err();
    assert!(matches!(stopped, MovieExportError::Stopped { written: 0 }), "{stopped:?}");
    assert_eq!(stopped.to_string(), "stopped after 0 movies were written; the export is not complete");
}
