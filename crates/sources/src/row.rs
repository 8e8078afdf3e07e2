//! Rows, and the rows of other tables that belong to one.

use serde_json::{Map as Object, Value};

use crate::Place;
use crate::map::{Condition, Path, Step, Test};

/// A row of a table, or a JSON document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// Where it stands.
    pub(crate) place: Place,
    /// Its columns. Numbers that fit no JSON number are texts.
    pub(crate) values: Value,
}

impl Row {
    /// A row of columns.
    pub(crate) fn new(place: Place, values: Object<String, Value>) -> Self {
        Self { place, values: Value::Object(values) }
    }
}

/// A row together with the rows that belong to it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Joined<'a> {
    pub(crate) values: &'a Value,
    /// By the name of the join.
    pub(crate) joins: &'a [(&'a str, Vec<Value>)],
}

impl Joined<'_> {
    /// Every value at a path, nulls included; `None` where the row has no such column.
    pub(crate) fn all(&self, path: &Path) -> Option<Vec<Value>> {
        if let Some(value) = self.values.get(&path.text) {
            return Some(vec![value.clone()]);
        }
        let mut found = Vec::new();
        if !path.rest().is_empty()
            && let Some((_, rows)) = self.joins.iter().find(|(name, _)| *name == path.head())
        {
            for row in rows {
                Step::follow(path.rest(), row, &mut found);
            }
            return (rows.is_empty() || !found.is_empty()).then_some(found);
        }
        Step::follow(path.rest(), self.values.get(path.head())?, &mut found);
        Some(found)
    }

    /// The first value at a path that is not null.
    pub(crate) fn first(&self, path: &Path) -> Option<Value> {
        self.all(path)?.into_iter().find(|value| !value.is_null())
    }

    /// Whether a condition holds.
    pub(crate) fn holds(&self, condition: &Condition) -> bool {
        let mut values = condition.paths.iter().filter_map(|path| self.first(path));
        let value = values.find(|value| !is_empty(value));
        match &condition.test {
            Test::Yes => value.as_ref().is_some_and(means_yes),
            Test::NotYes => !value.as_ref().is_some_and(means_yes),
            Test::Has => value.as_ref().is_some_and(|value| !is_empty(value)),
            Test::No => value.as_ref().is_none_or(is_empty),
            Test::Is(text) => value.as_ref().and_then(plain).as_ref() == Some(text),
            Test::IsNot(text) => value.as_ref().and_then(plain).as_ref() != Some(text),
        }
    }
}

/// Whether a value stands for nothing. `0000-00-00` is how MySQL writes that a date is missing.
pub(crate) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty() || text.starts_with("0000-00-00"),
        _ => false,
    }
}

/// A value that is no list and no object, as a text.
pub(crate) fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Whether a value means yes in one of the usual ways.
pub(crate) fn means_yes(value: &Value) -> bool {
    yes_or_no(value) == Some(true)
}

/// What a value means as a yes or no, where it is one of the usual words.
pub(crate) fn yes_or_no(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => Some(number.as_f64()? != 0.0),
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "t" | "1" | "yes" | "y" | "on" => Some(true),
            "false" | "f" | "0" | "no" | "n" | "off" | "" => Some(false),
            _ => None,
        },
        Value::Null => Some(false),
        Value::Array(_) | Value::Object(_) => None,
    }
}
