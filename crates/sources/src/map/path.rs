//! Paths to a value: `email`, `group.name`, `credentials[type=password].secretData.value`.

use serde::{Deserialize, Deserializer, de};
use serde_json::Value;

/// A path through JSON. It also leads into JSON that stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path {
    /// As it was written.
    pub(crate) text: String,
    steps: Vec<Step>,
}

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// The value of a key.
    Key(String),
    /// Each element of a list.
    Each,
    /// Each object of a list whose key has the text.
    Where(String, String),
}

impl Path {
    /// Reads a path.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("`{text}` is no path: write `key`, `key.key`, `key[*].key` or `key[key=text].key`");
        let mut steps = Vec::new();
        for part in text.split('.') {
            let (key, filter) = match part.split_once('[') {
                Some((key, rest)) => (key, Some(rest.strip_suffix(']').ok_or_else(wrong)?)),
                None => (part, None),
            };
            if key.is_empty() {
                return Err(wrong());
            }
            steps.push(Step::Key(key.to_owned()));
            match filter {
                None => {}
                Some("*") => steps.push(Step::Each),
                Some(filter) => {
                    let (key, value) = filter.split_once('=').ok_or_else(wrong)?;
                    steps.push(Step::Where(key.to_owned(), value.to_owned()));
                }
            }
        }
        Ok(Self { text: text.to_owned(), steps })
    }

    /// The first key: a column, or the name of a join.
    pub(crate) fn head(&self) -> &str {
        match self.steps.first() {
            Some(Step::Key(key)) => key,
            _ => &self.text,
        }
    }

    /// The steps after the first key.
    pub(crate) fn rest(&self) -> &[Step] {
        self.steps.get(1..).unwrap_or_default()
    }
}

impl<'de> Deserialize<'de> for Path {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

impl Step {
    /// Adds what the steps lead to.
    pub(crate) fn follow(steps: &[Self], value: &Value, found: &mut Vec<Value>) {
        let Some((step, rest)) = steps.split_first() else {
            found.push(value.clone());
            return;
        };
        let parsed;
        let value = if let Value::String(text) = value {
            let Ok(inner) = serde_json::from_str::<Value>(text) else { return };
            parsed = inner;
            &parsed
        } else {
            value
        };
        match (step, value) {
            (Self::Key(key), Value::Object(object)) => {
                if let Some(value) = object.get(key) {
                    Self::follow(rest, value, found);
                }
            }
            (Self::Each, Value::Array(list)) => {
                for value in list {
                    Self::follow(rest, value, found);
                }
            }
            (Self::Where(key, text), Value::Array(list)) => {
                let fits = |value: &&Value| value.get(key).and_then(Value::as_str) == Some(text);
                for value in list.iter().filter(fits) {
                    Self::follow(rest, value, found);
                }
            }
            _ => {}
        }
    }
}
