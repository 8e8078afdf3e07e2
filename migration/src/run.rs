//! Running the history.

use std::collections::HashMap;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{DatabaseConnection, DbBackend};
use time::OffsetDateTime;

use crate::Migrator;
use crate::applied::{Applied, HISTORY, OLDEST_RELEASE, applied, note_oldest_release};
use crate::exclusive::Run;
use crate::release::{THIS, is_at_least, oldest_beside};

/// One change of the history, and whether this database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The name of its file.
    pub name: String,
    /// When it was applied; `None` while it is pending.
    pub applied_at: Option<OffsetDateTime>,
    /// Whether a newer release applied it, beside which this one can run. This build does not know the change.
    pub is_newer: bool,
}

impl Step {
    /// Whether the database has it.
    pub fn is_applied(&self) -> bool {
        self.applied_at.is_some()
    }
}

/// The whole history, oldest change first, and then those of newer releases. Changes nothing, and needs no right to
/// change anything.
///
/// Fails if the database has a change of a newer release that does not say that this release can run beside it.
pub async fn status(db: &DatabaseConnection) -> Result<Vec<Step>, DbErr> {
    history(&SchemaManager::new(db)).await
}

/// The whole history, as [`status`] answers it of a database in which there is nothing.
pub fn status_of_nothing() -> Vec<Step> {
    steps(&mut HashMap::new())
}

/// The names of the changes that this database does not have yet. Changes nothing.
///
/// # Errors
/// As [`status`].
pub async fn pending(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    Ok(lacking(&status(db).await?))
}

/// The names of the changes that were not applied.
pub fn lacking(history: &[Step]) -> Vec<String> {
    names(history, |step| !step.is_applied())
}

/// The names of the changes that a newer release applied.
pub fn newer(history: &[Step]) -> Vec<String> {
    names(history, |step| step.is_newer)
}

/// Applies all pending changes. Does nothing when there is none.
///
/// Fails if there is one, and a newer release was here: the changes would be made in another order.
pub async fn up(db: &DatabaseConnection) -> Result<(), DbErr> {
    up_by(db, u32::MAX).await
}

/// Applies the next pending changes, `steps` at the most.
///
/// # Errors
/// As [`up`].
pub async fn up_by(db: &DatabaseConnection, steps: u32) -> Result<(), DbErr> {
    let run = Run::begin(db).await?;
    let done = apply(&run, steps).await;
    run.end(done).await
}

/// Takes back the last changes, `steps` at the most, and loses the data in them.
///
/// Fails if a newer release was here, whose changes this one cannot take back.
pub async fn down_by(db: &DatabaseConnection, steps: u32) -> Result<(), DbErr> {
    let run = Run::begin(db).await?;
    let done = take_back(&run, Some(steps)).await;
    run.end(done).await
}

/// Takes back all changes, then applies them again. All data is lost.
///
/// # Errors
/// As [`down_by`].
pub async fn refresh(db: &DatabaseConnection) -> Result<(), DbErr> {
    let run = Run::begin(db).await?;
    let mut done = take_back(&run, None).await;
    if done.is_ok() {
        done = apply(&run, u32::MAX).await;
    }
    run.end(done).await
}

/// Drops every table, whoever made it, and then applies all changes. All data is lost.
///
/// On SQLite `db` must be one connection, as [`connect`](crate::connect::connect) opens it, because foreign keys are
/// switched off for a moment, per connection.
pub async fn fresh(db: &DatabaseConnection) -> Result<(), DbErr> {
    if db.get_database_backend() == DbBackend::Sqlite {
        // The switch has no effect inside a transaction.
        Migrator::fresh(db).await?;
        return note_all(&SchemaManager::new(db)).await;
    }
    let run = Run::begin(db).await?;
    let mut done = Migrator::fresh(run.executor()).await;
    if done.is_ok() {
        done = note_all(&SchemaManager::new(run.executor())).await;
    }
    run.end(done).await
}

async fn apply(run: &Run, steps: u32) -> Result<(), DbErr> {
    let manager = SchemaManager::new(run.executor());
    let history = history(&manager).await?;
    let mut pending = lacking(&history);
    let newer = newer(&history);
    if !newer.is_empty() && !pending.is_empty() {
        return Err(DbErr::Custom(format!(
            "a newer release was here ({}) and left out {}: run `migration up` of that release",
            newer.join(", "),
            pending.join(", ")
        )));
    }
    pending.truncate(usize::try_from(steps).unwrap_or(usize::MAX));
    // Each note follows its change at once: MySQL keeps both, and an older server may start in between.
    for together in pending.split_inclusive(|change| oldest_beside(change).is_some()) {
        Migrator::up(run.executor(), together.len().try_into().ok()).await?;
        if let Some(last) = together.last() {
            note_oldest_release(&manager, last).await?;
        }
    }
    // A run that was killed between a change and its note left the note out.
    if manager.has_column(HISTORY, OLDEST_RELEASE).await? {
        note_all(&manager).await?;
    }
    Ok(())
}

async fn take_back(run: &Run, steps: Option<u32>) -> Result<(), DbErr> {
    let newer = newer(&history(&SchemaManager::new(run.executor())).await?);
    if !newer.is_empty() {
        return Err(DbErr::Custom(format!(
            "a newer release was here: take its changes back first, with its own `migration down`: {}",
            newer.join(", ")
        )));
    }
    Migrator::down(run.executor(), steps).await
}

/// Notes for every applied change beside which releases it can run.
async fn note_all(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for change in Migrator::migrations() {
        note_oldest_release(manager, change.name()).await?;
    }
    Ok(())
}

async fn history(manager: &SchemaManager<'_>) -> Result<Vec<Step>, DbErr> {
    let mut applied: HashMap<String, Applied> =
        applied(manager).await?.into_iter().map(|change| (change.name.clone(), change)).collect();
    let mut history = steps(&mut applied);
    let mut newer: Vec<Applied> = applied.into_values().collect();
    newer.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    refuse_incompatible(&newer)?;
    history.extend(newer.into_iter().map(|change| Step {
        name: change.name,
        applied_at: Some(time(change.at)),
        is_newer: true,
    }));
    Ok(history)
}

/// The changes that this build knows. Those of them that were applied are taken out of `applied`.
fn steps(applied: &mut HashMap<String, Applied>) -> Vec<Step> {
    let changes = Migrator::migrations();
    let steps = changes.iter().map(|change| Step {
        name: change.name().to_owned(),
        applied_at: applied.remove(change.name()).map(|change| time(change.at)),
        is_newer: false,
    });
    steps.collect()
}

/// Fails if this release cannot run beside a change that it does not know.
fn refuse_incompatible(newer: &[Applied]) -> Result<(), DbErr> {
    let refused: Vec<String> = newer
        .iter()
        .filter(|change| !change.oldest_release.as_deref().is_some_and(is_at_least))
        .map(|change| match &change.oldest_release {
            Some(release) => format!("{} (needs release {release} or newer)", change.name),
            None => format!("{} (needs a release that knows it)", change.name),
        })
        .collect();
    if refused.is_empty() {
        return Ok(());
    }
    Err(DbErr::Custom(format!(
        "a newer release migrated the database, and release {THIS} cannot run beside that: {}",
        refused.join(", ")
    )))
}

fn names(history: &[Step], which: impl Fn(&Step) -> bool) -> Vec<String> {
    history.iter().filter(|step| which(step)).map(|step| step.name.clone()).collect()
}

/// The time this many seconds after 1970. A number that is no time, which nobody writes, becomes 1970.
fn time(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}
