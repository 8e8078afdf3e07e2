//! The layer of environment variables: `VESTIBULE__SERVER__PORT` is `server.port`.

use config::{Map, Value, ValueKind};

use crate::problems::{Problem, Problems};
use crate::source::Source;

const PREFIX: &str = "VESTIBULE__";
const NEAR_PREFIX: &str = "VESTIBULE_";

/// The variable that sets a key.
pub(crate) fn variable_of(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "__").to_uppercase())
}

/// Whether an origin is a variable. Its value is then text, whatever the type of the key.
pub(crate) fn is_variable(origin: &str) -> bool {
    origin.starts_with(PREFIX)
}

/// The tables that the variables spell out.
pub(crate) fn layer(source: &Source, problems: &mut Problems) -> Map<String, Value> {
    let mut root = Map::new();
    for name in &source.not_unicode {
        if let Some(rest) = name.strip_prefix(PREFIX) {
            problems.add(Problem::with_key(key_of(rest), Some(name.clone()), "is not UTF-8"));
        }
    }
    for (name, text) in &source.variables {
        let value = Value::new(Some(name), ValueKind::String(text.clone()));
        if let Some((key, message)) = place(&mut root, name, value) {
            problems.add(Problem::with_key(key, Some(name.clone()), message));
        }
    }
    root
}

/// Puts a variable under its key; if that cannot be, the answer is the key and the reason.
fn place(root: &mut Map<String, Value>, name: &str, value: Value) -> Option<(String, String)> {
    let Some(rest) = name.strip_prefix(PREFIX) else {
        // Only with `__` inside: an orchestrator may set VESTIBULE_PORT and the like by itself.
        let rest = name.strip_prefix(NEAR_PREFIX).filter(|rest| rest.contains("__"))?;
        return Some((key_of(rest), format!("is not read; did you mean {PREFIX}{rest}?")));
    };
    let key = key_of(rest);
    if !key.split('.').all(is_word) {
        return Some((key, "is not a setting".to_owned()));
    }
    let is_placed = insert(root, &key, value);
    (!is_placed)
        .then(|| (key, "is not read: another variable gives a value to the same key or section".to_owned()))
}

fn key_of(rest: &str) -> String {
    rest.to_lowercase().replace("__", ".")
}

fn is_word(segment: &str) -> bool {
    !segment.is_empty() && segment.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Puts a value under a dotted key, unless another value is there or on the way.
fn insert(table: &mut Map<String, Value>, key: &str, value: Value) -> bool {
    let Some((section, rest)) = key.split_once('.') else {
        let is_free = !table.contains_key(key);
        table.entry(key.to_owned()).or_insert(value);
        return is_free;
    };
    let entry =
        table.entry(section.to_owned()).or_insert_with(|| Value::new(None, Map::<String, Value>::new()));
    match &mut entry.kind {
        ValueKind::Table(inner) => insert(inner, rest, value),
        _ => false,
    }
}
