//! The values in the address and the headers of a request.

use std::ops::RangeInclusive;

use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Required};

/// A value in the path, which is always there.
pub struct PathValue(Parameter);

/// A value in the query, which may be left out unless it is said to be required.
pub struct QueryValue {
    name: &'static str,
    description: &'static str,
    schema: ObjectBuilder,
    required: bool,
}

/// A value in a header, which may be left out.
pub struct HeaderField(Parameter);

impl HeaderField {
    /// A text.
    pub fn text(name: &'static str, description: &'static str) -> Self {
        Self(parameter(ParameterIn::Header, name, description, text()))
    }
}

impl PathValue {
    /// The id of something.
    pub fn id(name: &'static str, description: &'static str) -> Self {
        Self(parameter(ParameterIn::Path, name, description, whole_number(KnownFormat::Int64)))
    }

    /// A text.
    pub fn text(name: &'static str, description: &'static str) -> Self {
        Self(parameter(ParameterIn::Path, name, description, text()))
    }
}

impl QueryValue {
    /// A whole number of at least so much.
    pub fn at_least(least: u32, name: &'static str, description: &'static str) -> Self {
        Self::new(name, description, whole_number(KnownFormat::Int64).minimum(Some(least)))
    }

    /// A whole number in a range.
    pub fn within(range: RangeInclusive<u16>, name: &'static str, description: &'static str) -> Self {
        let schema =
            whole_number(KnownFormat::Int32).minimum(Some(*range.start())).maximum(Some(*range.end()));
        Self::new(name, description, schema)
    }

    /// A text.
    pub fn text(name: &'static str, description: &'static str) -> Self {
        Self::new(name, description, text())
    }

    fn new(name: &'static str, description: &'static str, schema: ObjectBuilder) -> Self {
        Self { name, description, schema, required: false }
    }

    /// It must not be left out.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Left out, it is this number.
    #[must_use]
    pub fn or_else(mut self, value: u32) -> Self {
        self.schema = self.schema.default(Some(value.into()));
        self
    }
}

impl From<PathValue> for Parameter {
    fn from(value: PathValue) -> Self {
        value.0
    }
}

impl From<HeaderField> for Parameter {
    fn from(value: HeaderField) -> Self {
        value.0
    }
}

impl From<QueryValue> for Parameter {
    fn from(value: QueryValue) -> Self {
        let QueryValue { name, description, schema, required } = value;
        let mut parameter = parameter(ParameterIn::Query, name, description, schema);
        if required {
            parameter.required = Required::True;
        }
        parameter
    }
}

fn whole_number(format: KnownFormat) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Integer).format(Some(SchemaFormat::KnownFormat(format)))
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn parameter(
    place: ParameterIn,
    name: &'static str,
    description: &'static str,
    schema: ObjectBuilder,
) -> Parameter {
    let required = if place == ParameterIn::Path { Required::True } else { Required::False };
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(required)
        .description(Some(description))
        .schema(Some(RefOr::T(Schema::Object(schema.build()))))
        .build()
}
