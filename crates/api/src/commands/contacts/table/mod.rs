//! Contacts as rows of a table.

mod columns;
mod own_row;
mod people;
mod row_of_contact;

pub(super) use people::{Table, TableError};
pub(super) use row_of_contact::{HEADER, row};
