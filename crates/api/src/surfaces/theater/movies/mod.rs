//! The catalogue endpoints.

pub(super) mod admission;
pub(super) mod change;
pub(super) mod create;
pub(super) mod list;
pub(super) mod remove;
pub(super) mod rules;
pub(super) mod show;
pub(super) mod view;

pub(super) use change::change;
pub(super) use create::create;
pub(super) use list::list;
pub(super) use remove::remove;
pub(super) use show::show;
