//! Files of which nothing is imported.

use std::error::Error as _;
use std::fs::OpenOptions;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::time::Duration;

use vestibule::commands::movies::{FIRST_BATCH, MovieFile, MovieImport, MovieImportError, Step, Told};
use vestibule::commands::turns::Turns;
use vestibule_tests::TestApp;

use crate::import_report::{CsvFixture, HEADER, Reported, listed, row};

#[tokio::test]
async fn one_bad_row_means_that_nothing_is_written() {
    let app = TestApp::on_sqlite().start().await;
    let mut rows: Vec<_> = (0..2500).map(|number| row(&format!("Film {number}"), "2001-01-01")).collect();
    rows.push(row("Alien", "1979-05-25").replace("Released", "Rumored"));
    rows.push(row("Aliens", "1986-07-18").replace(",85,", ",850,"));
    let calls = app.faults.calls();
    let (outcome, reported) = CsvFixture::with_rows(&rows).import(&app).await;
    let error = outcome.unwrap_err();
    assert!(matches!(error, MovieImportError::BadRows { rows: 2502, bad: 2 }), "{error}");
    assert_eq!(reported.steps, [Step::Check]);
    assert_eq!(
        reported.bad,
        [
            "line 2502: status \"Rumored\": a status is Released, Post Production or In Production",
            "line 2503: score \"850\": a score is a number from 0 to 100"
        ]
    );
    assert_eq!(app.faults.calls(), calls, "the check does not ask the store");
    assert_eq!(listed(&app).await, 0);
}

#[tokio::test]
async fn a_file_of_bad_rows_only_is_a_failure() {
    let app = TestApp::on_sqlite().start().await;
    let file = CsvFixture::with_rows(&[row("", "1979-05-25"), row("Alien", "soon")]);
    let (outcome, _) = file.import_good_rows(&app).await;
    assert!(matches!(outcome, Err(MovieImportError::NothingGood { rows: 2 })));
}

#[tokio::test]
async fn a_file_without_rows_is_imported_in_no_time() {
    let app = TestApp::on_sqlite().start().await;
    let (outcome, _) = CsvFixture::new(HEADER).import(&app).await;
    assert_eq!(outcome.unwrap().rows, 0);
}

#[tokio::test]
async fn missing_columns_are_named() {
    let app = TestApp::on_sqlite().start().await;
    let (outcome, _) = CsvFixture::new("name,date,score,genre,overview,crew,status\n").import(&app).await;
    assert_eq!(
        outcome.unwrap_err().source().unwrap().to_string(),
        "the first line names the columns, and lacks orig_lang, budget (or budget_x), revenue and country"
    );
}

#[tokio::test]
async fn a_file_that_changes_between_check_and_import_is_given_up() {
    let app = TestApp::on_sqlite().start().await;
    // The reader is at most a few hundred rows ahead.
    let rows: Vec<_> =
        (0..2 * FIRST_BATCH).map(|number| row(&format!("Film {number}"), "2001-01-01")).collect();
    let file = CsvFixture::with_rows(&rows);
    // As long as the good row, and written over it, so that no reader sees a file that is shorter.
    let bad = row(&format!("Film {}", 2 * FIRST_BATCH - 1), "2001-13-01") + "\n";
    let mut opened = OpenOptions::new().write(true).open(file.path()).unwrap();
    opened.seek(SeekFrom::End(-i64::try_from(bad.len()).unwrap())).unwrap();
    let change = move || opened.write_all(bad.as_bytes()).unwrap();
    let (outcome, reported) = file.import_and(&app, std::future::pending(), change).await;
    let error = outcome.unwrap_err();
    assert!(matches!(error, MovieImportError::Changed { added } if added == FIRST_BATCH), "{error}");
    assert_eq!(reported.bad.len(), 1);
}

#[tokio::test]
async fn what_is_before_a_row_without_end_counts() {
    let app = TestApp::on_sqlite().start().await;
    let endless = format!("\"{}", "x".repeat(2 << 20));
    let file = CsvFixture::with_rows(&[row("Alien", "1979-05-25"), row("", "1986-07-18"), endless]);
    for (skip_bad, expected) in [(false, 0), (true, 1)] {
        let (outcome, reported) =
            if skip_bad { file.import_good_rows(&app).await } else { file.import(&app).await };
        let error = outcome.unwrap_err();
        assert!(matches!(error, MovieImportError::File { added, .. } if added == expected), "{error}");
        let cause = error.source().unwrap().to_string();
        assert!(cause.starts_with("line 4: the row is longer than"), "{cause}");
        assert_eq!(reported.bad, ["line 3: name is missing"]);
        assert_eq!(listed(&app).await, expected);
    }
}

#[tokio::test]
async fn only_a_file_can_be_read_twice() {
    let app = TestApp::start().await;
    let import = MovieImport {
        services: &app.services,
        latest_year: 2027,
        skip_bad: false,
        told: Told::default(),
        turns: Turns { batch: Duration::MAX, rest: Duration::ZERO, at_once: 2 },
    };
    for path in ["-", "/", "/dev/null"] {
        let mut report = Reported::default();
        let outcome = import.execute(&MovieFile::At(path.into()), std::future::pending(), &mut report).await;
        assert!(matches!(outcome, Err(MovieImportError::NoFile)), "{path}");
    }
    let missing = &MovieFile::At("/no/such/file.csv".into());
    let outcome = import.execute(missing, std::future::pending(), &mut Reported::default()).await;
    assert!(matches!(outcome, Err(MovieImportError::File { added: 0, .. })));
}

#[test]
fn a_file_that_is_not_there_is_told_and_no_database_is_made() {
    let folder = tempfile::tempdir().unwrap();
    for file in ["no-such.csv", "-"] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_node"))
            .args(["movies", "import", file])
            .current_dir(folder.path())
            .env_clear()
            .env("VESTIBULE_ENV", "test")
            .env("VESTIBULE__DATABASE__MIGRATE_ON_START", "true")
            .env("VESTIBULE__LOG__LEVEL", "off")
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.starts_with(&format!("Error: {file}: ")) && said.lines().count() == 1, "{said}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
