//! The shapes of errors of the surfaces made with `FastAPI`, for their documents.

use serde_json::Value;
use utoipa::ToSchema;

/// An error.
#[derive(ToSchema)]
#[expect(dead_code, reason = "a shape for the documents; the dialects write it")]
pub(super) struct ErrorDetail {
    /// What is wrong.
    detail: String,
}

/// Everything that is wrong with the values of a request.
#[derive(ToSchema)]
#[expect(dead_code, reason = "a shape for the documents; the field reader writes it")]
pub(super) struct ValidationErrorDetail {
    /// One item for each fault, in order of declaration.
    detail: Vec<ValidationItem>,
}

/// One fault of a value.
#[derive(ToSchema)]
#[expect(dead_code, reason = "a shape for the documents; the field reader writes it")]
pub(super) struct ValidationItem {
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
