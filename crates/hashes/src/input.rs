//! A hash as an export has it.

use serde_json::{Map, Value};

/// A hash as an export has it.
#[derive(Debug, Clone, Copy)]
pub enum HashInput<'a> {
    /// A text. An object of Keycloak or CouchDB may also be given as its JSON text.
    Text(&'a str),
    /// An object.
    Object(&'a Map<String, Value>),
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
