//! The schema history on every kind of database.

mod history;
mod normal_forms;
mod schema;
