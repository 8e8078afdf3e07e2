//! An import of a file of this test's own, and what it reported.

use std::path::PathBuf;
use std::time::Duration;

use tempfile::TempDir;
use vestibule::commands::movies::{
    BadRow, DateOrder, ImportSummary, MovieFile, MovieImport, MovieImportError, Report, Step, Told,
    latest_year,
};
use vestibule::commands::turns::Turns;
use vestibule_tests::TestApp;

/// The first line of the sample's form.
pub(crate) const HEADER: &str =
    "name,date,score,genre,overview,crew,orig_title,status,orig_lang,budget,revenue,country";

/// Keeps what it is told.
#[derive(Default)]
pub(crate) struct Reported {
    pub(crate) bad: Vec<String>,
    pub(crate) steps: Vec<Step>,
    open: usize,
    /// What happens when the first batch was imported.
    after_first_batch: Option<Box<dyn FnOnce()>>,
}

impl Report for Reported {
    fn begins(&mut self, step: Step, _bytes: u64) {
        self.steps.push(step);
        self.open += 1;
    }

    fn advances(&mut self, _bytes: u64) {
        if self.steps.last() == Some(&Step::Import)
            && let Some(happens) = self.after_first_batch.take()
        {
            happens();
        }
    }

    fn bad_row(&mut self, row: &BadRow) {
        self.bad.push(row.to_string());
    }

    fn ends(&mut self) {
        self.open -= 1;
    }
}

/// What came of an import.
pub(crate) type Imported = (Result<ImportSummary, MovieImportError>, Reported);

/// A file in a folder that goes with it.
pub(crate) struct CsvFixture {
    folder: TempDir,
}

impl CsvFixture {
    /// A file with these contents.
    pub(crate) fn new(contents: impl AsRef<[u8]>) -> Self {
        let fixture = Self { folder: TempDir::new().unwrap() };
        std::fs::write(fixture.path(), contents).unwrap();
        fixture
    }

    /// A file of the sample's form with these rows.
    pub(crate) fn with_rows(rows: &[String]) -> Self {
        Self::new(format!("{HEADER}\n{}\n", rows.join("\n")))
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("movies.csv")
    }

    /// Imports it, all or nothing.
    pub(crate) async fn import(&self, app: &TestApp) -> Imported {
        self.run(app, false, None, std::future::pending(), None).await
    }

    /// Imports its good rows.
    pub(crate) async fn import_good_rows(&self, app: &TestApp) -> Imported {
        self.run(app, true, None, std::future::pending(), None).await
    }

    /// Imports it with slashed dates in this order.
    pub(crate) async fn import_dated(&self, app: &TestApp, skip_bad: bool, dates: DateOrder) -> Imported {
        self.run(app, skip_bad, Some(dates), std::future::pending(), None).await
    }

    /// Imports it with so many batches under way at once.
    pub(crate) async fn import_in(&self, at_once: usize, app: &TestApp) -> Imported {
        let turns = Turns { batch: Duration::from_millis(300), rest: Duration::ZERO, at_once };
        self.run_in(turns, app, false, None, std::future::pending(), None).await
    }

    /// Imports it, and lets something happen when the first batch was added.
    pub(crate) async fn import_and(
        &self,
        app: &TestApp,
        stop: impl Future<Output = ()>,
        after_first_batch: impl FnOnce() + 'static,
    ) -> Imported {
        self.run(app, false, None, stop, Some(Box::new(after_first_batch))).await
    }

    async fn run(
        &self,
        app: &TestApp,
        skip_bad: bool,
        dates: Option<DateOrder>,
        stop: impl Future<Output = ()>,
        after_first_batch: Option<Box<dyn FnOnce()>>,
    ) -> Imported {
        // Every batch is twice as large as the one before, however slow this machine is.
        let turns = Turns { batch: Duration::MAX, rest: Duration::from_millis(250), at_once: 1 };
        self.run_in(turns, app, skip_bad, dates, stop, after_first_batch).await
    }

    async fn run_in(
        &self,
        turns: Turns,
        app: &TestApp,
        skip_bad: bool,
        dates: Option<DateOrder>,
        stop: impl Future<Output = ()>,
        after_first_batch: Option<Box<dyn FnOnce()>>,
    ) -> Imported {
        let mut reported = Reported { after_first_batch, ..Reported::default() };
        let latest_year = latest_year(&app.clock);
        let import = MovieImport {
            services: &app.services,
            latest_year,
            skip_bad,
            told: Told { dates, encoding: None },
            turns,
        };
        let outcome = import.execute(&MovieFile::At(self.path()), stop, &mut reported).await;
        assert_eq!(reported.open, 0, "every step that begins must end");
        (outcome, reported)
    }
}

/// A good row.
pub(crate) fn row(name: &str, date: &str) -> String {
    format!("{name},{date},85,Horror,In space.,\"Sigourney Weaver, Ian Holm\",,Released,English,11,106,US")
}

/// How many movies the server lists.
pub(crate) async fn listed(app: &TestApp) -> u64 {
    let answer = app.get("/api/v1/theater/movies/").await;
    if answer.status == 404 { 0 } else { answer.json()["total_items"].as_u64().unwrap() }
}
