//! Which tables a map reads.

use crate::map::{Map, Names};
use crate::scan::TableName;

impl Names {
    /// Whether a table has one of the names; letter case does not matter, and `*` stands for any characters.
    pub(crate) fn fits(&self, name: &str) -> bool {
        self.0.iter().any(|pattern| fits(&pattern.to_lowercase(), &name.to_lowercase()))
    }

    /// The names, for a sentence.
    pub(crate) fn shown(&self) -> String {
        self.0.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ")
    }
}

fn fits(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((start, rest)) => {
            let Some(after) = name.strip_prefix(start) else { return false };
            let ends = after.char_indices().map(|(at, _)| at).chain([after.len()]);
            ends.into_iter().any(|at| after.get(at..).is_some_and(|after| fits(rest, after)))
        }
    }
}

impl Map {
    /// Whether a table may be of the map's schema.
    fn of_schema(&self, table: &TableName) -> bool {
        match (&self.input.schema, &table.schema) {
            (Some(wanted), Some(schema)) => wanted == schema,
            _ => true,
        }
    }

    /// Whether a table is the one with the accounts.
    pub(crate) fn is_main(&self, table: &TableName) -> bool {
        self.of_schema(table) && self.input.table.fits(&table.name)
    }

    /// The joins that a table is for, by their place.
    pub(crate) fn joins_of(&self, table: &TableName) -> Vec<usize> {
        if !self.of_schema(table) {
            return Vec::new();
        }
        let joins = self.join.iter().enumerate();
        joins.filter(|(_, join)| join.table.fits(&table.name)).map(|(at, _)| at).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_in_a_name_stands_for_any_characters() {
        let names = Names(vec!["*-users-*".to_owned(), "users".to_owned()]);
        for name in ["realm-users-0", "Users", "a-users-b-users-1"] {
            assert!(names.fits(name), "{name}");
        }
        for name in ["realm-user", "user", "users2", ""] {
            assert!(!names.fits(name), "{name}");
        }
    }
}
