use std::borrow::Cow;

use serde::ser::{Serialize, Serializer};
use serde_json::{Value, json};

use super::{Fault, JsonSyntaxError};

/// One step of the way to the offending value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LocPart {
    /// `body`, `query`, `path` or the name of a field.
    Name(Cow<'static, str>),
    /// The place in a list, or the character offset in a broken JSON text.
    Index(usize),
}

impl From<&'static str> for LocPart {
    fn from(name: &'static str) -> Self {
        Self::Name(Cow::Borrowed(name))
    }
}

impl Serialize for LocPart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Name(name) => serializer.serialize_str(name),
            Self::Index(index) => index.serialize(serializer),
        }
    }
}

/// One validation error.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What is wrong.
    pub fault: Fault,
    /// The way to the offending value.
    pub loc: Vec<LocPart>,
    /// The offending value, or its mask.
    pub input: Value,
    /// The first field that has to be there, if the whole body is at fault.
    pub first_field: Option<&'static str>,
}

impl Item {
    /// The field of the body that it is about: the last name on the way, or the first one that is missing.
    pub fn field(&self) -> Option<&str> {
        match self.loc.as_slice() {
            [_, LocPart::Name(name), ..] => Some(name),
            _ => self.first_field,
        }
    }

    /// An item that no rule of the reader produces, for example about an upload.
    pub fn new(loc: impl IntoIterator<Item = &'static str>, fault: Fault, input: Value) -> Self {
        Self { fault, loc: loc.into_iter().map(LocPart::from).collect(), input, first_field: None }
    }
}

/// All validation errors of a request, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct ValidationErrors(pub Vec<Item>);

impl From<Item> for ValidationErrors {
    fn from(item: Item) -> Self {
        Self(vec![item])
    }
}

/// A broken JSON text is one item whose place is the character offset and whose `input` is `{}`.
impl From<&JsonSyntaxError> for ValidationErrors {
    fn from(error: &JsonSyntaxError) -> Self {
        let loc = vec![LocPart::from("body"), LocPart::Index(error.offset)];
        Self(vec![Item { fault: Fault::BrokenJson(error.message), loc, input: json!({}), first_field: None }])
    }
}
