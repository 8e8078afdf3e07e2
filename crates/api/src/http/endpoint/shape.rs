//! The shapes of bodies.

use actix_web::http::StatusCode;
use utoipa::ToSchema;
use utoipa::openapi::schema::{AnyOf, AnyOfBuilder, ArrayBuilder};
use utoipa::openapi::{Ref, RefOr, Schema};

use crate::http::extract::BodyKind;
use crate::http::{Dialect, Problem};

/// The schema of a body, and the named schemas that it refers to.
#[derive(Clone)]
pub struct Shape {
    pub(super) schema: RefOr<Schema>,
    pub(super) named: Vec<(String, RefOr<Schema>)>,
}

impl Shape {
    /// The shape of a type, by its name.
    pub fn of<T: ToSchema>() -> Self {
        let name = T::name().into_owned();
        let mut named = Vec::new();
        T::schemas(&mut named);
        let schema = Ref::from_schema_name(&name).into();
        named.push((name, T::schema()));
        Self { schema, named }
    }

    /// The shape of a list of a type.
    pub fn list_of<T: ToSchema>() -> Self {
        let Self { schema, named } = Self::of::<T>();
        Self { schema: ArrayBuilder::new().items(schema).into(), named }
    }

    /// The shape of a body that has this shape or the other one.
    pub(super) fn or(mut self, other: Self) -> Self {
        self.named.extend(other.named);
        let schema = match self.schema {
            RefOr::T(Schema::AnyOf(AnyOf { mut items, .. })) => {
                if !items.contains(&other.schema) {
                    items.push(other.schema);
                }
                items.into_iter().fold(AnyOfBuilder::new(), AnyOfBuilder::item).into()
            }
            schema if schema == other.schema => schema,
            schema => AnyOfBuilder::new().item(schema).item(other.schema).into(),
        };
        Self { schema, ..self }
    }
}

/// A dialect whose bodies have shapes that can be documented.
pub trait DocumentedDialect: Dialect {
    /// The shape of the body with which it answers a problem.
    fn shape(problem: &Problem) -> Shape;

    /// The status of the answer to values that break rules.
    const INVALID: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

    /// The shape of the answer to values that break rules.
    fn invalid_shape() -> Shape;

    /// The problem of a request without an access token.
    fn not_authenticated() -> Problem;

    /// The problems of unreadable bodies of this kind, by the name of the case.
    fn unreadable_bodies(kind: BodyKind) -> Vec<(&'static str, Problem)>;
}
