//! The import of a source.

use std::collections::HashSet;
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::time;
use vestibule_application::Services;
use vestibule_application::accounts::{Administrator, Collision, ExpectedAccounts, Presence};
use vestibule_domain::accounts::import::{Identity, ImportedAccount, ImportedPassword};
use vestibule_domain::ports::SecureRandom;

use super::batches::{Batch, Batches, Placed};
use super::error::AccountImportError;
use super::pace::Pace;
use super::password::Passwords;
use super::report::{ImportSummary, Report, Step};
use super::row_fault::{BadRow, RowFault, Unit};
use super::rows::RowSource;
use super::twins::Twins;
use super::wrapping::{AT_ONCE, Wrapping};

/// An import of accounts: a check of all rows, then the same rows once more, batch by batch.
pub struct AccountImport<'a> {
    /// The use cases.
    pub services: &'a Services,
    /// Reads hashes.
    pub passwords: Passwords,
    /// Makes the salts of weak hashes that are wrapped.
    pub random: Arc<dyn SecureRandom>,
    /// Whether bad rows are left out. Otherwise one bad row means that nothing is written.
    pub skip_bad: bool,
    /// Whether nothing is written.
    pub dry_run: bool,
    /// How long the database is left to others between two batches; the next one is read meanwhile.
    pub rest: Duration,
}

/// How many rows are checked at once.
const CHECKED_ROWS: usize = 4_000;

/// What goes through both steps.
struct Run<'r, S> {
    source: Arc<dyn RowSource>,
    stop: std::pin::Pin<&'r mut S>,
    report: &'r mut dyn Report,
    summary: ImportSummary,
    /// Accounts that were added by now.
    added: u64,
    /// The lines of good rows that are left out all the same.
    left_out: HashSet<u64>,
    /// What the source counts.
    unit: Unit,
}

impl AccountImport<'_> {
    /// Imports a source. When asked to stop it does so after the batch under way.
    ///
    /// # Errors
    /// See [`AccountImportError`].
    pub async fn execute(
        &self,
        source: Arc<dyn RowSource>,
        stop: impl Future<Output = ()>,
        report: &mut dyn Report,
    ) -> Result<ImportSummary, AccountImportError> {
        let began = Instant::now();
        let unreadable = |cause| AccountImportError::Source { added: 0, cause };
        let bytes = source.size().map_err(unreadable)?;
        let summary = ImportSummary { is_dry_run: self.dry_run, ..ImportSummary::default() };
        let stop = std::pin::pin!(stop);
        let mut run =
            Run { source, stop, report, summary, added: 0, left_out: HashSet::new(), unit: Unit::Line };
        run.report.begins(Step::Check, bytes);
        let checked = self.check(&mut run).await;
        run.report.ends();
        checked?;
        let ImportSummary { rows, bad, .. } = run.summary;
        if rows > 0 && bad == rows {
            return Err(AccountImportError::NothingGood { rows });
        }
        if bad > 0 && !self.skip_bad {
            return Err(AccountImportError::BadRows { rows, bad });
        }
        if !self.dry_run {
            run.report.begins(Step::Import, bytes);
            let imported = self.import(&mut run).await;
            run.report.ends();
            imported?;
        }
        run.summary.took = began.elapsed();
        Ok(run.summary)
    }

    async fn check<S: Future<Output = ()>>(&self, run: &mut Run<'_, S>) -> Result<(), AccountImportError> {
        let mut twins = Twins::new();
        let mut reading = Batches::of(run.source.clone(), self.passwords.clone());
        while let Some(batch) = next(&mut reading, run, CHECKED_ROWS).await? {
            run.summary.rows += batch.rows as u64;
            run.unit = batch.unit;
            for row in &batch.bad {
                run.is_bad_row(row);
            }
            run.summary.behind.extend(batch.behind);
            let (lines, accounts): (Vec<u64>, Vec<ImportedAccount>) = batch.accounts.into_iter().unzip();
            let judged = self.services.import_accounts.look(Administrator::operator(), &accounts).await;
            let judged = judged.map_err(|cause| AccountImportError::Accounts { added: 0, cause })?;
            for ((line, account), presence) in lines.iter().zip(&accounts).zip(judged) {
                match presence {
                    Presence::Taken(collision @ Collision::WithAccount { .. }) => {
                        run.left_out.insert(*line);
                        let fault = taken(collision, &lines, run.unit);
                        run.is_bad(*line, fault);
                        continue;
                    }
                    Presence::Here => run.summary.here += 1,
                    Presence::New | Presence::Taken(_) => {
                        run.summary.added += 1;
                        run.summary.without_password += u64::from(!account.password.is_set());
                        run.summary.wrapped += u64::from(is_weak(account));
                    }
                }
                twins.note(*line, Identity::of(account)).map_err(AccountImportError::Notes)?;
            }
            run.report.advances(batch.read);
        }
        let twins = tokio::task::spawn_blocking(|| twins.found()).await;
        let twins = twins.map_err(std::io::Error::other).and_then(|found| found);
        for twin in twins.map_err(AccountImportError::Notes)? {
            // A row may have several identifiers in common with others.
            if run.left_out.insert(twin.line) {
                run.summary.added = run.summary.added.saturating_sub(1);
                let unit = run.unit;
                let fault = RowFault::Twin { unit, earlier: twin.earlier, identifier: twin.identifier };
                run.is_bad(twin.line, fault);
            }
        }
        Ok(())
    }

    async fn import<S: Future<Output = ()>>(&self, run: &mut Run<'_, S>) -> Result<(), AccountImportError> {
        let checked = std::mem::take(&mut run.summary);
        run.summary =
            ImportSummary { rows: checked.rows, bad: checked.bad, behind: checked.behind, ..run.summary };
        let (mut expected, mut pace, mut rows, mut refused) =
            (ExpectedAccounts::default(), Pace::new(), 0, 0);
        let wrapping = Wrapping::new(self.passwords.bcrypt_cost(), self.random.clone());
        if checked.wrapped > 0 {
            run.report.wraps(checked.wrapped, wrapping.time(checked.wrapped));
        }
        let mut reading = Batches::of(run.source.clone(), self.passwords.clone());
        let mut rested = time::Instant::now();
        while let Some(batch) = next(&mut reading, run, pace.rows()).await? {
            time::sleep_until(rested).await;
            let added = run.added;
            rows += batch.rows as u64;
            if rows > checked.rows || (!self.skip_bad && !batch.bad.is_empty()) {
                return Err(AccountImportError::Changed { added });
            }
            let read = batch.read;
            let mut good: Vec<Placed> = batch.accounts;
            good.retain(|(line, _)| !run.left_out.contains(line));
            // Those that are wrapped go in few at a time, so that not much is lost when the import is stopped.
            let any_weak = good.iter().any(|(_, account)| is_weak(account));
            let at_once = if any_weak { AT_ONCE } else { good.len().max(1) };
            while !good.is_empty() {
                let rest = good.split_off(good.len().min(at_once));
                let some = std::mem::replace(&mut good, rest);
                let (began, size, before) = (Instant::now(), some.len(), run.added);
                refused += self.add(some, any_weak, &wrapping, &mut expected, run).await?;
                if !any_weak && run.added > before {
                    pace.took(size, began.elapsed());
                    rested = time::Instant::now() + self.rest;
                }
            }
            run.report.advances(read);
        }
        let added = run.added;
        run.summary.added = added;
        match refused {
            1.. if !self.skip_bad => Err(AccountImportError::Overtaken { refused, added }),
            _ if rows < checked.rows => Err(AccountImportError::Changed { added }),
            _ => Ok(()),
        }
    }
}

