//! Reads typed values section by section, collecting every problem instead of stopping at the first.

use std::collections::BTreeSet;

use config::{Value, ValueKind};

use crate::environment::Environment;
use crate::expect::Raw;
use crate::layers::{Layers, Table};
use crate::problems::{Problem, Problems};
use crate::variables;

/// The merged layers, what was asked of them, and what was wrong.
pub(crate) struct Reader {
    pub(crate) environment: Environment,
    pub(crate) table: Table,
    pub(crate) problems: Problems,
    /// Warnings about settings that are allowed and seldom meant.
    pub(crate) warnings: Vec<String>,
    /// Every key that a section asked for. Keys that none asked for are unknown.
    pub(crate) asked: BTreeSet<String>,
}

impl Reader {
    pub(crate) fn new(layers: Layers) -> Self {
        let Layers { environment, table, problems, warnings } = layers;
        Self { environment, table, problems, warnings, asked: BTreeSet::new() }
    }

    /// A section by its dotted name.
    pub(crate) fn section(&mut self, name: &str) -> Section<'_> {
        Section { reader: self, prefix: format!("{name}.") }
    }

    /// The keys outside any section.
    pub(crate) fn top(&mut self) -> Section<'_> {
        Section { reader: self, prefix: String::new() }
    }

    /// Refuses the value of a dotted key.
    pub(crate) fn refuse(&mut self, key: &str, message: impl Into<String>) {
        let origin = self.find(key).and_then(Value::origin).map(str::to_owned);
        self.problems.add(Problem::with_key(key, origin, message));
    }

    /// Whether no problem was reported yet about any of these dotted keys. A check over several keys asks this first,
    /// so that one mistake is named once.
    pub(crate) fn sound(&self, keys: &[&str]) -> bool {
        !keys.iter().any(|key| self.problems.spoil(key))
    }

    fn find(&self, key: &str) -> Option<&Value> {
        let mut segments = key.split('.');
        let mut value = self.table.get(segments.next()?)?;
        for segment in segments {
            let ValueKind::Table(table) = &value.kind else {
                return None;
            };
            value = table.get(segment)?;
        }
        Some(value)
    }
}

/// One section of the configuration.
pub struct Section<'r> {
    reader: &'r mut Reader,
    prefix: String,
}

impl Section<'_> {
    pub(crate) fn environment(&self) -> Environment {
        self.reader.environment
    }

    /// A key that has a default. After a problem the answer is a placeholder, which nothing uses.
    pub fn required<T: Default>(
        &mut self,
        key: &str,
        expect: impl FnOnce(&Raw<'_>) -> Result<T, String>,
    ) -> T {
        match self.value(key, false, expect) {
            Some(value) => value,
            None if self.sound(&[key]) => {
                let message = format!("is missing; set it with {}", variables::variable_of(&self.key(key)));
                self.refuse(key, message);
                T::default()
            }
            None => T::default(),
        }
    }

    /// A key that may be absent; empty text counts as absent, so that a variable can undo a file.
    pub fn optional<T>(
        &mut self,
        key: &str,
        expect: impl FnOnce(&Raw<'_>) -> Result<T, String>,
    ) -> Option<T> {
        self.value(key, true, expect)
    }

    /// Refuses the value of a key of this section.
    pub fn refuse(&mut self, key: &str, message: impl Into<String>) {
        let key = self.key(key);
        self.reader.refuse(&key, message);
    }

    /// Whether no problem was reported yet about any of these keys of this section.
    pub fn sound(&self, keys: &[&str]) -> bool {
        keys.iter().all(|key| self.reader.sound(&[&self.key(key)]))
    }

    /// Whether a key of this section has a value, right or wrong.
    pub fn is_given(&self, key: &str) -> bool {
        self.reader.find(&self.key(key)).is_some_and(|value| !Raw::new(value).is_empty())
    }

    /// The dotted name of a key of this section.
    pub fn key(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }

    fn value<T>(
        &mut self,
        key: &str,
        empty_is_absent: bool,
        expect: impl FnOnce(&Raw<'_>) -> Result<T, String>,
    ) -> Option<T> {
        let full = self.key(key);
        let read = self.reader.find(&full).and_then(|value| {
            let raw = Raw::new(value);
            (!(empty_is_absent && raw.is_empty())).then(|| expect(&raw))
        });
        self.reader.asked.insert(full);
        match read? {
            Ok(value) => Some(value),
            Err(message) => {
                self.refuse(key, message);
                None
            }
        }
    }
}
