//! The admin contract.

mod bulk_delete;
mod databases;
mod doors;
mod edit;
mod framework;
mod hostile_input;
mod list;
pub(super) mod person;
mod pictures;
mod sessions;
mod show;
mod sign_up;
mod trash;
