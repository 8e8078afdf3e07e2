//! What an account in the trash can do, and what can be done to it: nothing, until it is restored.
//!
//! They are older than the use cases that move an account there (`admins`). So the cases of `accounts`, `sessions` and
//! `kept` begin with accounts that were stored as trashed, and `tests/use_cases_on_adapters/trashed_meanwhile.rs` writes
//! into databases what such a use case would.

mod accounts;
mod administration;
mod erased;
mod kept;
mod sessions;
mod trashed;
