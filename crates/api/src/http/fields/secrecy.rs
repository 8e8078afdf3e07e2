//! What of a secret may be echoed.

use serde_json::Value;

/// Stands in the place of a secret.
const MASK: &str = "***";

/// The value as an answer may show it where a secret belongs: masked as a whole if it holds text, else as it is. A
/// password is text, so what holds none shows its sender the wrong type and gives nothing away.
pub(super) fn masked(value: Value) -> Value {
    if holds_text(&value) { Value::from(MASK) } else { value }
}

fn holds_text(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
        Value::String(_) => true,
        Value::Array(items) => items.iter().any(holds_text),
        // The names of its fields are text.
        Value::Object(fields) => !fields.is_empty(),
    }
}
