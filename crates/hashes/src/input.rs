//! A hash as an export has it.

use std::fmt;

use serde_json::{Map, Value};

/// A hash as an export has it. `Debug` does not print it.
#[derive(Clone, Copy)]
pub enum HashInput<'a> {
    /// A text. An object of Keycloak or CouchDB may also be given as its JSON text.
    Text(&'a str),
    /// An object.
    Object(&'a Map<String, Value>),
}

impl fmt::Debug for HashInput<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text(***)",
            Self::Object(_) => "Object(***)",
        })
    }
}

impl<'a> From<&'a str> for HashInput<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a Map<String, Value>> for HashInput<'a> {
    fn from(object: &'a Map<String, Value>) -> Self {
        Self::Object(object)
    }
}
