use std::fmt::Display;

use serde_json::Value;

use super::item::{Item, LocPart, ValidationErrors};
use super::secrecy::{masked, without_secrets};
use super::{Body, Fault, Given, Patch, Report, RequestValues, Rule, UploadedFile};

/// The greatest number of errors listed for one field. A list of a million wrong items must not become an answer many
/// times its size.
pub(super) const MOST_ITEMS: usize = 1000;

/// Reads the fields of one request and keeps every error until [`finish`](Self::finish).
///
/// Each method answers `None` when the field is in error, which `finish` then reports.
pub struct Fields<'r> {
    values: &'r RequestValues,
    path: Vec<Item>,
    query: Vec<Item>,
    body: Vec<BodyItem>,
    asks_for_body: bool,
    first_field: Option<&'static str>,
    secrets: Vec<&'static str>,
}

/// An error of the body, kept until all secrets of the schema are known.
enum BodyItem {
    Field(Item),
    /// Its `input` is the whole body.
    Whole(Vec<LocPart>, Fault),
}

/// What a body says about one field.
enum Found<'r> {
    Value(Given<'r>),
    Null(&'r Value),
    Absent,
    /// The body is not an object. That is one error for all fields.
    NoFields,
}

#[expect(clippy::needless_pass_by_value, reason = "a rule is written where it is used, and used once")]
impl<'r> Fields<'r> {
    /// Starts reading.
    pub fn new(values: &'r RequestValues) -> Self {
        Self {
            values,
            path: Vec::new(),
            query: Vec::new(),
            body: Vec::new(),
            asks_for_body: false,
            first_field: None,
            secrets: Vec::new(),
        }
    }

    /// A parameter of the path.
    pub fn path<R: Rule>(&mut self, name: &'static str, rule: R) -> Option<R::Output> {
        let found = last(&self.values.path, name);
        Self::parameter("path", name, found, &rule, &mut self.path)
    }

    /// A query parameter that must be there.
    pub fn query<R: Rule>(&mut self, name: &'static str, rule: R) -> Option<R::Output> {
        let found = last(&self.values.query, name);
        Self::parameter("query", name, found, &rule, &mut self.query)
    }

    /// A query parameter with a default. An empty value is a value.
    pub fn query_or<R: Rule>(
        &mut self,
        name: &'static str,
        default: R::Output,
        rule: R,
    ) -> Option<R::Output> {
        self.query_optional(name, rule).map(|value| value.unwrap_or(default))
    }

    /// A query parameter that may be left out: `Some(None)`.
    pub fn query_optional<R: Rule>(&mut self, name: &'static str, rule: R) -> Option<Option<R::Output>> {
        match last(&self.values.query, name) {
            None => Some(None),
            found => Self::parameter("query", name, found, &rule, &mut self.query).map(Some),
        }
    }

    /// A field of the body that has to be there. In a form an empty value counts as absent.
    pub fn body<R: Rule>(&mut self, name: &'static str, rule: R) -> Option<R::Output> {
        self.first_field.get_or_insert(name);
        match self.find(name, &rule) {
            Found::Value(given) => self.read(name, given, &rule),
            Found::Null(null) => self.read(name, Given::Json(null), &rule),
            Found::Absent => {
                self.note_missing(name);
                None
            }
            Found::NoFields => None,
        }
    }

    /// A field of the body with a default; `null` is judged by the rule.
    pub fn body_or<R: Rule>(&mut self, name: &'static str, default: R::Output, rule: R) -> Option<R::Output> {
        match self.find(name, &rule) {
            Found::Value(given) => self.read(name, given, &rule),
            Found::Null(null) => self.read(name, Given::Json(null), &rule),
            Found::Absent => Some(default),
            Found::NoFields => None,
        }
    }

    /// A field of the body that may be absent or `null`.
    pub fn body_optional<R: Rule>(&mut self, name: &'static str, rule: R) -> Option<Patch<R::Output>> {
        match self.find(name, &rule) {
            Found::Value(given) => self.read(name, given, &rule).map(Patch::Value),
            Found::Null(_) => Some(Patch::Null),
            Found::Absent => Some(Patch::Absent),
            Found::NoFields => None,
        }
    }

    /// The file in a field of an upload, which must be there (contacts contract 2.8). It may be empty, and
    /// anything may be in it.
    pub fn file(&mut self, name: &'static str) -> Option<UploadedFile> {
        self.asks_for_body = true;
        let (texts, files) = match &self.values.body {
            Body::Upload { texts, files } => (texts.as_slice(), files.as_slice()),
            Body::Form(pairs) => (pairs.as_slice(), &[][..]),
            Body::Absent | Body::Json(_) | Body::Raw(_) | Body::Fields(_) => return None,
        };
        if let Some((_, file)) = files.iter().rev().find(|(other, _)| other == name) {
            return Some(file.clone());
        }
        match last(texts, name) {
            None | Some("") => self.note_missing(name),
            Some(text) => {
                let fault = Fault::NotAFile;
                self.refuse_field(name, fault, Value::from(text));
            }
        }
        None
    }

    /// A rule over several fields of the body: `Value error, <text>` at `["body"]` with the whole body as
    /// input. As in pydantic it is only heard when every field of the body is good.
    pub fn refuse_body(&mut self, text: impl Display) {
        self.asks_for_body = true;
        if self.body.is_empty() && self.body_fault().is_none() {
            self.body.push(BodyItem::Whole(vec![LocPart::from("body")], Fault::rule(text)));
        }
    }

    /// Adds an item about the body that no rule produces, for example about an upload.
    pub fn refuse_field(&mut self, name: &'static str, fault: Fault, input: Value) {
        self.body.push(BodyItem::Field(Item::new(["body", name], fault, input)));
    }

    /// Answers what `build` makes of the fields, or every error: path, query, body, each in the order of
    /// the calls. `build` must answer `None` only for a field that is in error.
    pub fn finish<T>(self, build: impl FnOnce() -> Option<T>) -> Result<T, ValidationErrors> {
        let errors = self.into_errors();
        if errors.0.is_empty() {
            let outcome = build();
            debug_assert!(outcome.is_some(), "a value is missing, although no field is in error");
            return outcome.ok_or(errors);
        }
        Err(errors)
    }

    fn parameter<R: Rule>(
        place: &'static str,
        name: &'static str,
        found: Option<&str>,
        rule: &R,
        items: &mut Vec<Item>,
    ) -> Option<R::Output> {
        let loc = vec![LocPart::from(place), LocPart::from(name)];
        if let Some(text) = found {
            return rule.read(Given::Text(text), &mut Report::new(items, loc, rule.is_secret()));
        }
        items.push(Item { fault: Fault::Missing, loc, input: Value::Null, first_field: None });
        None
    }

    fn find<R: Rule>(&mut self, name: &'static str, rule: &R) -> Found<'r> {
        self.asks_for_body = true;
        if rule.is_secret() {
            self.secrets.push(name);
        }
        match &self.values.body {
            Body::Json(Value::Object(object)) => match object.get(name) {
                None => Found::Absent,
                Some(null @ Value::Null) => Found::Null(null),
                Some(value) => Found::Value(Given::Json(value)),
            },
            Body::Form(pairs) | Body::Upload { texts: pairs, .. } => match last(pairs, name) {
                None | Some("") => Found::Absent,
                Some(text) => Found::Value(Given::Text(text)),
            },
            Body::Fields(fields) => match fields.get(name).filter(|value| !is_nothing(value)) {
                None => Found::Absent,
                Some(value) => Found::Value(Given::Json(value)),
            },
            Body::Absent | Body::Json(_) | Body::Raw(_) => Found::NoFields,
        }
    }

    fn read<R: Rule>(&mut self, name: &'static str, given: Given<'_>, rule: &R) -> Option<R::Output> {
        let loc = vec![LocPart::from("body"), LocPart::from(name)];
        let mut items = Vec::new();
        let read = rule.read(given, &mut Report::new(&mut items, loc, rule.is_secret()));
        self.body.extend(items.into_iter().map(BodyItem::Field));
        read
    }

    fn note_missing(&mut self, name: &'static str) {
        let loc = vec![LocPart::from("body"), LocPart::from(name)];
        self.body.push(BodyItem::Whole(loc, Fault::Missing));
    }

    /// The one error of a body that has no fields at all.
    fn body_fault(&self) -> Option<Fault> {
        match &self.values.body {
            Body::Absent | Body::Json(Value::Null) => Some(Fault::Missing),
            Body::Json(Value::Object(_)) | Body::Form(_) | Body::Upload { .. } | Body::Fields(_) => None,
            Body::Json(_) | Body::Raw(_) => Some(Fault::NotAnObject),
        }
    }

    fn into_errors(mut self) -> ValidationErrors {
        if let Some(fault) = self.body_fault().filter(|_| self.asks_for_body) {
            self.body = vec![BodyItem::Whole(vec![LocPart::from("body")], fault)];
        }
        let whole =
            self.body.iter().any(|item| matches!(item, BodyItem::Whole(..))).then(|| self.echo_of_body());
        let body = std::mem::take(&mut self.body).into_iter().map(|item| match item {
            BodyItem::Field(item) => Item { input: without_secrets(item.input, &self.secrets), ..item },
            BodyItem::Whole(loc, fault) => {
                Item { fault, loc, input: whole.clone().unwrap_or_default(), first_field: self.first_field }
            }
        });
        ValidationErrors(self.path.into_iter().chain(self.query).chain(body).collect())
    }

    /// The body as an item may show it: no secret of the schema, wherever it was declared. In a body that is no object
    /// a secret may be anywhere, so text of it is not shown at all.
    fn echo_of_body(&self) -> Value {
        let mask = |value| if self.secrets.is_empty() { value } else { masked(value) };
        match &self.values.body {
            Body::Absent
            | Body::Form(_)
            | Body::Upload { .. }
            | Body::Fields(_)
            | Body::Json(Value::Null) => Value::Null,
            Body::Json(object @ Value::Object(_)) => without_secrets(object.clone(), &self.secrets),
            Body::Json(value) => mask(value.clone()),
            Body::Raw(text) => mask(Value::from(text.as_str())),
        }
    }
}

/// The value of a name. The last one counts if the name is repeated.
fn last<'r>(pairs: &'r [(impl AsRef<str>, String)], name: &str) -> Option<&'r str> {
    pairs.iter().rev().find(|(other, _)| other.as_ref() == name).map(|(_, value)| value.as_str())
}

/// Whether a value counts as absent at an endpoint that takes fields in any encoding.
fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("")
}
