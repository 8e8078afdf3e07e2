//! Imports into the databases of servers.

use std::time::Duration;

use vestibule::commands::movies::generate;
use vestibule_application::catalogue::{CreateMovieError, CreateMovieInput, Editor, KnownNames};
use vestibule_domain::catalogue::{MovieId, MovieRecord, Name, NameKind};
use vestibule_domain::store::Repositories;
use vestibule_tests::{TestApp, TestAppBuilder, on_servers};

use crate::import_movies::new_movie;
use crate::import_report::{CsvFixture, listed, row};

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

/// A file of so many movies from a number on, whose country, genre, actors and language are new to the catalogue.
fn file(from: usize, rows: usize) -> CsvFixture {
    let row = |number: usize| {
        let row = row(&format!("Film {number}"), "2001-01-01").replace(",US", &format!(",C{}", number % 10));
        row.replace("Ian Holm", &format!("Actor {}, Extra {}", number % 700, 1_000 - number % 1_000))
    };
    CsvFixture::with_rows(&(from..from + rows).map(row).collect::<Vec<_>>())
}

async fn two_imports_at_once_both_end_well(app: TestAppBuilder) {
    let app = app.start().await;
    // They share all names, and a third of the movies.
    let (one, other) = (file(0, 3_000), file(2_000, 3_000));
    let (one, other) = tokio::join!(one.import(&app), other.import(&app));
    let (one, other) = (one.0.unwrap(), other.0.unwrap());
    assert_eq!((one.added + one.known, other.added + other.known), (3_000, 3_000));
    assert_eq!(one.added + other.added, 5_000);
    assert_eq!(listed(&app).await, 5_000);
}

async fn the_same_file_may_be_imported_twice_at_once(app: TestAppBuilder) {
    let app = app.start().await;
    let file = file(0, 2_000);
    let (one, other) = tokio::join!(file.import(&app), file.import(&app));
    assert_eq!(one.0.unwrap().added + other.0.unwrap().added, 2_000);
    assert_eq!(listed(&app).await, 2_000);
}

async fn batches_at_once_add_every_movie_once(app: TestAppBuilder) {
    let app = app.start().await;
    // Each movie comes twice, and most of them again in another batch.
    let rows = (0..6_000).map(|number| {
        row(&format!("Film {}", number * 7 % 3_000), "2001-01-01")
            .replace("Ian Holm", &format!("Actor {}", number % 3_000 / 2))
    });
    let file = CsvFixture::with_rows(&rows.collect::<Vec<_>>());
    let first = file.import_in(2, &app).await.0.unwrap();
    assert_eq!((first.rows, first.added, first.known, first.bad), (6_000, 3_000, 3_000, 0));
    assert_eq!(listed(&app).await, 3_000);
    assert_eq!(file.import_in(2, &app).await.0.unwrap().known, 6_000);
}

async fn ids_follow_the_file_and_of_equal_rows_the_first_is_added(app: TestAppBuilder) {
    let app = app.start().await;
    let title = |number: usize| format!("Film {}", number * 7 % 2_500);
    let rows = (0..5_000).map(|number| {
        let told = if number % 2 == 0 { "The first." } else { "The second." };
        row(&title(number / 2), "2001-01-01").replace("In space.", told)
    });
    let summary = CsvFixture::with_rows(&rows.collect::<Vec<_>>()).import(&app).await.0.unwrap();
    assert_eq!((summary.added, summary.known), (2_500, 2_500));
    let movies = app.deps.store.repositories().catalogue().after(MovieId(0), 5_000).await.unwrap();
    assert!(movies.iter().all(|movie| movie.facts.overview == "The first."));
    let titles: Vec<_> = movies.iter().map(|movie| movie.facts.name.as_str().to_owned()).collect();
    assert_eq!(titles, (0..2_500).map(title).collect::<Vec<_>>());
}

