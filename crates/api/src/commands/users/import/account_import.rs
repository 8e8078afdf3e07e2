//! The import of a source.

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::time;
use vestibule_application::Services;
use vestibule_application::accounts::{Administrator, Collision, ExpectedAccounts, Presence};
use vestibule_domain::accounts::import::{Identifier, Identity, ImportedAccount, ImportedPassword};
use vestibule_domain::ports::SecureRandom;

use super::super::super::pace::Pace;
use super::batches::{Batch, Batches, Placed};
use super::error::AccountImportError;
use super::password::Passwords;
use super::report::{ImportSummary, Report, Step};
use super::row_fault::{BadRow, RowFault, Spared, Unit};
use super::rows::RowSource;
use super::seen_rows::{RowPlace, SeenRows};
use super::spare::{Spare, probe, take};
use super::twin_rows::TwinRows;
use super::twins::{Twin, Twins};
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
    /// The good rows of the check.
    seen: SeenRows,
    /// The numbers of good rows that are left out all the same.
    left_out: HashSet<u64>,
    /// What others come without, by their numbers, because it is taken.
    without: HashMap<u64, Vec<Identifier>>,
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
        let mut run = Run {
            source,
            stop,
            report,
            summary,
            added: 0,
            seen: SeenRows::new(),
            left_out: HashSet::new(),
            without: HashMap::new(),
            unit: Unit::Line,
        };
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
            for spared in batch.spared {
                run.is_spared(&spared);
            }
            run.summary.behind.extend(batch.behind);
            let (places, mut accounts, spare) = apart(batch.accounts);
            for (place, account) in places.iter().zip(&accounts) {
                run.seen.note(*place, account);
            }
            let judged = self.look(&accounts).await?;
            let judged = self.look_without_spare(&mut accounts, &spare, judged, &places, run).await?;
            for (((place, account), spare), presence) in places.iter().zip(&accounts).zip(&spare).zip(judged)
            {
                match presence {
                    Presence::Taken(collision @ Collision::WithAccount { .. }) => {
                        run.left_out.insert(place.number);
                        let fault = taken(collision, &places, run.unit);
                        run.is_bad(place.line, fault);
                        continue;
                    }
                    Presence::Here => run.summary.here += 1,
                    Presence::New | Presence::Taken(_) => {
                        run.summary.added += 1;
                        if account.password == ImportedPassword::Empty {
                            run.report.empty_password(run.unit, place.line);
                        }
                        run.summary.without_password += u64::from(!account.password.is_set());
                        run.summary.wrapped += u64::from(is_weak(account));
                    }
                }
                let noted = twins.note(place.number, Identity::of(account), |kind| spare.has(kind));
                noted.map_err(AccountImportError::Notes)?;
            }
            run.report.advances(batch.read);
        }
        let twins = tokio::task::spawn_blocking(|| twins.found()).await;
        let twins = twins.map_err(std::io::Error::other).and_then(|found| found);
        let TwinRows { left_out, without } = TwinRows::of(&twins.map_err(AccountImportError::Notes)?);
        let unit = run.unit;
        for Twin { row, earlier, identifier, .. } in left_out {
            run.left_out.insert(row);
            run.summary.added = run.summary.added.saturating_sub(1);
            let (line, earlier) = (run.seen.line(row), run.seen.line(earlier));
            run.is_bad(line, RowFault::Twin { unit, earlier, identifier });
        }
        for Twin { row, earlier, identifier, .. } in without {
            run.without.entry(row).or_default().push(identifier);
            let (line, earlier) = (run.seen.line(row), run.seen.line(earlier));
            let fault = RowFault::Twin { unit, earlier, identifier };
            run.is_spared(&Spared { unit, line, identifier, fault });
        }
        Ok(())
    }

    async fn look(&self, accounts: &[ImportedAccount]) -> Result<Vec<Presence>, AccountImportError> {
        let judged = self.services.import_accounts.look(Administrator::operator(), accounts).await;
        judged.map_err(|cause| AccountImportError::Accounts { added: 0, cause })
    }

    /// Takes from accounts what they can do without and accounts that exist have, and judges once more.
    async fn look_without_spare<S: Future<Output = ()>>(
        &self,
        accounts: &mut [ImportedAccount],
        spare: &[Spare],
        judged: Vec<Presence>,
        places: &[RowPlace],
        run: &mut Run<'_, S>,
    ) -> Result<Vec<Presence>, AccountImportError> {
        let is_taken =
            |presence: &Presence| matches!(presence, Presence::Taken(Collision::WithAccount { .. }));
        let mut asked = Vec::new();
        for (place, ((account, spare), presence)) in accounts.iter().zip(spare).zip(&judged).enumerate() {
            if is_taken(presence) {
                asked.extend(spare.all().map(|identifier| (place, identifier, probe(account, identifier))));
            }
        }
        if asked.is_empty() {
            return Ok(judged);
        }
        let probes: Vec<ImportedAccount> = asked.iter().map(|(_, _, probe)| probe.clone()).collect();
        let mut spared = Vec::new();
        for ((place, identifier, _), presence) in asked.iter().zip(self.look(&probes).await?) {
            if is_taken(&presence)
                && let Presence::Taken(collision) = presence
                && let (Some(account), Some(RowPlace { number, line })) =
                    (accounts.get_mut(*place), places.get(*place).copied())
            {
                take(account, *identifier);
                let fault = taken(collision, places, run.unit);
                run.without.entry(number).or_default().push(*identifier);
                spared.push((*place, Spared { unit: run.unit, line, identifier: *identifier, fault }));
            }
        }
        let judged = self.look(accounts).await?;
        for (place, spared) in spared {
            // Of an account that is here already, or is not imported, there is nothing more to tell.
            if matches!(
                judged.get(place),
                Some(Presence::New | Presence::Taken(Collision::WithEarlier { .. }))
            ) {
                run.is_spared(&spared);
            }
        }
        Ok(judged)
    }

    async fn import<S: Future<Output = ()>>(&self, run: &mut Run<'_, S>) -> Result<(), AccountImportError> {
        let checked = std::mem::take(&mut run.summary);
        run.summary =
            ImportSummary { rows: checked.rows, bad: checked.bad, behind: checked.behind, ..run.summary };
        let (mut expected, mut pace, mut rows, mut refused) =
            (ExpectedAccounts::default(), Pace::new(Pace::HALF_A_SECOND), 0, 0);
        let wrapping = Wrapping::new(self.passwords.bcrypt_cost(), self.random.clone());
        if checked.wrapped > 0 {
            run.report.wraps(checked.wrapped, wrapping.time(checked.wrapped));
        }
        self.keep_keys(0).await?;
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
            // A row that was not judged in the check is judged when it is added.
            good.retain(|Placed { place: RowPlace { number, .. }, account, .. }| {
                !(run.left_out.contains(number) && run.seen.is_same(*number, account))
            });
            for Placed { place: RowPlace { number, .. }, account, .. } in &mut good {
                if let Some(identifiers) = run.without.get(number)
                    && run.seen.is_same(*number, account)
                {
                    for identifier in identifiers {
                        take(account, *identifier);
                    }
                }
            }
            // Those that are wrapped go in few at a time, so that not much is lost when the import is stopped.
            let any_weak = good.iter().any(|row| is_weak(&row.account));
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
        self.keep_keys(added).await?;
        match refused {
            1.. if !self.skip_bad => Err(AccountImportError::Overtaken { refused, added }),
            _ if rows < checked.rows => Err(AccountImportError::Changed { added }),
            _ => Ok(()),
        }
    }
}

