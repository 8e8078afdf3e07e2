//! Batches of movies that are added at the same time.

use std::time::{Duration, Instant};

use tokio::time;
use vestibule_application::catalogue::{Editor, ImportMovies, ImportMoviesError, ImportedMovies, KnownNames};
use vestibule_domain::catalogue::NewMovie;

use super::super::at_once::AtOnce;
use super::super::pace::Pace;
use super::super::turns::Turns;
use super::import::MovieImportError;
use super::report::{ImportSummary, Report};

/// Units of work that add movies. A server works on several at once; SQLite has one writer.
///
/// Where two of them have the same movie, the later one waits for the other. Where another process adds such movies too, one
/// of two units that wait for each other is done again.
pub(super) struct Lanes<'l> {
    imports: &'l ImportMovies,
    under_way: AtOnce<'l, Result<Added, ImportMoviesError>>,
    so_far: SoFar,
}

/// What came of the units of work that ended.
struct SoFar {
    pace: Pace,
    /// How long the database is left to others after each.
    rest: Duration,
    /// When the next unit may begin.
    rested: time::Instant,
}

/// How far an import is.
pub(super) struct Run<'r> {
    pub(super) report: &'r mut dyn Report,
    pub(super) summary: ImportSummary,
    /// How much of the file this step has gone through, in bytes.
    read: u64,
}

/// How much of the file a batch is.
#[derive(Clone, Copy)]
pub(super) struct Read {
    /// Its rows, the bad ones too: they were read in the place of others.
    pub(super) rows: u64,
    /// The file up to its end, in bytes.
    pub(super) bytes: u64,
}

/// What became of the movies of a unit of work.
struct Added {
    imported: ImportedMovies,
    read: Read,
    took: Duration,
}

impl<'r> Run<'r> {
    pub(super) fn new(report: &'r mut dyn Report) -> Self {
        Self { report, summary: ImportSummary::default(), read: 0 }
    }

    /// The file up to here was gone through. Batches may end in another order than they began.
    pub(super) fn advances(&mut self, bytes: u64) {
        self.read = self.read.max(bytes);
        self.report.advances(self.read);
        self.report.counts(&self.summary);
    }
}

impl<'l> Lanes<'l> {
    pub(super) fn new(imports: &'l ImportMovies, turns: Turns) -> Self {
        let so_far = SoFar { pace: Pace::new(turns.batch), rest: turns.rest, rested: time::Instant::now() };
        Self { imports, under_way: AtOnce::new(turns.at_once), so_far }
    }

    /// How many rows the next batch has.
    pub(super) fn rows(&self) -> usize {
        self.so_far.pace.rows()
    }

    /// Waits until another batch may begin.
    pub(super) async fn have_room(&mut self, run: &mut Run<'_>) -> Result<(), MovieImportError> {
        self.under_way.have_room(|ended| self.so_far.is_over(ended, run)).await
    }

    /// Does something while the units of work go on.
    pub(super) async fn beside<T>(
        &mut self,
        work: impl Future<Output = Result<T, MovieImportError>>,
        run: &mut Run<'_>,
    ) -> Result<T, MovieImportError> {
        self.under_way.beside(work, |ended| self.so_far.is_over(ended, run)).await
    }

    /// Begins to add movies. Their names are added here and their ids are drawn, one batch after the other, so that each
    /// name is looked for once and ids follow the file. What is left are the links, which are most of the work.
    pub(super) async fn add(
        &mut self,
        movies: Vec<NewMovie>,
        read: Read,
        known: &mut KnownNames,
        run: &mut Run<'_>,
    ) -> Result<(), MovieImportError> {
        let (imports, rested) = (self.imports, self.so_far.rested);
        let naming = async {
            time::sleep_until(rested).await;
            let began = Instant::now();
            let prepared = imports.prepare(Editor::operator(), movies, known).await;
            Ok((prepared.map_err(broken_off)?, began.elapsed()))
        };
        let (prepared, before) = self.beside(naming, run).await?;
        self.under_way.begin(async move {
            let began = Instant::now();
            let imported = imports.add(prepared).await?;
            Ok(Added { imported, read, took: before + began.elapsed() })
        });
        Ok(())
    }

    /// Waits until all have ended. The error is the first one.
    pub(super) async fn end(&mut self, run: &mut Run<'_>) -> Result<(), MovieImportError> {
        self.under_way.end(|ended| self.so_far.is_over(ended, run)).await
    }
}

impl SoFar {
    fn is_over(
        &mut self,
        ended: Result<Added, ImportMoviesError>,
        run: &mut Run<'_>,
    ) -> Result<(), MovieImportError> {
        let ended = ended.inspect_err(|error| {
            // Of several the import ends with the first one.
            tracing::warn!(error = error as &dyn std::error::Error, "a batch was not added");
        });
        let Added { imported, read, took } = ended.map_err(broken_off)?;
        run.summary.added += imported.added;
        run.summary.known += imported.known;
        tracing::debug!(rows = run.summary.rows, added = run.summary.added, "a batch was added");
        self.pace.took(usize::try_from(read.rows).unwrap_or(usize::MAX), took);
        self.rested = time::Instant::now() + self.rest;
        run.advances(read.bytes);
        Ok(())
    }
}

fn broken_off(cause: ImportMoviesError) -> MovieImportError {
    MovieImportError::Catalogue { added: 0, cause }
}
