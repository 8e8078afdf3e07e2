//! The fields of a JSON object, each read once.

use serde_json::{Map, Value};
use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};

use super::row_fault::RowFault;

/// The fields of an object that are not read yet. `null` says as much as no field.
pub(super) struct Fields {
    left: Map<String, Value>,
    /// Before the names of the fields, where they are reported.
    within: String,
}

/// Years that every database keeps.
const YEARS: std::ops::RangeInclusive<i32> = 1000..=9999;

impl Fields {
    pub(super) fn of(left: Map<String, Value>) -> Self {
        Self { left, within: String::new() }
    }

    pub(super) fn within(left: Map<String, Value>, within: String) -> Self {
        Self { left, within }
    }

    /// The names of those that nobody read.
    pub(super) fn left_over(self) -> impl Iterator<Item = String> {
        self.left.into_iter().map(|(name, _)| name)
    }

    pub(super) fn fault(&self, name: &str, rule: impl std::fmt::Display) -> RowFault {
        RowFault::field(format!("{}{name}", self.within), rule)
    }

    /// Whether there is such a field, be it `null`.
    pub(super) fn has(&self, name: &str) -> bool {
        self.left.contains_key(name)
    }

    pub(super) fn value(&mut self, name: &str) -> Option<Value> {
        self.left.remove(name).filter(|value| !value.is_null())
    }

    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, RowFault> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::String(text)) if text.contains('\0') => {
                Err(self.fault(name, "there is a NUL character in it"))
            }
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(self.fault(name, "this is not a text")),
        }
    }

    /// A text of so many characters at the most.
    pub(super) fn short_text(&mut self, name: &str, most: usize) -> Result<Option<String>, RowFault> {
        let text = self.text(name)?;
        match &text {
            Some(long) if long.len() > most && long.chars().count() > most => {
                Err(self.fault(name, format_args!("it has more than {most} characters")))
            }
            _ => Ok(text),
        }
    }

    /// A text that says something, read by a rule.
    pub(super) fn parsed<T, E: std::fmt::Display>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<Option<T>, RowFault> {
        match self.text(name)? {
            Some(text) if !text.trim().is_empty() => {
                parse(&text).map(Some).map_err(|rule| self.fault(name, rule))
            }
            _ => Ok(None),
        }
    }

    pub(super) fn flag(&mut self, name: &str) -> Result<Option<bool>, RowFault> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(flag)),
            Some(_) => Err(self.fault(name, "this is neither true nor false")),
        }
    }

    pub(super) fn number(&mut self, name: &str) -> Result<Option<i64>, RowFault> {
        match self.value(name) {
            None => Ok(None),
            Some(value) => {
                value.as_i64().map(Some).ok_or_else(|| self.fault(name, "this is not a whole number"))
            }
        }
    }

    /// A time in UTC, in whole microseconds.
    pub(super) fn time(&mut self, name: &str) -> Result<Option<OffsetDateTime>, RowFault> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        let rule = "this is not a time as RFC 3339 has it, such as 2024-05-31T12:00:00Z";
        let time = OffsetDateTime::parse(&text, &Rfc3339).map_err(|_malformed| self.fault(name, rule))?;
        let time = time.checked_to_offset(UtcOffset::UTC).filter(|time| YEARS.contains(&time.year()));
        let time = time.ok_or_else(|| self.fault(name, "the year has to be from 1000 to 9999"))?;
        Ok(time.replace_microsecond(time.microsecond()).ok())
    }
}
