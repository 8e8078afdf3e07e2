//! The contract of `ContactRepository`.

mod birthdays;
mod changes;
pub(crate) mod given;
mod list;
mod many;
mod owners;
mod plans;
mod rebuild;
mod search;
mod statements;
mod together;
mod waiting;
