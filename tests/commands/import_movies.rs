//! Files that are imported.

use std::sync::Arc;
use std::time::Duration;

use time::macros::date;
use tokio::sync::Notify;
use vestibule::commands::movies::{FIRST_BATCH, ImportSummary, MovieImportError, Step, generate};
use vestibule_application::catalogue::{Editor, KnownNames};
use vestibule_domain::catalogue::{Amount, CountryCode, MovieFacts, MovieStatus, Name, NewMovie, Score};
use vestibule_infrastructure::faulty::Fault;
use vestibule_tests::{TestApp, statements};

use crate::import_report::{CsvFixture, listed, row};

/// A summary without the time that it took.
fn counts(summary: ImportSummary) -> (u64, u64, u64, u64) {
    (summary.rows, summary.added, summary.known, summary.bad)
}

fn generated(rows: u64) -> CsvFixture {
    let mut file = Vec::new();
    generate(rows, 7, &mut file).unwrap();
    CsvFixture::new(file)
}

#[tokio::test]
async fn a_good_file_is_checked_then_imported_beside_a_running_server() {
    let app = TestApp::on_sqlite().start().await;
    let file = CsvFixture::with_rows(&[row("Alien", "1979-05-25"), row("Aliens", "07/18/1986 ")]);
    let (summary, reported) = file.import(&app).await;
    assert_eq!(counts(summary.unwrap()), (2, 2, 0, 0));
    assert_eq!((reported.steps, reported.bad.len()), (vec![Step::Check, Step::Import], 0));

    let list = app.get("/api/v1/theater/movies/").await.json();
    assert_eq!(list["total_items"], 2);
    // Ids follow the file; the newest comes first.
    assert_eq!(
        (&list["movies"][0]["name"], &list["movies"][0]["date"]),
        (&"Aliens".into(), &"1986-07-18".into())
    );
    let detail = app.get(&format!("/api/v1/theater/movies/{}/", list["movies"][1]["id"])).await.json();
    let actors: Vec<_> = detail["actors"].as_array().unwrap().iter().map(|actor| &actor["name"]).collect();
    assert_eq!(actors, ["Sigourney Weaver", "Ian Holm"]);
    assert_eq!(detail["country"]["code"], "US");
    assert!(detail["country"]["name"].is_null());
}

#[tokio::test]
async fn the_unknown_country_has_a_name() {
    let app = TestApp::on_sqlite().start().await;
    let file = CsvFixture::with_rows(&[row("Alien", "1979-05-25").replace(",US", ",")]);
    file.import(&app).await.0.unwrap();
    let id = app.get("/api/v1/theater/movies/").await.json()["movies"][0]["id"].clone();
    let detail = app.get(&format!("/api/v1/theater/movies/{id}/")).await.json();
    assert_eq!((&detail["country"]["code"], &detail["country"]["name"]), (&"UNK".into(), &"Unknown".into()));
}

#[tokio::test]
async fn a_second_import_of_the_same_file_adds_nothing() {
    let app = TestApp::on_sqlite().start().await;
    let file = generated(300);
    assert_eq!(counts(file.import(&app).await.0.unwrap()), (300, 300, 0, 0));
    assert_eq!(counts(file.import(&app).await.0.unwrap()), (300, 0, 300, 0));
    assert_eq!(listed(&app).await, 300);
}

#[tokio::test]
async fn of_rows_with_the_same_name_and_date_the_first_wins_however_far_apart() {
    let app = TestApp::on_sqlite().start().await;
    let last = usize::try_from(FIRST_BATCH).unwrap() + 499;
    let mut rows: Vec<_> = (0..=last).map(|number| row(&format!("Film {number}"), "2001-01-01")).collect();
    rows[1] = row("Film 0", "2001-01-01").replace("In space.", "next to it");
    rows[last] = row("Film 0", "01/01/2001").replace("In space.", "far away");
    rows[last - 1] = row("Film 0", "2001-01-02").replace("In space.", "another day");
    let (summary, _) = CsvFixture::with_rows(&rows).import(&app).await;
    assert_eq!(counts(summary.unwrap()), (FIRST_BATCH + 500, FIRST_BATCH + 498, 2, 0));
    let first = app.get("/api/v1/theater/movies/1/").await.json();
    assert_eq!((&first["name"], &first["overview"]), (&"Film 0".into(), &"In space.".into()));
}