impl AccountImport<'_> {
    /// Keeps the keys that hashes need at logins. The time of the last import counts, so this is done before the first
    /// account and after the last.
    async fn keep_keys(&self, added: u64) -> Result<(), AccountImportError> {
        let kept = self.services.keep_import_keys.execute(Administrator::operator(), &self.passwords.keys());
        kept.await.map_err(|cause| AccountImportError::Keys { added, cause })
    }

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
        let (places, mut accounts, _) = apart(some);
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
            let line = places.get(*place).map_or(0, |place| place.line);
            let fault = taken(*collision, &places, run.unit);
            run.is_bad(line, fault);
        }
        tracing::debug!(rows = places.len(), added = imported.added, "a batch was added");
        Ok(imported.refused.len() as u64)
    }
}

fn apart(placed: Vec<Placed>) -> (Vec<RowPlace>, Vec<ImportedAccount>, Vec<Spare>) {
    let all = placed.into_iter().map(|Placed { place, account, spare }| (place, account, spare));
    all.collect()
}

fn is_weak(account: &ImportedAccount) -> bool {
    matches!(account.password, ImportedPassword::Weak(_))
}

impl<S> Run<'_, S> {
    fn is_bad(&mut self, line: u64, fault: RowFault) {
        self.is_bad_row(&BadRow { unit: self.unit, line, fault });
    }

    fn is_spared(&mut self, spared: &Spared) {
        self.summary.behind.is_lost(spared.counted());
        self.report.spared(spared);
    }

    fn is_bad_row(&mut self, row: &BadRow) {
        self.summary.bad += 1;
        self.report.bad_row(row);
    }
}

fn taken(collision: Collision, places: &[RowPlace], unit: Unit) -> RowFault {
    match collision {
        Collision::WithAccount { account, identifier } => RowFault::Taken { account: account.0, identifier },
        Collision::WithEarlier { place, identifier } => {
            RowFault::Twin { unit, earlier: places.get(place).map_or(0, |place| place.line), identifier }
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
