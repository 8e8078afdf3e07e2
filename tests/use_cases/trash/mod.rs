//! What an account in the trash can do, and what can be done to it: nothing, until it is restored.
//!
//! They are older than the use cases that move an account there (`admins`). So the cases of `accounts`, `sessions` and `kept` begin with accounts
//! that were stored as trashed, and those of `meanwhile` write into the database what such a use case would.

mod accounts;
mod administration;
mod kept;
mod meanwhile;
mod sessions;
mod trashed;
