//! The forms that files have.

mod csv;
mod extended_json;
mod json_document;
mod json_lines;
mod open;
mod sniff;
mod sql;

pub(crate) use open::{check_text, read, tables_with_rows};
pub(crate) use sniff::{Form, sniff};
