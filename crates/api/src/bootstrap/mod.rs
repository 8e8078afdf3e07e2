//! The composition root: the only place that knows which adapter stands behind which port.

mod adapters;
mod application;
mod brand;
mod breached;
mod cache;
mod contact_index;
mod database;
pub(crate) mod import_keys;
mod listener;
mod media;
mod messages;
mod moving;
mod routes;
mod secrets;
mod server;
mod statistics;
mod succession;
mod sweep;
mod workers;

pub use adapters::{Adapters, Purpose};
pub use application::Application;
pub use database::DatabaseError;
pub(crate) use database::is_still_to_be_made;
pub use listener::bind;
pub(crate) use messages::{mailer, message_id, now, templates};
pub use moving::{
    Backup, CopiedDatabase, CopiedPictures, CopiedRows, Progress, copy_database, copy_pictures, make_backup,
    restore_backup,
};
pub use server::RunningServer;
pub use succession::Succession;
