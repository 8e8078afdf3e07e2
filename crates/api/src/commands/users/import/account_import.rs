//! The import of a source.

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use vestibule_application::Services;
use vestibule_application::accounts::{Administrator, Collision, ImportedAccounts, Judged, Presence};
use vestibule_domain::accounts::import::{Identifier, Identity, ImportedAccount, ImportedPassword};
use vestibule_domain::ports::SecureRandom;

use super::super::super::turns::Turns;
use super::batches::{Batch, Batches, Placed};
use super::counted::Counted;
use super::error::AccountImportError;
use super::lanes::{Lanes, Read};
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
pub(super) struct Run<'r> {
    source: Arc<dyn RowSource>,
    report: &'r mut dyn Report,
    pub(super) summary: ImportSummary,
    /// Accounts that were added by now.
    pub(super) added: u64,
    /// The good rows of the check.
    seen: SeenRows,
    /// The numbers of good rows that are left out all the same.
    left_out: HashSet<u64>,
    /// What others come without, by their numbers, because it is taken.
    without: HashMap<u64, Vec<Identifier>>,
    /// What the source counts.
    unit: Unit,
    /// How much of the source this step has gone through, in bytes.
    read: u64,
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
        let mut stop = std::pin::pin!(stop);
        let mut run = Run {
            source,
            report,
            summary,
            added: 0,
            seen: SeenRows::new(),
            left_out: HashSet::new(),
            without: HashMap::new(),
            unit: Unit::Line,
            read: 0,
        };
        run.report.begins(Step::Check, bytes);
        let checked = self.check(&mut run, stop.as_mut()).await;
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
            run.read = 0;
            run.report.begins(Step::Import, bytes);
            let imported = self.import(&mut run, stop).await;
            run.report.ends();
            imported?;
        }
        run.summary.took = began.elapsed();
        Ok(run.summary)
    }

    async fn check(
        &self,
        run: &mut Run<'_>,
        mut stop: Pin<&mut impl Future<Output = ()>>,
    ) -> Result<(), AccountImportError> {
        let mut twins = Twins::new();
        let mut reading = Batches::of(run.source.clone(), self.passwords.clone());
        while let Some(batch) = next(&mut reading, stop.as_mut(), CHECKED_ROWS).await? {
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
                    Presence::Here => {}
                    Presence::New | Presence::Taken(_) => {
                        if account.password == ImportedPassword::Empty {
                            run.report.empty_password(run.unit, place.line);
                        }
                    }
                }
                let counted = Counted::of(presence, &account.password);
                counted.count(&mut run.summary);
                run.seen.counts(place.number, counted);
                let noted = twins.note(place.number, Identity::of(account), |kind| spare.has(kind));
                noted.map_err(AccountImportError::Notes)?;
            }
            run.advances(batch.read);
        }
        let twins = tokio::task::spawn_blocking(|| twins.found()).await;
        let twins = twins.map_err(std::io::Error::other).and_then(|found| found);
        let TwinRows { left_out, without } = TwinRows::of(&twins.map_err(AccountImportError::Notes)?);
        let unit = run.unit;
        for Twin { row, earlier, identifier, .. } in left_out {
            run.left_out.insert(row);
            if let Some(counted) = run.seen.counted(row) {
                counted.take_back(&mut run.summary);
            }
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
    async fn look(
        &self,
        accounts: &mut [ImportedAccount],
        spare: &[Spare],
        places: &[RowPlace],
        run: &mut Run<'_>,
    ) -> Result<Vec<Presence>, AccountImportError> {
        let is_spare = |place: usize, kind| spare.get(place).is_some_and(|spare| spare.has(kind));
        let judged = self.services.import_accounts.look(Administrator::operator(), accounts, is_spare).await;
        let judged = judged?;
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

    async fn import(
        &self,
        run: &mut Run<'_>,
        stop: Pin<&mut impl Future<Output = ()>>,
    ) -> Result<(), AccountImportError> {
        let checked = std::mem::take(&mut run.summary);
        run.summary =
            ImportSummary { rows: checked.rows, bad: checked.bad, behind: checked.behind, ..run.summary };
        let wrapping = Wrapping::new(self.passwords.bcrypt_cost(), self.random.clone());
        if checked.wrapped > 0 {
            run.report.wraps(checked.wrapped, wrapping.time(checked.wrapped));
        }
        let keys = self.passwords.keys();
        let kept = self.services.keep_import_keys.execute(Administrator::operator(), &keys).await;
        kept.map_err(AccountImportError::Keys)?;
        let mut lanes = Lanes::new(&self.services.import_accounts, &keys, self.turns);
        let imported = self.import_all(run, stop, &mut lanes, &wrapping).await;
        // What is under way ends all the same, and is counted.
        let ended = lanes.end(run).await;
        run.summary.added = run.added;
        let outcome = imported.and_then(|rows| ended.map(|()| rows)).and_then(|rows| match lanes.refused() {
            refused @ 1.. if !self.skip_bad => Err(AccountImportError::Overtaken { refused, added: 0 }),
            _ if rows < checked.rows => Err(AccountImportError::Changed { added: 0 }),
            _ => Ok(()),
        });
        outcome.map_err(|error| error.after(run.added))
    }

    /// Answers how many rows there were.
    async fn import_all(
        &self,
        run: &mut Run<'_>,
        mut stop: Pin<&mut impl Future<Output = ()>>,
        lanes: &mut Lanes<'_>,
        wrapping: &Wrapping,
    ) -> Result<u64, AccountImportError> {
        let (most, mut rows) = (run.summary.rows, 0);
        let mut reading = Batches::of(run.source.clone(), self.passwords.clone());
        loop {
            lanes.have_room(run).await?;
            let reads = next(&mut reading, stop.as_mut(), lanes.rows());
            let Some(batch) = lanes.beside(reads, run).await? else { return Ok(rows) };
            rows += batch.rows as u64;
            if rows > most || (!self.skip_bad && !batch.bad.is_empty()) {
                return Err(AccountImportError::Changed { added: 0 });
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
            if good.iter().any(|row| is_weak(&row.account)) {
                self.wrap_and_add(good, stop.as_mut(), lanes, wrapping, run).await?;
                run.advances(read);
            } else {
                let (places, accounts, _) = apart(good);
                lanes.add(places, accounts, Some(Read { rows: batch_rows, bytes: read }), run).await?;
            }
        }
    }

    /// Those that are wrapped go in few at a time, so that not much is lost when the import is stopped.
    async fn wrap_and_add(
        &self,
        mut good: Vec<Placed>,
        mut stop: Pin<&mut impl Future<Output = ()>>,
        lanes: &mut Lanes<'_>,
        wrapping: &Wrapping,
        run: &mut Run<'_>,
    ) -> Result<(), AccountImportError> {
        let (imports, operator) = (&self.services.import_accounts, Administrator::operator());
        while !good.is_empty() {
            let rest = good.split_off(good.len().min(AT_ONCE));
            let (places, mut accounts, _) = apart(std::mem::replace(&mut good, rest));
            // A unit of work that waits for hashes would make others wait.
            lanes.end(run).await?;
            // Those that are here already cost nothing when an import goes on.
            let judged = imports.look(operator, &accounts, |_, _| false).await;
            let judged = judged?;
            let new = accounts.iter_mut().zip(judged).filter(|(_, judged)| judged.presence == Presence::New);
            let mut weak: Vec<_> =
                new.map(|(account, _)| account).filter(|account| is_weak(account)).collect();
            let wrapped = wrapping.wrap(&mut weak);
            tokio::select! {
                biased;
                () = stop.as_mut() => return Err(AccountImportError::Stopped { added: 0 }),
                () = wrapped => {}
            }
            run.summary.wrapped += weak.len() as u64;
            lanes.add(places, accounts, None, run).await?;
        }
        lanes.end(run).await
    }
}

fn apart(placed: Vec<Placed>) -> (Vec<RowPlace>, Vec<ImportedAccount>, Vec<Spare>) {
    let all = placed.into_iter().map(|Placed { place, account, spare }| (place, account, spare));
    all.collect()
}

fn is_weak(account: &ImportedAccount) -> bool {
    matches!(account.password, ImportedPassword::Weak(_))
}

impl Run<'_> {
    /// Notes what became of accounts that were added at once, and answers how many were refused.
    pub(super) fn is_added(&mut self, places: &[RowPlace], imported: &ImportedAccounts) -> u64 {
        self.added += imported.added;
        self.summary.here += imported.here;
        self.summary.without_password += imported.without_password;
        for (place, collision) in &imported.refused {
            let line = places.get(*place).map_or(0, |place| place.line);
            self.is_bad(line, taken(*collision, places, self.unit));
        }
        tracing::debug!(rows = places.len(), added = imported.added, "a batch was added");
        imported.refused.len() as u64
    }

    /// The source up to here was gone through. Batches may end in another order than they began.
    pub(super) fn advances(&mut self, read: u64) {
        self.read = self.read.max(read);
        self.report.advances(self.read);
    }

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
async fn next(
    reading: &mut Batches,
    stop: Pin<&mut impl Future<Output = ()>>,
    rows: usize,
) -> Result<Option<Batch>, AccountImportError> {
    tokio::select! {
        biased;
        () = stop => Err(AccountImportError::Stopped { added: 0 }),
        batch = reading.next(rows) => batch.map_err(|cause| AccountImportError::Source { added: 0, cause }),
    }
}
