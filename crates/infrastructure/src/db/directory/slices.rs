//! Parts of lists, read from an index entry by entry.
//!
//! Where few of very many entries are wanted, no index may know which. So a part looks at so many entries, answers
//! those that are wanted, and says how far it came. The entries come from a query with an order and a limit of its own,
//! and what is wanted is asked outside of it: that keeps every database at the index, whatever it thinks of the
//! condition. The outer query has no order, which would have all entries read before the first is answered.

use sea_orm::{DbBackend, Statement, Value};
use vestibule_domain::page::{Part, Reach};
use vestibule_domain::store::StoreError;

use super::super::entities::Utc;
use super::super::errors::store_error;
use super::super::pool::{Columns, Statements};

/// A list in the order of a time and of ids.
pub(super) struct ByTime {
    pub(super) table: &'static str,
    /// The column of the account.
    pub(super) account: &'static str,
    /// The column of the time.
    pub(super) at: &'static str,
    /// The index that is read.
    pub(super) index: &'static str,
    /// The columns of the index before that of the time. All entries of the list are alike in them; PostgreSQL takes
    /// the index for an order that names them, and MySQL and MariaDB sort all entries for such an order.
    pub(super) alike: &'static [&'static str],
    /// The condition of the list, by those columns.
    pub(super) is_listed: String,
    /// The columns that the conditions on entries look at.
    pub(super) seen: &'static [&'static str],
    /// The conditions on entries. Without any, all are wanted.
    pub(super) wanted: Vec<String>,
    pub(super) is_newest_first: bool,
}

/// The account of an entry, its time, and its id.
pub(super) type TimedEntry = (i64, Utc, i64);

/// Where an entry stands: its time and its id.
pub(super) type TimedPlace = (Utc, i64);

/// Which entries of a list by time.
#[derive(Clone, Copy)]
pub(super) enum Span {
    All,
    /// Those of this moment after this id.
    OfMoment(Utc, i64),
    /// Those after this moment.
    Beyond(Utc),
}

impl ByTime {
    /// The entries after a place, or the first ones.
    ///
    /// Those of the same moment are asked for first: an import may have given very many accounts one moment, and a
    /// condition on both columns at once would have most databases pass over them.
    pub(super) async fn part(
        &self,
        connection: &impl Statements,
        after: Option<TimedPlace>,
        reach: Reach,
    ) -> Result<Part<TimedEntry, TimedPlace>, StoreError> {
        let backend = connection.get_database_backend();
        let spans = match after {
            None => vec![Span::All],
            Some((at, id)) => vec![Span::OfMoment(at, id), Span::Beyond(at)],
        };
        let (mut items, mut last) = (Vec::new(), after);
        for span in spans {
            let missing = reach.items.saturating_sub(items.len() as u64);
            // One more than is wanted tells whether another one follows.
            let hits = self.hits(backend, span, missing.saturating_add(1), reach.looked_at);
            let mut rows: Vec<TimedEntry> = read(connection, hits).await?;
            let has_more = rows.len() as u64 > missing;
            rows.truncate(usize::try_from(missing).unwrap_or(usize::MAX));
            last = rows.last().map(|(_, at, id)| (*at, *id)).or(last);
            items.extend(rows);
            if has_more {
                return Ok(Part { items, next: last });
            }
            if !self.wanted.is_empty() {
                let end = self.entries(backend, span, &self.place(), &at_end_of(reach));
                if let Some((_, at, id)) = read::<TimedEntry>(connection, end).await?.pop() {
                    return Ok(Part { items, next: Some((at, id)) });
                }
            }
        }
        Ok(Part { items, next: None })
    }

    /// The columns of a [`TimedEntry`].
    fn place(&self) -> String {
        format!("{} AS account, {} AS moment, id AS entry", self.account, self.at)
    }

    /// The statement that reads the entries that are wanted.
    pub(super) fn hits(&self, backend: DbBackend, span: Span, limit: u64, looked_at: u64) -> Statement {
        let mut columns = self.place();
        if self.wanted.is_empty() {
            return self.entries(backend, span, &columns, &limit.to_string());
        }
        for column in self.seen {
            columns.push_str(", ");
            columns.push_str(column);
        }
        let mut hits = self.entries(backend, span, &columns, &looked_at.to_string());
        let (entries, wanted) = (&hits.sql, self.wanted.join(" AND "));
        hits.sql = format!(
            "SELECT account, moment, entry FROM ({entries}) AS looked_at WHERE {wanted} LIMIT {limit}"
        );
        hits
    }

