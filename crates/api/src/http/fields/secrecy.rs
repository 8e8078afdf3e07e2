//! Masking secrets in values that an answer echoes.

use serde_json::Value;

/// The text in the place of a secret.
const MASK: &str = "***";

/// Parts of names of passwords, in [`plain`] form: `password`, `pass`, `passphrase`, `passwd`, `pwd`.
const OF_PASSWORDS: [&str; 2] = ["pass", "pwd"];

/// The value as an answer may show it where a secret belongs: masked as a whole if it holds text, else as it is. A
/// password is text, so a value without text shows its sender the wrong type and gives nothing away.
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

/// The value with every secret inside masked: each field of one of these names, and each that is called a password, at any
/// depth. Clients that wrap a body, change the letter case of a name (`refreshToken`) or add `confirm_password` send
/// the secret all the same.
pub(super) fn without_secrets(value: Value, names: &[&str]) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(|item| without_secrets(item, names)).collect(),
        Value::Object(fields) => {
            let shown = fields.into_iter().map(|(name, value)| {
                let value =
                    if is_secret(&name, names) { masked(value) } else { without_secrets(value, names) };
                (name, value)
            });
            Value::Object(shown.collect())
        }
        other => other,
    }
}

fn is_secret(name: &str, names: &[&str]) -> bool {
    let name = plain(name);
    OF_PASSWORDS.iter().any(|part| name.contains(part)) || names.iter().any(|secret| plain(secret) == name)
}

/// Letters and digits alone, in lower case.
fn plain(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
