//! The composition root: the only place that knows which adapter stands behind which port.

mod adapters;
mod application;
mod cache;
mod contact_index;
mod database;
pub(crate) mod import_keys;
mod listener;
mod media;
mod messages;
mod routes;
mod secrets;
mod server;
mod succession;
mod sweep;
mod workers;

pub use adapters::{Adapters, Purpose};
pub use application::Application;
pub use database::DatabaseError;
pub use listener::bind;
pub(crate) use messages::{mailer, message_id};
pub use server::RunningServer;
pub use succession::Succession;