async fn who_adds_a_movie_beside_an_import_is_not_refused(app: TestAppBuilder) {
    let app = app.start().await;
    let file = file(0, 4_000);
    let mut importing = std::pin::pin!(file.import(&app));
    let (mut added, mut known) = (0_u64, 0_u64);
    let summary = loop {
        // The same names in the other order, and a movie that the import comes to.
        let title = format!("Film {}", 3_999 - (added + known) * 7);
        let create = CreateMovieInput {
            editor: Editor::operator(),
            movie: new_movie(&title, &["Actor 5", "Actor 4", "Sigourney Weaver"]),
        };
        let mut creating = std::pin::pin!(app.services.create_movie.execute(create));
        let (summary, created) = tokio::select! {
            (summary, _) = &mut importing => (Some(summary.unwrap()), creating.await),
            created = &mut creating => (None, created),
        };
        match created {
            Ok(_) => added += 1,
            Err(CreateMovieError::Exists { .. }) => known += 1,
            Err(error) => panic!("{error}"),
        }
        match summary {
            Some(summary) => break summary,
            None => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    };
    assert!(added > 0);
    assert_eq!(summary.added + summary.known, 4_000);
    assert_eq!(listed(&app).await, summary.added + added);
}

async fn long_rows_take_several_statements(app: TestAppBuilder) {
    let app = app.start().await;
    // More in 512 rows than a packet of MariaDB has, which is 16 MiB.
    let overview = "x".repeat(33 * 1024);
    let rows =
        (0..600).map(|number| row(&format!("Film {number}"), "2001-01-01").replace("In space.", &overview));
    let summary = CsvFixture::with_rows(&rows.collect::<Vec<_>>()).import(&app).await.0.unwrap();
    assert_eq!(summary.added, 600);
}

/// A movie as the store takes it.
async fn record(repositories: &mut dyn Repositories, title: &str) -> MovieRecord {
    let movie = new_movie(title, &[]);
    let country = (movie.country, movie.country_name);
    let country = repositories.catalogue().resolve_countries(&[country]).await.unwrap()[0];
    MovieRecord { facts: movie.facts, country, genres: Vec::new(), actors: Vec::new(), languages: Vec::new() }
}

async fn nobody_waits_for_the_new_names_of_a_batch(app: TestAppBuilder) {
    let app = app.start().await;
    let import = |app: &TestApp, title: &str, actor: &str| {
        let (services, movies) = (app.services.clone(), vec![new_movie(title, &[actor])]);
        async move { services.import_movies.execute(Editor::operator(), movies, &mut KnownNames::default()).await }
    };
    let before = app.faults.calls();
    import(&app, "Alien", "Ada").await.unwrap();
    // All but the links.
    let calls = app.faults.calls() - before - 1;

    // Somebody else is adding the same movie, so that the batch comes as far as the movies, and not to its links.
    let held = record(&mut *app.deps.store.repositories(), "Held").await;
    let mut unit = app.deps.store.begin().await.unwrap();
    unit.catalogue().insert(&held).await.unwrap();
    let before = app.faults.calls();
    let importing = tokio::spawn(import(&app, "Held", "Bob"));
    while app.faults.calls() < before + calls {
        tokio::task::yield_now().await;
    }
    let bob = [Name::parse("Bob").unwrap()];
    let mut others = app.deps.store.repositories();
    let resolving = others.catalogue().resolve_names(NameKind::Actor, &bob);
    // A lock is waited for as long as 5 s.
    let resolved = tokio::time::timeout(Duration::from_secs(3), resolving).await;
    assert_eq!(resolved.expect("the batch holds its names").unwrap().len(), 1);
    unit.commit().await.unwrap();
    assert_eq!(importing.await.unwrap().unwrap().known, 1);
}

on_servers!(
    a_file_is_imported_and_known_when_it_comes_again,
    two_imports_at_once_both_end_well,
    the_same_file_may_be_imported_twice_at_once,
    batches_at_once_add_every_movie_once,
    ids_follow_the_file_and_of_equal_rows_the_first_is_added,
    who_adds_a_movie_beside_an_import_is_not_refused,
    long_rows_take_several_statements,
    nobody_waits_for_the_new_names_of_a_batch,
);
