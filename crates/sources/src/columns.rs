//! Whether what a map names is there, and what is there that it does not name.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::OpenError;
use crate::build::Setup;
use crate::map::{FieldSpec, Map, Path, Step};
use crate::notes::Notes;
use crate::row::is_empty;
use crate::worker::Target;

/// The columns of the tables, and which of them the map names.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    /// What is there, where it is known before the rows; by the name of the join, the main table's by an empty name.
    known: BTreeMap<String, Vec<String>>,
    /// What the map names.
    named: BTreeMap<String, BTreeSet<String>>,
    /// Values of columns that the map does not name.
    left: BTreeMap<String, u64>,
}

impl Columns {
    /// Those that a map names.
    pub(crate) fn of(map: &Map) -> Self {
        let mut columns = Self::default();
        let mut paths: Vec<&Path> = Vec::new();
        for (_, field) in map.all_fields() {
            add_paths(&field.0, &mut paths);
        }
        if let Some(hash) = &map.fields.password {
            paths.extend(&hash.from.0);
        }
        paths.extend(map.join.iter().map(|join| &join.on));
        for path in paths {
            columns.name(map, "", path);
        }
        for join in &map.join {
            columns.named.entry(join.name.clone()).or_default().insert(join.key.clone());
            if let Some(only) = &join.only {
                only.paths.iter().for_each(|path| columns.name(map, &join.name, path));
            }
        }
        if let Some(contacts) = &map.contacts {
            let mut paths = Vec::new();
            for (_, field) in contacts.named() {
                add_paths(&field.0, &mut paths);
            }
            for path in paths {
                columns.name(map, &contacts.join, path);
            }
        }
        columns
    }

    fn name(&mut self, map: &Map, table: &str, path: &Path) {
        self.named.entry(table.to_owned()).or_default().extend([path.head().to_owned(), path.text.clone()]);
        if map.join.iter().any(|join| join.name == path.head())
            && let Some(Step::Key(column)) = path.rest().first()
        {
            self.named.entry(path.head().to_owned()).or_default().insert(column.clone());
        }
    }

    /// Notes which columns a table has.
    pub(crate) fn know(&mut self, map: &Map, target: Target, columns: Vec<String>) {
        self.known.insert(table_of(map, target), columns);
    }

    /// Whether the columns of a table are known.
    pub(crate) fn is_known(&self, map: &Map, target: Target) -> bool {
        self.known.contains_key(&table_of(map, target))
    }

    /// Whether a path of the main table can lead somewhere, as far as it is known.
    fn leads(&self, map: &Map, path: &Path) -> bool {
        let there = |table: &str, column: &str| {
            self.known.get(table).is_none_or(|columns| columns.iter().any(|known| known == column))
        };
        let of_join = map.join.iter().any(|join| join.name == path.head()) && !path.rest().is_empty();
        match path.rest().first() {
            Some(Step::Key(column)) if of_join => there(path.head(), column),
            _ => there("", &path.text) || there("", path.head()),
        }
    }

    /// Refuses a map that names columns that are not there.
    pub(crate) fn check(&self, map: &Map) -> Result<(), OpenError> {
        let mut fields = map.all_fields();
        let missing = |path: &Path, what: &str| {
            let have = self.known.get("").map(|columns| columns.join(", ")).unwrap_or_default();
            OpenError::Missing(format!(
                "there is no column `{}`, which {what}; the columns are {have}",
                path.text
            ))
        };
        fields.retain(|(_, field)| !field.0.optional);
        for (name, field) in fields {
            let from = &field.0.from.0;
            if let Some(path) = from.first()
                && !from.iter().any(|path| self.leads(map, path))
            {
                return Err(missing(path, &format!("{name} is read from")));
            }
            for path in field.0.when.0.iter().flat_map(|condition| &condition.paths) {
                if !self.leads(map, path) {
                    return Err(missing(path, &format!("decides on {name}")));
                }
            }
        }
        if let Some(hash) = map.fields.password.as_ref().filter(|hash| !hash.optional)
            && let Some(path) = hash.from.0.first()
            && !hash.from.0.iter().any(|path| self.leads(map, path))
        {
            return Err(missing(path, "the password's hash is read from"));
        }
        for join in &map.join {
            if !self.leads(map, &join.on) && self.known.contains_key(&join.name) {
                return Err(missing(&join.on, &format!("`{}` is joined on", join.name)));
            }
            let known = self.known.get(&join.name);
            if known.is_some_and(|columns| !columns.contains(&join.key)) {
                let (key, table) = (&join.key, join.table.shown());
                return Err(OpenError::Missing(format!(
                    "there is no column `{key}` in {table}, which it is joined by"
                )));
            }
        }
        self.check_contacts(map)
    }

    fn check_contacts(&self, map: &Map) -> Result<(), OpenError> {
        let Some(contacts) = &map.contacts else { return Ok(()) };
        let Some(known) = self.known.get(&contacts.join) else { return Ok(()) };
        for (name, field) in contacts.named() {
            let from = &field.0.from.0;
            if let Some(path) = from.first()
                && !field.0.optional
                && !from.iter().any(|path| known.iter().any(|column| column == path.head()))
            {
                let have = known.join(", ");
                let path = &path.text;
                let sentence =
                    format!("there is no column `{path}`, which {name} is read from; the columns are {have}");
                return Err(OpenError::Missing(sentence));
            }
        }
        Ok(())
    }

    /// Counts the values of a row that the map does not name.
    pub(crate) fn count_left(&mut self, map: &Map, target: Target, values: &Value) {
        let Value::Object(values) = values else { return };
        let table = table_of(map, target);
        let named = self.named.get(&table);
        for (column, value) in values {
            let is_number_of_a_join = target != Target::Main && matches!(column.as_str(), "id" | "_id");
            if is_empty(value) || is_number_of_a_join || named.is_some_and(|named| named.contains(column)) {
                continue;
            }
            let label = if table.is_empty() { column.clone() } else { format!("{table}.{column}") };
            // Keys of documents may be made of data, so there is a bound.
            if self.left.len() < 1000 || self.left.contains_key(&label) {
                *self.left.entry(label).or_default() += 1;
            }
        }
    }

    /// Tells of them.
    pub(crate) fn tell(&self, setup: &Setup, notes: &mut Notes) {
        let reasons = &setup.map.left.columns;
        for (label, count) in &self.left {
            let why = reasons.get(label).map_or("are not carried over", String::as_str);
            notes.add(&format!("values of `{label}`"), *count, why);
        }
    }
}

fn table_of(map: &Map, target: Target) -> String {
    match target {
        Target::Main => String::new(),
        Target::Join(at) => map.join.get(at).map(|join| join.name.clone()).unwrap_or_default(),
    }
}

fn add_paths<'a>(field: &'a FieldSpec, paths: &mut Vec<&'a Path>) {
    paths.extend(&field.from.0);
    paths.extend(field.when.0.iter().flat_map(|condition| &condition.paths));
}
