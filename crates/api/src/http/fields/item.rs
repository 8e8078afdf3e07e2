use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};

use super::Fault;
use super::python_json::JsonSyntaxError;

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

/// One validation error, written with the keys `type`, `loc`, `msg`, `input` and, where the kind has one,
/// `ctx`, in this order (theater contract 1.3).
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub(super) fault: Fault,
    pub(super) loc: Vec<LocPart>,
    pub(super) input: Value,
}

impl Item {
    /// An item that no rule of the reader produces, for example about an upload.
    pub fn new(loc: impl IntoIterator<Item = &'static str>, fault: Fault, input: Value) -> Self {
        Self { fault, loc: loc.into_iter().map(LocPart::from).collect(), input }
    }

    /// The kind: `missing`, `string_type`, …
    pub fn kind(&self) -> &'static str {
        self.fault.kind
    }

    /// The way to the offending value.
    pub fn loc(&self) -> &[LocPart] {
        &self.loc
    }

    /// The text for a person.
    pub fn message(&self) -> &str {
        &self.fault.message
    }

    /// The offending value, or its mask.
    pub fn input(&self) -> &Value {
        &self.input
    }

    /// Details that the kind has.
    pub fn context(&self) -> Option<&Value> {
        self.fault.context.as_ref()
    }

    /// Whether pydantic has a page about the kind, to which a surface may link (contacts contract 1.4): all
    /// but e-mail errors and broken JSON.
    pub fn is_documented(&self) -> bool {
        self.fault.documented
    }
}

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", self.kind())?;
        map.serialize_entry("loc", &self.loc)?;
        map.serialize_entry("msg", self.message())?;
        map.serialize_entry("input", &self.input)?;
        if let Some(context) = self.context() {
            map.serialize_entry("ctx", context)?;
        }
        map.end()
    }
}

/// All validation errors of a request, in order; written as the 422 body `{"detail":[…]}`.
#[derive(Debug, Clone, PartialEq)]
pub struct ValidationErrors(pub Vec<Item>);

impl ValidationErrors {
    /// The errors, in order.
    pub fn items(&self) -> &[Item] {
        &self.0
    }
}

impl Serialize for ValidationErrors {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("detail", &self.0)?;
        map.end()
    }
}

impl From<Item> for ValidationErrors {
    fn from(item: Item) -> Self {
        Self(vec![item])
    }
}

/// A broken JSON text is one item whose place is the character offset and whose `input` is `{}`.
impl From<&JsonSyntaxError> for ValidationErrors {
    fn from(error: &JsonSyntaxError) -> Self {
        let loc = vec![LocPart::from("body"), LocPart::Index(error.offset)];
        Self(vec![Item { fault: Fault::json_invalid(error.message), loc, input: json!({}) }])
    }
}