    fn entries(&self, backend: DbBackend, span: Span, columns: &str, limit: &str) -> Statement {
        let Self { table, at, is_listed, .. } = self;
        let is_mysql = backend == DbBackend::MySql;
        let (direction, beyond) = if self.is_newest_first { ("DESC", "<") } else { ("ASC", ">") };
        let [first, second] = places(backend);
        let (which, values): (String, Vec<Value>) = match span {
            Span::All => (String::new(), Vec::new()),
            Span::OfMoment(moment, id) => {
                (format!(" AND {at} = {first} AND id {beyond} {second}"), vec![moment.into(), id.into()])
            }
            Span::Beyond(moment) => (format!(" AND {at} {beyond} {first}"), vec![moment.into()]),
        };
        let alike = if is_mysql { &[] } else { self.alike };
        let order = alike.iter().chain([at, &"id"]).map(|column| format!("{column} {direction}"));
        let order = order.collect::<Vec<_>>().join(", ");
        // Left alone, MariaDB begins with the first entry of a moment, and passes over those up to the id.
        let index = if is_mysql { format!(" FORCE INDEX ({})", self.index) } else { String::new() };
        let sql = format!(
            "SELECT {columns} FROM {table}{index} WHERE {is_listed}{which} ORDER BY {order} LIMIT {limit}"
        );
        Statement::from_sql_and_values(backend, sql, values)
    }
}

/// The accounts in the order of a text that no two of them have in common. Those without one are not among them.
pub(super) struct ByText<'a> {
    /// The column of the text. It has an index.
    pub(super) column: &'static str,
    /// The columns that the conditions on entries look at, and the id; none where the index alone is to be read.
    pub(super) seen: &'static [&'static str],
    /// The conditions on entries. There is at least one, or a part.
    pub(super) wanted: Vec<String>,
    /// What the text has to have, elsewhere than at its beginning.
    pub(super) part: Option<&'a str>,
}

impl ByText<'_> {
    /// The entries after a text, or the first ones: accounts and their texts.
    pub(super) async fn part(
        &self,
        connection: &impl Statements,
        after: Option<&str>,
        reach: Reach,
    ) -> Result<Part<(i64, String), String>, StoreError> {
        let backend = connection.get_database_backend();
        // One more than is wanted tells whether another one follows.
        let hits = self.hits(backend, after, reach);
        let mut items: Vec<(i64, String)> = read(connection, hits).await?;
        if items.len() as u64 > reach.items {
            items.truncate(usize::try_from(reach.items).unwrap_or(usize::MAX));
            let next = items.last().map(|(_, text)| text.clone());
            return Ok(Part { items, next });
        }
        let end = self.entries(backend, after, "", &at_end_of(reach));
        let next = read::<(String,)>(connection, end).await?.pop().map(|(text,)| text);
        Ok(Part { items, next })
    }

    fn hits(&self, backend: DbBackend, after: Option<&str>, reach: Reach) -> Statement {
        let mut seen = String::new();
        for column in self.seen {
            seen.push_str(", ");
            seen.push_str(column);
        }
        let mut hits = self.entries(backend, after, &seen, &reach.looked_at.to_string());
        // The id is not in every index that has the text, and is looked up for what is answered alone.
        let account = if self.seen.is_empty() {
            format!("(SELECT users.id FROM users WHERE users.{} = looked_at.entry)", self.column)
        } else {
            "id".to_owned()
        };
        let mut wanted = self.wanted.clone();
        let mut values: Vec<Value> = hits.values.take().map(|values| values.0).unwrap_or_default();
        if let Some(part) = self.part {
            // Letter for letter: neither a collation nor a pattern has a say.
            let position = if backend == DbBackend::Postgres { "strpos" } else { "instr" };
            let [_, second] = places(backend);
            wanted.push(format!("{position}(entry, {second}) > 1"));
            values.push(part.into());
        }
        let (entries, wanted, limit) = (&hits.sql, wanted.join(" AND "), reach.items.saturating_add(1));
        let sql =
            format!("SELECT {account}, entry FROM ({entries}) AS looked_at WHERE {wanted} LIMIT {limit}");
        Statement::from_sql_and_values(backend, sql, values)
    }

    fn entries(&self, backend: DbBackend, after: Option<&str>, seen: &str, limit: &str) -> Statement {
        let column = self.column;
        let [first, _] = places(backend);
        // PostgreSQL has operators for the order of code points, and the index of the addresses is by them.
        let (beyond, order) = match (backend, column) {
            (DbBackend::Postgres, "email") => ("~>~", "USING ~<~"),
            _ => (">", "ASC"),
        };
        // Nothing is before the empty text.
        let after = Value::from(after.unwrap_or_default());
        let sql = format!(
            "SELECT {column} AS entry{seen} FROM users WHERE {column} {beyond} {first} \
             ORDER BY {column} {order} LIMIT {limit}"
        );
        Statement::from_sql_and_values(backend, sql, [after])
    }
}

/// The last of the entries that are looked at, if there are as many.
fn at_end_of(reach: Reach) -> String {
    format!("1 OFFSET {}", reach.looked_at.saturating_sub(1))
}

/// The places of the first two values of a statement.
fn places(backend: DbBackend) -> [&'static str; 2] {
    if backend == DbBackend::Postgres { ["$1", "$2"] } else { ["?", "?"] }
}

async fn read<R: Columns>(connection: &impl Statements, statement: Statement) -> Result<Vec<R>, StoreError> {
    connection.rows_of(statement).await.map_err(store_error)
}
