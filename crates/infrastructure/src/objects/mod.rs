//! Where the bytes of pictures are kept: in a folder, in a bucket of S3 or of what speaks like it.

mod copy;
mod cut_off;
mod errors;
mod mark;
mod s3;
mod store;
mod walk;

pub use copy::{CopiedObjects, ObjectCopyError, ObjectCopyReport, copy_objects};
pub use s3::{S3Keys, S3Settings};
pub use store::{Objects, ObjectsSetupError};
