//! The effective settings, written as TOML.

use std::time::Duration;

use toml::Value;

use crate::units;

/// Lines of `key = value` under section headings.
#[derive(Default)]
pub struct Sheet(String);

impl Sheet {
    pub(crate) fn comment(&mut self, text: &str) {
        self.push(&format!("# {text}"));
    }

    pub(crate) fn section(&mut self, name: &str) {
        self.push(&format!("\n[{name}]"));
    }

    /// Text.
    pub fn text(&mut self, key: &str, text: impl Into<String>) {
        self.value(key, &Value::String(text.into()));
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &str, flag: bool) {
        self.value(key, &Value::Boolean(flag));
    }

    /// A whole number.
    pub fn number(&mut self, key: &str, number: impl TryInto<i64>) {
        self.value(key, &Value::Integer(number.try_into().unwrap_or(i64::MAX)));
    }

    /// A length of time, in the largest unit that shows it whole.
    pub fn duration(&mut self, key: &str, duration: Duration) {
        self.text(key, units::show_duration(duration));
    }

    /// `None` is `never`.
    pub fn duration_or_never(&mut self, key: &str, duration: Option<Duration>) {
        self.text(key, duration.map_or_else(|| "never".to_owned(), units::show_duration));
    }

    /// A number of bytes, in the largest unit that shows it whole.
    pub fn size(&mut self, key: &str, bytes: usize) {
        self.text(key, units::show_size(bytes));
    }

    /// A list of text.
    pub fn list(&mut self, key: &str, items: impl Iterator<Item = String>) {
        self.value(key, &Value::Array(items.map(Value::String).collect()));
    }

    /// A key that has no value.
    pub fn absent(&mut self, key: &str) {
        self.push(&format!("# {key} is not set"));
    }

    pub(crate) fn finish(self) -> String {
        self.0
    }

    fn value(&mut self, key: &str, value: &Value) {
        self.push(&format!("{key} = {value}"));
    }

    fn push(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }
}
