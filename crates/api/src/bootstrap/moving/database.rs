//! A copy of a database into another, of whatever kind each is.

use anyhow::{Context as _, bail};
use vestibule_infrastructure::db::copy::{
    CopyError, CopyPlace, CopyReport, CopyStep, CopyTarget, copy, inspect,
};

use super::super::database::refuse_cut_off_restore;
use super::Progress;

/// What was copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopiedDatabase {
    /// Each table, parents first.
    pub tables: Vec<CopiedRows>,
    /// Whether the copy went on where another was cut off.
    pub is_resumed: bool,
}

/// A table that is the same on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopiedRows {
    /// Its name.
    pub table: String,
    /// How many rows it has.
    pub rows: u64,
    /// SHA-256 of its values, the same on every database.
    pub checksum: String,
}

/// Copies the database at one URL into the one at another, which is migrated first if it has no rows. No message
/// quotes a URL.
pub async fn copy_database(
    from: &str,
    to: &str,
    stop: impl Future<Output = ()> + Send,
    progress: &dyn Progress,
) -> anyhow::Result<CopiedDatabase> {
    let source = CopyPlace::parse(from).context("the source")?;
    let target = CopyPlace::parse(to).context("the target")?;
    refuse_cut_off_restore(from).with_context(|| format!("the source, the {source}"))?;
    if source.is_missing_file() {
        bail!("there is no {source}");
    }
    let history = history(from).await.with_context(|| format!("the source, the {source}"))?;
    let (lacking, newer) = (migration::lacking(&history), migration::newer(&history));
    if !lacking.is_empty() {
        bail!(
            "the source lacks {} migration(s): {}; run `migration up` of this release on it first",
            lacking.len(),
            lacking.join(", ")
        );
    }
    if !newer.is_empty() {
        // The target would have the rows of a change and not the change, which would be made once more.
        bail!("a newer release migrated the source: {}; copy with that release", newer.join(", "));
    }
    refuse_cut_off_restore(to).with_context(|| format!("the target, the {target}"))?;
    let target_url = with_file(to, &target);
    prepare(&target_url, &target).await.with_context(|| format!("the target, the {target}"))?;
    let copied = copy(&source, &target, stop, &mut Told(progress)).await?;
    let rows = copied.tables.into_iter().map(|table| CopiedRows {
        table: table.name,
        rows: table.rows,
        checksum: table.checksum,
    });
    Ok(CopiedDatabase { tables: rows.collect(), is_resumed: copied.is_resumed })
}

/// The migrations of a database. Fails if it has one beside which this build cannot run.
async fn history(url: &str) -> anyhow::Result<Vec<migration::Step>> {
    migration::connect::refuse_pooler(url).await?;
    let connection = migration::connect::connect(url).await.context("it could not be opened")?;
    let history = migration::status(&connection).await.context("the schema could not be read");
    connection.close().await?;
    history
}

/// Brings the schema of a target without rows up to date.
async fn prepare(url: &str, target: &CopyPlace) -> anyhow::Result<()> {
    let found = if target.is_missing_file() { CopyTarget::Empty } else { inspect(target).await? };
    match found {
        CopyTarget::Full(tables) => return Err(CopyError::TargetNotEmpty(tables).into()),
        CopyTarget::Unfinished => {
            let history = history(url).await?;
            if history.iter().any(|step| step.is_newer || !step.is_applied()) {
                bail!("it is an unfinished copy by another release; empty it, and copy anew");
            }
        }
        CopyTarget::Empty => {
            migration::connect::refuse_pooler(url).await?;
            let connection = migration::connect::connect(url).await.context("it could not be opened")?;
            let done = migration::up(&connection).await.context("the schema could not be brought up to date");
            connection.close().await?;
            done?;
        }
    }
    Ok(())
}

/// The URL under which a missing file is made, unless the URL itself says how it is opened.
fn with_file(url: &str, place: &CopyPlace) -> String {
    if !place.is_missing_file() || url.contains("mode=") {
        return url.to_owned();
    }
    format!("{url}{}mode=rwc", if url.contains('?') { '&' } else { '?' })
}

struct Told<'p>(&'p dyn Progress);

impl CopyReport for Told<'_> {
    fn begins(&mut self, step: CopyStep, rows: u64) {
        self.0.begins(
            match step {
                CopyStep::Copy => "copying",
                CopyStep::Compare => "comparing",
            },
            rows,
        );
    }

    fn advances(&mut self, rows: u64) {
        self.0.advances(rows);
    }
}