/// The actors of a movie by their ids.
async fn actors(app: &TestApp, movie: u64) -> Vec<(u64, String)> {
    let detail = app.get(&format!("/api/v1/theater/movies/{movie}/")).await.json();
    let actors = detail["actors"].as_array().unwrap().iter();
    actors.map(|actor| (actor["id"].as_u64().unwrap(), actor["name"].as_str().unwrap().to_owned())).collect()
}

#[tokio::test]
async fn names_that_come_again_in_another_batch_are_the_same_and_new_ones_are_added() {
    let app = TestApp::on_sqlite().start().await;
    let mut rows: Vec<_> =
        (0..FIRST_BATCH).map(|number| row(&format!("Film {number}"), "2001-01-01")).collect();
    rows.push(row("Again", "2001-01-01"));
    rows.push(row("Shouted", "2001-01-01").replace("Sigourney Weaver", "SIGOURNEY WEAVER"));
    rows.push(row("New", "2001-01-01").replace("Ian Holm", "John Hurt"));
    let (weaver, holm, hurt) = ((1, "Sigourney Weaver"), (2, "Ian Holm"), (3, "John Hurt"));
    let file = CsvFixture::with_rows(&rows);
    // What the second batch found is not to be believed when it is given up and tried again.
    let faults = app.faults.clone();
    let given_up = move || faults.fail_commit(Fault::Retryable);
    file.import_and(&app, std::future::pending(), given_up).await.0.unwrap();
    for (movie, expected) in [
        (1, [weaver, holm]),
        (FIRST_BATCH + 1, [weaver, holm]),
        (FIRST_BATCH + 2, [weaver, holm]),
        (FIRST_BATCH + 3, [weaver, hurt]),
    ] {
        assert_eq!(actors(&app, movie).await, expected.map(|(id, name)| (id, name.to_owned())), "{movie}");
    }
}

pub(crate) fn new_movie(title: &str, actors: &[&str]) -> NewMovie {
    let name = |text: &&str| Name::parse(*text).unwrap();
    NewMovie {
        facts: MovieFacts {
            name: name(&title),
            date: date!(2001 - 01 - 01),
            score: Score::new(85.0).unwrap(),
            overview: String::new(),
            status: MovieStatus::Released,
            budget: Amount::from_cents(0).unwrap(),
            revenue: 0.0,
        },
        country: CountryCode::parse("US").unwrap(),
        country_name: None,
        genres: vec![name(&"Drama")],
        actors: actors.iter().map(name).collect(),
        languages: vec![name(&"English")],
    }
}

#[tokio::test]
async fn a_name_that_an_import_knows_takes_no_statement() {
    let app = TestApp::on_sqlite().start().await;
    let mut known = KnownNames::default();
    let mut taken = Vec::new();
    for (title, actors) in [
        ("Alien", &["Ada", "Bob"][..]),
        ("Aliens", &["Bob", "Ada", "Bob"]),
        ("Alien 3", &["Ada", "Eve"]),
        ("Alien 4", &["Eve"]),
    ] {
        let import = app.services.import_movies.execute(
            Editor::operator(),
            vec![new_movie(title, actors)],
            &mut known,
        );
        let (imported, statements) = statements(import).await;
        assert_eq!(imported.unwrap().added, 1);
        taken.push(statements.len());
    }
    // The first one: two for the country, two for each kind of names, a look, the movie, three kinds of links.
    assert_eq!(taken, [2 + 3 * 2 + 5, 1 + 5, 1 + 2 + 5, 1 + 5]);
    assert_eq!(actors(&app, 2).await, [(1, "Ada".to_owned()), (2, "Bob".to_owned())]);
}

