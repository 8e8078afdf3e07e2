//! The one reader for the validation errors that four surfaces share: the form of `FastAPI` 0.115 with
//! pydantic 2.10, `{"detail":[{"type","loc","msg","input","ctx"?}]}` (theater contract 1.3).
//!
//! ```
//! use serde_json::json;
//! use vestibule::http::fields::{Body, Fields, RequestValues, email, string};
//!
//! let values = RequestValues { body: Body::Json(json!({ "email": "Ada@Example.com" })), ..Default::default() };
//! let mut fields = Fields::new(&values);
//! let email = fields.body("email", email());
//! let name = fields.body_optional("name", string().max_length(255));
//! let (email, name) = fields.finish(|| Some((email?, name?))).unwrap();
//! assert_eq!(email.as_str(), "ada@example.com");
//! assert_eq!(name.value(), None);
//! ```
//!
//! Every field is read, whatever happened to the ones before it: `finish` answers all errors at once, path
//! before query before body, each in the order of the calls. The reader knows no surface and no handler.

mod fault;
mod item;
mod patch;
pub mod python_json;
mod reader;
mod request_values;
mod rule;
pub mod rules;
mod urlencoded;

pub use fault::Fault;
pub use item::{Item, LocPart, ValidationErrors};
pub use patch::Patch;
pub use python_json::{JsonError, JsonSyntaxError};
pub use reader::Fields;
pub use request_values::{Body, RequestValues};
pub use rule::{Given, Report, Rule, Secrecy};
pub use rules::{boolean, choice, date, email, float, integer, lax_integer, list, secret, string, token};
pub use urlencoded::parse_urlencoded;

#[cfg(test)]
mod tests;
