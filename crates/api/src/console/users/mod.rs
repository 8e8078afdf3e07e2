//! `/console/users`: the accounts, and what is done to them.

pub(super) mod account;
pub(super) mod bulk;
pub(super) mod change_role;
pub(super) mod end_session;
pub(super) mod end_sessions;
pub(super) mod list;
mod proof;
pub(super) mod purge;
pub(super) mod restore;
mod rows;
mod search;
pub(super) mod send_reset;
mod target;
pub(super) mod trash;