#[tokio::test]
async fn both_published_forms_are_the_same_movies() {
    let app = TestApp::on_sqlite().start().await;
    let sample = CsvFixture::with_rows(&[row("Alien", "1979-05-25"), row("Aliens", "1986-07-18")]);
    let full = std::fs::read_to_string(sample.path()).unwrap();
    let full = full.replacen("name,date,", "names,date_x,", 1).replacen("budget", "budget_x", 1);
    let full = full.replace("1979-05-25", "05/25/1979 ").replace("1986-07-18", "07/18/1986 ");
    assert_eq!(counts(sample.import(&app).await.0.unwrap()), (2, 2, 0, 0));
    assert_eq!(counts(CsvFixture::new(full).import(&app).await.0.unwrap()), (2, 0, 2, 0));
}

#[tokio::test]
async fn bad_rows_are_left_out_on_request() {
    let app = TestApp::on_sqlite().start().await;
    let file =
        CsvFixture::with_rows(&[row("", "1979-05-25"), row("Aliens", "1986-07-18"), row("Alien", "soon")]);
    let (summary, reported) = file.import_good_rows(&app).await;
    assert_eq!(counts(summary.unwrap()), (3, 1, 0, 2));
    // The check looks at dates alone.
    assert_eq!(reported.steps, [Step::Check, Step::Import]);
    assert_eq!(
        reported.bad,
        [
            "line 2: name is missing",
            "line 4: date \"soon\": this is not a date of the form YYYY-MM-DD or MM/DD/YYYY"
        ]
    );
    assert_eq!(listed(&app).await, 1);
}

#[tokio::test]
async fn an_import_that_was_stopped_is_completed_by_the_next() {
    let app = TestApp::on_sqlite().start().await;
    let file = generated(FIRST_BATCH + 500);
    let stop = Arc::new(Notify::new());
    let asked = stop.clone();
    let (outcome, _) = file.import_and(&app, stop.notified(), move || asked.notify_one()).await;
    let error = outcome.unwrap_err();
    assert!(matches!(error, MovieImportError::Stopped { added: FIRST_BATCH }), "{error}");
    assert_eq!(listed(&app).await, FIRST_BATCH);
    assert_eq!(counts(file.import(&app).await.0.unwrap()), (FIRST_BATCH + 500, 500, FIRST_BATCH, 0));
}

#[tokio::test]
async fn an_import_that_broke_off_says_what_was_added() {
    let app = TestApp::on_sqlite().start().await;
    let file = generated(FIRST_BATCH + 500);
    let faults = app.faults.clone();
    let broken = move || faults.fail_commit(Fault::Unavailable);
    let (outcome, _) = file.import_and(&app, std::future::pending(), broken).await;
    assert!(matches!(outcome, Err(MovieImportError::Catalogue { added: FIRST_BATCH, .. })));
    assert_eq!(listed(&app).await, FIRST_BATCH);
}

#[tokio::test]
async fn the_year_may_be_the_next_by_the_clock_of_the_server() {
    let app = TestApp::on_sqlite().start().await;
    let file = CsvFixture::with_rows(&[row("Next", "2027-12-31"), row("Later", "2028-01-01")]);
    let (summary, reported) = file.import_good_rows(&app).await;
    assert_eq!(counts(summary.unwrap()), (2, 1, 0, 1));
    assert_eq!(reported.bad, ["line 3: date \"2028-01-01\": the year is at most 2027"]);
    app.clock.advance(Duration::from_hours(366 * 24));
    assert_eq!(counts(file.import(&app).await.0.unwrap()), (2, 1, 1, 0));
}