impl AccountImport<'_> {
    /// Adds some accounts, and answers how many of them were refused.
    async fn add<S: Future<Output = ()>>(
        &self,
        some: Vec<Placed>,
        wraps: bool,
        wrapping: &Wrapping,
        expected: &mut ExpectedAccounts,
        run: &mut Run<'_, S>,
    ) -> Result<u64, AccountImportError> {
        let added = run.added;
        let (lines, mut accounts): (Vec<u64>, Vec<ImportedAccount>) = some.into_iter().unzip();
        let (imports, operator) = (&self.services.import_accounts, Administrator::operator());
        if wraps {
            // Those that are here already cost nothing when an import goes on.
            let judged = imports.look(operator, &accounts).await;
            let judged = judged.map_err(|cause| AccountImportError::Accounts { added, cause })?;
            let new = accounts.iter_mut().zip(judged).filter(|(_, presence)| *presence == Presence::New);
            let mut weak: Vec<_> =
                new.map(|(account, _)| account).filter(|account| is_weak(account)).collect();
            let wrapped = wrapping.wrap(&mut weak);
            tokio::select! {
                biased;
                () = &mut run.stop => return Err(AccountImportError::Stopped { added }),
                () = wrapped => {}
            }
            run.summary.wrapped += weak.len() as u64;
        }
        let imported = imports.execute(operator, accounts, expected).await;
        let imported = imported.map_err(|cause| AccountImportError::Accounts { added, cause })?;
        run.added += imported.added;
        run.summary.here += imported.here;
        run.summary.without_password += imported.without_password;
        for (place, collision) in &imported.refused {
            let line = lines.get(*place).copied().unwrap_or_default();
            let fault = taken(*collision, &lines, run.unit);
            run.is_bad(line, fault);
        }
        tracing::debug!(rows = lines.len(), added = imported.added, "a batch was added");
        Ok(imported.refused.len() as u64)
    }
}

fn is_weak(account: &ImportedAccount) -> bool {
    matches!(account.password, ImportedPassword::Weak(_))
}

impl<S> Run<'_, S> {
    fn is_bad(&mut self, line: u64, fault: RowFault) {
        self.is_bad_row(&BadRow { unit: self.unit, line, fault });
    }

    fn is_bad_row(&mut self, row: &BadRow) {
        self.summary.bad += 1;
        self.report.bad_row(row);
    }
}

fn taken(collision: Collision, lines: &[u64], unit: Unit) -> RowFault {
    match collision {
        Collision::WithAccount { account, identifier } => RowFault::Taken { account: account.0, identifier },
        Collision::WithEarlier { place, identifier } => {
            RowFault::Twin { unit, earlier: lines.get(place).copied().unwrap_or_default(), identifier }
        }
    }
}

/// The next batch, unless a stop is asked for first.
async fn next<S: Future<Output = ()>>(
    reading: &mut Batches,
    run: &mut Run<'_, S>,
    rows: usize,
) -> Result<Option<Batch>, AccountImportError> {
    let added = run.added;
    tokio::select! {
        biased;
        () = &mut run.stop => Err(AccountImportError::Stopped { added }),
        batch = reading.next(rows) => batch.map_err(|cause| AccountImportError::Source { added, cause }),
    }
}
