//! The import of a source.

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::sync::Arc;
use std::time::Instant;

use tokio::time;
use vestibule_application::Services;
use vestibule_application::accounts::{Administrator, Collision, ExpectedAccounts, Judged, Presence};
use vestibule_domain::accounts::import::{Identifier, Identity, ImportedAccount, ImportedPassword};
use vestibule_domain::ports::SecureRandom;

use super::super::super::pace::Pace;
use super::super::super::turns::Turns;
use super::batches::{Batch, Batches, Placed};
use super::error::AccountImportError;
use super::password::Passwords;
use super::report::{ImportSummary, Report, Step};
use super::row_fault::{BadRow, RowFault, Spared, Unit};
use super::rows::RowSource;
use super::seen_rows::{RowPlace, SeenRows};
use super::spare::{Spare, take};
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
    /// How others come to write.
    pub turns: Turns,
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
            let judged = self.look(&mut accounts, &spare, &places, run).await?;
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

    /// Judges accounts, and takes from them what they can do without and accounts that exist have.
    async fn look<S: Future<Output = ()>>(
        &self,
        accounts: &mut [ImportedAccount],
        spare: &[Spare],
        places: &[RowPlace],
        run: &mut Run<'_, S>,
    ) -> Result<Vec<Presence>, AccountImportError> {
        let is_spare = |place: usize, kind| spare.get(place).is_some_and(|spare| spare.has(kind));
        let judged = self.services.import_accounts.look(Administrator::operator(), accounts, is_spare).await;
        let judged = judged.map_err(|cause| AccountImportError::Accounts { added: 0, cause })?;
        let mut presences = Vec::with_capacity(judged.len());
        for ((account, place), Judged { presence, without }) in accounts.iter_mut().zip(places).zip(judged) {
            for (identifier, collision) in without {
                take(account, identifier);
                run.without.entry(place.number).or_default().push(identifier);
                // Of an account that is here already there is nothing more to tell.
                if presence != Presence::Here {
                    let (unit, line, fault) = (run.unit, place.line, taken(collision, places, run.unit));
                    run.is_spared(&Spared { unit, line, identifier, fault });
                }
            }
            presences.push(presence);
        }
        Ok(presences)
    }

    async fn import<S: Future<Output = ()>>(&self, run: &mut Run<'_, S>) -> Result<(), AccountImportError> {
        let checked = std::mem::take(&mut run.summary);
        run.summary =
            ImportSummary { rows: checked.rows, bad: checked.bad, behind: checked.behind, ..run.summary };
        let (mut expected, mut pace, mut rows, mut refused) =
            (ExpectedAccounts::default(), Pace::new(self.turns.batch), 0, 0);
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
            let (read, batch_rows) = (batch.read, batch.rows);
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
                let (began, before) = (Instant::now(), run.added);
                refused += self.add(some, any_weak, &wrapping, &mut expected, run).await?;
                if !any_weak && run.added > before {
                    pace.took(batch_rows, began.elapsed());
                    rested = time::Instant::now() + self.turns.rest;
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
        let keys = self.passwords.keys();
        let kept = self.services.keep_import_keys.execute(Administrator::operator(), &keys).await;
        kept.map_err(|cause| AccountImportError::Keys { added, cause })
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
            let judged = imports.look(operator, &accounts, |_, _| false).await;
            let judged = judged.map_err(|cause| AccountImportError::Accounts { added, cause })?;
            let new = accounts.iter_mut().zip(judged).filter(|(_, judged)| judged.presence == Presence::New);
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
