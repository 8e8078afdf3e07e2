//! A copy, from the first look to the comparison.

use std::pin::Pin;

use futures::FutureExt as _;

use super::cell::Cell;
use super::compare::{compare, key_of};
use super::error::CopyError;
use super::place::CopyPlace;
use super::plan::plan;
use super::side::{Reading, Row, Side};
use super::table::{self, Table};
use super::{marker, references};

/// How many rows a batch has at the most, and after how many bytes it ends.
pub(super) const ROWS: usize = 10_000;
const BYTES: usize = 4 << 20;

/// How long the name of a source is in a mark.
const MARK: usize = 500;

/// Tables with rows that migrations write.
const SEEDED: [&str; 1] = ["user_groups"];

/// What a copy is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyStep {
    /// Rows are added to the target.
    Copy,
    /// Both sides are read and compared.
    Compare,
}

/// Who is told how far a copy is.
pub trait CopyReport: Send {
    /// A step begins, over so many rows.
    fn begins(&mut self, step: CopyStep, rows: u64);
    /// So many more rows are done.
    fn advances(&mut self, rows: u64);
}

/// What was copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Each table, parents first.
    pub tables: Vec<CopiedTable>,
    /// Whether the copy went on where another was cut off.
    pub is_resumed: bool,
}

/// A table that is the same on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopiedTable {
    /// Its name.
    pub name: String,
    /// How many rows it has.
    pub rows: u64,
    /// SHA-256 over all values in the order of the primary key, the same on every database.
    pub checksum: String,
}

/// The rows of one table, compared.
pub(super) struct SameRows {
    pub(super) rows: u64,
    pub(super) checksum: String,
}

/// What there is where a copy shall go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyTarget {
    /// No rows but those that migrations write, and perhaps no tables.
    Empty,
    /// A copy that was cut off.
    Unfinished,
    /// Rows in these tables.
    Full(Vec<String>),
}

/// Asked between two batches whether to stop.
pub(super) struct Stop<'s>(Pin<&'s mut (dyn Future<Output = ()> + Send)>);

impl Stop<'_> {
    pub(super) fn look(&mut self) -> Result<(), CopyError> {
        match self.0.as_mut().now_or_never() {
            Some(()) => Err(CopyError::Stopped),
            None => Ok(()),
        }
    }
}

/// All columns of the next rows.
pub(super) fn everything(table: &Table, after: Option<Row>) -> Reading {
    Reading {
        columns: (0..table.columns.len()).collect(),
        after,
        above_key: None,
        is_backwards: false,
        rows: ROWS,
        bytes: BYTES,
    }
}

/// Looks at what there is where a copy shall go. Changes nothing.
///
/// # Errors
/// If the database cannot be reached or read.
pub async fn inspect(place: &CopyPlace) -> Result<CopyTarget, CopyError> {
    let mut side = place.open(false).await?;
    let found = look(&mut *side).await;
    let closed = side.close().await;
    found.and_then(|found| closed.map(|()| found))
}

async fn look(side: &mut dyn Side) -> Result<CopyTarget, CopyError> {
    // The rows of a mark that says nothing are looked at: the copy had not begun.
    if marker::read(side).await?.is_some_and(|mark| mark.source.is_some()) {
        return Ok(CopyTarget::Unfinished);
    }
    let mut full = Vec::new();
    for table in table::read(side).await? {
        let has_rows = side
            .number(&format!("SELECT count(*) FROM (SELECT 1 FROM {} LIMIT 1) AS first", table.name))
            .await;
        if has_rows? != Some(0) && !SEEDED.contains(&table.name.as_str()) {
            full.push(table.name);
        }
    }
    Ok(if full.is_empty() { CopyTarget::Empty } else { CopyTarget::Full(full) })
}

/// Copies everything, compares, and takes the mark away. Both databases have the schema of this build. A copy that was
/// cut off goes on; `stop` is asked between two batches.
///
/// # Errors
/// If the target has rows that are not of this copy, a database fails, or the two sides differ in the end. The target
/// keeps its mark then.
pub async fn copy(
    from: &CopyPlace,
    to: &CopyPlace,
    stop: impl Future<Output = ()> + Send,
    report: &mut dyn CopyReport,
) -> Result<Copied, CopyError> {
    let mut stop = std::pin::pin!(stop);
    let mut stop = Stop(stop.as_mut());
    let mut source = from.open(false).await?;
    let mut target = to.open(true).await?;
    let copied = between(from, &mut *source, &mut *target, &mut stop, report).await;
    // The first error is told.
    let closed = (source.close().await, target.close().await);
    copied.and_then(|copied| closed.0.and(closed.1).map(|()| copied))
}

