//! The use cases of pictures: storing, showing and removing them.

mod count_upload;
mod remove_picture;
mod show_picture;
mod store_picture;
mod sweep_orphans;
mod sweep_rules;

pub use count_upload::{CountUpload, CountUploadError};
pub use remove_picture::RemovePicture;
pub use show_picture::{ShowPicture, ShowPictureError};
pub use store_picture::{StorePicture, StorePictureError, StorePictureInput};
pub use sweep_orphans::{SweepOrphans, SweepOrphansError};
pub use sweep_rules::{Found, SweepEnd, SweepPolicy, Swept};
