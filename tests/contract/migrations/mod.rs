//! The schema history on every kind of database.

mod beside_requests;
mod history;
mod normal_forms;
mod schema;
