//! Pictures, and where their bytes are kept.

mod foreign_format;
mod object_key;
mod picture;
mod references;

pub use foreign_format::ForeignFormat;
pub use object_key::{InvalidObjectKey, MediaFolder, ObjectKey};
pub use picture::{BadPicture, Picture, PictureFormat, PictureSize};
pub use references::PictureReferences;
