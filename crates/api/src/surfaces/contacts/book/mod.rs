//! The contact endpoints.

pub(super) mod avatar;
pub(super) mod birthdays;
pub(super) mod change;
pub(super) mod create;
pub(super) mod find;
pub(super) mod list;
pub(super) mod remove;
mod shape;
mod view;

pub(super) use avatar::set_avatar;
pub(super) use birthdays::birthdays;
pub(super) use change::change;
pub(super) use create::create;
pub(super) use find::find;
pub(super) use list::list;
pub(super) use remove::remove;
