//! Batches that are added at the same time.

use std::time::{Duration, Instant};

use tokio::time;
use vestibule_application::accounts::{
    Administrator, ExpectedAccounts, ImportAccounts, ImportAccountsError, ImportedAccounts,
};
use vestibule_domain::accounts::import::{ImportKey, ImportedAccount};

use super::super::super::at_once::AtOnce;
use super::super::super::pace::Pace;
use super::super::super::turns::Turns;
use super::account_import::Run;
use super::error::AccountImportError;
use super::seen_rows::RowPlace;

/// Units of work that add accounts. A server works on several at once; SQLite has one writer.
///
/// The accounts of different units are different, which the check has seen to. Where a unit meets another one all the
/// same, one of them is done again.
pub(super) struct Lanes<'l> {
    imports: &'l ImportAccounts,
    keys: &'l [ImportKey],
    under_way: AtOnce<'l, Result<Added, ImportAccountsError>>,
    so_far: SoFar,
}

/// What came of the units of work that ended.
struct SoFar {
    expected: ExpectedAccounts,
    pace: Pace,
    refused: u64,
    /// How long the database is left to others after each.
    rest: Duration,
    /// When the next unit may begin.
    rested: time::Instant,
}

/// How much of the source a batch is.
pub(super) struct Read {
    /// Its rows.
    pub(super) rows: usize,
    /// The source up to its end, in bytes.
    pub(super) bytes: u64,
}

/// What became of the accounts of a unit of work.
struct Added {
    places: Vec<RowPlace>,
    imported: ImportedAccounts,
    expected: ExpectedAccounts,
    read: Option<Read>,
    took: Duration,
}

impl<'l> Lanes<'l> {
    pub(super) fn new(imports: &'l ImportAccounts, keys: &'l [ImportKey], turns: Turns) -> Self {
        // Units that hold the same keys come one after the other.
        let at_once = if keys.is_empty() { turns.at_once } else { 1 };
        let so_far = SoFar {
            expected: ExpectedAccounts::default(),
            pace: Pace::new(turns.batch),
            refused: 0,
            rest: turns.rest,
            rested: time::Instant::now(),
        };
        Self { imports, keys, under_way: AtOnce::new(at_once), so_far }
    }

    /// How many rows the next batch has.
    pub(super) fn rows(&self) -> usize {
        self.so_far.pace.rows()
    }

    /// How many accounts were refused by now.
    pub(super) fn refused(&self) -> u64 {
        self.so_far.refused
    }

    /// Waits until another batch may begin.
    pub(super) async fn have_room(&mut self, run: &mut Run<'_>) -> Result<(), AccountImportError> {
        self.under_way.have_room(|ended| self.so_far.is_over(ended, run)).await
    }

    /// Does something while the units of work go on.
    pub(super) async fn beside<T>(
        &mut self,
        work: impl Future<Output = Result<T, AccountImportError>>,
        run: &mut Run<'_>,
    ) -> Result<T, AccountImportError> {
        self.under_way.beside(work, |ended| self.so_far.is_over(ended, run)).await
    }

    /// Begins to add accounts. A batch that was read as such sets the pace of the next one.
    pub(super) async fn add(
        &mut self,
        places: Vec<RowPlace>,
        accounts: Vec<ImportedAccount>,
        read: Option<Read>,
        run: &mut Run<'_>,
    ) -> Result<(), AccountImportError> {
        let rested = self.so_far.rested;
        let rests = async {
            time::sleep_until(rested).await;
            Ok(())
        };
        self.beside(rests, run).await?;
        let (imports, keys, mut expected) = (self.imports, self.keys, self.so_far.expected.clone());
        self.under_way.begin(async move {
            let began = Instant::now();
            let imported = imports.execute(Administrator::operator(), &accounts, keys, &mut expected).await?;
            Ok(Added { places, imported, expected, read, took: began.elapsed() })
        });
        Ok(())
    }

    /// Waits until all have ended. The error is the first one.
    pub(super) async fn end(&mut self, run: &mut Run<'_>) -> Result<(), AccountImportError> {
        self.under_way.end(|ended| self.so_far.is_over(ended, run)).await
    }
}

impl SoFar {
    fn is_over(
        &mut self,
        ended: Result<Added, ImportAccountsError>,
        run: &mut Run<'_>,
    ) -> Result<(), AccountImportError> {
        let ended = ended.inspect_err(|error| {
            // Of several the import ends with the first one.
            tracing::warn!(error = error as &dyn std::error::Error, "a batch was not added");
        });
        let Added { places, imported, expected, read, took } = ended?;
        self.expected = expected;
        self.refused += run.is_added(&places, &imported);
        if let Some(Read { rows, bytes }) = read {
            if imported.added > 0 {
                self.pace.took(rows, took);
                self.rested = time::Instant::now() + self.rest;
            }
            run.advances(bytes);
        }
        Ok(())
    }
}
