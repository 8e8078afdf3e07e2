//! What is copied, and in which order.

use super::error::CopyError;
use super::table::Table;

/// Tables that PostgreSQL alone has (`m20261129_042_block_deltas`), or SQLite (`m20261130_049_sqlite_row_blocks`), and that
/// triggers fill while rows are added.
const MADE_BY_TRIGGERS: [&str; 6] = [
    "contact_block_deltas",
    "contact_block_sums",
    "contact_blocks",
    "movie_block_deltas",
    "movie_block_sums",
    "movie_blocks",
];

/// The tables that are copied, each after those that it refers to. Fails if the two schemas differ.
pub(super) fn plan(source: &[Table], target: &[Table]) -> Result<Vec<Table>, CopyError> {
    let is_copied = |table: &&Table| !MADE_BY_TRIGGERS.contains(&table.name.as_str());
    let mut copied: Vec<Table> = source.iter().filter(is_copied).cloned().collect();
    for table in target.iter().filter(is_copied) {
        if !copied.iter().any(|known| known.name == table.name) {
            return Err(CopyError::DifferentSchemas(format!("the source has no table {}", table.name)));
        }
    }
    for table in &mut copied {
        let Some(other) = target.iter().find(|other| other.name == table.name) else {
            return Err(CopyError::DifferentSchemas(format!("the target has no table {}", table.name)));
        };
        same(table, other)?;
        // PostgreSQL has fewer foreign keys than the others (`m20261129_043_movie_links`).
        for parent in &other.parents {
            if !table.parents.contains(parent) {
                table.parents.push(parent.clone());
            }
        }
    }
    in_order(copied)
}

fn same(table: &Table, other: &Table) -> Result<(), CopyError> {
    let differs = |what: &str| Err(CopyError::DifferentSchemas(format!("{what} of {} differ", table.name)));
    let sorted = |table: &Table| {
        let mut columns: Vec<_> =
            table.columns.iter().map(|column| (column.name.clone(), column.kind)).collect();
        columns.sort_by(|one, other| one.0.cmp(&other.0));
        columns
    };
    if sorted(table) != sorted(other) {
        return differs("the columns");
    }
    let key = |table: &Table| table.key_columns().map(|column| column.name.clone()).collect::<Vec<_>>();
    // Without a key there is no order in which to go on.
    if table.key.is_empty() || key(table) != key(other) {
        return differs("the primary keys");
    }
    Ok(())
}

/// Sorts parents before children.
fn in_order(mut waiting: Vec<Table>) -> Result<Vec<Table>, CopyError> {
    let mut ordered: Vec<Table> = Vec::new();
    while !waiting.is_empty() {
        let is_next = |table: &Table| {
            table.parents.iter().all(|parent| ordered.iter().any(|done| done.name == *parent))
        };
        let Some(next) = waiting.iter().position(is_next) else {
            let names: Vec<_> = waiting.iter().map(|table| table.name.as_str()).collect();
            return Err(CopyError::DifferentSchemas(format!("{} refer to each other", names.join(", "))));
        };
        ordered.push(waiting.remove(next));
    }
    Ok(ordered)
}

#[cfg(test)]
mod tests {
    use super::super::kind::Kind;
    use super::super::table::Column;
    use super::*;

    fn table(name: &str, parents: &[&str]) -> Table {
        Table {
            name: name.to_owned(),
            columns: vec![Column { name: "id".to_owned(), kind: Kind::Int }],
            key: vec![0],
            parents: parents.iter().map(|parent| (*parent).to_owned()).collect(),
            own_references: Vec::new(),
            is_numbered: true,
        }
    }

    #[test]
    fn parents_come_before_their_children() {
        let tables = vec![table("contacts", &["users"]), table("users", &["groups"]), table("groups", &[])];
        let planned = plan(&tables, &tables).unwrap();
        let names: Vec<_> = planned.iter().map(|table| table.name.as_str()).collect();
        assert_eq!(names, ["groups", "users", "contacts"]);
    }

    #[test]
    fn a_parent_of_one_side_alone_is_one() {
        let (none, keys) = (
            [table("movies", &[]), table("links", &[])],
            [table("links", &["movies"]), table("movies", &[])],
        );
        for (source, target) in [(&none, &keys), (&keys, &none)] {
            let planned = plan(source, target).unwrap();
            let names: Vec<_> = planned.iter().map(|table| table.name.as_str()).collect();
            assert_eq!(names, ["movies", "links"]);
        }
    }

    #[test]
    fn tables_of_one_side_alone_are_refused_except_those_of_triggers() {
        let (one, more) = (vec![table("users", &[])], vec![table("users", &[]), table("news", &[])]);
        assert!(plan(&one, &more).is_err());
        assert!(plan(&more, &one).is_err());
        let with_blocks = vec![table("users", &[]), table("movie_block_sums", &[])];
        assert_eq!(plan(&with_blocks, &one).unwrap(), one);
        assert_eq!(plan(&one, &with_blocks).unwrap(), one);
    }

    #[test]
    fn another_kind_of_column_is_refused() {
        let one = vec![table("users", &[])];
        let mut other = one.clone();
        other[0].columns[0].kind = Kind::Text;
        assert!(plan(&one, &other).is_err());
    }
}
