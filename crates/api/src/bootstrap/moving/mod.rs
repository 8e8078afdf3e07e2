//! Moving house: another database, another place of pictures.

mod backup;
mod database;
mod media;
mod progress;

pub use backup::{Backup, make_backup, restore_backup};
pub use database::{CopiedDatabase, CopiedRows, copy_database};
pub use media::{CopiedPictures, copy_pictures};
pub use progress::Progress;
