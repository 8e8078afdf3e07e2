//! The tables of a database, as its schema tells of them.

use super::error::CopyError;
use super::kind::Kind;
use super::marker;
use super::place::CopyPlace;
use super::side::Side;

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
    /// The places of the primary key's columns, in the key's order.
    pub(super) key: Vec<usize>,
    /// The tables that it refers to.
    pub(super) parents: Vec<String>,
    /// The places of columns that refer to the table itself.
    pub(super) own_references: Vec<usize>,
    /// Whether the database numbers the rows.
    pub(super) is_numbered: bool,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
}

impl Table {
    /// The columns of the primary key.
    pub(super) fn key_columns(&self) -> impl Iterator<Item = &Column> {
        self.key.iter().filter_map(|place| self.columns.get(*place))
    }
}

/// The tables of a database with the names of their columns, sorted, as a copy sees them.
///
/// # Errors
/// If the database cannot be reached, or has a type that a copy does not know.
pub async fn tables(place: &CopyPlace) -> Result<Vec<(String, Vec<String>)>, CopyError> {
    let mut side = place.open(false).await?;
    let tables = read(&mut *side).await?;
    side.close().await?;
    let names = |table: Table| (table.name, table.columns.into_iter().map(|column| column.name).collect());
    let mut tables: Vec<(String, Vec<String>)> = tables.into_iter().map(names).collect();
    for (_, columns) in &mut tables {
        columns.sort();
    }
    tables.sort();
    Ok(tables)
}

/// The history of the schema, which migrations write.
const HISTORY: &str = "seaql_migrations";

/// Reads the tables of a schema, without what belongs to the schema itself.
pub(super) async fn read(side: &mut dyn Side) -> Result<Vec<Table>, CopyError> {
    let statements = side.catalogue();
    let mut tables: Vec<Table> = Vec::new();
    for row in side.texts(statements.columns).await? {
        let [table, column, written, numbered] = four(row);
        if [HISTORY, marker::TABLE].contains(&table.as_str()) || table.starts_with("sqlite_") {
            continue;
        }
        let kind = side.kind(&written).ok_or_else(|| CopyError::UnknownType {
            table: table.clone(),
            column: column.clone(),
            written,
        })?;
        let column = Column { name: column, kind };
        if let Some(known) = tables.iter_mut().find(|known| known.name == table) {
            known.columns.push(column);
            known.is_numbered |= numbered == "1";
        } else {
            tables.push(Table {
                name: table,
                columns: vec![column],
                key: Vec::new(),
                parents: Vec::new(),
                own_references: Vec::new(),
                is_numbered: numbered == "1",
            });
        }
    }
    for row in side.texts(statements.keys).await? {
        let [table, column, ..] = four(row);
        if let Some((known, place)) = find(&mut tables, &table, &column) {
            known.key.push(place);
        }
    }
    for row in side.texts(statements.references).await? {
        let [table, column, parent, _] = four(row);
        if let Some((known, place)) = find(&mut tables, &table, &column) {
            if parent == table {
                known.own_references.push(place);
            } else if !known.parents.contains(&parent) {
                known.parents.push(parent);
            }
        }
    }
    // Each database sorts names in its own way.
    tables.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(tables)
}

fn four(row: Vec<String>) -> [String; 4] {
    let mut cells = row.into_iter();
    [(); 4].map(|()| cells.next().unwrap_or_default())
}

fn find<'t>(tables: &'t mut [Table], name: &str, column: &str) -> Option<(&'t mut Table, usize)> {
    let table = tables.iter_mut().find(|table| table.name == name)?;
    let place = table.columns.iter().position(|known| known.name == column)?;
    Some((table, place))
}
