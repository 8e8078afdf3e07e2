//! The reader of the values of a request, which tells every fault of them at once.
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
mod json_error;
mod patch;
mod reader;
mod request_values;
mod rule;
mod rules;
mod secrecy;
mod urlencoded;

pub use fault::{Bound, Fault};
pub use item::{Item, LocPart, ValidationErrors};
pub use json_error::{JsonError, JsonSyntaxError};
pub use patch::Patch;
pub use reader::Fields;
pub use request_values::{Body, RequestValues, UploadedFile};
pub use rule::{Given, Report, Rule};
pub use rules::{ListRule, StringRule, choice, email, list, secret, string};
pub use urlencoded::parse_urlencoded;