async fn between(
    from: &CopyPlace,
    source: &mut dyn Side,
    target: &mut dyn Side,
    stop: &mut Stop<'_>,
    report: &mut dyn CopyReport,
) -> Result<Copied, CopyError> {
    stop.look()?;
    if marker::read(source).await?.is_some() {
        return Err(CopyError::SourceUnfinished);
    }
    let tables = plan(&table::read(source).await?, &table::read(target).await?)?;
    let is_resumed = begin(from, source, target).await?;
    source.begin_snapshot().await?;
    let mut total = 0;
    for table in &tables {
        let rows = source.number(&format!("SELECT count(*) FROM {}", table.name)).await?;
        total += rows.unwrap_or_default().unsigned_abs();
    }
    report.begins(CopyStep::Copy, total);
    for table in &tables {
        rows(source, target, table, is_resumed, stop, report).await?;
        references::set(source, target, table, stop).await?;
        if table.is_numbered {
            number_on(source, target, table).await?;
        }
    }
    target.flush().await?;
    // What is compared is what the source is now: whoever wrote to it during the copy would lose that.
    source.run("COMMIT").await?;
    source.begin_snapshot().await?;
    report.begins(CopyStep::Compare, total);
    let (mut copied, mut differences) = (Vec::new(), Vec::new());
    for table in &tables {
        match compare(source, target, table, stop, report).await? {
            Ok(same) => copied.push(CopiedTable {
                name: table.name.clone(),
                rows: same.rows,
                checksum: same.checksum,
            }),
            Err(difference) => differences.push(difference),
        }
    }
    source.run("COMMIT").await?;
    if !differences.is_empty() {
        return Err(CopyError::Differs(differences));
    }
    marker::remove(target).await?;
    target.flush().await?;
    Ok(Copied { tables: copied, is_resumed })
}

/// Marks the target, or finds the mark of this source there. Answers whether a copy goes on.
async fn begin(from: &CopyPlace, source: &mut dyn Side, target: &mut dyn Side) -> Result<bool, CopyError> {
    let own = identity(from, source).await?;
    let mark = match marker::read(target).await? {
        Some(mark) if mark.source.as_ref().is_some_and(|of| *of != own) => {
            return Err(CopyError::AnotherSource { of: mark.source.unwrap_or_default() });
        }
        mark => mark,
    };
    let is_marked = mark.as_ref().is_some_and(|mark| mark.source.is_some());
    if !is_marked {
        if let CopyTarget::Full(tables) = look(target).await? {
            return Err(CopyError::TargetNotEmpty(tables));
        }
        marker::put(target, &own).await?;
        if marker::read(source).await?.is_some() {
            marker::remove(target).await?;
            return Err(CopyError::SameDatabase);
        }
    }
    if !mark.as_ref().is_some_and(|mark| mark.is_cleared) {
        marker::clear(target, &SEEDED).await?;
    }
    Ok(is_marked)
}

/// By what a source is known when a copy of it goes on: the id of its installation, or its place if no server gave it
/// one yet.
async fn identity(from: &CopyPlace, source: &mut dyn Side) -> Result<String, CopyError> {
    let tables = table::read(source).await?;
    if let Some(installation) = tables.iter().find(|table| table.name == "installation")
        && let Some(place) = installation.columns.iter().position(|column| column.name == "uuid")
    {
        let reading = Reading { columns: vec![place], ..everything(installation, None) };
        let rows = source.read(installation, &reading).await?.rows;
        if let Some(Cell::Uuid(id)) = rows.into_iter().flatten().next() {
            return Ok(format!("installation {id}"));
        }
    }
    // The mark is kept in whatever letters the target has.
    Ok(from.to_string().escape_default().take(MARK).collect())
}

/// Copies the rows of a table, reading the next batch while one is written.
async fn rows(
    source: &mut dyn Side,
    target: &mut dyn Side,
    table: &Table,
    is_resumed: bool,
    stop: &mut Stop<'_>,
    report: &mut dyn CopyReport,
) -> Result<(), CopyError> {
    let mut after = None;
    if is_resumed {
        let last =
            Reading { columns: table.key.clone(), is_backwards: true, rows: 1, ..everything(table, None) };
        after = target.read(table, &last).await?.rows.into_iter().next();
        let there = target.number(&format!("SELECT count(*) FROM {}", table.name)).await?;
        report.advances(there.unwrap_or_default().unsigned_abs());
    }
    let mut batch = source.read(table, &everything(table, after.clone())).await?;
    loop {
        stop.look()?;
        if batch.rows.is_empty() {
            return Ok(());
        }
        let told = after.iter().flatten().map(Cell::to_string).collect::<Vec<_>>().join(", ");
        after = batch.rows.last().map(|row| key_of(table, row));
        references::leave_out(table, &mut batch.rows);
        let count = batch.rows.len() as u64;
        if batch.is_last {
            target.write(table, &batch.rows, &told).await?;
            report.advances(count);
            return Ok(());
        }
        let next = everything(table, after.clone());
        let (written, next) =
            tokio::join!(target.write(table, &batch.rows, &told), source.read(table, &next));
        written?;
        batch = next?;
        report.advances(count);
    }
}

/// Lets the target give the numbers that the source would have given: none is given twice.
async fn number_on(source: &mut dyn Side, target: &mut dyn Side, table: &Table) -> Result<(), CopyError> {
    let Some(key) = table.key_columns().next() else { return Ok(()) };
    let last = target.number(&format!("SELECT max({}) FROM {}", key.name, table.name)).await?;
    let next = source.next_id(table).await?.unwrap_or(1).max(last.unwrap_or_default() + 1);
    target.set_next_id(table, next).await
}
