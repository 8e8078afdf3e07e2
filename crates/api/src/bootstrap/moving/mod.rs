//! Moving house: another database, another place of pictures.

mod database;
mod media;
mod progress;

pub use database::{CopiedDatabase, CopiedRows, copy_database};
pub use media::{CopiedPictures, copy_pictures};
pub use progress::Progress;
