//! The password's hash.

use serde_json::{Map as Object, Value};

use super::Build;
use crate::map::{Field, Hash, Paths};
use crate::row::{is_empty, plain};

/// A hash, its format and what else it needs.
#[derive(Debug, Default)]
pub(super) struct Password {
    pub(super) hash: Option<Value>,
    pub(super) format: Option<String>,
    pub(super) extra: Object<String, Value>,
}

impl Build<'_> {
    /// The password's hash. An account without one is told of.
    pub(super) fn password(&mut self, hash: Option<&Hash>) -> Result<Password, String> {
        let Some(spec) = hash else { return Ok(Password::default()) };
        let Some(hash) = self.hash_value(&spec.from, spec.optional)? else {
            self.notes.add("accounts without a password", 1, "come without one");
            return Ok(Password::default());
        };
        if let Value::String(text) = &hash
            && spec.unusable.iter().any(|start| text.starts_with(start))
        {
            self.notes.add("accounts whose password is locked", 1, "come without one");
            return Ok(Password::default());
        }
        let hash = match hash {
            Value::Object(mut object) if !spec.only.is_empty() => {
                object.retain(|key, _| spec.only.contains(key));
                Value::Object(object)
            }
            hash @ (Value::String(_) | Value::Object(_)) => hash,
            _ => return Err("the password's hash is neither a text nor an object".to_owned()),
        };
        let format = self.format(&spec.format, &hash)?;
        let mut extra = Object::new();
        for (name, Field(field)) in &spec.extra {
            let label = format!("password.extra.{name}");
            let Some(value) = self.values(&label, field)?.into_iter().next() else { continue };
            let value = match plain(&value).filter(|_| field.number) {
                Some(text) => {
                    let number: i64 =
                        text.trim().parse().map_err(|_error| format!("{label} is no number"))?;
                    Value::from(number)
                }
                None => value,
            };
            extra.insert(name.clone(), value);
        }
        if let Some(usual) = &spec.needs_key {
            // The operator may have told another name.
            let key = extra.get("import_key").and_then(Value::as_str).unwrap_or(usual);
            let why = "which is in no table: give it to the import, and try one known password";
            self.notes.add(&format!("passwords that need the key {key}"), 1, why);
        }
        Ok(Password { hash: Some(hash), format: Some(format), extra })
    }

    fn hash_value(&self, from: &Paths, optional: bool) -> Result<Option<Value>, String> {
        let mut there = false;
        for path in &from.0 {
            let Some(values) = self.row.all(path) else { continue };
            there = true;
            if let Some(value) = values.into_iter().find(|value| !is_empty(value)) {
                return Ok(Some(value));
            }
        }
        if there || optional {
            Ok(None)
        } else {
            Err("there is no column with the password's hash".to_owned())
        }
    }

    fn format(&mut self, field: &Field, hash: &Value) -> Result<String, String> {
        let unknown = || "the password's hash has a form that the map does not know".to_owned();
        let format = if field.0.from.0.is_empty() && field.0.constant.is_none() && field.0.option.is_none() {
            let text = plain(hash).ok_or_else(unknown)?;
            self.word("password.format", &field.0, text).map_err(|_reason| unknown())?
        } else {
            self.text("password.format", Some(field)).map_err(|_reason| unknown())?
        };
        format.ok_or_else(unknown)
    }
}
