//! The shapes of errors, for the OpenAPI documents.

use serde_json::Value;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Components, OpenApi};
use utoipa::{IntoResponses, Modify, ToSchema};

/// An error.
#[derive(ToSchema)]
#[expect(dead_code, reason = "a shape for the documents; the dialects write it")]
pub struct ErrorDetail {
    /// What is wrong.
    detail: String,
}

/// Everything that is wrong with the values of a request.
#[derive(ToSchema)]
#[expect(dead_code, reason = "a shape for the documents; the field reader writes it")]
pub struct ValidationErrorDetail {
    /// One item for each fault, in order of declaration.
    detail: Vec<ValidationItem>,
}

/// One fault of a value.
#[derive(ToSchema)]
#[expect(dead_code, reason = "a shape for the documents; the field reader writes it")]
pub struct ValidationItem {
    /// The kind of fault.
    #[schema(rename = "type", example = "missing")]
    kind: String,
    /// The way to the value: `body`, `query` or `path`, then names and places in lists.
    #[schema(value_type = Vec<Value>, example = json!(["body", "email"]))]
    loc: Vec<Value>,
    /// The fault in words.
    #[schema(example = "Field required")]
    msg: String,
    /// The value as sent; `***` in the place of a secret.
    #[schema(value_type = Value, example = json!({}))]
    input: Value,
    /// Details of some kinds.
    #[schema(value_type = Option<Object>)]
    ctx: Option<Value>,
}

/// What any endpoint may answer besides its own.
#[derive(IntoResponses)]
pub enum AnyEndpoint {
    /// The values break rules
    #[response(status = 422)]
    Invalid(ValidationErrorDetail),
    /// Overloaded, or it took too long; `Retry-After` says in how many seconds to try again
    #[response(status = 503, example = json!({"detail": "Service Unavailable"}))]
    Unavailable(ErrorDetail),
}

/// What an endpoint that reads JSON may answer besides.
#[derive(IntoResponses)]
pub enum JsonEndpoint {
    /// The body cannot be read
    #[response(status = 400, example = json!({"detail": "There was an error parsing the body"}))]
    Unreadable(ErrorDetail),
    /// The body is too large
    #[response(status = 413, example = json!({"detail": "Request Entity Too Large"}))]
    TooLarge(ErrorDetail),
}

/// What an endpoint with a limit may answer besides.
#[derive(IntoResponses)]
pub enum LimitedEndpoint {
    /// Too many requests; `Retry-After` says in how many seconds to try again
    #[response(status = 429, example = json!({"detail": "Too Many Requests"}))]
    TooMany(ErrorDetail),
}

/// Adds the security scheme `bearer` to a document: the access token of a login.
pub struct BearerToken;

impl Modify for BearerToken {
    fn modify(&self, document: &mut OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        document
            .components
            .get_or_insert_with(Components::new)
            .add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}
